/** Whatever a case has been through: taken back, an act never was; corrected, no state and no deadline has moved. */
import fc from 'fast-check';
import { parseInstant } from '../../workflows/law';
import { supervisionItemProcedure } from '../../workflows/procedures/supervision-item';
import { CaseActor, type Definition, type Json } from '../../workflows/runtime/workflow';
import { valueAt } from '../../workflows/runtime/workflow/deep';
import { as, data, doc } from '../support/supervision';
import { HOUR, lending, shelving, T0 } from './amendable';

interface Doing {
  type: string;
  seat: string;
  payload: Json;
}

interface World {
  definition: Definition;
  start: { input: Json; data: Json; at: number; seat: string };
  doings: readonly Doing[];
  corrections: readonly { field: string; to: Json; seat: string }[];
  /** The longest pause between two acts, in hours. */
  pause: number;
}

const plain = (...types: string[]): Doing[] => types.map((type) => ({ type, seat: 'desk', payload: {} }));
const by = (seat: string, type: string, payload: Json): Doing => ({ type, seat, payload });

const lend: World = {
  definition: lending,
  start: { input: { days: 2 }, data: null, at: T0, seat: 'desk' },
  doings: [
    ...plain('RENEW', 'RENEW', 'RENEW', 'RENEW', 'LOOK', 'PAY'),
    by('desk', 'RETURN', { condition: 'torn' }),
    by('desk', 'RETURN', { condition: 'good' }),
  ],
  corrections: [
    { field: 'days', to: 9, seat: 'desk' },
    { field: 'renewals', to: 1, seat: 'desk' },
  ],
  pause: 30,
};

const shelve: World = {
  definition: shelving,
  start: { input: {}, data: null, at: T0, seat: 'desk' },
  doings: plain('UP', 'DOWN', 'AWAY', 'PUSH', 'BACK', 'NOTE', 'CLOSE'),
  corrections: [{ field: 'place.row', to: 3, seat: 'desk' }],
  pause: 4,
};

const opened = '2026-03-02T09:00:00+08:00';
const report = (claims: string, explained: boolean) => ({
  doc: doc('R'),
  evidence: ['E'],
  claims,
  ...(explained ? { explanation: { doc: doc('X'), cause: 'C' } } : {}),
});
const assign = { leadUnits: ['D07'], supporting: [], leadVms: ['vm-2'], due: '2026-03-20', dueSetBy: 'SupO' };

const supervise: World = {
  definition: supervisionItemProcedure.definition,
  start: {
    input: {
      ...{ category: 3, source: { kind: 'minutes', ref: 'M-1' }, title: 'T', content: 'C-1', decidedBy: 'standing' },
      openedBy: { seat: 'X2-desk', unit: 'X2' },
    },
    data: data(opened) as unknown as Json,
    at: parseInstant(opened),
    seat: 'X2-desk',
  },
  doings: [
    by('X2-desk', 'ASSIGN', assign),
    by('X2-desk', 'ASSIGN', { ...assign, due: '2026-03-03' }),
    by('D07-desk', 'PROGRESS', { text: 'P' }),
    by('D07-desk', 'REPORT', report('done', false)),
    by('D07-desk', 'REPORT', report('short', true)),
    by('D07-head', 'EXPLAIN', { doc: doc('X'), cause: 'C' }),
    by('vm-2', 'IMPROVE', { opinion: 'O', date: '2026-06-01' }),
    by('sg', 'ORDER_RECTIFICATION', { ref: 'O', date: '2026-05-01' }),
    by('X2-desk', 'SET_DATE', { date: '2026-04-10', reason: 'r', vmcNote: 'N' }),
    by('D07-head', 'CHANGE_REQUEST', { wish: 'stop', grounds: 'G' }),
    by('vm-2', 'OBSTACLE', { vms: ['vm-1', 'vm-2'], why: 'w' }),
    by('vm-2', 'VMC_REPORTS_TO_MAYOR', { ref: 'N' }),
    by('X2-desk', 'ACCEPT', { evidence: ['E'] }),
    by('mayor', 'GRANT_EXCEPTION', { code: 'LEAD_NOT_UNIQUE', reason: 'r' }),
  ],
  corrections: [
    { field: 'title', to: 'T2', seat: 'X2-desk' },
    { field: 'source.ref', to: 'M-2', seat: 'X1-desk' },
    { field: 'category', to: 5, seat: 'X2-desk' },
    { field: 'reports.0.doc', to: 'R2', seat: 'D07-desk' },
    { field: 'evidence.0', to: 'E2', seat: 'X2-desk' },
  ],
  pause: 24 * 9,
};

class Run {
  subject: CaseActor;
  at: number;
  #acts = 0;

  constructor(readonly world: World) {
    const { input, data: law, at, seat } = world.start;
    const stamp = { entrance: 'test', receivedAt: at, ...as(seat) };
    this.subject = CaseActor.open(world.definition, { id: 'C-1', actId: 'open', input, data: law, stamp }, at);
    this.at = at;
  }

  pass(ms: number): void {
    this.at += ms;
    this.subject.wake(this.at);
  }

  do({ type, seat, payload }: Doing) {
    this.#acts += 1;
    const stamp = { entrance: 'test', receivedAt: this.at, ...as(seat) };
    return this.subject.act({ id: `a${this.#acts}`, type, payload, stamp }, this.at);
  }

  hop(): void {
    const envelope = JSON.parse(JSON.stringify(this.subject.carry(this.at)));
    this.subject = CaseActor.resume(this.world.definition, envelope, this.at);
  }

  get table() {
    return this.subject.table.map(({ name, dueAt, armedAt, policy, id }) => ({ name, dueAt, armedAt, policy, id }));
  }

  /** All that is to be seen of the case but its record and the clock. */
  get seen() {
    const {
      accepts,
      head: _,
      lastSteps: __,
      takeable: ___,
      now: ____,
      recorded: _____,
      ...view
    } = this.subject.view(0, 0);
    const { snapshot } = this.subject.carry(this.at);
    return { ...view, accepts: accepts.filter(({ type }) => type !== 'RECALL'), snapshot, table: this.table };
  }
}

/** What a case goes through: acts, pauses, runs. */
const courseOf = ({ doings, pause }: World) =>
  fc.array(
    fc.record({
      doing: fc.constantFrom(...doings),
      pause: fc.integer({ min: 0, max: pause * HOUR }),
      hops: fc.boolean(),
    }),
    { maxLength: 8 },
  );

function gone(world: World, course: readonly { doing: Doing; pause: number; hops: boolean }[]): Run {
  const run = new Run(world);
  for (const { doing, pause, hops } of course) {
    run.pass(pause);
    if (run.subject.closed) break;
    run.do(doing);
    if (hops && !run.subject.closed) run.hop();
  }
  return run;
}

describe.each([
  ['a loan', lend, 150],
  ['two shelves with histories', shelve, 150],
  ['a supervision item', supervise, 50],
] as const)('%s', (_, world, numRuns) => {
  it('stands after any act that is taken back where it stood before it, and goes the way it would have gone', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        courseOf(world),
        fc.constantFrom(...world.doings),
        fc.boolean(),
        fc.integer({ min: 0, max: world.pause * HOUR }),
        (course, doing, hops, wait) => {
          const run = gone(world, course);
          const twin = gone(world, course);
          if (run.subject.closed) return;
          const before = run.seen;
          const { outcome, id, sequence } = run.do(doing);
          if (run.subject.closed) return;
          if (hops) run.hop();
          const next = run.subject.first?.dueAt ?? Number.POSITIVE_INFINITY;
          run.at = Math.min(run.at + wait, next - 1);
          const recall = run.do({ type: 'RECALL', seat: doing.seat, payload: { eventId: id, reason: 'r' } });
          const isLast = outcome === 'changed' && run.subject.unflushed.find((e) => e.trigger.type === 'RECALL');
          if (!isLast || recall.outcome !== 'changed') {
            expect(recall.outcome).toBe('rule');
            return;
          }
          taken += 1;
          expect(recall.sequence).toBe(sequence + 1);
          // What had fallen due meanwhile, where it stands again, has fired at once: it comes later than it would have.
          if (run.subject.head.sequence > recall.sequence) return;
          expect(run.seen).toEqual(before);
          twin.pass(run.at - twin.at);
          for (const one of [run, twin]) one.pass(3 * world.pause * HOUR);
          expect(run.subject.state()).toEqual(twin.subject.state());
          expect(run.table).toEqual(twin.table);
        },
      ),
      { numRuns },
    );
    expect(taken).toBeGreaterThan(numRuns / 10);
  });

  it('keeps state, table and the ways that are open through any correction', () => {
    let corrected = 0;
    fc.assert(
      fc.property(courseOf(world), fc.constantFrom(...world.corrections), (course, { field, to, seat }) => {
        const run = gone(world, course);
        if (run.subject.closed) return;
        const { state, deadlines, tags, accepts } = run.seen;
        const { table } = run;
        const stands = (valueAt(run.subject.snapshot.context, field.split('.')) ?? null) as Json;
        const payload = { field, old: stands, new: to, reason: 'slip' };
        const receipt = run.do({ type: 'CORRECT', seat, payload });
        if (receipt.outcome === 'changed') corrected += 1;
        expect(run.table).toEqual(table);
        expect(run.seen).toMatchObject({ state, deadlines, tags, accepts });
      }),
      { numRuns },
    );
    expect(corrected).toBeGreaterThan(numRuns / 10);
  });
});

import fc from 'fast-check';
import { emit, enqueueActions, raise, setup } from 'xstate';
import { CaseActor, type Definition, type TimerPolicy } from '../../workflows/runtime/workflow';

const T0 = Date.UTC(2026, 2, 2, 1);
const FOREVER = 1_000_000;

interface Armed {
  delay: number;
  policy: TimerPolicy;
}

/** What happens to a case: time passes while it is awake, it sleeps through an outage, it continues as new. */
type Happening = { kind: 'awake' | 'outage' | 'hop'; ms: number };

/** Arms everything at once; whatever comes due is emitted. */
function definitionOf(armed: readonly Armed[]): Definition {
  const machine = setup({}).createMachine({
    id: 'timers@1',
    entry: enqueueActions(({ enqueue }) => {
      for (const [i, { delay }] of armed.entries()) enqueue.raise({ type: `T${i}` }, { delay });
    }),
    on: { '*': { actions: emit(({ event }) => ({ type: event.type })) } },
  });
  const delays = armed.map(({ policy }, i) => [`T${i}`, { label: `timer ${i}`, policy }] as const);
  return { machine, events: {}, delays: Object.fromEntries(delays) };
}

/** The same in a dozen lines: a list of due instants that hops move by policy. */
function model(armed: readonly Armed[], happenings: readonly Happening[]): string[] {
  const waiting = armed.map(({ delay, policy }, serial) => ({ serial, delay, policy, due: delay }));
  const fired: string[] = [];
  let now = 0;
  const pass = (ms: number) => {
    now += ms;
    const due = waiting.filter((t) => t.due <= now).sort((a, b) => a.due - b.due || a.serial - b.serial);
    for (const t of due) fired.push(`T${t.serial} at ${t.due}`);
    for (const t of due) waiting.splice(waiting.indexOf(t), 1);
  };
  for (const { kind, ms } of [{ kind: 'awake', ms: 0 } as const, ...happenings]) {
    if (kind === 'hop')
      for (const t of waiting) {
        if (t.policy === 'remaining') t.due += ms;
        if (t.policy === 'restart') t.due = now + ms + t.delay;
      }
    pass(ms);
  }
  pass(FOREVER);
  return fired;
}

function played(armed: readonly Armed[], happenings: readonly Happening[]): CaseActor {
  const definition = definitionOf(armed);
  const stamp = { receivedAt: T0, entrance: 'test' };
  let now = T0;
  let subject = CaseActor.open(definition, { id: 'C', actId: 'open', input: {}, stamp, data: null }, now);
  subject.wake(now);
  for (const { kind, ms } of happenings) {
    const until = now + ms;
    if (kind === 'hop') {
      const envelope = JSON.parse(JSON.stringify(subject.carry(now)));
      subject = CaseActor.resume(definition, envelope, until);
    }
    if (kind === 'awake')
      for (let next = subject.first; next && next.dueAt <= until; next = subject.first) subject.wake(next.dueAt);
    subject.wake(until);
    now = until;
  }
  subject.wake(now + FOREVER);
  return subject;
}

const firings = (subject: CaseActor) =>
  subject.unflushed
    .filter(({ trigger }) => trigger.kind === 'timer')
    .map(({ trigger, happenedAt }) => `${trigger.type} at ${Date.parse(happenedAt) - T0}`);

const anArmed = fc.record({
  delay: fc.integer({ min: 0, max: 2_000 }),
  policy: fc.constantFrom<TimerPolicy[]>('deadline', 'remaining', 'restart'),
});
const aHappening = (kind: Happening['kind']) => fc.integer({ min: 0, max: 900 }).map((ms) => ({ kind, ms }));
const any = fc.oneof(aHappening('awake'), aHappening('outage'), aHappening('hop'));
/** At least three hops, whatever lies between. */
const happenings = fc
  .tuple(...[0, 1, 2].map(() => fc.tuple(fc.array(any, { maxLength: 3 }), aHappening('hop'))), fc.array(any))
  .map((parts) => parts.flat(2) as Happening[]);

describe('timers over continue-as-new and outages', () => {
  it('fire as a simple model says, whatever their policy: never early, never lost, never doubled', () => {
    fc.assert(
      fc.property(fc.array(anArmed, { minLength: 1, maxLength: 6 }), happenings, (armed, course) => {
        const subject = played(armed, course);
        expect(firings(subject)).toEqual(model(armed, course));
        expect(subject.table).toEqual([]);
        for (const { happenedAt, recordedAt } of subject.unflushed)
          expect(Date.parse(recordedAt)).toBeGreaterThanOrEqual(Date.parse(happenedAt));
      }),
      { numRuns: 400 },
    );
  });

  it.each<{ policy: TimerPolicy; at: number }>([
    { policy: 'deadline', at: 1_000 },
    { policy: 'remaining', at: 1_300 },
    { policy: 'restart', at: 1_900 },
  ])('$policy: armed for 1000, three hops of 100 after 300, 300 and 0 more, fires at $at', ({ policy, at }) => {
    const course: Happening[] = [
      { kind: 'awake', ms: 300 },
      { kind: 'hop', ms: 100 },
      { kind: 'awake', ms: 300 },
      { kind: 'hop', ms: 100 },
      { kind: 'hop', ms: 100 },
    ];
    expect(firings(played([{ delay: 1_000, policy }], course))).toEqual([`T0 at ${at}`]);
  });

  it('gives every rung passed in an outage its own instant, and all of them the instant at which they were recorded', () => {
    const armed = [100, 200, 300].map((delay): Armed => ({ delay, policy: 'deadline' }));
    const rungs = played(armed, [{ kind: 'outage', ms: 5_000 }]).unflushed.slice(1);
    expect(rungs.map(({ happenedAt }) => Date.parse(happenedAt) - T0)).toEqual([100, 200, 300]);
    expect(new Set(rungs.map(({ recordedAt }) => Date.parse(recordedAt) - T0))).toEqual(new Set([5_000]));
  });

  it.each([
    { when: 'in the last moment', ms: 999, fired: [] },
    { when: 'at its instant', ms: 1_000, fired: ['T0 at 1000'] },
  ])('is not early: $when', ({ ms, fired }) => {
    const definition = definitionOf([{ delay: 1_000, policy: 'deadline' }]);
    const stamp = { receivedAt: T0, entrance: 'test' };
    const subject = CaseActor.open(definition, { id: 'C', actId: 'open', input: {}, stamp, data: null }, T0);
    subject.wake(T0 + ms);
    expect(firings(subject)).toEqual(fired);
  });
});

describe('a zero delay that arms itself anew', () => {
  it('is an error that names it, not an endless step', () => {
    const machine = setup({}).createMachine({
      id: 'circle@1',
      entry: raise({ type: 'AGAIN' }, { delay: 0 }),
      on: { AGAIN: { actions: raise({ type: 'AGAIN' }, { delay: 0 }) } },
    });
    const stamp = { receivedAt: T0, entrance: 'test' };
    const start = { id: 'C', actId: 'open', input: {}, stamp, data: null };
    const subject = CaseActor.open({ machine, events: {} }, start, T0);
    expect(() => subject.wake(T0)).toThrow("circle@1: 'AGAIN' keeps firing without delay");
  });
});

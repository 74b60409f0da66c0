/** Other data under a running case: notices, clocks beside the machine, acts that change data and not where it stands. */
import { assign, setup } from 'xstate';
import { Play } from '../../workflows/runtime/testing';
import {
  CaseActor,
  caseData,
  type DataChange,
  type Definition,
  emitEffect,
  type Json,
  type Moved,
  now,
  problemsOf,
  wokenAt,
} from '../../workflows/runtime/workflow';

const HOUR = 3_600_000;
const T0 = Date.parse('2026-03-02T09:00:00+08:00');

interface Terms {
  hours: number;
  asked?: true;
}
const terms = () => caseData<Terms>();

const machine = setup({
  types: { context: {} as { set: number; from: number }, events: {} as { type: 'SHIFT' | 'END' } },
  delays: {
    term: () => terms().hours * HOUR,
    set: ({ context }) => context.set - now(),
    /** Counted from the waking, as the rungs of a chain are. */
    rung: () => wokenAt() + terms().hours * HOUR - now(),
    /** What it counts from may be changed while it runs. */
    drifting: ({ context }) => context.from + terms().hours * HOUR - now(),
    quiet: () => terms().hours * HOUR,
  },
  actions: { shift: assign({ from: ({ context }) => context.from + HOUR }) },
}).createMachine({
  id: 'terms@1',
  context: { set: T0 + 100 * HOUR, from: T0 },
  type: 'parallel',
  on: { SHIFT: { actions: 'shift' } },
  states: {
    a: { initial: 'on', states: { on: { after: { term: 'off' } }, off: { after: { rung: 'over' } }, over: {} } },
    b: { initial: 'on', states: { on: { after: { set: 'off' } }, off: {} } },
    c: { initial: 'on', states: { on: { after: { drifting: 'off' } }, off: {} } },
    d: { initial: 'on', states: { on: { after: { quiet: 'off' } }, off: {} } },
  },
});

const change = (data: Json, more: Partial<DataChange> = {}): DataChange => ({
  data,
  recount: true,
  cite: 'rule 7',
  effects: (moved) => emitEffect({ kind: 'moved', moved: moved as unknown as Json }),
  ...more,
});

const definition: Definition = {
  machine,
  events: { SHIFT: { kind: 'act' }, ASK: { kind: 'act' } },
  delays: { term: { label: 'Term' }, quiet: { label: 'Quiet', hidden: true }, bell: { label: 'Bell' } },
  onNotice: ({ type, payload }) => {
    if (type === 'TERMS') return change(payload, { kept: 'terms' });
    if (type === 'ASKED') return change(payload, { recount: false, start: ['bell'] });
    return undefined;
  },
  clocks: {
    bell: {
      delay: () => terms().hours * HOUR,
      due: (data) => ({ data, start: ['bell'], effects: () => emitEffect({ kind: 'rings' }) }),
    },
  },
  dataActs: {
    ASK: {
      cite: 'rule 8',
      isOpen: (data) => (data as unknown as Terms).asked === true,
      change: ({ payload }) => change({ hours: (payload as { hours: number }).hours }, { stop: ['bell'] }),
    },
  },
};

const played = (hours = 10) =>
  new Play(definition, { input: {}, stamp: { receivedAt: T0, entrance: 'test' }, data: { hours } });
const due = (play: Play, name: string) => play.subject.table.find((entry) => entry.name === name)?.dueAt;
const moved = (play: Play) => play.effects('moved').at(-1)!.moved as unknown as Moved[];

describe('a notice that brings other data', () => {
  it('counts anew what its delay explains, from when it was armed, and says what moved but for housekeeping', () => {
    const play = played().until(T0 + 5 * HOUR);
    expect(play.notify('TERMS', { hours: 20 })).toBe(true);
    expect(due(play, 'term')).toBe(T0 + 20 * HOUR);
    expect(due(play, 'quiet')).toBe(T0 + 20 * HOUR);
    expect(moved(play)).toEqual([
      { name: 'term', label: 'Term', from: T0 + 10 * HOUR, to: T0 + 20 * HOUR },
      { name: 'drifting', label: 'drifting', from: T0 + 10 * HOUR, to: T0 + 20 * HOUR },
    ]);
    expect(play.entries.at(-1)).toMatchObject({
      trigger: { kind: 'notice', type: 'TERMS', payload: 'terms' },
      steps: [{ from: '(root)', cite: 'rule 7' }],
    });
  });

  it('leaves a set date, and what the delay does not explain any more', () => {
    const play = played().until(T0 + 5 * HOUR);
    play.send('SHIFT', {}, {});
    play.notify('TERMS', { hours: 20 });
    expect(due(play, 'set')).toBe(T0 + 100 * HOUR);
    expect(due(play, 'drifting')).toBe(T0 + 10 * HOUR);
  });

  it('fires at once what would lie in the past, at the instant of the change', () => {
    const play = played().until(T0 + 5 * HOUR);
    play.notify('TERMS', { hours: 3 });
    expect(moved(play)[0]).toMatchObject({ name: 'term', to: T0 + 5 * HOUR });
    expect(play.state).toContain('a.off');
    expect(play.entries.find(({ trigger }) => trigger.type === 'term')!.happenedAt).toBe(
      new Date(T0 + 5 * HOUR).toISOString(),
    );
  });

  it('remembers that an entry was armed after an outage', () => {
    const play = played().oversleep(T0 + 30 * HOUR);
    expect(due(play, 'rung')).toBe(T0 + 40 * HOUR);
    play.notify('TERMS', { hours: 12 });
    expect(due(play, 'rung')).toBe(T0 + 42 * HOUR);
  });

  it('brings the same result in a case that was taken up by another run', () => {
    const play = played().until(T0 + 5 * HOUR);
    const envelope = JSON.parse(JSON.stringify(play.subject.carry(play.now)));
    const resumed = CaseActor.resume(definition, envelope, play.now);
    resumed.notice({ id: 'n', from: 'x', seq: 1, type: 'TERMS', payload: { hours: 20 } }, play.now);
    play.notify('TERMS', { hours: 20 }, { from: 'x', seq: 1 });
    const times = (subject: CaseActor) => subject.table.map(({ name, dueAt }) => [name, dueAt]);
    expect(times(resumed)).toEqual(times(play.subject));
  });

  it('shows beforehand what it would move, and does nothing', () => {
    const play = played().until(T0 + 5 * HOUR);
    const before = JSON.stringify(play.subject.carry(play.now));
    const notice = { id: 'n', from: 'x', seq: 1, type: 'TERMS', payload: { hours: 20 } };
    expect(play.subject.foresees(notice, play.now).map(({ name }) => name)).toEqual(['term', 'drifting']);
    expect(play.subject.foresees({ ...notice, type: 'OTHER' }, play.now)).toEqual([]);
    expect(JSON.stringify(play.subject.carry(play.now))).toBe(before);
  });
});

describe('a clock beside the machine', () => {
  const rung = () => {
    const play = played(4).until(T0 + HOUR);
    play.notify('ASKED', { hours: 4, asked: true });
    return play;
  };

  it('starts with the change, rings at its instant and again, whatever the machine does', () => {
    const play = rung();
    expect(due(play, 'bell')).toBe(T0 + 5 * HOUR);
    expect(play.subject.deadlines().map(({ label }) => label)).toContain('Bell');
    play.until(T0 + 5 * HOUR - 1);
    expect(play.effects('rings')).toHaveLength(0);
    play.until(T0 + 13 * HOUR);
    expect(play.effects('rings')).toHaveLength(3);
    expect(play.state).toContain('a.over');
  });

  it('is carried to the next run and counted anew like any deadline', () => {
    const play = rung();
    const resumed = CaseActor.resume(definition, JSON.parse(JSON.stringify(play.subject.carry(play.now))), play.now);
    resumed.notice({ id: 'n', from: 'x', seq: 1, type: 'TERMS', payload: { hours: 3 } }, play.now);
    expect(resumed.table.find(({ name }) => name === 'bell')!.dueAt).toBe(T0 + 4 * HOUR);
    resumed.wake(T0 + 4 * HOUR);
    expect(resumed.unflushed.map(({ trigger }) => trigger)).toContainEqual({ kind: 'timer', type: 'bell' });
  });

  it('is stopped by the act that was waited for, which takes no transition and is not taken back', () => {
    const play = rung();
    const state = play.state;
    expect(play.subject.view(play.now, 0).accepts.map(({ type }) => type)).toContain('ASK');
    expect(play.send('ASK', { hours: 9 }, {})).toMatchObject({ outcome: 'changed' });
    expect(play.state).toEqual(state);
    expect(due(play, 'bell')).toBeUndefined();
    expect(due(play, 'term')).toBe(T0 + 9 * HOUR);
    expect(play.entries.at(-1)!.steps).toMatchObject([{ from: '(root)', cite: 'rule 7' }]);
  });

  it('is not waited for twice', () => {
    const play = rung();
    play.send('ASK', { hours: 9 }, {});
    const steps = play.entries.length;
    expect(play.send('ASK', { hours: 9 }, {})).toMatchObject({
      outcome: 'not-accepted',
      refusal: { code: 'not-accepted-here', accepted: ['SHIFT'] },
    });
    expect(play.entries).toHaveLength(steps);
  });

  it('that nobody declared is a bug, and says so', () => {
    const play = new Play(
      { ...definition, clocks: {} },
      { input: {}, stamp: { receivedAt: T0, entrance: 'test' }, data: { hours: 4 } },
    );
    expect(() => play.notify('ASKED', { hours: 4, asked: true })).toThrow("there is no clock 'bell'");
  });
});

describe('a definition', () => {
  it.each([
    ["clock 'term' has the name of a delay", { clocks: { term: definition.clocks!.bell! } }],
    [
      "event 'LATER' is carried out by the runtime, but is not declared as an act",
      { dataActs: { LATER: definition.dataActs!.ASK! } },
    ],
    ["state '(root)', event 'SHIFT': the runtime carries it out", { dataActs: { SHIFT: definition.dataActs!.ASK! } }],
  ])('is refused: %s', (problem, more) => {
    expect(problemsOf({ ...definition, ...more }).join('\n')).toContain(problem);
  });
});

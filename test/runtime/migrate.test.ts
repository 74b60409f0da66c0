import { assign, setup } from 'xstate';
import { CaseActor, type Definition } from '../../workflows/runtime/workflow';
import { gapsOf, type Migration, migrate, shapeOf } from '../../workflows/runtime/workflow/migrate';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 2, 2);

const types = {} as { context: { n: number }; events: { type: 'GO' } | { type: 'PAUSE' } };

const first = setup({ types, delays: { limit: 5 * DAY, remind: 2 * DAY } }).createMachine({
  id: 'permit@1',
  context: { n: 1 },
  initial: 'open',
  states: {
    open: {
      type: 'parallel',
      states: {
        course: {
          initial: 'drafted',
          states: {
            drafted: { on: { GO: 'checked' }, after: { limit: 'late' } },
            checked: {},
            late: {},
          },
        },
        urging: { initial: 'on', states: { on: { after: { remind: { target: 'on', reenter: true } } } } },
      },
      on: { PAUSE: 'paused' },
    },
    paused: {},
  },
});

const second = setup({ types, delays: { limit: 9 * DAY } }).createMachine({
  id: 'permit@2',
  context: { n: 2 },
  initial: 'open',
  states: {
    open: {
      type: 'parallel',
      states: {
        course: {
          initial: 'written',
          states: {
            written: {
              on: { GO: { target: 'checked', actions: assign({ n: ({ context }) => context.n + 1 }) } },
              after: { limit: 'late' },
            },
            checked: {},
            late: {},
          },
        },
      },
    },
    paused: {},
  },
});

const migration: Migration = {
  from: 'permit@1',
  states: { 'open.course.drafted': 'open.course.written', 'open.urging': null },
  context: (old) => ({ n: (old as { n: number }).n * 10 }),
};

const definition = (machine: Definition['machine']): Definition => ({
  machine,
  events: { GO: { kind: 'act' }, PAUSE: { kind: 'act' } },
});

describe('moving a case to the next edition', () => {
  const opened = () =>
    CaseActor.open(
      definition(first),
      { id: 'P-1', input: null, stamp: { receivedAt: T0, entrance: 'e' }, data: null, actId: 'open' },
      T0,
    );

  it('maps states and context, and keeps the instants of its deadlines', () => {
    const moved = migrate(opened().carry(T0 + DAY), migration, second);
    const resumed = CaseActor.resume(definition(second), moved, T0 + DAY);
    expect(resumed.state()).toEqual(['open.course.written']);
    expect(resumed.snapshot.context).toEqual({ n: 10 });
    expect(resumed.table.map(({ name, dueAt }) => [name, dueAt])).toEqual([['limit', T0 + 5 * DAY]]);
    resumed.wake(T0 + 5 * DAY);
    expect(resumed.state()).toEqual(['open.course.late']);
  });

  it('goes on with the acts of the new edition', () => {
    const resumed = CaseActor.resume(definition(second), migrate(opened().carry(T0), migration, second), T0);
    const receipt = resumed.act(
      { id: 'a', type: 'GO', payload: {}, stamp: { receivedAt: T0 + 1, entrance: 'e' } },
      T0 + 1,
    );
    expect(receipt).toMatchObject({ outcome: 'changed', sequence: 2, state: ['open.course.checked'] });
    expect(resumed.table).toEqual([]);
    expect(resumed.snapshot.context).toEqual({ n: 11 });
  });

  it('is total, or says where it is not', () => {
    expect(gapsOf(migration, shapeOf(first), second)).toEqual([]);
    const partial = { from: 'permit@1', states: { 'open.urging': null } };
    expect(gapsOf(partial, shapeOf(first), second)).toEqual([
      "state 'open.course.drafted' has no counterpart: 'open.course.drafted' is not in permit@2",
    ]);
    const strange = { ...migration, states: { ...migration.states, 'open.nowhere': 'paused' } };
    expect(gapsOf(strange, shapeOf(first), second)).toEqual(["state 'open.nowhere' is mapped, but permit@1 has none"]);
  });

  it('refuses a case in a state that is not mapped', () => {
    expect(() => migrate(opened().carry(T0), { from: 'permit@1', states: { 'open.urging': null } }, second)).toThrow(
      "this case cannot be taken up: it is in 'open.course.drafted', which permit@2 does not map",
    );
  });
});

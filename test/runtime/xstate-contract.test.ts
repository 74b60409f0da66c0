/**
 * The internals of XState that the runtime touches, held to what it relies on. When this fails after an update of
 * XState, the runtime needs another look before anything else is believed.
 */
import {
  type AnyActor,
  and,
  assign,
  createActor,
  createMachine,
  type EventObject,
  fromPromise,
  type InspectionEvent,
  not,
  or,
  raise,
  sendTo,
  setup,
  stateIn,
} from 'xstate';
import { version } from 'xstate/package.json';

interface Internals {
  scheduler: {
    schedule(source: AnyActor, target: AnyActor, event: EventObject, delay: number, id?: string): void;
    cancel(source: AnyActor, id: string): void;
    cancelAll(source: AnyActor): void;
  };
  _relay(source: AnyActor | undefined, target: AnyActor, event: EventObject): void;
}

const internals = (actor: AnyActor) => actor.system as unknown as Internals;

function watched(machine: Parameters<typeof createActor>[0]) {
  const calls: unknown[][] = [];
  const actor = createActor(machine) as AnyActor;
  internals(actor).scheduler = {
    schedule: (source, target, event, delay, id) =>
      calls.push(['schedule', source === actor, target === actor, event.type, delay, id]),
    cancel: (source, id) => calls.push(['cancel', source === actor, id]),
    cancelAll: (source) => calls.push(['cancelAll', source === actor]),
  };
  return { actor, calls };
}

it('is the version the runtime was written for', () => {
  expect(version).toBe('5.33.3');
});

describe('system.scheduler', () => {
  it('replaced before the start is told every delayed event with source, target, delay and send id', () => {
    const machine = setup({ delays: { soon: 7 } }).createMachine({
      id: 'm',
      initial: 'a',
      states: {
        a: {
          entry: [
            raise({ type: 'X' }, { delay: 5, id: 'mine' }),
            raise({ type: 'Y' }, { delay: 6 }),
            sendTo(({ self }) => self, { type: 'Z' }, { delay: 8 }),
          ],
          after: { soon: 'b' },
          on: { GO: 'b' },
        },
        b: { id: 'own', after: { 9: 'c' }, on: { GO: 'c' } },
        c: { type: 'final' },
      },
    });
    const { actor, calls } = watched(machine);
    actor.start();
    expect(calls).toEqual([
      ['schedule', true, true, 'X', 5, 'mine'],
      ['schedule', true, true, 'Y', 6, undefined],
      ['schedule', true, true, 'Z', 8, undefined],
      ['schedule', true, true, 'xstate.after.soon.m.a', 7, 'xstate.after.soon.m.a'],
    ]);
    calls.length = 0;
    actor.send({ type: 'GO' });
    expect(calls).toEqual([
      ['cancel', true, 'xstate.after.soon.m.a'],
      ['schedule', true, true, 'xstate.after.9.own', 9, 'xstate.after.9.own'],
    ]);
    calls.length = 0;
    actor.send({ type: 'GO' });
    expect(calls).toEqual([
      ['cancel', true, 'xstate.after.9.own'],
      ['cancelAll', true],
    ]);
  });

  it('is told nothing when a snapshot is restored: what was armed is lost without a table', () => {
    const machine = createMachine({ initial: 'a', states: { a: { after: { 9: 'b' } }, b: {} } });
    const first = watched(machine);
    first.actor.start();
    const restored = createActor(machine, { snapshot: first.actor.getPersistedSnapshot() as never });
    const armed: unknown[] = [];
    internals(restored as AnyActor).scheduler.schedule = (...args) => armed.push(args);
    restored.start();
    expect(armed).toEqual([]);
  });
});

it('system._relay delivers what a scheduler was told', () => {
  const machine = createMachine({ initial: 'a', states: { a: { after: { 9: 'b' } }, b: {} } });
  const { actor } = watched(machine);
  actor.start();
  const [a] = (actor.getSnapshot() as { _nodes: { id: string }[] })._nodes.slice(-1);
  internals(actor)._relay(actor, actor, { type: `xstate.after.9.${a!.id}` });
  expect(actor.getSnapshot()).toMatchObject({ value: 'b' });
});

it('system._relay is told of the result of an invoked actor, with its source and the machine', async () => {
  const machine = setup({ actors: { work: fromPromise(async () => 7) } }).createMachine({
    initial: 'a',
    states: { a: { invoke: { id: 'w', src: 'work', onDone: 'b' } }, b: {} },
  });
  const actor = createActor(machine);
  const relay = internals(actor)._relay;
  const toMachine: unknown[] = [];
  internals(actor)._relay = (source, target, event) => {
    const { children } = actor.getSnapshot() as { children: Record<string, unknown> };
    if (target === (actor as AnyActor)) toMachine.push([source === children.w, event.type]);
    relay(source, target, event);
  };
  actor.start();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(toMachine).toEqual([[true, 'xstate.done.actor.w']]);
  expect(actor.getSnapshot().value).toBe('b');
});

it('a microstep is inspected with its transitions in _transitions', () => {
  const seen: { source: string; target: string[]; meta: unknown }[][] = [];
  const inspect = (event: InspectionEvent) => {
    if (event.type !== '@xstate.microstep') return;
    const { _transitions } = event as unknown as {
      _transitions: { source: { path: string[] }; target?: { path: string[] }[]; meta: unknown }[];
    };
    seen.push(
      _transitions.map(({ source, target = [], meta }) => ({
        source: source.path.join('.'),
        target: target.map(({ path }) => path.join('.')),
        meta,
      })),
    );
  };
  const machine = createMachine({
    initial: 'a',
    states: { a: { on: { GO: { target: 'b', meta: { cite: 1 } } } }, b: { always: 'c' }, c: {} },
  });
  const actor = createActor(machine, { inspect }).start();
  actor.send({ type: 'GO' });
  actor.send({ type: 'UNKNOWN' });
  expect(seen).toEqual([
    [{ source: 'a', target: ['b'], meta: { cite: 1 } }],
    [{ source: 'b', target: ['c'], meta: undefined }],
    [],
  ]);
});

it('a snapshot holds the active nodes in _nodes', () => {
  const machine = createMachine({
    id: 'm',
    type: 'parallel',
    states: { a: { initial: 'x', states: { x: {} } }, b: {} },
  });
  const { _nodes } = createActor(machine).getSnapshot() as unknown as { _nodes: { path: string[]; type: string }[] };
  expect(_nodes.map(({ path, type }) => `${path.join('.')} ${type}`).sort()).toEqual([
    ' parallel',
    'a compound',
    'a.x atomic',
    'b atomic',
  ]);
});

it('an actor goes on from the snapshot that is put in place of its own, with its children', async () => {
  const machine = setup({ actors: { work: fromPromise(() => Promise.resolve()) } }).createMachine({
    context: { n: 1 },
    initial: 'a',
    states: { a: { invoke: { src: 'work', onDone: 'b' }, on: { GO: 'c' } }, b: {}, c: {} },
  });
  const actor = createActor(machine).start();
  const before = actor.getSnapshot();
  const put = { ...before, context: { n: 2 } };
  (actor as unknown as { _snapshot: unknown })._snapshot = put;
  expect(before.context).toEqual({ n: 1 });
  expect(actor.getSnapshot()).toBe(put);
  expect(put.can({ type: 'GO' })).toBe(true);
  await new Promise(setImmediate);
  expect(actor.getSnapshot()).toMatchObject({ value: 'b', context: { n: 2 } });
});

it('a step leaves the snapshot before it as it was', () => {
  const machine = createMachine({
    context: { n: 1 },
    initial: 'a',
    states: {
      a: { on: { GO: { target: 'b', actions: assign({ n: 2 }) } } },
      b: { initial: 'x', states: { x: { on: { STEP: 'y' } }, y: {}, was: { type: 'history' } }, on: { OUT: 'a' } },
    },
  });
  const actor = createActor(machine).start();
  const kept = ['GO', 'STEP', 'OUT', 'GO'].map((type) => {
    const snapshot = actor.getSnapshot();
    const written = JSON.stringify(machine.getPersistedSnapshot(snapshot));
    actor.send({ type });
    return { snapshot, written };
  });
  for (const { snapshot, written } of kept)
    expect(JSON.stringify(machine.getPersistedSnapshot(snapshot))).toBe(written);
});

describe('what the runtime puts into a machine is honoured', () => {
  it('delays replaced in its implementations', () => {
    const machine = setup({ delays: { soon: 1 } }).createMachine({
      initial: 'a',
      states: { a: { after: { soon: 'b' } }, b: {} },
    });
    machine.implementations.delays = { soon: () => 42 } as never;
    const { actor, calls } = watched(machine);
    actor.start();
    expect(calls).toEqual([['schedule', true, true, expect.any(String), 42, expect.any(String)]]);
  });

  it('delays replaced on an action', () => {
    const action = raise({ type: 'X' }, { delay: () => 1 });
    (action as unknown as { delay: unknown }).delay = () => 42;
    const { actor, calls } = watched(createMachine({ entry: action as never }));
    actor.start();
    expect(calls).toEqual([['schedule', true, true, 'X', 42, undefined]]);
  });

  it('the limit of microsteps', () => {
    const machine = createMachine({
      initial: 'a',
      states: { a: { on: { GO: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
    });
    (machine.options as { maxIterations: number }).maxIterations = 10;
    const actor = createActor(machine);
    const errors: unknown[] = [];
    actor.subscribe({ error: (error) => errors.push(error) });
    actor.start().send({ type: 'GO' });
    expect(String(errors[0])).toContain('more than 10 microsteps');
  });
});

it('composed guards carry their kind in check and their parts in guards', () => {
  const inner = () => true;
  const composed = [and([inner]), or([inner]), not(inner)] as unknown as { check: unknown; guards: unknown[] }[];
  expect(new Set(composed.map(({ check }) => check)).size).toBe(3);
  expect(composed.map(({ guards }) => guards)).toEqual([[inner], [inner], [inner]]);
  expect((and([inner]) as unknown as { check: unknown }).check).toBe(composed[0]!.check);
  expect(stateIn('a')).toHaveProperty('check');
});

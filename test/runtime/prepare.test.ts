import {
  type AnyStateMachine,
  and,
  createMachine,
  enqueueActions,
  fromCallback,
  fromPromise,
  raise,
  sendTo,
  setup,
  spawnChild,
} from 'xstate';
import {
  CaseActor,
  checkMachine,
  checkMachines,
  type Definition,
  fromActivity,
  MachineRefused,
  problemsOf,
} from '../../workflows/runtime/workflow';

const T0 = Date.UTC(2026, 2, 2, 1);

const definition = (machine: AnyStateMachine, more: Partial<Definition> = {}): Definition => ({
  machine,
  events: { GO: { kind: 'act' } },
  ...more,
});

const open = (of: Definition, input = {}) =>
  CaseActor.open(of, { id: 'C-1', actId: 'open', input, stamp: { receivedAt: T0, entrance: 'test' }, data: null }, T0);

const machine = (config: object, implementations: object = {}): AnyStateMachine =>
  createMachine(
    { id: 'm@1', initial: 'a', ...config } as never,
    implementations as never,
  ) as unknown as AnyStateMachine;

class Money {
  constructor(readonly amount: number) {}
}

const twoStates = (a: object) => ({ states: { a, b: {} } });
const activity = fromActivity('work', { startToCloseTimeout: '1 s' });

describe('a machine that could not run is refused before its first case, with state and path', () => {
  it.each<{ what: string; bad: () => Definition; says: string }>([
    {
      what: 'an id without edition',
      bad: () => definition(machine({ ...twoStates({}), id: 'Loan' })),
      says: "its id 'Loan' is not of the form name@edition",
    },
    {
      what: 'an amendment that is not declared as an act',
      bad: () => definition(machine(twoStates({})), { correct: { event: 'FIX', fields: [] } }),
      says: "event 'FIX' is carried out by the runtime, but is not declared as an act",
    },
    {
      what: 'an amendment for which a state has a transition',
      bad: () => definition(machine(twoStates({ on: { GO: 'b' } })), { correct: { event: 'GO', fields: [] } }),
      says: "state 'a', event 'GO': the runtime carries it out, no transition is ever taken by it",
    },
    {
      what: 'one event for two amendments',
      bad: () =>
        definition(machine(twoStates({})), {
          correct: { event: 'GO', fields: [] },
          repair: { propose: 'GO', confirm: 'DO', unfit: () => undefined },
        }),
      says: "event 'GO' is given two meanings",
    },
    {
      what: 'a delay nobody declared',
      bad: () => definition(machine(twoStates({ after: { soon: 'b' } }))),
      says: "state 'a': delay 'soon' is not declared (XState would fire it at once)",
    },
    {
      what: 'a delay of a nested state',
      bad: () =>
        definition(
          machine({ states: { a: { initial: 'x', states: { x: { after: { soon: '#z' } } } }, z: { id: 'z' } } }),
        ),
      says: "state 'a.x': delay 'soon' is not declared (XState would fire it at once)",
    },
    {
      what: 'a declared delay that is no number',
      bad: () => definition(machine(twoStates({ after: { soon: 'b' } }), { delays: { soon: Number.NaN } })),
      says: "delay 'soon' is NaN; a delay is a finite number of milliseconds from 0 up",
    },
    {
      what: 'a negative delay',
      bad: () => definition(machine(twoStates({ after: { soon: 'b' } }), { delays: { soon: -1 } })),
      says: "delay 'soon' is -1; a delay is a finite number of milliseconds from 0 up",
    },
    {
      what: 'an undeclared delay of a raise',
      bad: () =>
        definition(
          machine(twoStates({ entry: ['note', raise({ type: 'GO' }, { delay: 'soon' as never })] }), {
            actions: { note: () => {} },
          }),
        ),
      says: "state 'a', entry[1]: delay 'soon' is not declared (XState would deliver at once)",
    },
    {
      what: 'an infinite delay of a sendTo',
      bad: () =>
        definition(
          machine(
            twoStates({
              on: { GO: { actions: sendTo(({ self }) => self, { type: 'GO' }, { delay: Number.POSITIVE_INFINITY }) } },
            }),
          ),
        ),
      says: "state 'a', event 'GO', actions[0]: its delay is Infinity; a delay is a finite number of milliseconds from 0 up",
    },
    {
      what: 'a delay of a named action',
      bad: () =>
        definition(
          machine(twoStates({ entry: 'remind' }), {
            actions: { remind: raise({ type: 'GO' }, { delay: 'soon' as never }) },
          }),
        ),
      says: "action 'remind': delay 'soon' is not declared (XState would deliver at once)",
    },
    {
      what: 'an action that is not there',
      bad: () => definition(machine(twoStates({ on: { GO: { target: 'b', actions: ['tell'] } } }))),
      says: "state 'a', event 'GO', actions[0]: action 'tell' is not implemented",
    },
    {
      what: 'an exit action that is not there',
      bad: () => definition(machine(twoStates({ exit: { type: 'tell' } }))),
      says: "state 'a', exit[0]: action 'tell' is not implemented",
    },
    {
      what: 'an action of an initial transition that is not there',
      bad: () =>
        definition(machine({ states: { a: { initial: { target: 'x', actions: 'tell' }, states: { x: {} } } } })),
      says: "state 'a', initial[0]: action 'tell' is not implemented",
    },
    {
      what: 'one of several candidates',
      bad: () =>
        definition(
          machine(twoStates({ on: { GO: [{ target: 'b', guard: 'no' }, { actions: 'tell' }] } }), {
            guards: { no: () => false },
          }),
        ),
      says: "state 'a', event 'GO'[1], actions[0]: action 'tell' is not implemented",
    },
    {
      what: 'a guard that is not there, deep in a composed one',
      bad: () => definition(machine(twoStates({ always: { guard: and(['ready' as never]), target: 'b' } }))),
      says: "state 'a', always: guard 'ready' is not implemented",
    },
    {
      what: 'an inherited name for a guard',
      bad: () => definition(machine(twoStates({ on: { GO: { guard: 'toString', target: 'b' } } }))),
      says: "state 'a', event 'GO': guard 'toString' is not implemented",
    },
    {
      what: 'an actor that is not there',
      bad: () => definition(machine(twoStates({ invoke: { src: 'work' } }))),
      says: "state 'a': invoked actor 'work' is not implemented",
    },
    {
      what: 'an inline actor',
      bad: () => definition(machine(twoStates({ invoke: { src: fromPromise(async () => 1) } }))),
      says: "state 'a': invokes an inline actor; name it in setup({actors}) so that it can be carried",
    },
    {
      what: 'an actor of tier 2',
      bad: () =>
        definition(machine(twoStates({ invoke: { src: 'work' } }), { actors: { work: fromCallback(() => {}) } })),
      says: "state 'a': invokes 'work', which is not an activity; that needs tier 2 of the runtime",
    },
    {
      what: 'a system id',
      bad: () =>
        definition(machine(twoStates({ invoke: { src: 'work', systemId: 'w' } }), { actors: { work: activity } })),
      says: "state 'a': invokes 'work' with systemId, which needs tier 2 of the runtime",
    },
    {
      what: 'a spawned actor',
      bad: () => definition(machine(twoStates({ entry: spawnChild('work') }), { actors: { work: activity } })),
      says: "state 'a', entry[0]: spawns an actor, which needs tier 2 of the runtime",
    },
    {
      what: 'a message to the parent',
      bad: () => definition(machine(twoStates({ entry: sendTo('#_parent' as never, { type: 'X' } as never) }))),
      says: "state 'a', entry[0]: sends to its parent, and a case has none",
    },
    {
      what: 'an inline guard where rules are required',
      bad: () =>
        definition(machine(twoStates({ on: { GO: { guard: () => true, target: 'b' } } })), { rulesRequired: true }),
      says: "state 'a', event 'GO': an inline guard; give it a name in setup({guards}), so that a refusal can say which rule it was",
    },
    {
      what: 'a guard without a rule where rules are required',
      bad: () =>
        definition(machine(twoStates({ on: { GO: { guard: 'fit', target: 'b' } } }), { guards: { fit: () => true } }), {
          rulesRequired: true,
        }),
      says: "state 'a', event 'GO': guard 'fit' carries no rule, so that a refusal could not say why",
    },
    {
      what: 'a context that cannot be carried',
      bad: () => definition(machine({ ...twoStates({}), context: { paid: [new Money(3)] } })),
      says: 'context.paid[0] holds an instance of Money; a case can carry JSON values, undefined and Date',
    },
    {
      what: 'a history that would be lost',
      bad: () =>
        definition(
          machine({ id: 'm@1.2', states: { a: { initial: 'x', states: { x: {}, back: { type: 'history' } } } } }),
        ),
      says: "state 'a.x': XState does not find it by its id 'm@1.2.a.x', so that a history of it would be lost; leave dots out of ids, keys and the edition",
    },
    {
      what: 'an outside event in the name of XState',
      bad: () => definition(machine(twoStates({})), { events: { 'xstate.done.actor.work': { kind: 'act' } } }),
      says: "event 'xstate.done.actor.work' cannot be sent from outside; XState keeps such names for itself",
    },
  ])('$what', ({ bad, says }) => {
    expect(problemsOf(bad())).toContain(says);
    expect(() => checkMachine(bad())).toThrow(MachineRefused);
    expect(() => open(bad())).toThrow(says);
  });

  it('names the machine and everything that is wrong at once', () => {
    const bad = definition(machine(twoStates({ entry: 'tell', after: { soon: 'b' } })));
    expect(() => checkMachine(bad)).toThrow(
      "machine 'm@1' cannot run:\n- state 'a': delay 'soon' is not declared (XState would fire it at once)\n- state 'a', entry[0]: action 'tell' is not implemented",
    );
  });

  it('finds nothing wrong with a machine that is whole', () => {
    const whole = setup({
      delays: { soon: 10 },
      actors: { work: activity },
      actions: { tell: () => {} },
      guards: { ready: () => true },
    }).createMachine({
      id: 'whole@1',
      initial: 'a',
      states: {
        a: { entry: 'tell', after: { soon: 'b', 20: 'b' }, on: { GO: { guard: 'ready', target: 'b' } } },
        b: { invoke: { src: 'work', onDone: 'a' } },
      },
    });
    expect(problemsOf(definition(whole))).toEqual([]);
  });
});

describe('all machines of a worker', () => {
  const one = definition(machine(twoStates({})));

  it('may not share an id', () => {
    const other = definition(machine(twoStates({ on: { GO: 'b' } })));
    expect(() => checkMachines([one, other])).toThrow("machine 'm@1' cannot run:\n- another machine has this id too");
  });

  it('are checked one by one', () => {
    const bad = definition(machine({ ...twoStates({ entry: 'tell' }), id: 'n@1' }));
    expect(() => checkMachines([one, bad])).toThrow("machine 'n@1' cannot run");
    expect(() => checkMachines([one, one])).not.toThrow();
  });
});

describe('what only shows when a case runs is an error that names it', () => {
  const soon = (delay: unknown) =>
    definition(
      machine(twoStates({ after: { soon: 'b' }, on: { GO: { target: 'a', reenter: true } } }), {
        delays: { soon: () => delay },
      }),
    );

  it.each([
    { answer: undefined, found: 'undefined' },
    { answer: Number.NaN, found: 'NaN' },
    { answer: -1, found: '-1' },
    { answer: '5', found: "'5'" },
    { answer: null, found: 'null' },
  ])('a delay function that answers $found', ({ answer, found }) => {
    expect(() => open(soon(answer))).toThrow(
      `delay 'soon' is ${found}; a delay is a finite number of milliseconds from 0 up`,
    );
  });

  it('a delay that ends after all dates', () => {
    expect(() => open(soon(1e15))).toThrow("delay 'soon' of 1000000000000000 ms ends after the year 9999");
  });

  it.each<{ what: string; entry: unknown; says: string }>([
    {
      what: 'an inline delay of a raise',
      entry: raise({ type: 'LATER' }, { delay: () => undefined as never }),
      says: "the delay of 'LATER' is undefined",
    },
    {
      what: 'an inline delay of a sendTo',
      entry: sendTo(({ self }) => self, { type: 'LATER' }, { delay: () => Number.NaN }),
      says: "the delay of 'LATER' is NaN",
    },
    {
      what: 'an inline delay of an enqueued raise',
      entry: enqueueActions(({ enqueue }) => enqueue.raise({ type: 'LATER' }, { delay: () => undefined as never })),
      says: "the delay of 'LATER' is undefined",
    },
    {
      what: 'an undeclared delay of an enqueued sendTo',
      entry: enqueueActions(({ enqueue, self }) => enqueue.sendTo(self, { type: 'LATER' }, { delay: 'soon' as never })),
      says: "delay 'soon' is not declared",
    },
    {
      what: 'an enqueued spawn',
      entry: enqueueActions(({ enqueue }) => enqueue.spawnChild('work' as never)),
      says: 'it spawns an actor, which needs tier 2 of the runtime',
    },
    {
      what: 'a delayed event that cannot be carried',
      entry: raise({ type: 'LATER', paid: new Money(1) } as never, { delay: 5 }),
      says: "the delayed event 'LATER'.paid holds an instance of Money",
    },
  ])('$what', ({ entry, says }) => {
    expect(() => open(definition(machine(twoStates({ entry }))))).toThrow(says);
  });

  it('a context made from the input that cannot be carried, at the opening', () => {
    const bad = machine({ ...twoStates({}), context: () => ({ deep: { seen: new Set() } }) });
    expect(() => open(definition(bad))).toThrow(
      "m@1: 'xstate.init' in state 'a' failed: context.deep.seen holds an instance of Set",
    );
  });

  it('an actor spawned by the context', () => {
    const spawning = machine(
      {
        ...twoStates({}),
        context: ({ spawn }: { spawn: (src: string, options: object) => unknown }) => ({
          ref: spawn('child', { id: 'c' }) && 1,
        }),
      },
      { actors: { child: fromCallback(() => {}) } },
    );
    expect(() => open(definition(spawning))).toThrow("it spawned 'c', which is not an activity");
  });
});

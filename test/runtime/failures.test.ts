import { type AnyStateMachine, assign, createMachine, emit, raise } from 'xstate';
import {
  ACT_LIMIT,
  type Act,
  CaseActor,
  type Definition,
  type Envelope,
  EnvelopeRefused,
  emitEffect,
  type Json,
  MachineFault,
  type Notice,
} from '../../workflows/runtime/workflow';
import { checkEnvelope } from '../../workflows/runtime/workflow/envelope';

const T0 = Date.UTC(2026, 2, 2, 1);
const stamp = (receivedAt = T0) => ({ receivedAt, entrance: 'test' });

function definitionOf(config: object, implementations: object = {}, more: Partial<Definition> = {}): Definition {
  const machine = createMachine(
    { id: 'm@1', initial: 'a', ...config } as never,
    implementations as never,
  ) as unknown as AnyStateMachine;
  return { machine, events: { GO: { kind: 'act' }, NOTE: { kind: 'act' }, TOLD: { kind: 'notice' } }, ...more };
}

const open = (definition: Definition, input: Json = {}) =>
  CaseActor.open(definition, { id: 'C-1', actId: 'open', input, stamp: stamp(), data: null }, T0);

let serial = 0;
const act = (type: string, payload: Json = {}, more: Partial<Act> = {}): Act => ({
  id: `a${++serial}`,
  type,
  payload,
  stamp: stamp(),
  ...more,
});

const thrower = () => {
  throw new TypeError('a bug');
};

describe('code that throws is thrown, with machine, event and state', () => {
  const go = { states: { a: { on: { GO: { guard: 'g', target: 'b', actions: 'x' } } }, b: { after: { soon: 'a' } } } };
  const fine = { guards: { g: () => true }, actions: { x: () => {} }, delays: { soon: 10 } };

  it.each<{ what: string; broken: Definition; says: string | RegExp }>([
    { what: 'a guard', broken: definitionOf(go, { ...fine, guards: { g: thrower } }), says: /a bug/ },
    {
      what: 'an action',
      broken: definitionOf(go, { ...fine, actions: { x: thrower } }),
      says: "m@1: 'GO' in state 'a' failed: a bug",
    },
    {
      what: 'an assignment',
      broken: definitionOf(go, { ...fine, actions: { x: assign(thrower) } }),
      says: "m@1: 'GO' in state 'a' failed: a bug",
    },
    {
      what: 'a delay',
      broken: definitionOf(go, { ...fine, delays: { soon: thrower } }),
      says: "m@1: 'GO' in state 'a' failed: a bug",
    },
    {
      what: 'an emitted event',
      broken: definitionOf(go, { ...fine, actions: { x: emit(thrower as never) } }),
      says: "m@1: 'GO' in state 'a' failed: a bug",
    },
    {
      what: 'an effect that cannot be kept',
      broken: definitionOf(go, {
        ...fine,
        actions: { x: () => emitEffect({ kind: 'tell', who: new Map() as never }) },
      }),
      says: "effect 0 ('tell').who holds an instance of Map",
    },
    {
      what: 'an emitted event that cannot be kept',
      broken: definitionOf(go, { ...fine, actions: { x: emit({ type: 'told', to: () => 1 } as never) } }),
      says: "effect 0 ('emit').event.to holds a function",
    },
    {
      what: 'a schema',
      broken: definitionOf(go, fine, {
        events: { GO: { kind: 'act', schema: { '~standard': { validate: thrower } } } },
      }),
      says: 'a bug',
    },
    { what: 'the host', broken: definitionOf(go, fine, { admit: thrower }), says: 'a bug' },
    {
      what: 'a context that grows in a circle',
      broken: definitionOf(go, {
        ...fine,
        actions: {
          x: assign(() => {
            const round: { self?: object } = {};
            round.self = round;
            return { round };
          }),
        },
      }),
      says: "m@1: 'GO' in state 'b' failed: context.round.self holds a reference to one of its own parents",
    },
    {
      what: 'a context that grows too large to be carried',
      broken: definitionOf(go, { ...fine, actions: { x: assign({ text: '政'.repeat(300_000) }) } }),
      says: 'its context has grown to 900011 bytes, 786432 can be carried',
    },
  ])('$what', ({ broken, says }) => {
    const subject = open(broken);
    expect(() => subject.act(act('GO'), T0)).toThrow(says);
    expect(subject.head.sequence).toBe(1);
  });

  it('is a MachineFault with what was thrown as its cause', () => {
    const subject = open(definitionOf(go, { ...fine, actions: { x: thrower } }));
    const thrown = (() => {
      try {
        return subject.act(act('GO'), T0);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(MachineFault);
    expect((thrown as Error).cause).toBeInstanceOf(TypeError);
  });

  it('at the opening too', () => {
    expect(() => open(definitionOf({ context: thrower, states: { a: {} } }))).toThrow("m@1: 'xstate.init'");
  });

  it('names the guard', () => {
    const subject = open(definitionOf(go, { ...fine, guards: { g: thrower } }));
    expect(() => subject.foresee(act('GO'), T0)).toThrow(
      "Unable to evaluate guard 'g' in transition for event 'GO' in state node 'm@1.a':\na bug",
    );
  });

  it('a step in a circle is an error, not an endless one', () => {
    const circle = definitionOf({ states: { a: { on: { GO: 'b' } }, b: { always: 'c' }, c: { always: 'b' } } });
    expect(() => open(circle).act(act('GO'), T0)).toThrow('processed more than 1000 microsteps');
  });
});

describe('what is forged or malformed is refused and changes nothing', () => {
  const subject = () =>
    open(
      definitionOf(
        {
          states: {
            a: { after: { 1000: 'b' }, on: { GO: { actions: 'x' }, 'xstate.done.actor.y': 'b' } },
            b: {},
          },
        },
        { actions: { x: () => {} } },
      ),
    );

  it.each<{ what: string; forged: unknown; code: string; path?: string }>([
    { what: "XState's own timer", forged: act('xstate.after.1000.m@1.a'), code: 'unknown-event' },
    { what: 'a result of an actor', forged: act('xstate.done.actor.y'), code: 'unknown-event' },
    { what: 'a notice sent as an act', forged: act('TOLD'), code: 'unknown-event' },
    { what: 'an inherited name', forged: act('toString'), code: 'unknown-event' },
    { what: 'the wildcard', forged: act('*'), code: 'unknown-event' },
    {
      what: 'a type in the payload',
      forged: act('GO', { type: 'xstate.after.1000.m@1.a' }),
      code: 'malformed',
      path: 'payload.type',
    },
    { what: 'a stamp in the payload', forged: act('GO', { stamp: {} }), code: 'malformed', path: 'payload.stamp' },
    { what: 'a payload that is none', forged: act('GO', 'now'), code: 'malformed', path: 'payload' },
    { what: 'no stamp', forged: { id: 'x', type: 'GO', payload: {} }, code: 'malformed', path: 'act' },
    { what: 'a claimed instant that is none', forged: act('GO', {}, { at: 1e300 }), code: 'malformed', path: 'act' },
    {
      what: 'a stamp before all time',
      forged: act('GO', {}, { stamp: stamp(-1e300) }),
      code: 'malformed',
      path: 'act',
    },
    {
      what: 'a stamp before the case',
      forged: act('GO', {}, { stamp: stamp(T0 - 30_001) }),
      code: 'stamp-out-of-order',
      path: 'stamp.receivedAt',
    },
    { what: 'an id without end', forged: act('GO', {}, { id: 'x'.repeat(201) }), code: 'malformed', path: 'act' },
    {
      what: 'a payload without end',
      forged: act('GO', { text: '政'.repeat(ACT_LIMIT / 3) }),
      code: 'too-large',
      path: 'act',
    },
  ])('$what: $code', ({ forged, code, path }) => {
    const one = subject();
    const expected = { outcome: 'malformed', refusal: { code, ...(path ? { path } : {}) } };
    expect(one.foresee(forged as Act, T0)).toMatchObject(expected);
    expect(one.act(forged as Act, T0)).toMatchObject(expected);
    expect(one.state()).toEqual(['a']);
    expect(one.head.sequence).toBe(1);
  });

  it('the largest act is taken, one byte more is not', () => {
    const envelope = JSON.stringify(act('GO', { text: '' }, { id: 'x' })).length;
    const text = 'x'.repeat(ACT_LIMIT - envelope);
    expect(subject().act(act('GO', { text }, { id: 'x' }), T0).outcome).toBe('changed');
    expect(subject().act(act('GO', { text: `${text}x` }, { id: 'x' }), T0).refusal).toEqual({
      code: 'too-large',
      path: 'act',
      params: { bytes: ACT_LIMIT + 1, limit: ACT_LIMIT },
    });
  });

  it.each<{ what: string; notice: unknown }>([
    { what: 'nothing', notice: null },
    { what: 'no sender', notice: { id: 'n', seq: 1, type: 'TOLD', payload: {} } },
    { what: 'no order', notice: { id: 'n', from: 'x', seq: '1', type: 'TOLD', payload: {} } },
    { what: 'an act', notice: { id: 'n', from: 'x', seq: 1, type: 'GO', payload: {} } },
    {
      what: "XState's own timer",
      notice: { id: 'n', from: 'x', seq: 1, type: 'xstate.after.1000.m@1.a', payload: {} },
    },
    { what: 'a payload that is none', notice: { id: 'n', from: 'x', seq: 1, type: 'TOLD', payload: 7 } },
    { what: 'too much', notice: { id: 'n', from: 'x', seq: 1, type: 'TOLD', payload: { t: 'x'.repeat(ACT_LIMIT) } } },
  ])('a notice that is $what is left aside', ({ notice }) => {
    const one = subject();
    expect(one.notice(notice as Notice, T0)).toBe(false);
    expect(one.head.sequence).toBe(1);
  });
});

describe('an envelope that is foreign or damaged is refused, with the part that is', () => {
  const definition = definitionOf({
    states: {
      a: { initial: 'x', states: { x: { on: { GO: 'y' } }, y: {}, back: { type: 'history' } }, on: { NOTE: 'b' } },
      b: { after: { 1000: 'a' } },
    },
  });
  const whole = (): Envelope => {
    const subject = open(definition);
    subject.act(act('GO'), T0);
    subject.act(act('NOTE'), T0);
    return JSON.parse(JSON.stringify(subject.carry(T0)));
  };
  const takeUp = (envelope: Envelope) => CaseActor.resume(definition, checkEnvelope(envelope, definition.machine), T0);

  it('is taken up where it is whole', () => {
    expect(takeUp(whole()).state()).toEqual(['b']);
  });

  it.each<{ what: string; damage: (envelope: Envelope) => unknown; says: string }>([
    { what: 'another version', damage: (e) => ({ ...e, version: 2 }), says: 'version 2, this build reads 1' },
    { what: 'another machine', damage: (e) => ({ ...e, machine: 'n@1' }), says: "machine 'n@1', this build has 'm@1'" },
    {
      what: 'an unknown edition',
      damage: (e) => ({ ...e, machine: 'm@9' }),
      says: "machine 'm@9', this build has 'm@1'",
    },
    { what: 'no memory', damage: ({ memory: _, ...e }) => e, says: 'its memory is damaged' },
    {
      what: 'a due instant that is none',
      damage: (e) => edit(e, 'table.entries.0.dueAt', null),
      says: 'its due-table is damaged',
    },
    {
      what: 'a policy nobody knows',
      damage: (e) => edit(e, 'table.entries.0.policy', 'soon'),
      says: 'its due-table is damaged',
    },
    { what: 'no head', damage: (e) => edit(e, 'memory.head', {}), says: 'the head of its record is damaged' },
    {
      what: 'a broken tail',
      damage: (e) => edit(e, 'memory.unflushed.1.previous', 'x'),
      says: 'the entries it has not recorded are damaged',
    },
    {
      what: 'a tail that does not end at the head',
      damage: (e) => edit(e, 'memory.head.sequence', 9),
      says: 'the entries it has not recorded are damaged',
    },
    {
      what: 'receipts of another shape',
      damage: (e) => edit(e, 'memory.receipts.0.1', {}),
      says: 'its receipts are damaged',
    },
    { what: 'a closed snapshot', damage: (e) => edit(e, 'snapshot.status', 'done'), says: 'its snapshot is damaged' },
    {
      what: 'a state that is gone',
      damage: (e) => edit(e, 'snapshot.value', 'gone'),
      says: "machine 'm@1' of this build has not its state",
    },
    {
      what: 'a history that is gone',
      damage: (e) => edit(e, 'snapshot.historyValue', { 'm@1.a.back': [{ id: 'm@1.a.gone' }] }),
      says: "machine 'm@1' of this build has not its state",
    },
    {
      what: 'a deadline of a state that is gone',
      damage: (e) => edit(e, 'table.entries.0.event.type', 'xstate.after.1000.m@1.gone'),
      says: "its deadline '1000' belongs to a state that 'm@1' has not",
    },
  ])('$what', ({ damage, says }) => {
    const damaged = damage(whole()) as Envelope;
    expect(() => takeUp(damaged)).toThrow(EnvelopeRefused);
    expect(() => takeUp(damaged)).toThrow(says);
  });
});

/** Replaces what stands at a path. */
function edit(envelope: Envelope, path: string, value: unknown): Envelope {
  const keys = path.split('.');
  const last = keys.pop()!;
  const at = keys.reduce<Record<string, unknown>>((o, key) => o[key] as Record<string, unknown>, envelope as never);
  at[last] = value;
  return envelope;
}

describe('thousands of timers', () => {
  const many = (n: number) =>
    definitionOf(
      {
        states: {
          a: {
            entry: Array.from({ length: n }, (_, i) => raise({ type: 'TICK', i } as never, { delay: 1_000 + (i % 7) })),
            on: { TICK: { actions: 'x' } },
          },
        },
      },
      { actions: { x: () => {} } },
    );

  it('fire each once, in order, also after continue-as-new, in portions that leave the rest to the next task', () => {
    const definition = many(2_000);
    const opened = open(definition);
    const envelope = JSON.parse(JSON.stringify(opened.carry(T0)));
    const subject = CaseActor.resume(definition, checkEnvelope(envelope, definition.machine), T0);
    const portions: number[] = [];
    for (let isDone = false; !isDone; ) {
      const before = subject.head.sequence;
      isDone = subject.wake(T0 + 5_000, 500);
      portions.push(subject.head.sequence - before);
    }
    expect(portions).toEqual([500, 500, 500, 500]);
    const fired = subject.unflushed.slice(1).map(({ happenedAt }) => Date.parse(happenedAt) - T0);
    expect(fired).toEqual([...fired].sort((a, b) => a - b));
    expect(subject.table).toEqual([]);
  });

  it('beyond what a case can carry are an error', () => {
    expect(() => open(many(2_501))).toThrow("'TICK' would be delayed event 2501; a case holds at most 2500");
  });

  it('leave receipts and views readable', () => {
    const subject = open(many(2_000));
    expect(subject.act(act('GO'), T0).deadlines).toHaveLength(16);
    expect(subject.view(T0, 0).deadlines).toHaveLength(100);
  });
});

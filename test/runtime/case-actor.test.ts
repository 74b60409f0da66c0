import { CaseActor, hashOf } from '../../workflows/runtime/workflow';
import { HOUR, loanDefinition } from './loan';

const T0 = Date.UTC(2026, 2, 2, 1);

const stamp = (receivedAt: number, entrance = 'desk') => ({ receivedAt, entrance });

function open(days = 1) {
  return CaseActor.open(
    loanDefinition,
    { id: 'L-1', input: { days }, stamp: stamp(T0), data: null, actId: 'open' },
    T0,
  );
}

let serial = 0;
const act = (type: string, at: number, payload = {}, id = `a${++serial}`) => ({ id, type, payload, stamp: stamp(at) });

describe('a case keeps its own time', () => {
  it('fires a deadline at its own instant although the case woke much later', () => {
    const subject = open();
    subject.wake(T0 + 30 * HOUR);
    const [, due] = subject.unflushed;
    expect(due?.happenedAt).toBe(new Date(T0 + 24 * HOUR).toISOString());
    expect(due?.recordedAt).toBe(new Date(T0 + 30 * HOUR).toISOString());
    expect(subject.state()).toEqual(['overdue']);
  });

  it.each([
    { when: 'in the last moment allowed', at: T0 + 24 * HOUR - 1, state: ['back'], entries: 2 },
    { when: 'at the due instant', at: T0 + 24 * HOUR, state: ['back'], entries: 3 },
  ])('takes an act received $when as it was, although both wait for the worker', ({ at, state, entries }) => {
    const subject = open();
    const receipt = subject.act(act('RETURN', at, { condition: 'good' }), T0 + 40 * HOUR);
    expect(receipt.outcome).toBe('changed');
    expect(receipt.state).toEqual(state);
    expect(subject.unflushed).toHaveLength(entries);
  });

  it('lets every missed rung keep its own instant', () => {
    const subject = open();
    subject.wake(T0 + 49 * HOUR);
    const rungs = subject.unflushed.filter(({ trigger }) => trigger.kind === 'timer');
    expect(rungs.map((entry) => (Date.parse(entry.happenedAt) - T0) / HOUR)).toEqual([24, 36, 48]);
  });

  it('names after downtime, in one link, every deadline that was slept over', () => {
    const subject = open();
    subject.wake(T0 + 49 * HOUR);
    const woken = subject.unflushed.at(-1)!;
    const at = (hours: number) => new Date(T0 + hours * HOUR).toISOString();
    expect(woken).toMatchObject({
      sequence: 5,
      recordedAt: at(49),
      trigger: {
        kind: 'runtime',
        type: 'woken',
        payload: {
          passed: [
            { name: 'due', dueAt: at(24), sequence: 2 },
            { name: 'reminder', dueAt: at(36), sequence: 3 },
            { name: 'reminder', dueAt: at(48), sequence: 4 },
          ],
        },
      },
      steps: [],
      effects: [],
    });
  });

  it.each([
    { when: 'one deadline was slept over: its own link says so', wakes: [36 * HOUR - 1] },
    { when: 'each deadline was met in time', wakes: [24 * HOUR, 36 * HOUR, 48 * HOUR] },
    { when: 'somebody was only busy for a minute', wakes: [24 * HOUR + 60_000, 36 * HOUR + 60_000] },
  ])('writes no such link where $when', ({ wakes }) => {
    const subject = open();
    for (const after of wakes) subject.wake(T0 + after);
    expect(subject.unflushed.map(({ trigger }) => trigger.kind)).not.toContain('runtime');
  });

  it('names the last of what was slept over after it was carried to another run in between', () => {
    const subject = open();
    subject.wake(T0 + 49 * HOUR, 1);
    const resumed = CaseActor.resume(loanDefinition, subject.carry(T0 + 49 * HOUR), T0 + 49 * HOUR);
    resumed.wake(T0 + 49 * HOUR);
    const { trigger } = resumed.unflushed.at(-1)!;
    expect((trigger.payload as { passed: { sequence: number }[] }).passed.map(({ sequence }) => sequence)).toEqual([
      2, 3, 4,
    ]);
  });

  it('re-arms the deadline of a state that is entered again', () => {
    const subject = open();
    subject.act(act('RENEW', T0 + HOUR), T0 + HOUR);
    expect(subject.deadlines()).toEqual([{ name: 'due', dueAt: T0 + 25 * HOUR, label: 'due back', cite: 'rule 2' }]);
  });
});

describe('a refusal says what it is and changes nothing', () => {
  it.each([
    { what: 'an event nobody knows', event: act('BURN', T0), outcome: 'malformed', code: 'unknown-event' },
    {
      what: 'a payload off schema',
      event: act('RETURN', T0, { condition: 'wet' }),
      outcome: 'malformed',
      code: 'malformed',
    },
    { what: 'an event of another state', event: act('PAY', T0), outcome: 'not-accepted', code: 'not-accepted-here' },
    { what: 'a rule', event: act('RETURN', T0, { condition: 'torn' }), outcome: 'rule', code: 'BOOK_TORN' },
    { what: 'an event without effect', event: act('LOOK', T0), outcome: 'unchanged', code: 'unchanged' },
    { what: 'a stamp from the future', event: act('RENEW', T0 + HOUR), outcome: 'malformed', code: 'stamp-in-future' },
  ])('$what: $code', ({ event, outcome, code }) => {
    const subject = open();
    const head = subject.head;
    const foreseen = subject.foresee(event, T0);
    const receipt = subject.act(event, T0);
    expect(foreseen).toMatchObject({ outcome, refusal: { code } });
    expect(receipt).toMatchObject({ outcome, refusal: { code }, sequence: 1 });
    expect(subject.head).toEqual(head);
  });

  it('names the state, the rule and what is accepted instead', () => {
    const refused = open().foresee(act('PAY', T0), T0);
    expect(refused?.refusal).toEqual({
      code: 'not-accepted-here',
      params: { event: 'PAY' },
      state: ['lent'],
      accepted: ['LOOK', 'RENEW', 'RETURN'],
    });
  });

  it('blames the leaf of a composed guard', () => {
    const refused = open().foresee(act('RETURN', T0, { condition: 'torn' }), T0);
    expect(refused?.refusal).toMatchObject({ code: 'BOOK_TORN', cite: { rule: 'BOOK_TORN' } });
  });

  it('answers a closed case with closed', () => {
    const subject = open();
    subject.act(act('RETURN', T0, { condition: 'good' }), T0);
    expect(subject.act(act('RENEW', T0), T0).outcome).toBe('closed');
  });

  it('refuses an act that its entrance dates back behind one it already sent', () => {
    const subject = open();
    subject.act(act('RENEW', T0 + HOUR), T0 + HOUR);
    expect(subject.act(act('RENEW', T0 + HOUR - 30_001), T0 + HOUR).refusal?.code).toBe('stamp-out-of-order');
    expect(subject.act(act('RENEW', T0 + HOUR - 30_000), T0 + HOUR).outcome).toBe('changed');
  });
});

describe('repetitions', () => {
  it('gives the first receipt again for the same id with the same content', () => {
    const subject = open();
    const first = subject.act(act('RENEW', T0, {}, 'same'), T0);
    const again = subject.act(act('RENEW', T0 + 5, {}, 'same'), T0 + 5);
    expect(again).toEqual({ ...first, repeated: true });
    expect(subject.head.sequence).toBe(2);
  });

  it('refuses the same id with another content', () => {
    const subject = open();
    subject.act(act('RENEW', T0, {}, 'same'), T0);
    const other = subject.act(act('RETURN', T0, { condition: 'good' }, 'same'), T0);
    expect(other).toMatchObject({ outcome: 'duplicate', refusal: { code: 'id-reused' } });
    expect(subject.state()).toEqual(['lent']);
  });
});

describe('the record', () => {
  it('links one entry per stimulus, each with its steps and their citations', () => {
    const subject = open();
    subject.act(act('RENEW', T0), T0);
    subject.wake(T0 + 24 * HOUR);
    const entries = subject.unflushed;
    expect(entries.map((e) => e.trigger.type)).toEqual(['xstate.init', 'RENEW', 'due']);
    expect(entries.map((e) => e.steps.map((s) => s.cite))).toEqual([[], ['rule 3'], ['rule 2']]);
    for (const [i, { hash, ...body }] of entries.entries()) {
      expect(hash).toBe(hashOf(body));
      if (i > 0) expect(body.previous).toBe(entries[i - 1]!.hash);
    }
  });
});

describe('continue-as-new', () => {
  it('takes the case up where it was, deadline, receipts and record included', () => {
    const subject = open();
    const first = subject.act(act('RENEW', T0, {}, 'kept'), T0);
    const envelope = JSON.parse(JSON.stringify(subject.carry(T0 + HOUR)));
    const resumed = CaseActor.resume(loanDefinition, envelope, T0 + 2 * HOUR);
    expect(resumed.deadlines()).toEqual(subject.deadlines());
    expect(resumed.act(act('RENEW', T0, {}, 'kept'), T0 + 2 * HOUR)).toEqual({ ...first, repeated: true });
    resumed.wake(T0 + 24 * HOUR);
    expect(resumed.state()).toEqual(['overdue']);
    expect(resumed.head.sequence).toBe(3);
  });
});

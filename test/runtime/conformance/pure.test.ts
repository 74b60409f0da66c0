import { createActor, type EventObject, SimulatedClock } from 'xstate';
import { type Act, CaseActor, type Receipt } from '../../../workflows/runtime/workflow';
import { leavesOf } from '../../../workflows/runtime/workflow/nodes';
import { emittedIn, emittedOf, lineOf, type Stage, type Trial, UNIT } from './trial';
import { trials } from './trials';

const T0 = Date.UTC(2026, 2, 2, 1);
/** All delays are multiples of it. */
const GRAIN = 100;

const alone = trials.filter(({ waits }) => !waits);
const plain = trials.filter(({ apart }) => apart === undefined);
const named = (list: readonly Trial[]) => list.map((one) => [one.shows, one] as const);

function actOf({ send, payload = {}, at }: Stage, serial: number): Act {
  return { id: `a${serial}`, type: send!, payload, stamp: { receivedAt: T0 + at * UNIT, entrance: 'test' } };
}

function answerOf({ outcome, refusal }: Receipt): string | undefined {
  return outcome === 'changed' ? undefined : `${outcome} ${refusal?.code}`;
}

/** Plays a trial on an owned clock; `between` may put another actor in the place of the case before every stage. */
function play(one: Trial, between: (subject: CaseActor, at: number) => CaseActor): void {
  const stamp = { receivedAt: T0, entrance: 'test' };
  const { definition, input, opens } = one;
  let subject = CaseActor.open(definition, { id: 'T-1', actId: 'open', input, stamp, data: null }, T0);
  const [opening] = subject.unflushed;
  expect(opening!.effects.map(emittedOf)).toEqual(opens.emits ?? []);
  expectStanding(subject, one.id, opens);
  for (const [serial, stage] of one.stages.entries()) {
    const at = T0 + stage.at * UNIT;
    subject = between(subject, at);
    const before = subject.head.sequence;
    const passing = due(subject, at);
    for (const instant of passing) subject.wake(instant);
    subject.wake(at);
    if (stage.send) expect(answerOf(subject.act(actOf(stage, serial), at))).toEqual(stage.answer);
    const taken = subject.unflushed.filter((entry) => entry.sequence > before).map((entry) => lineOf(entry, T0));
    expect(taken).toEqual(stage.course);
    expectStanding(subject, one.id, stage);
  }
}

/** The instants at which a case on a real clock would wake before `at`. */
function* due(subject: CaseActor, at: number): Generator<number> {
  for (let next = subject.first; next && next.dueAt <= at; next = subject.first) yield next.dueAt;
}

function expectStanding(subject: CaseActor, id: string, { state, tags, shows, output }: Stage | Trial['opens']): void {
  const view = subject.view(subject.last, 0);
  expect([id, view.state]).toEqual([id, [...state].sort()]);
  if (tags) expect(view.tags).toEqual(tags);
  if (shows !== undefined) expect(view.context).toEqual(shows);
  if (output !== undefined) expect(view.output).toEqual(output);
}

describe('on an owned clock', () => {
  it.each(named(alone))('%s', (_, one) => play(one, (subject) => subject));
});

describe('continued as new before every event', () => {
  it.each(named(alone))('%s', (_, one) => {
    play(one, (subject, at) => {
      if (subject.closed) return subject;
      const carriedAt = Math.max(subject.last, at - UNIT);
      return CaseActor.resume(one.definition, JSON.parse(JSON.stringify(subject.carry(carriedAt))), carriedAt);
    });
  });
});

describe('held against a plain XState actor on a simulated clock', () => {
  it.each(named(plain))('%s', (_, one) => {
    const clock = new SimulatedClock();
    const emitted: string[] = [];
    const actor = createActor(one.definition.machine, { clock, input: one.input });
    actor.on('*', (event) => emitted.push(emittedOf({ kind: 'emit', event: event as never })));
    actor.start();
    const expected = [...(one.opens.emits ?? [])];
    for (const [serial, stage] of one.stages.entries()) {
      while (clock.now() < stage.at * UNIT) clock.increment(GRAIN);
      if (stage.send) {
        const { type, payload, stamp } = actOf(stage, serial);
        actor.send({ ...(payload as object), type, stamp } as EventObject);
        clock.increment(0);
      }
      expected.push(...stage.course.flatMap((line) => emittedIn(line)?.split(', ') ?? []));
      const snapshot = actor.getSnapshot();
      expect(leavesOf(snapshot._nodes)).toEqual([...stage.state].sort());
      if (stage.tags) expect([...snapshot.tags].sort()).toEqual(stage.tags);
      if (stage.output !== undefined) expect(snapshot.output).toEqual(stage.output);
      if (stage.shows !== undefined) expect(one.definition.expose!(snapshot)).toEqual(stage.shows);
    }
    expect(emitted).toEqual(expected);
  });
});

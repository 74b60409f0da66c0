/** What cases ask of one another in a drill: carried at the instant at which it was asked, until nothing is left of it. */
import { type DrillWorld, type Moved, playDrill, type ScriptedAct } from '../../client/drill/coordinator';
import { drillNames, readDrill, withCases } from '../../client/drill/script';
import type { Receipt } from '../../workflows/runtime/workflow';

const receipt = (id: string): Receipt => ({ outcome: 'changed', id, state: ['open'] }) as Receipt;

/** Cases that only say what happens to them. */
class ToldWorld implements DrillWorld {
  readonly log: string[] = [];
  /** What is carried when it is asked, in that order; then nothing. */
  readonly rounds: Moved[][] = [];
  deadlines: Record<string, number | undefined> = {};
  opensAs: Record<string, string> = {};

  async open({ matter, at }: ScriptedAct) {
    const caseId = this.opensAs[matter] ?? `case-${matter}`;
    this.log.push(`${at} open ${matter} as ${caseId}`);
    return { caseId, next: this.deadlines[caseId] };
  }

  async act(caseId: string, { at, act, payload }: ScriptedAct) {
    this.log.push(`${at} ${act} ${caseId} ${JSON.stringify(payload)}`);
    return { receipt: receipt(act), next: this.deadlines[caseId] };
  }

  async advance(caseId: string, to: number) {
    this.log.push(`${to} advance ${caseId}`);
    return undefined;
  }

  async carry(at: number) {
    const moved = this.rounds.shift() ?? [];
    this.log.push(`${at} carry ${moved.map(({ caseId }) => caseId).join()}`);
    return moved;
  }

  async deliver(at: number) {
    this.log.push(`${at} deliver`);
    return undefined;
  }
}

const act = (at: number, matter: string, name: string, payload: object = {}): ScriptedAct => ({
  at,
  matter,
  procedure: 'p',
  seat: 's',
  id: `${matter}-${name}`,
  act: name,
  payload: payload as never,
});

test('errands are carried after the acts of an instant, again while somebody was reached, and before anything is delivered', async () => {
  const world = new ToldWorld();
  world.rounds.push([{ caseId: 'case-B', next: 5 }], [{ caseId: 'case-A', next: 1 }]);
  await playDrill(world, [act(1, 'A', 'OPEN'), act(1, 'B', 'OPEN')]);
  expect(world.log).toEqual([
    '1 open A as case-A',
    '1 open B as case-B',
    '1 carry case-B',
    '1 carry case-A',
    '1 advance case-A',
    '1 carry ',
    '1 deliver',
    '5 advance case-B',
    '5 carry ',
    '5 deliver',
  ]);
});

test('a case that others opened joins the play under its number: its deadlines count, and people act on it', async () => {
  const world = new ToldWorld();
  world.rounds.push([{ caseId: 'SI-1', next: 7 }]);
  const { cases } = await playDrill(world, [act(1, 'A', 'OPEN'), act(3, 'SI-1', 'ASSIGN')]);
  expect([...cases]).toEqual([
    ['A', 'case-A'],
    ['SI-1', 'SI-1'],
  ]);
  expect(world.log).toContain('3 ASSIGN SI-1 {}');
  expect(world.log).not.toContain('3 open SI-1 as SI-1');
});

test('nothing happens after the end but the delivery of what was told', async () => {
  const world = new ToldWorld();
  world.deadlines = { 'case-A': 9 };
  await playDrill(world, [act(1, 'A', 'OPEN'), act(9, 'A', 'LATE')], { until: 8 });
  expect(world.log.filter((line) => line.startsWith('9'))).toEqual([]);
});

test('an act names the case of another matter', async () => {
  const world = new ToldWorld();
  const script = [
    act(1, 'A', 'OPEN'),
    act(2, 'B', 'OPEN'),
    act(3, 'B', 'REFER', { to: ['@case:A'], more: { of: '@case:B' } }),
  ];
  await playDrill(world, script, { resolve: withCases });
  expect(world.log).toContain('3 REFER case-B {"to":["case-A"],"more":{"of":"case-B"}}');
  const early = playDrill(new ToldWorld(), [act(1, 'A', 'OPEN', { to: '@case:B' })], { resolve: withCases });
  await expect(early).rejects.toThrow('A-OPEN: the matter B has no case yet');
});

test('an act that belonged to an open case is played there', async () => {
  const world = new ToldWorld();
  world.opensAs = { B: 'case-A' };
  const { cases } = await playDrill(world, [act(1, 'A', 'OPEN'), act(2, 'B', 'OPEN'), act(3, 'B', 'GO')]);
  expect(cases.get('B')).toBe('case-A');
  expect(world.log).toContain('3 GO case-A {}');
});

test.each(drillNames())(
  'the drill %s can be read: every matter has a procedure, and its end is that of script and course',
  (name) => {
    const { acts, course, until } = readDrill(name);
    expect(acts.length).toBeGreaterThan(10);
    expect(course.length).toBeGreaterThan(10);
    expect(acts.filter(({ at }) => at > until)).toEqual([]);
    for (const { matter, procedure } of acts)
      expect(acts.filter((one) => one.matter === matter && one.procedure !== procedure)).toEqual([]);
  },
);

/** Many deadlines within one second: how long until the last case has dealt with its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withUnit } from '../report';
import { columnsOf, inLoops, type Lane, Site, turns, type Workshop } from '../site';
import { median, quantile, ratios } from '../statistics';
import { type Column, perColumn, type Variant } from '../variants';
import { againstRestate, type Bench, type Measure, noRounds, type Rounds } from './measure';

const STORMY: readonly Variant[] = ['ours', 'plain', 'kept'];
const LOOPS = 40;
const PROBE = 60;
/** Time to come to rest between the last start and the first deadline. */
const MARGIN_MS = 5_000;

interface Drained {
  /** From the first due instant to the end of the last case. */
  ms: number;
  /** From a case's own due instant to its end. */
  late: number[];
  cpuMs: number;
}

export const storm: Measure = async ({ plan, workshop, progress }) => {
  const { rounds, silent: silentRounds, cases } = plan.storm;
  const told = await storms({ rounds, cases, silentLapse: false }, progress, workshop);
  const silent = await storms({ rounds: silentRounds, cases, silentLapse: true }, progress, workshop);
  const columns = columnsOf(workshop, STORMY);
  const drain = (found: Record<Column, Drained[]>) => {
    const rounds = noRounds();
    for (const variant of columns) rounds[variant] = found[variant].map(({ ms }) => ms);
    return rounds;
  };
  const row = (name: string, rounds: Rounds) => ({
    name,
    found: ratios(rounds.ours, rounds.plain),
    alone: ratios(rounds.ours, rounds.kept),
    ...againstRestate(rounds),
    figures: Object.fromEntries(columns.map((v) => [v, withUnit(median(rounds[v]) / 1_000, 's')])),
  });
  const count = plan.storm.cases.toLocaleString('en');
  return {
    rows: [
      {
        ...row(`${count} deadlines in one second: drain time ÷ hand-written`, drain(told)),
        target: { relation: '≤', value: 0.8 } as const,
      },
      ...(silentRounds > 0 ? [row('the same where nobody is told ÷ hand-written', drain(silent))] : []),
    ],
    remarks: [
      `lateness of a case, p50 / p99: ${columns
        .map((v) => {
          const late = told[v].flatMap((d) => d.late);
          return `${v} ${(quantile(late, 0.5) / 1_000).toFixed(1)} / ${(quantile(late, 0.99) / 1_000).toFixed(1)} s`;
        })
        .join(', ')}`,
      `CPU of server and worker: ${columns.map((v) => `${v} ${(median(told[v].map((d) => d.cpuMs)) / 1_000).toFixed(1)} s`).join(', ')}`,
    ],
  };
};

async function storms(
  { rounds, cases, silentLapse }: { rounds: number; cases: number; silentLapse: boolean },
  progress: Bench['progress'],
  workshop: Workshop,
): Promise<Record<Column, Drained[]>> {
  const found = perColumn<Drained>();
  for (let round = 0; round < rounds; round++) {
    await Site.with(workshop, [], async (site) => {
      for (const variant of turns(columnsOf(workshop, STORMY), round)) {
        const what = silentLapse ? 'deadlines, nobody told' : 'deadlines';
        progress(`${cases} ${what}, round ${round + 1} of ${rounds}: ${variant}`);
        const lane = await site.open(variant);
        found[variant].push(await drain(site, lane, cases, silentLapse));
        await site.close(variant);
      }
    });
  }
  return found;
}

async function drain(site: Site, lane: Lane, cases: number, silentLapse: boolean): Promise<Drained> {
  const dueFrom = Date.now() + MARGIN_MS + (await startingMs(site, lane, cases));
  const dueAt = new Map(
    Array.from({ length: cases }, (_, i) => [site.id(lane.variant), dueFrom + Math.floor((i * 1_000) / cases)]),
  );
  await inLoops([...dueAt], LOOPS, ([id, due]) => lane.driver.start(id, { dueAt: due, silentLapse }));
  if (Date.now() > dueFrom) throw new Error(`${cases} cases were not started before their deadlines; run it again`);
  await sleep(dueFrom - 100 - Date.now());
  const before = site.cpuMs(lane);
  const ends = await lane.driver.ends([...dueAt.keys()]);
  const after = site.cpuMs(lane);
  return {
    ms: Math.max(...ends.values()) - dueFrom,
    late: [...ends].map(([id, end]) => end - dueAt.get(id)!),
    cpuMs: after.server + after.worker - before.server - before.worker,
  };
}

/** Starts some cases to learn how long all of them will take, with half as much again to be sure. */
async function startingMs(site: Site, lane: Lane, cases: number): Promise<number> {
  const ids = Array.from({ length: PROBE }, () => site.id(lane.variant));
  const begun = performance.now();
  await inLoops(ids, LOOPS, (id) => lane.driver.start(id));
  await lane.driver.send(ids.at(-1)!, 'NOTE');
  await site.abandon(lane, ids);
  return ((performance.now() - begun) / PROBE) * cases * 1.5;
}

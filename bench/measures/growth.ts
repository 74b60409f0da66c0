/**
 * Whether a long course slows a case down. The case with a long past and fresh cases take turns at the same time, so that
 * what else the machine does falls on both.
 */
import { number, withUnit } from '../report';
import { type Lane, Site } from '../site';
import { median, quantile, ratios, spread } from '../statistics';
import type { Variant } from '../variants';
import { type Measure, noRounds } from './measure';

const LONG: readonly Variant[] = ['ours', 'plain'];
/** A fresh case counts as fresh for so many events. */
const FRESH = 10;

export const growth: Measure = async ({ plan, workshop, progress }) => {
  const { rounds, events, samples } = plan.growth;
  const old = noRounds();
  const fresh = noRounds();
  const cold = noRounds();
  const lengths = noRounds();
  const tails: Record<'ours' | 'plain', number[]> = { ours: [], plain: [] };
  for (let round = 0; round < rounds; round++) {
    await Site.with(workshop, LONG, async (site) => {
      const ids = {} as Record<Variant, string>;
      for (const variant of LONG) {
        progress(`${events} events in one case, round ${round + 1} of ${rounds}: ${variant}`);
        const [id = ''] = await site.start(site.lane(variant), 1);
        ids[variant] = id;
        for (let i = 0; i < events; i++) await site.lane(variant).driver.send(id, 'ROUND');
      }
      for (const variant of LONG) {
        await site.idle();
        const waits = await alternate(site, site.lane(variant), ids[variant], samples);
        old[variant].push(median(waits.old));
        fresh[variant].push(median(waits.fresh));
        tails[variant as 'ours' | 'plain'].push(...waits.old);
        lengths[variant].push(await site.historyLength(ids[variant]));
      }
      for (const variant of LONG) {
        const { taskQueue } = site.lane(variant);
        const lane = await site.open(variant, { taskQueue });
        const [other = ''] = await site.start(lane, 1);
        await lane.driver.send(other, 'NOTE');
        cold[variant].push(await timed(() => lane.driver.send(ids[variant], 'NOTE')));
      }
    });
  }
  const name = `latency of the ${events.toLocaleString('en')}th event ÷ the 1st`;
  const ms = (values: Record<Variant, number[]>) =>
    Object.fromEntries(LONG.map((v) => [v, withUnit(median(values[v]), 'ms')]));
  return {
    rows: [
      {
        name,
        target: { relation: '≤', value: 1.1 } as const,
        found: ratios(old.ours, fresh.ours),
        figures: Object.fromEntries(LONG.map((v) => [v, number(ratios(old[v], fresh[v]).median)])),
      },
      {
        name: `first event at a new worker after ${events.toLocaleString('en')} events ÷ hand-written`,
        found: ratios(cold.ours, cold.plain),
        figures: ms(cold),
      },
    ],
    remarks: [
      `the late events, p50 / p95 / max: ${LONG.map((v) => {
        const waits = tails[v as 'ours' | 'plain'];
        return `${v} ${median(waits).toFixed(0)} / ${quantile(waits, 0.95).toFixed(0)} / ${spread(waits).max.toFixed(0)} ms`;
      }).join(', ')}; continue-as-new falls among ours`,
      `length of history then: ${LONG.map((v) => `${v} ${number(median(lengths[v]))}`).join(', ')}`,
    ],
  };
};

async function alternate(
  site: Site,
  lane: Lane,
  old: string,
  samples: number,
): Promise<{ old: number[]; fresh: number[] }> {
  const waits = { old: [] as number[], fresh: [] as number[] };
  const cases = await site.start(lane, Math.ceil(samples / FRESH));
  for (let i = 0; i < samples; i++) {
    const fresh = cases[Math.floor(i / FRESH)]!;
    const pair = [
      async () => waits.old.push(await timed(() => lane.driver.send(old, 'ROUND'))),
      async () => waits.fresh.push(await timed(() => lane.driver.send(fresh, 'ROUND'))),
    ];
    for (const take of i % 2 === 0 ? pair : pair.reverse()) await take();
  }
  return waits;
}

export async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

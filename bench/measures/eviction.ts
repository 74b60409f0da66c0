/**
 * What a case costs that has fallen out of the worker's cache: its history is replayed before it answers. Measured close
 * to the length at which ours continues as new, which is the worst it meets.
 */
import { number, withUnit } from '../report';
import { type Lane, Site } from '../site';
import { median, spread } from '../statistics';
import type { Variant } from '../variants';
import { timed } from './growth';
import { type Measure, noRounds } from './measure';

const EVICTED: readonly Variant[] = ['ours', 'plain', 'kept'];
/** The cache holds two cases; asking two others empties it of the third. */
const CACHED = 2;

export const eviction: Measure = async ({ plan, workshop, progress }) => {
  const { rounds, historyLength, samples } = plan.eviction;
  const factor = noRounds();
  const cold = noRounds();
  const warm = noRounds();
  const lengths = noRounds();
  for (let round = 0; round < rounds; round++) {
    await Site.with(workshop, [], async (site) => {
      for (const variant of EVICTED) {
        progress(`first event after eviction, round ${round + 1} of ${rounds}: ${variant}`);
        const lane = await site.open(variant, { cachedCases: CACHED });
        const id = await aged(site, lane, historyLength);
        const others = await site.start(lane, CACHED);
        const waits = { cold: [] as number[], warm: [] as number[] };
        for (let i = 0; i < samples; i++) {
          for (const other of others) await lane.driver.send(other, 'NOTE');
          waits.cold.push(await timed(() => lane.driver.send(id, 'NOTE')));
          waits.warm.push(await timed(() => lane.driver.send(id, 'NOTE')));
        }
        cold[variant].push(median(waits.cold));
        warm[variant].push(median(waits.warm));
        factor[variant].push(median(waits.cold) / median(waits.warm));
        lengths[variant].push(await site.historyLength(id));
        await site.close(variant);
      }
    });
  }
  return {
    rows: [
      {
        name: 'first event after eviction ÷ sticky',
        target: { relation: '≤', value: 40 } as const,
        found: spread(factor.ours),
        figures: Object.fromEntries(EVICTED.map((v) => [v, number(median(factor[v]))])),
      },
    ],
    remarks: [
      `after eviction / sticky: ${EVICTED.map((v) => `${v} ${withUnit(median(cold[v]), 'ms')} / ${withUnit(median(warm[v]), 'ms')}`).join(', ')}`,
      `length of history at the end: ${EVICTED.map((v) => `${v} ${number(median(lengths[v]))}`).join(', ')}`,
    ],
  };
};

/** A case whose history has grown to a length. */
async function aged(site: Site, lane: Lane, historyLength: number): Promise<string> {
  const [id = ''] = await site.start(lane, 1);
  while ((await site.historyLength(id)) < historyLength) await lane.driver.send(id, 'ROUND');
  return id;
}

/** One client, one event after another: how long until the answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { COURSE } from '../cases/procedure';
import { withUnit } from '../report';
import { columnsOf, type Lane, Site, turns } from '../site';
import { median, quantile, ratios } from '../statistics';
import { perColumn, VARIANTS } from '../variants';
import { againstRestate, type Measure, noRounds, type Rounds } from './measure';

const PAUSE_MS = 25;

export const latency: Measure = async ({ plan, workshop, progress }) => {
  const columns = columnsOf(workshop, VARIANTS);
  return Site.with(workshop, columns, async (site) => {
    const backToBack = noRounds();
    const spaced = noRounds();
    const all = perColumn<number>();
    for (let round = -1; round < plan.rounds; round++) {
      for (const variant of turns(columns, round + 1)) {
        progress(`latency, round ${round + 1} of ${plan.rounds}: ${variant}`);
        const lane = site.lane(variant);
        const close = await block(site, lane, plan.latencyCases, 0);
        const apart = await block(site, lane, Math.ceil(plan.latencyCases / 3), PAUSE_MS);
        if (round < 0) continue;
        all[variant].push(...close);
        backToBack[variant].push(median(close));
        spaced[variant].push(median(apart));
      }
    }
    const ms = (values: Rounds) => Object.fromEntries(columns.map((v) => [v, withUnit(median(values[v]), 'ms')]));
    return {
      rows: [
        {
          name: 'back-to-back latency ÷ update-only floor',
          target: { relation: '≤', value: 1.15 } as const,
          found: ratios(backToBack.ours, backToBack.floor),
          alone: ratios(backToBack.ours, backToBack.kept),
          ...againstRestate(backToBack),
          figures: ms(backToBack),
        },
        {
          name: 'back-to-back latency ÷ hand-written',
          found: ratios(backToBack.ours, backToBack.plain),
          figures: ms(backToBack),
        },
        {
          name: `latency with ${PAUSE_MS} ms between events ÷ update-only floor`,
          found: ratios(spaced.ours, spaced.floor),
          alone: ratios(spaced.ours, spaced.kept),
          ...againstRestate(spaced),
          figures: ms(spaced),
        },
      ],
      remarks: [
        `back to back, p95 / p99: ${columns
          .map((v) => `${v} ${quantile(all[v], 0.95).toFixed(0)} / ${quantile(all[v], 0.99).toFixed(0)} ms`)
          .join(', ')} (n = ${all.ours.length})`,
      ],
    };
  });
};

async function block(site: Site, lane: Lane, cases: number, pauseMs: number): Promise<number[]> {
  const ids = await site.start(lane, cases);
  await site.idle();
  const waits: number[] = [];
  for (const id of ids) {
    for (const { event } of COURSE) {
      const sent = performance.now();
      await lane.driver.send(id, lane.variant === 'floor' ? 'NOTE' : event);
      waits.push(performance.now() - sent);
      if (pauseMs > 0) await sleep(pauseMs);
    }
  }
  if (lane.variant === 'floor') await site.abandon(lane, ids);
  return waits;
}

/** What an open case in the cache costs the worker. */
import { withUnit } from '../report';
import { Site, turns } from '../site';
import { median, ratios } from '../statistics';
import type { Variant } from '../variants';
import { type Measure, noRounds } from './measure';

const HELD: readonly Variant[] = ['ours', 'plain', 'kept'];

export const memory: Measure = async ({ plan, workshop, progress }) => {
  const perCase = noRounds();
  const empty = noRounds();
  for (let round = 0; round < plan.memory.rounds; round++) {
    await Site.with(workshop, [], async (site) => {
      for (const variant of turns(HELD, round)) {
        progress(`memory of ${plan.memory.cases} cases, round ${round + 1} of ${plan.memory.rounds}: ${variant}`);
        const lane = await site.open(variant);
        // The first case pays for what all share.
        await site.start(lane, 10);
        const before = await lane.worker.residentKib();
        await site.start(lane, plan.memory.cases);
        await site.idle();
        const after = await lane.worker.residentKib();
        perCase[variant].push((after - before) / plan.memory.cases);
        empty[variant].push(before / 1_024);
        await site.close(variant);
      }
    });
  }
  return {
    rows: [
      {
        name: 'memory per cached case ÷ hand-written',
        target: { relation: '≤', value: 1.1 } as const,
        found: ratios(perCase.ours, perCase.plain),
        alone: ratios(perCase.ours, perCase.kept),
        figures: Object.fromEntries(HELD.map((v) => [v, withUnit(median(perCase[v]), 'KiB')])),
      },
    ],
    remarks: [
      ...(workshop.restate
        ? ['Restate has no figure here: its process of handlers keeps nothing of a case between two events']
        : []),
      `worker with ten cases: ${HELD.map((v) => `${v} ${Math.round(median(empty[v]))} MiB`).join(', ')}; resident memory after a forced collection`,
    ],
  };
};

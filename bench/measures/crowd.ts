/** Many cases at once: events per second, and the processor time of server and worker for each event. */
import { setTimeout as sleep } from 'node:timers/promises';
import { COURSE } from '../cases/procedure';
import { withUnit } from '../report';
import { columnsOf, inLoops, type Lane, Site, turns } from '../site';
import { median, quantile, ratios } from '../statistics';
import { type Column, perColumn, VARIANTS } from '../variants';
import { againstRestate, type Measure, noRounds } from './measure';

interface Block {
  eventsPerSecond: number;
  serverMs: number;
  workerMs: number;
  waits: number[];
}

export const crowd: Measure = async ({ plan, workshop, progress }) => {
  const columns = columnsOf(workshop, VARIANTS);
  return Site.with(workshop, columns, async (site) => {
    const blocks = perColumn<Block>();
    for (let round = -1; round < plan.rounds; round++) {
      for (const variant of turns(columns, round + 1)) {
        progress(`${plan.crowd.loops} cases at once, round ${round + 1} of ${plan.rounds}: ${variant}`);
        const block = await drive(site, site.lane(variant), plan.crowd);
        if (round >= 0) blocks[variant].push(block);
      }
    }
    const repeated = VARIANTS.map((v) => `${v} ${site.lane(v).driver.repeated}`).join(', ');
    return rowsOf(columns, blocks, repeated, plan.crowd.loops);
  });
};

/** Each loop drives its cases through all five events, one after another. */
async function drive(
  site: Site,
  lane: Lane,
  { loops, casesPerLoop }: { loops: number; casesPerLoop: number },
): Promise<Block> {
  const ids = await site.start(lane, loops * casesPerLoop);
  await site.idle();
  const before = site.cpuMs(lane);
  const begun = performance.now();
  const waits: number[] = [];
  await inLoops(ids, loops, async (id) => {
    for (const { event } of COURSE) {
      const sent = performance.now();
      await lane.driver.send(id, lane.variant === 'floor' ? 'NOTE' : event);
      waits.push(performance.now() - sent);
    }
  });
  const seconds = (performance.now() - begun) / 1_000;
  await settled(lane, ids);
  const after = site.cpuMs(lane);
  const events = ids.length * COURSE.length;
  if (lane.variant === 'floor') await site.abandon(lane, ids);
  return {
    eventsPerSecond: events / seconds,
    serverMs: (after.server - before.server) / events,
    workerMs: (after.worker - before.worker) / events,
    waits,
  };
}

/** What the answers did not wait for belongs to the bill: activities under way, and the end of the case. */
async function settled({ variant, driver }: Lane, ids: readonly string[]): Promise<void> {
  await sleep(100);
  if (variant === 'floor') return;
  for (const id of ids.slice(-5)) while (!(await driver.hasEnded(id))) await sleep(50);
}

function rowsOf(columns: readonly Column[], blocks: Record<Column, Block[]>, repeated: string, loops: number) {
  const cpu = noRounds();
  const rate = noRounds();
  for (const variant of columns) {
    cpu[variant] = blocks[variant].map((b) => b.serverMs + b.workerMs);
    rate[variant] = blocks[variant].map((b) => b.eventsPerSecond);
  }
  const each = (print: (variant: Column) => string) => Object.fromEntries(columns.map((v) => [v, print(v)]));
  const waits = (variant: Column, share: number): number =>
    quantile(
      blocks[variant].flatMap((b) => b.waits),
      share,
    );
  return {
    rows: [
      {
        name: 'CPU per event ÷ hand-written',
        target: { relation: '≤', value: 0.75 } as const,
        found: ratios(cpu.ours, cpu.plain),
        alone: ratios(cpu.ours, cpu.kept),
        ...againstRestate(cpu),
        figures: each((v) => withUnit(median(cpu[v]), 'ms')),
      },
      {
        name: `events/s, ${loops} cases ÷ hand-written`,
        target: { relation: '≥', value: 1.3 } as const,
        found: ratios(rate.ours, rate.plain),
        alone: ratios(rate.ours, rate.kept),
        ...againstRestate(rate),
        figures: each((v) => withUnit(median(rate[v]), '/s')),
      },
    ],
    remarks: [
      `CPU per event, server + worker: ${columns
        .map(
          (v) =>
            `${v} ${median(blocks[v].map((b) => b.serverMs)).toFixed(1)} + ${median(blocks[v].map((b) => b.workerMs)).toFixed(1)} ms`,
        )
        .join(', ')}`,
      `wait of one of ${loops} clients, p50 / p95: ${columns
        .map((v) => `${v} ${Math.round(waits(v, 0.5))} / ${Math.round(waits(v, 0.95))} ms`)
        .join(', ')}`,
      `calls repeated after a passing failure: ${repeated}`,
      `the update-only floor against hand-written: CPU ${ratios(cpu.floor, cpu.plain).median.toFixed(2)}, events/s ${ratios(rate.floor, rate.plain).median.toFixed(2)}`,
    ],
  };
}

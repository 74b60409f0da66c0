/** What one transition leaves behind: events of history, and writes of the server. Counted, not timed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { temporal } from '@temporalio/proto';
import type { EventType } from '../cases/procedure';
import type { Row } from '../report';
import { number } from '../report';
import { type Lane, Site } from '../site';
import { median, spread } from '../statistics';
import { VARIANTS, type Variant } from '../variants';
import type { Measure } from './measure';

/** The server brings its counters up to date once a second. */
const COUNTERS_MS = 1_500;
const REST_MS = 30;

interface Left {
  events: number[];
  attributeEvents: number[];
  bytes: number[];
  writes: number;
}

type Found = Record<Variant, Record<'NOTE' | 'ROUND', Left>>;

export const history: Measure = async ({ plan, workshop, progress }) =>
  Site.with(workshop, VARIANTS, async (site) => {
    const found = {} as Found;
    for (const variant of VARIANTS) {
      progress(`counting events and writes: ${variant}`);
      const lane = site.lane(variant);
      const [id = ''] = await site.start(lane, 1);
      found[variant] = {
        NOTE: await count(site, lane, id, 'NOTE', plan.counted),
        ROUND: await count(site, lane, id, 'ROUND', plan.counted),
      };
    }
    return { rows: rowsOf(found), remarks: remarksOf(found) };
  });

async function count(site: Site, lane: Lane, id: string, type: EventType, events: number): Promise<Left> {
  const left: Left = { events: [], attributeEvents: [], bytes: [], writes: 0 };
  let before = await restingHistory(site, id);
  for (let i = 0; i < Math.min(events, 10); i++) {
    await lane.driver.send(id, type);
    const after = await restingHistory(site, id);
    const fresh = after.slice(before.length);
    left.events.push(fresh.length);
    left.attributeEvents.push(fresh.filter((e) => e.upsertWorkflowSearchAttributesEventAttributes).length);
    left.bytes.push(fresh.reduce((total, e) => total + bytesOf(e), 0));
    before = after;
  }
  left.writes = await writesPer(site, lane, id, type, events);
  return left;
}

const bytesOf = (event: temporal.api.history.v1.IHistoryEvent): number =>
  temporal.api.history.v1.HistoryEvent.encode(event).finish().length;

/** History once nothing is under way: the hand-written one is told only after its answer that its activity ended. */
async function restingHistory(site: Site, id: string): Promise<temporal.api.history.v1.IHistoryEvent[]> {
  const handle = site.client.workflow.getHandle(id);
  for (let before = -1; ; await sleep(REST_MS)) {
    const { historyLength, raw } = await handle.describe();
    const busy = (raw.pendingActivities ?? []).length > 0 || raw.pendingWorkflowTask;
    if (!busy && historyLength === before) return (await handle.fetchHistory()).events ?? [];
    before = historyLength;
  }
}

/** Writes of a case's state, each one transaction, for every update the server took in meanwhile. */
async function writesPer(site: Site, lane: Lane, id: string, type: EventType, events: number): Promise<number> {
  const written = () => site.server.counter('persistence_requests', { operation: 'UpdateWorkflowExecution' });
  const taken = () =>
    site.server.counter('service_requests', { operation: 'UpdateWorkflowExecution', service_name: 'frontend' });
  await sleep(COUNTERS_MS);
  const before = { written: await written(), taken: await taken() };
  for (let i = 0; i < events; i++) {
    await lane.driver.send(id, type);
    await sleep(50);
  }
  await sleep(COUNTERS_MS);
  return ((await written()) - before.written) / ((await taken()) - before.taken);
}

function rowsOf(found: Found): Row[] {
  const { NOTE, ROUND } = found.ours;
  const without = ({ events, attributeEvents }: Left): number[] => events.map((n, i) => n - attributeEvents[i]!);
  const events = (kind: 'NOTE' | 'ROUND') => (left: Found[Variant]) => number(median(left[kind].events));
  const writes = (kind: 'NOTE' | 'ROUND') => (left: Found[Variant]) => number(left[kind].writes);
  return [
    {
      name: 'server writes per transition',
      target: { relation: '≤', value: 1 },
      found: spread([ROUND.writes]),
      figures: figures(found, writes('ROUND')),
    },
    {
      name: 'server writes per event without transition',
      target: { relation: '≤', value: 1 },
      found: spread([NOTE.writes]),
      figures: figures(found, writes('NOTE')),
    },
    {
      name: 'history events per transition, next deadline changes (search attributes not counted)',
      target: { relation: '≤', value: 8 },
      found: spread(without(ROUND)),
      figures: figures(found, events('ROUND')),
    },
    {
      name: 'history events per transition, next deadline stays (search attributes not counted)',
      target: { relation: '≤', value: 6 },
      found: spread(without(NOTE)),
      figures: figures(found, events('NOTE')),
    },
  ];
}

const figures = (found: Found, print: (left: Found[Variant]) => string): Partial<Record<Variant, string>> =>
  Object.fromEntries(VARIANTS.map((variant) => [variant, print(found[variant])]));

function remarksOf(found: Found): string[] {
  const bytes = VARIANTS.map(
    (v) => `${v} ${number(median(found[v].ROUND.bytes))} / ${number(median(found[v].NOTE.bytes))}`,
  ).join(', ');
  return [
    'the counts of the second table hold everything, also the search attributes (one event more where they changed)',
    `bytes of history per ROUND / NOTE: ${bytes}`,
  ];
}

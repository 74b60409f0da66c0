/** `zhengling schedules`: what opens the periods of periodic duties, for an operator. */
import type { Client } from '@temporalio/client';
import { Desk } from '../client/cli/desk';
import { columns } from '../client/cli/out';
import { lawbookOf } from '../client/lawbook';
import { formatDeadline } from '../workflows/law';
import { procedures } from '../workflows/procedures';
import { CannotStart } from './errors';
import { type ListedSchedule, listSchedules, pauseSchedules, type Synced, syncSchedules } from './schedules';

export interface SchedulesOptions {
  data: string;
  json?: boolean;
}

export async function listTheSchedules(options: SchedulesOptions): Promise<void> {
  await onSchedules(options, async ({ temporal, print }) => print(await listSchedules(temporal), listText));
}

export async function syncTheSchedules(options: SchedulesOptions & { current?: boolean }): Promise<void> {
  await onSchedules(options, async ({ temporal, desk, print }) => {
    const lawbook = lawbookOf({ ledger: await desk.ledger(), site: desk.site, procedures });
    const synced = await syncSchedules({ temporal, site: desk.site, lawFor: lawbook.lawFor.bind(lawbook) });
    const opened = options.current ? await openCurrent(temporal) : [];
    print({ ...synced, ...(options.current ? { opened } : {}) }, syncedText);
  });
}

export async function pauseTheSchedules(
  change: 'pause' | 'unpause',
  ids: readonly string[],
  { reason, ...options }: SchedulesOptions & { reason: string },
): Promise<void> {
  await onSchedules(options, async ({ temporal, print }) => {
    const known = (await listSchedules(temporal)).map(({ id }) => id);
    const strange = ids.filter((id) => !known.includes(id));
    if (strange.length > 0)
      throw new CannotStart(`there is no schedule ${strange.join(', ')}; 'zhengling schedules list' names them`);
    const changed = await pauseSchedules(temporal, change, { ids, note: reason });
    const done = change === 'pause' ? 'paused' : 'going on';
    print(changed, (all) => (all.length === 0 ? 'there are no schedules' : `${done}: ${all.join(', ')}`));
  });
}

interface Asked {
  temporal: Client;
  desk: Desk;
  print<T>(value: T, words: (value: T) => string): void;
}

async function onSchedules(
  { data, json = false }: SchedulesOptions,
  run: (asked: Asked) => Promise<void>,
): Promise<void> {
  const desk = Desk.open({ data, json });
  try {
    if (desk.site.kind === 'drill')
      throw new CannotStart('a drill has no schedules: its coordinator opens what the same arithmetic says');
    const print = <T>(value: T, words: (value: T) => string) =>
      desk.out.print(json ? JSON.stringify(value, null, 2) : words(value));
    await run({ temporal: desk.temporal().client, desk, print });
  } finally {
    await desk.close();
  }
}

/** Opens the periods that run now, where an installation begins in the middle of them. */
async function openCurrent(temporal: Client): Promise<string[]> {
  const ids = (await listSchedules(temporal)).filter(({ paused }) => !paused).map(({ id }) => id);
  for (const id of ids) await temporal.schedule.getHandle(id).trigger();
  return ids;
}

function listText(schedules: readonly ListedSchedule[]): string {
  if (schedules.length === 0) return "there are no schedules; 'zhengling schedules sync' makes them";
  const rows = schedules.map(({ id, paused, note = '', next }) => [
    id,
    paused ? `paused: ${note}` : 'on',
    next[0] === undefined ? '—' : formatDeadline(next[0]),
  ]);
  return columns(rows, ['schedule', 'state', 'next period begins']);
}

function syncedText({ created, updated, removed, unchanged, skipped, opened }: Synced & { opened?: string[] }): string {
  const counts = `${created.length} created, ${updated.length} made anew, ${removed.length} removed, ${unchanged} as they were`;
  const current = opened ? [`asked to open the running period: ${opened.length}`] : [];
  return [counts, ...current, ...skipped].join('\n');
}

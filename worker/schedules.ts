/**
 * Temporal Schedules for what is owed again and again (spec 2.7): one per obligation and owner. Each knows the instants at
 * which its periods begin, from the same arithmetic as cases and drills, and starts a workflow whose one activity opens the
 * period through the entrance. No zone of the server and no cron has a part in it.
 */
import {
  type CalendarSpec,
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  type ScheduleHandle,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import { beginnings, type Duty, dutiesAt, periodFigures } from '../client/schedules';
import type { Site } from '../client/site';
import { dateOf, type Instant, instantOf, type LawData, yearOf } from '../workflows/law';
import type { ScheduledDuty } from '../workflows/openings';
import { digest } from '../workflows/runtime/workflow';

export interface SchedulesParts {
  temporal: Client;
  site: Pick<Site, 'directory'>;
  lawFor: (of: { parameters: typeof periodFigures }, at: Instant) => Promise<LawData>;
  clock?: () => Instant;
}

export interface Synced {
  created: string[];
  updated: string[];
  removed: string[];
  unchanged: number;
  /** Obligations without an owner, a sentence for each. */
  skipped: string[];
}

export interface ListedSchedule {
  id: string;
  obligation: string;
  owner: string;
  paused: boolean;
  note?: string;
  next: Instant[];
}

/** Apart from the queue of cases: what is started there is no case, and belongs to no build of them. */
export const OPENINGS_QUEUE = 'openings';

const PREFIX = 'recurring';
/** Schedules know so many years; they are made anew long before these are over. */
const YEARS = 20;
/** An installation that was away for longer has missed what nobody can make up for. */
const CATCH_UP = '1 year';

export const scheduleId = ({ obligation, owner }: Duty): string => `${PREFIX}:${obligation}:${owner}`;

/**
 * Makes the schedules what the directory and the law of now say: what is missing is created, what differs is made anew
 * (paused ones stay paused), what nobody owes any more is removed. Run twice, the second time changes nothing.
 */
export async function syncSchedules({ temporal, site, lawFor, clock = Date.now }: SchedulesParts): Promise<Synced> {
  const now = clock();
  const law = await lawFor({ parameters: periodFigures }, now);
  const { owed, skipped } = dutiesAt(site.directory, now);
  const synced: Synced = { created: [], updated: [], removed: [], unchanged: 0, skipped };
  const calendars = new Map<string, CalendarSpec[]>();
  for (const duty of owed) {
    const known = calendars.get(duty.obligation) ?? calendarsOf(beginningsFrom(duty, law, now));
    calendars.set(duty.obligation, known);
    const made = await ensure(temporal, optionsOf(duty, known));
    if (made === 'unchanged') synced.unchanged += 1;
    else synced[made].push(scheduleId(duty));
  }
  const wanted = new Set(owed.map(scheduleId));
  for (const { id } of await listSchedules(temporal)) {
    if (wanted.has(id)) continue;
    await temporal.schedule.getHandle(id).delete().catch(unlessGone);
    synced.removed.push(id);
  }
  return synced;
}

/** In the order of their ids. The server's list is a moment behind. */
export async function listSchedules(temporal: Client): Promise<ListedSchedule[]> {
  const found: ListedSchedule[] = [];
  for await (const { scheduleId: id, state, info } of temporal.schedule.list()) {
    const [, obligation, owner] = new RegExp(`^${PREFIX}:(RO\\d+):(.+)$`).exec(id) ?? [];
    if (obligation === undefined || owner === undefined) continue;
    const next = (info?.nextActionTimes ?? []).map((date) => date.getTime());
    found.push({ id, obligation, owner, paused: state.paused, ...(state.note ? { note: state.note } : {}), next });
  }
  return found.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** @returns those that were paused or let go on; all of them unless ids are given */
export async function pauseSchedules(
  temporal: Client,
  change: 'pause' | 'unpause',
  { ids, note }: { ids: readonly string[]; note: string },
): Promise<string[]> {
  const all = await listSchedules(temporal);
  const meant = ids.length === 0 ? all.map(({ id }) => id) : [...ids];
  for (const id of meant) await temporal.schedule.getHandle(id)[change](note);
  return meant;
}

function beginningsFrom({ obligation }: Duty, law: LawData, now: Instant): Instant[] {
  const year = yearOf(dateOf(now));
  return beginnings(obligation, law, instantOf(`${year}-01-01`, '00:00'), instantOf(`${year + YEARS}-01-01`, '00:00'));
}

async function ensure(temporal: Client, options: ScheduleOptions): Promise<'created' | 'updated' | 'unchanged'> {
  const { scheduleId: id } = options;
  const handle = temporal.schedule.getHandle(id);
  const before = await described(handle);
  if (!before) {
    try {
      await temporal.schedule.create(options);
      return 'created';
    } catch (error) {
      // Another process of the installation was quicker.
      if (error instanceof ScheduleAlreadyRunning) return 'unchanged';
      throw error;
    }
  }
  if (planIn(before.action.args) === planIn(options.action.args)) return 'unchanged';
  const { spec, action, policies } = options;
  await handle.update(({ state }) => ({ spec, action, ...(policies ? { policies } : {}), state }));
  return 'updated';
}

async function described(handle: ScheduleHandle): Promise<ScheduleDescription | undefined> {
  try {
    return await handle.describe();
  } catch (error) {
    unlessGone(error);
    return undefined;
  }
}

function unlessGone(error: unknown): void {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}

const planIn = (args: readonly unknown[] | undefined): string | undefined =>
  (args?.[0] as ScheduledDuty | undefined)?.plan;

function optionsOf(duty: Duty, calendars: CalendarSpec[]): ScheduleOptions {
  const { obligation, owner } = duty;
  const policies = {
    // One after the other, and none left out: a period is opened once, however often it is asked for.
    overlap: ScheduleOverlapPolicy.BUFFER_ALL,
    catchupWindow: CATCH_UP,
    pauseOnFailure: false,
  } as const;
  const scheduled: ScheduledDuty = { obligation, owner, plan: digest([calendars, policies, OPENINGS_QUEUE] as never) };
  return {
    scheduleId: scheduleId(duty),
    spec: { calendars },
    policies,
    action: {
      type: 'startWorkflow',
      workflowType: 'open-obligation',
      workflowId: `open:${obligation}:${owner}`,
      taskQueue: OPENINGS_QUEUE,
      args: [scheduled],
      staticSummary: `${obligation} ${owner}`,
    },
  };
}

/** Instants as calendar entries in UTC: those of one day of the year and one time of day together, with their years. */
export function calendarsOf(instants: readonly Instant[]): CalendarSpec[] {
  const years = new Map<string, number[]>();
  for (const instant of instants) {
    const [, year, rest] = /^(\d{4})-(.*)$/.exec(new Date(instant).toISOString())!;
    years.set(rest!, [...(years.get(rest!) ?? []), Number(year)]);
  }
  return [...years].map(([rest, of]) => {
    const [month, dayOfMonth, hour, minute, second] = rest.split(/[-T:.]/).map(Number) as number[];
    return {
      year: rangesOf(of),
      month: MONTHS[month! - 1]!,
      dayOfMonth: dayOfMonth!,
      hour: hour!,
      minute: minute!,
      second: second!,
    };
  });
}

const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;

/** Years in order, those that follow each other as one range. */
function rangesOf(years: readonly number[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const year of years) {
    const last = ranges.at(-1);
    if (last && last.end === year - 1) last.end = year;
    else ranges.push({ start: year, end: year });
  }
  return ranges;
}

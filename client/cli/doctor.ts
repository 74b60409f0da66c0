/** What is wrong with an installation, and what to do. Looks, never changes. */
import { Client, Connection } from '@temporalio/client';
import { calendarYears, dateOf, edition, yearOf } from '../../workflows/law';
import { type Desk, Misused } from './desk';

export interface Check {
  what: string;
  ok: boolean;
  /** What was seen. */
  seen: string;
  /** What to do, where something is to be done. */
  todo?: string;
}

const PATIENCE_MS = 5_000;

export async function examine(desk: Desk): Promise<Check[]> {
  return [
    ...directoryChecks(desk),
    ...lawChecks(),
    ...channelChecks(desk),
    ...(await ledgerChecks(desk)),
    ...(await serverChecks(desk)),
  ];
}

function directoryChecks({ site }: Desk): Check[] {
  const now = Date.now();
  const vacant = site.directory.seats.filter((seat) => !site.directory.holderOf(seat.id, now));
  const evm = site.directory.seatOf('evm', now);
  return [
    {
      what: 'directory',
      ok: vacant.length === 0,
      seen: `${site.directory.seats.length} seats, ${vacant.length} unassigned${
        vacant.length > 0
          ? ` (${vacant
              .slice(0, 5)
              .map((s) => s.id)
              .join(', ')}${vacant.length > 5 ? ', …' : ''})`
          : ''
      }`,
      ...(vacant.length > 0
        ? {
            todo: 'name holders in a directory file; acts of these seats are refused, and what is told them goes to the Office',
          }
        : {}),
    },
    {
      what: 'executive vice mayor',
      ok: evm !== undefined,
      seen: evm ?? 'unassigned',
      ...(evm
        ? {}
        : { todo: 'say in the directory which vice mayor it is; the third rung of the ladder does not reach him' }),
    },
  ];
}

function lawChecks(): Check[] {
  const last = Math.max(...calendarYears.map(({ year }) => year));
  const year = yearOf(dateOf(Date.now()));
  return [
    {
      what: 'edition',
      ok: edition.effectiveFrom !== undefined,
      seen: edition.effectiveFrom ?? `${edition.id}, its first day is not known`,
      ...(edition.effectiveFrom
        ? {}
        : { todo: 'every view and printed record bears 【规则版本待确认】 until it is entered' }),
    },
    {
      what: 'calendar',
      ok: last > year,
      seen: `State Council notices through ${last}`,
      ...(last > year
        ? {}
        : { todo: `deadlines that reach ${last + 1} are 暂定; load its notice by calendar.years once it is out` }),
    },
  ];
}

function channelChecks({ site }: Desk): Check[] {
  const channels = Object.keys(site.config.channels ?? {});
  const sink = site.kind !== 'city';
  const ok = sink || channels.length > 0;
  return [
    {
      what: 'channels',
      ok,
      seen: sink ? 'the embedded sink' : channels.join(', ') || 'none configured',
      ...(ok ? {} : { todo: 'set channels in zhengling.yaml; until then what is told waits in the ledger' }),
    },
  ];
}

async function ledgerChecks(desk: Desk): Promise<Check[]> {
  const ledger = await desk.ledger();
  const verified = await ledger.verify();
  const tails = await ledger.unconfirmedTails(60_000, Date.now());
  const lost = await ledger.tells({ state: 'given-up', limit: 1_000 });
  const stuck = await ledger.tells({ state: ['waiting', 'unassigned'], limit: 1_000 });
  return [
    {
      what: 'ledger',
      ok: !('problems' in verified),
      seen:
        'problems' in verified
          ? verified.problems.join('; ')
          : `${verified.cases} cases, ${verified.entries} entries, ${verified.seals} seals: chains and seals hold`,
      ...('problems' in verified ? { todo: 'do not write to it; compare with a backup' } : {}),
    },
    {
      what: 'unconfirmed entries',
      ok: tails.length === 0,
      seen: `${tails.length} cases`,
      ...(tails.length > 0
        ? {
            todo: `a worker asks these cases for their head: ${tails
              .map((t) => t.case)
              .slice(0, 5)
              .join(', ')}`,
          }
        : {}),
    },
    {
      what: 'messages',
      ok: lost.length === 0 && stuck.length === 0,
      seen: `${stuck.length} wait for a channel, contact or holder, ${lost.length} given up`,
      ...(lost.length + stuck.length > 0
        ? { todo: `see who: ${[...new Set([...lost, ...stuck].map((t) => t.recipient))].slice(0, 8).join(', ')}` }
        : {}),
    },
  ];
}

async function serverChecks(desk: Desk): Promise<Check[]> {
  let connection: Connection | undefined;
  try {
    const address = desk.address();
    connection = await Connection.connect({ address, connectTimeout: PATIENCE_MS });
    const { namespace, taskQueue } = desk.site;
    const client = new Client({ connection, namespace });
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: 1,
    });
    const problems = [];
    for await (const found of client.workflow.list({
      query: 'ExecutionStatus = "Running" AND TemporalReportedProblems IS NOT NULL',
    }))
      problems.push(found.workflowId);
    const polling = pollers?.length ?? 0;
    return [
      { what: 'Temporal', ok: true, seen: address },
      {
        what: 'workers',
        ok: polling > 0,
        seen: `${polling} polling`,
        ...(polling > 0 ? {} : { todo: "no worker polls: start 'zhengling up' or 'zhengling worker'" }),
      },
      {
        what: 'stuck cases',
        ok: problems.length === 0,
        seen: problems.length === 0 ? 'none' : problems.slice(0, 10).join(', '),
        ...(problems.length > 0
          ? {
              todo: "their workflow task fails: read the error in the Temporal UI, install a fixed version, then 'zhengling upgrade' or 'zhengling case move'",
            }
          : {}),
      },
    ];
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return [
      {
        what: 'Temporal',
        ok: false,
        seen: sentence,
        todo: error instanceof Misused ? 'start it' : 'the server does not answer; see its log in temporal/',
      },
    ];
  } finally {
    await connection?.close();
  }
}

/** The entrance through a gateway: nothing of the installation is read on this machine. */

import type { z } from 'zod';
import type { FeedEvent, FeedType } from '../../activities/ledger';
import { formatInstant, parseInstant } from '../../workflows/law';
import type { Json, RecordEntry } from '../../workflows/runtime/workflow';
import type { Answer } from '../city';
import type { Installation } from '../gateway/installation';
import type { Problem } from '../gateway/problem';
import type { cloudEvent } from '../gateway/schemas';
import type {
  Asked,
  Entrance,
  FeedAsked,
  InboxAsked,
  ListAsked,
  Page,
  Recorded,
  SearchAsked,
  ShownCase,
  ShownItem,
  ShownListed,
  Starting,
} from './entrance';
import { Misused } from './errors';
import { type Gateway, type GatewayAccess, openGatewayClient } from './gateway-client';
import type { Out } from './out';
import { serverSentEvents } from './sse';

type CloudEvent = z.infer<typeof cloudEvent>;
type Query = Record<string, string | number | undefined>;

/**
 * Marks, script and names of seats are the gateway's: what lies on this machine may be another installation.
 * @throws Misused for what is no address, or does not answer; Denied where it is not known who asks
 */
export async function openRemote(access: GatewayAccess, json: boolean): Promise<Entrance> {
  const gateway = openGatewayClient(access);
  const { script, marks, names } = await gateway.get<Installation>('/v1/installation');
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return new RemoteEntrance(gateway, { json, script, marks, nameOf: (id) => names[id] ?? id, print });
}

class RemoteEntrance implements Entrance {
  readonly #gateway: Gateway;

  constructor(
    gateway: Gateway,
    readonly out: Out,
  ) {
    this.#gateway = gateway;
  }

  async start(name: string, { key, type, ...asked }: Starting): Promise<Answer> {
    const path = `/v1/${encodeURIComponent(name)}`;
    if (type === undefined) return this.#ask(path, asked, { key });
    const { items } = await this.#gateway.get<{ items: { name: string; opening: { type: string } }[] }>(
      '/v1/procedures',
      asked.seat,
    );
    const isUsual = items.some((one) => one.name === name && one.opening.type === type);
    return this.#ask(isUsual ? path : `${path}/${encodeURIComponent(type)}`, asked, { key });
  }

  async act(caseId: string, event: string, asked: Asked): Promise<Answer> {
    const { items } = await this.#gateway.get<{ items: { name: string; series: string }[] }>(
      '/v1/procedures',
      asked.seat,
    );
    const procedure = items.find(({ series }) => caseId.startsWith(`${series}-`));
    if (!procedure)
      throw new Misused(
        `'${caseId}' is no number of a case; they begin with ${items.map(({ series }) => `${series}-`).join(', ')}`,
      );
    const path = [procedure.name, caseId, event].map(encodeURIComponent).join('/');
    return this.#ask(`/v1/${path}`, asked, {});
  }

  show(caseId: string): Promise<ShownCase> {
    return this.#gateway.get(`/v1/cases/${encodeURIComponent(caseId)}`);
  }

  list(asked: ListAsked): Promise<Page<ShownListed>> {
    return this.#gateway.get(`/v1/cases${queryOf({ ...asked })}`);
  }

  search(asked: SearchAsked): Promise<Page<ShownListed>> {
    return this.#gateway.get(`/v1/search${queryOf({ ...asked })}`);
  }

  inbox(asked: InboxAsked): Promise<Page<ShownItem>> {
    return this.#gateway.get(`/v1/inbox${queryOf({ ...asked })}`, asked.seat);
  }

  counts(seat: string | undefined) {
    return this.#gateway.get<{ todo: number; overdue: number; unread: number }>(
      `/v1/inbox/counts${queryOf({ seat })}`,
      seat,
    );
  }

  async acknowledge(tell: string, seat: string | undefined): Promise<'acknowledged' | 'already'> {
    const body = { tell, ...(seat === undefined ? {} : { seat }) };
    const answer = await this.#gateway.post<{ outcome: 'acknowledged' | 'already' }>('/v1/inbox/acknowledgements', {
      seat,
      body,
    });
    return 'outcome' in answer ? answer.outcome : this.#gateway.refuse(answer.problem);
  }

  async record(caseId: string): Promise<Recorded[]> {
    const path = `/v1/cases/${encodeURIComponent(caseId)}/record`;
    const { entries } = await this.#gateway.get<{ entries: RecordEntry[] }>(path);
    return entries.map((entry) => ({ entry, confirmed: true }));
  }

  async feed({ after, ...asked }: FeedAsked): Promise<{ items: FeedEvent[]; last: number }> {
    const { body, headers } = await this.#gateway.fetch(`/v1/feed${queryOf({ after, ...asked })}`);
    const next = /[?&]after=(\d+)/.exec(headers.get('link') ?? '')?.[1];
    return { items: (body as CloudEvent[]).map(eventOf), last: next === undefined ? after : Number(next) };
  }

  async follow(
    { after, ...asked }: Omit<FeedAsked, 'limit'>,
    each: (event: FeedEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await serverSentEvents({
      open: (last, stop) =>
        this.#gateway.stream(`/v1/feed/stream${queryOf({ ...asked })}`, { 'last-event-id': last }, stop),
      last: String(after),
      each: (data) => each(eventOf(JSON.parse(data) as CloudEvent)),
      signal,
    });
  }

  async close(): Promise<void> {}

  async #ask(path: string, { seat, payload, id, at, onWordOf }: Asked, more: Query): Promise<Answer> {
    const query = queryOf({
      seat,
      at: at === undefined ? undefined : formatInstant(at),
      onWordOf: onWordOf?.seat,
      ref: onWordOf?.ref,
      ...more,
    });
    const headers = id === undefined ? {} : { 'idempotency-key': id };
    const answer = await this.#gateway.post<Answer>(`${path}${query}`, { seat, body: payload, headers });
    if (!('problem' in answer)) return answer;
    return answer.problem.outcome === undefined ? this.#gateway.refuse(answer.problem) : answerOf(answer.problem);
  }
}

/** What a case or the entrance refused, as the entrance of this machine would have answered it. */
function answerOf(problem: Problem): Answer {
  const {
    outcome = 'malformed',
    id = '',
    code,
    detail,
    remedy,
    ground,
    articles,
    path,
    params,
    accepted,
    entitled,
  } = problem;
  const refusal = {
    code,
    ...(path === undefined ? {} : { path }),
    ...(params === undefined ? {} : { params }),
    ...(problem.state === undefined ? {} : { state: problem.state }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(entitled === undefined ? {} : { entitled }),
  };
  const nothing = { content: '', state: [], sequence: 0, recordHash: '', deadlines: [], recorded: 'yes' as const };
  const isRule = outcome === 'rule' || articles !== undefined;
  const said = { sentence: detail, remedy, ...(isRule ? { citation: ground } : {}) };
  return { outcome, id, ...nothing, refusal, said, ...(problem.case === undefined ? {} : { case: problem.case }) };
}

function eventOf({ id, type, time, subject, data }: CloudEvent): FeedEvent {
  const { sequence, ...rest } = data as { sequence: number; [key: string]: Json };
  return {
    position: Number(id),
    at: parseInstant(time),
    type: type.replace(/^zhengling\./, '') as FeedType,
    case: subject,
    sequence,
    data: rest,
  };
}

function queryOf(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][])}`;
}

/**
 * Subscriptions to the feed. Each has its position and is served by one sender at a time; an event that cannot be brought
 * to its receiver becomes a dead letter, and the subscription goes on.
 */
import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import { endOfFeed, eventOf, eventsAfter, type FeedEvent, type FeedType } from './feed';
import type { WebhookTable } from './schema';
import type { Reader, Store, Writer } from './store';

export interface NewWebhook {
  id: string;
  url: string;
  /** Where the secret of its signatures is found; never the secret. */
  secretRef: string;
  /** All unless told. */
  types?: readonly FeedType[];
  /** The first position to send; what comes from now on unless told. */
  from?: number;
}

export interface Webhook {
  id: string;
  url: string;
  secretRef: string;
  types?: FeedType[];
  /** Everything up to here is sent, filtered out, or a dead letter. */
  position: number;
  /** Tries of the event after it that failed. */
  attempts: number;
  /** When it is tried next. */
  nextAt: Instant;
  lastError?: string;
  addedAt: Instant;
  deadLetters: number;
}

export interface WebhookClaim {
  now: Instant;
  leaseMs: number;
  /** At most so many events. */
  limit: number;
}

export interface ClaimedWebhook {
  webhook: Webhook;
  lease: string;
  /** In order, at least one. */
  events: FeedEvent[];
}

/** What became of the events of a lease. Everything up to `through` is behind the subscription; the lease ends. */
export type WebhookOutcome =
  | { state: 'sent'; through: number }
  /** Sent up to `through`, if given; the next one failed and is tried again. */
  | { state: 'failed'; through?: number; error: string; retryAt: Instant }
  /** Sent up to before `position`; that one is given up. */
  | { state: 'dead'; position: number; error: string; at: Instant };

export interface DeadLetter {
  webhook: string;
  event: FeedEvent;
  at: Instant;
  error: string;
  attempts: number;
}

/** False when there is one of this id already. */
export function addWebhook(store: Store, { id, url, secretRef, types, from }: NewWebhook): Promise<boolean> {
  return store.note(async (writer) => {
    const now = store.clock();
    const position = from === undefined ? await endOfFeed(writer) : from - 1;
    const added = await writer
      .insertInto('webhook')
      .values({
        id,
        url,
        secret_ref: secretRef,
        types: types === undefined ? null : JSON.stringify(types),
        position,
        attempts: 0,
        next_at: now,
        added_at: now,
      })
      .onConflict((on) => on.column('id').doNothing())
      .returning('id')
      .execute();
    return added.length === 1;
  });
}

/** In the order of their ids. */
export function listWebhooks(store: Store): Promise<Webhook[]> {
  return store.read(async (reader) => {
    const rows = await reader.selectFrom('webhook').selectAll().orderBy('id').execute();
    const dead = await reader
      .selectFrom('dead_letter')
      .select(({ fn }) => ['webhook_id', fn.countAll<number>().as('n')])
      .groupBy('webhook_id')
      .execute();
    const letters = new Map(dead.map(({ webhook_id, n }) => [webhook_id, n]));
    return rows.map((row) => webhookOf(row, letters.get(row.id) ?? 0));
  });
}

/** With its dead letters. False when there is none. */
export function removeWebhook(store: Store, id: string): Promise<boolean> {
  return store.write(ofWebhook(id), async (writer) => {
    await writer.deleteFrom('dead_letter').where('webhook_id', '=', id).execute();
    const { numDeletedRows } = await writer.deleteFrom('webhook').where('id', '=', id).executeTakeFirst();
    return numDeletedRows > 0n;
  });
}

/** Leases a subscription that is due and has something to be sent. One whose events are all filtered out moves on. */
export function claimWebhook(store: Store, { now, leaseMs, limit }: WebhookClaim): Promise<ClaimedWebhook | undefined> {
  return store.write('the queue of subscriptions', async (writer) => {
    const end = await endOfFeed(writer);
    for (const row of await waiting(store, writer, now, end)) {
      const { id, position, types } = row;
      const events = await eventsAfter(writer, { after: position, limit, types: typesOf(types) });
      if (events.length === 0) {
        await writer.updateTable('webhook').set({ position: end }).where('id', '=', id).execute();
        continue;
      }
      const lease = randomUUID();
      await writer
        .updateTable('webhook')
        .set({ lease, lease_until: now + leaseMs })
        .where('id', '=', id)
        .execute();
      return { webhook: webhookOf(row, await lettersOf(writer, id)), lease, events };
    }
    return undefined;
  });
}

/** Whoever waits longest comes first. Those another transaction is about are left to it. */
function waiting(store: Store, writer: Writer, now: Instant, end: number): Promise<WebhookRow[]> {
  return writer
    .selectFrom('webhook')
    .selectAll()
    .$if(store.kind === 'postgresql', (query) => query.forUpdate().skipLocked())
    .where('position', '<', end)
    .where('next_at', '<=', now)
    .where((eb) => eb.or([eb('lease', 'is', null), eb('lease_until', '<=', now)]))
    .orderBy('next_at')
    .orderBy('id')
    .execute();
}

/** False when the lease was lost: nothing is changed then. */
export function settleWebhook(store: Store, id: string, lease: string, outcome: WebhookOutcome): Promise<boolean> {
  return store.write(ofWebhook(id), async (writer) => {
    const row = await writer
      .selectFrom('webhook')
      .selectAll()
      .$if(store.kind === 'postgresql', (query) => query.forUpdate())
      .where('id', '=', id)
      .where('lease', '=', lease)
      .executeTakeFirst();
    if (!row) return false;
    const after = settled(row, outcome, store.clock());
    await writer
      .updateTable('webhook')
      .set({ ...after, lease: null, lease_until: null })
      .where('id', '=', id)
      .execute();
    await settleLetters(writer, row, outcome);
    return true;
  });
}

function settled({ position, attempts }: WebhookRow, outcome: WebhookOutcome, now: Instant) {
  switch (outcome.state) {
    case 'sent':
      return { position: Math.max(position, outcome.through), attempts: 0, next_at: now, last_error: null };
    case 'failed': {
      const { through, error, retryAt } = outcome;
      const moved = through !== undefined && through > position;
      return {
        position: moved ? through : position,
        attempts: moved ? 1 : attempts + 1,
        next_at: retryAt,
        last_error: error,
      };
    }
    case 'dead':
      return { position: Math.max(position, outcome.position), attempts: 0, next_at: now, last_error: outcome.error };
  }
}

/** What was sent after all is no dead letter any more. */
async function settleLetters(writer: Writer, row: WebhookRow, outcome: WebhookOutcome): Promise<void> {
  const { id: webhook_id, position: before, attempts: failed } = row;
  const through = outcome.state === 'dead' ? outcome.position : outcome.through;
  if (through === undefined) return;
  await writer
    .deleteFrom('dead_letter')
    .where('webhook_id', '=', webhook_id)
    .where('position', '>', before)
    .where('position', '<=', through)
    .execute();
  if (outcome.state !== 'dead') return;
  const { position, error, at } = outcome;
  await writer
    .insertInto('dead_letter')
    .values({ webhook_id, position, at, error, attempts: failed + 1 })
    .execute();
}

/** In the order of positions. */
export function deadLetters(store: Store, id: string): Promise<DeadLetter[]> {
  return store.read(async (reader) => {
    const rows = await reader
      .selectFrom('dead_letter')
      .innerJoin('feed', 'feed.position', 'dead_letter.position')
      .selectAll('feed')
      .select(['dead_letter.at as died_at', 'dead_letter.error', 'dead_letter.attempts'])
      .where('dead_letter.webhook_id', '=', id)
      .orderBy('dead_letter.position')
      .execute();
    return rows.map(({ died_at: at, error, attempts, ...event }) => {
      return { webhook: id, event: eventOf(event), at, error, attempts };
    });
  });
}

/**
 * Sends again from a position on; dead letters from there on are tried anew. Whoever is sending just now loses the lease.
 * False when there is no such webhook.
 */
export function replayWebhook(store: Store, id: string, from: number): Promise<boolean> {
  return store.write(ofWebhook(id), async (writer) => {
    const { numUpdatedRows } = await writer
      .updateTable('webhook')
      .set({
        position: Math.max(0, from - 1),
        attempts: 0,
        next_at: store.clock(),
        last_error: null,
        lease: null,
        lease_until: null,
      })
      .where('id', '=', id)
      .executeTakeFirst();
    await writer.deleteFrom('dead_letter').where('webhook_id', '=', id).where('position', '>=', from).execute();
    return numUpdatedRows > 0n;
  });
}

type WebhookRow = Selectable<WebhookTable>;

const ofWebhook = (id: string): string => `subscription ${id}`;

const typesOf = (types: string | null): FeedType[] | undefined =>
  types === null ? undefined : (JSON.parse(types) as FeedType[]);

async function lettersOf(reader: Reader, id: string): Promise<number> {
  const { n } = await reader
    .selectFrom('dead_letter')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('webhook_id', '=', id)
    .executeTakeFirstOrThrow();
  return n;
}

function webhookOf(row: WebhookRow, letters: number): Webhook {
  const types = typesOf(row.types);
  return {
    id: row.id,
    url: row.url,
    secretRef: row.secret_ref,
    ...(types === undefined ? {} : { types }),
    position: row.position,
    attempts: row.attempts,
    nextAt: row.next_at,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    addedAt: row.added_at,
    deadLetters: letters,
  };
}

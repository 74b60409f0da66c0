/** Reading: who may, in which seat, noted down each time; and never an older state than the reader has seen already. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ListedCase } from '../../activities/ledger';
import type { Instant } from '../../workflows/runtime/workflow';
import type { Caller } from '../identity';
import { type MayRead, matterOf, mayRead, readingScope, type Standing } from '../rights';
import { callerOf, readerOf } from './callers';
import type { Confirming } from './confirming';
import type { GatewayParts } from './ports';
import { refuse } from './problem';

/** What is read, as it stands in the log of readings. */
export type What = 'view' | 'record' | 'list' | 'search' | 'inbox' | 'feed' | 'attachment';

export const PATIENCE_MS = 2_000;
const FIRST_LOOK_MS = 10;
const LONGEST_LOOK_MS = 100;
/** After so long the case itself is asked how far it has come. */
const ASK_AFTER_MS = 200;

export class Readings {
  readonly #parts: Pick<GatewayParts, 'city' | 'ledger' | 'site' | 'clock'>;
  readonly #confirming: Confirming;
  readonly #patience: number;

  constructor(
    parts: Pick<GatewayParts, 'city' | 'ledger' | 'site' | 'clock'>,
    confirming: Confirming,
    patienceMs = PATIENCE_MS,
  ) {
    this.#parts = parts;
    this.#confirming = confirming;
    this.#patience = patienceMs;
  }

  /** The case as lists show it, where the caller may read it; undefined where that was answered. */
  async open(
    request: FastifyRequest,
    reply: FastifyReply,
    caseId: string,
    what: What,
  ): Promise<ListedCase | undefined> {
    const listed = await this.#parts.ledger.caseView(caseId);
    if (!listed) {
      refuse(reply, 404, { code: 'no-such-case', params: { case: caseId } });
      return undefined;
    }
    const right = await this.right(callerOf(request), listed);
    if ('refused' in right) {
      refuse(reply, 403, right.refused, { case: caseId });
      return undefined;
    }
    await this.log(request, what, right.ok.seat, caseId);
    return listed;
  }

  /** Whether somebody may read a case. The record is looked into only where lists do not tell. */
  async right(caller: Caller, listed: ListedCase): Promise<MayRead> {
    const standing = await this.#standing();
    const byList = mayRead(caller, matterOf(listed), standing);
    if ('ok' in byList) return byList;
    const record = (await this.#parts.ledger.record(listed.case)).map(({ entry }) => entry);
    return mayRead(caller, matterOf(listed, record), standing);
  }

  /** What lists of a caller are limited to: nothing, or the names cases must concern. */
  async concerning(caller: Caller): Promise<readonly string[] | undefined> {
    const scope = readingScope(caller, await this.#standing());
    return scope.all ? undefined : scope.for;
  }

  /** Whether a caller may read everything there is. A system reads cases of its own procedures only. */
  async readsAll(caller: Caller): Promise<boolean> {
    return caller.kind === 'person' && (await this.concerning(caller)) === undefined;
  }

  async mayRead(caller: Caller, caseId: string): Promise<boolean> {
    const listed = await this.#parts.ledger.caseView(caseId);
    return listed !== undefined && 'ok' in (await this.right(caller, listed));
  }

  async log(request: FastifyRequest, what: What, seat: string, caseId?: string): Promise<void> {
    const { ledger, clock } = this.#parts;
    const caller = callerOf(request);
    const line = { at: clock(), reader: readerOf(caller, ledger.salt), seat, entrance: caller.entrance, what };
    await ledger.logReading(caseId === undefined ? line : { ...line, case: caseId });
  }

  /** Waits until the ledger shows a step; false where it did not in time, which is answered. */
  async upTo(reply: FastifyReply, atLeast: string | undefined): Promise<boolean> {
    if (atLeast === undefined) return true;
    const [caseId = '', sequence = ''] = atLeast.split(':');
    if (await this.#reached(caseId, Number(sequence))) return true;
    refuse(reply.header('retry-after', '1'), 409, {
      code: 'not-reached',
      params: { case: caseId, sequence: Number(sequence) },
    });
    return false;
  }

  async #reached(caseId: string, sequence: number): Promise<boolean> {
    const begun = Date.now();
    let asked = false;
    for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 2, LONGEST_LOOK_MS)) {
      if (await this.#parts.ledger.reached(caseId, sequence, { confirmed: true })) return true;
      const waited = Date.now() - begun;
      if (waited + wait > this.#patience) return false;
      if (waited > ASK_AFTER_MS && !asked) {
        asked = true;
        await this.#confirming.asking(caseId).catch(() => {});
      }
      await new Promise((done) => setTimeout(done, wait));
    }
  }

  async #standing(): Promise<Standing> {
    const { city, site, clock } = this.#parts;
    return {
      directory: await city.authority.meant(),
      auditors: site.identities.auditors,
      at: clock() satisfies Instant,
    };
  }
}

/** The caller's seat for a log line about many cases. */
export function firstSeatOf(caller: Caller): string {
  return caller.kind === 'system' ? caller.seat : (caller.seats[0] ?? '');
}

/**
 * Links by which a message is acknowledged (签收) without signing in: signed, limited in time, good for one use. Opening
 * such a link shows a page and changes nothing, because mail scanners open every link; its button posts, and that counts.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../workflows/runtime/workflow/types';

/** What a link stands for. One message may bring several notices. */
export interface Linked {
  tells: readonly string[];
  /** The seat it was sent to, in whose name it acknowledges. */
  seat: string;
  until: Instant;
}

/** `unknown`: there is no such notice any more, or it is not that seat's. */
export type WhyNot = 'expired' | 'forged' | 'spent' | 'unknown';

export interface LinkOptions {
  /** From `linkKey`. */
  key: Buffer;
  /** Where the gateway is reached from outside, without a slash at the end. */
  address: string;
  validMs?: number;
}

/** What acknowledging asks of the ledger. */
export interface AcknowledgingLedger {
  acknowledge(a: {
    tell: string;
    by: string;
    at: Instant;
    how: 'link';
  }): Promise<'acknowledged' | 'already' | 'unknown' | 'not-yours'>;
  /** False when it was spent before. */
  spendToken(t: { token: string; purpose: string; at: Instant }): Promise<boolean>;
  tokenSpent(t: { token: string; purpose: string }): Promise<boolean>;
}

/** The gateway serves GET (a page, nothing changes) and POST (acknowledges) of this path followed by a token. */
export const ACKNOWLEDGE_PATH = '/acknowledge/';

const PURPOSE = 'acknowledge';
const VERSION = '1';
const VALID_MS = 30 * 24 * 60 * 60 * 1_000;

export class NoticeLinks {
  readonly #options: Required<LinkOptions>;

  constructor(options: LinkOptions) {
    this.#options = { validMs: VALID_MS, ...options, address: options.address.replace(/\/+$/, '') };
  }

  /** The address to put into a message that reaches `seat` with these notices. */
  linkFor(tells: readonly string[], seat: string, at: Instant): string {
    return this.#options.address + ACKNOWLEDGE_PATH + this.tokenFor(tells, seat, at);
  }

  tokenFor(tells: readonly string[], seat: string, at: Instant): string {
    const body = Buffer.from(JSON.stringify([VERSION, at + this.#options.validMs, seat, ...tells])).toString(
      'base64url',
    );
    return `${body}.${this.#sign(body).toString('base64url')}`;
  }

  /** What a token stands for, if we made it and its time is not over. Whether it was spent only the ledger knows. */
  read(token: string, at: Instant): Linked | { refused: 'expired' | 'forged' } {
    const [body = '', signature = '', ...more] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const own = this.#sign(body);
    const isOurs = more.length === 0 && given.length === own.length && timingSafeEqual(given, own);
    if (!isOurs || given.toString('base64url') !== signature) return { refused: 'forged' };
    const [version, until, seat, ...tells] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    if (version !== VERSION) return { refused: 'forged' };
    return until <= at ? { refused: 'expired' } : { tells, seat, until };
  }

  #sign(body: string): Buffer {
    return createHmac('sha256', this.#options.key).update(body).digest();
  }
}

/** For GET: what a link stands for, or why it is good for nothing. Changes nothing. @throws LedgerUnavailable */
export async function readLink(
  links: NoticeLinks,
  ledger: Pick<AcknowledgingLedger, 'tokenSpent'>,
  token: string,
  at: Instant,
): Promise<Linked | { refused: WhyNot }> {
  const read = links.read(token, at);
  if ('refused' in read) return read;
  return (await ledger.tokenSpent({ token: digestOf(token), purpose: PURPOSE })) ? { refused: 'spent' } : read;
}

/** `already`: by another way, or by an earlier use of this link whose answer was lost. */
export type Acknowledged = { outcome: 'acknowledged' | 'already'; tells: readonly string[]; seat: string };

/**
 * For POST: acknowledges what the link stands for, and the link is spent. It is spent last: a use that is cut off in the
 * middle may be repeated, because to acknowledge again changes nothing.
 *
 * @throws LedgerUnavailable: try again, the link is still good
 */
export async function acknowledgeByLink(
  links: NoticeLinks,
  ledger: AcknowledgingLedger,
  token: string,
  at: Instant,
): Promise<Acknowledged | { refused: WhyNot }> {
  const read = await readLink(links, ledger, token, at);
  if ('refused' in read) return read;
  const { tells, seat } = read;
  const outcomes: string[] = [];
  for (const tell of tells) outcomes.push(await ledger.acknowledge({ tell, by: seat, at, how: 'link' }));
  const known = outcomes.filter((outcome) => outcome === 'acknowledged' || outcome === 'already');
  if (known.length === 0) return { refused: 'unknown' };
  if (!(await ledger.spendToken({ token: digestOf(token), purpose: PURPOSE, at }))) return { refused: 'spent' };
  return { outcome: known.includes('acknowledged') ? 'acknowledged' : 'already', tells, seat };
}

/** Numbers of the cases a link speaks of; the id of a notice begins with its case. */
export const casesOf = ({ tells }: Pick<Linked, 'tells'>): string[] => [
  ...new Set(tells.map((tell) => tell.split(':')[0] ?? tell)),
];

/** What the ledger keeps of a token: nobody who reads it can use the link. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

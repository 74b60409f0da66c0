/** Checks the signatures in a record, from its entries and the public keys alone. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { EntranceKey, Ledger } from '../../activities/ledger';
import { formatInstant } from '../../workflows/law';
import type { AuthorityStamp } from '../../workflows/procedures/kit';
import type { Instant, Json, RecordEntry } from '../../workflows/runtime/workflow';
import { isSignedBy, keyIdOf, type StampSignature } from './signature';

export interface VerifiedSignatures {
  signed: number;
  /** Acts from before there were signatures, or of a drill. */
  unsigned: number;
  /** Sentences that name case and entry. */
  problems: string[];
}

/**
 * Every opening and act of the entries against the keys. What happened by itself (deadlines, notices) bears no stamp. An
 * act that was taken in after the first key was known, and bears no signature, is a problem.
 */
export function verifySignatures(entries: readonly RecordEntry[], keys: readonly EntranceKey[]): VerifiedSignatures {
  const known = new Map<string, KeyObject>();
  const problems = keys.flatMap((key) => {
    const publicKey = publicKeyOf(key);
    if (typeof publicKey === 'string') return [publicKey];
    known.set(key.id, publicKey);
    return [];
  });
  const since = Math.min(...keys.map((key) => key.since));
  const stamped = entries.filter(({ trigger }) => trigger.kind === 'act' || trigger.kind === 'open');
  const signed = stamped.filter(({ by }) => signatureOf(by) !== undefined);
  const found = stamped.flatMap((entry) => problemOf(entry, known, since) ?? []);
  return { signed: signed.length, unsigned: stamped.length - signed.length, problems: [...problems, ...found] };
}

/** Every case of a ledger, one after the other. */
export async function verifyLedgerSignatures(
  ledger: Pick<Ledger, 'keys' | 'list' | 'record'>,
): Promise<VerifiedSignatures> {
  const keys = await ledger.keys();
  const total: VerifiedSignatures = { signed: 0, unsigned: 0, problems: verifySignatures([], keys).problems };
  for (let page = await ledger.list({ limit: PAGE }); page.length > 0; ) {
    for (const { case: caseId } of page) {
      const entries = (await ledger.record(caseId)).map(({ entry }) => entry);
      const { signed, unsigned, problems } = verifySignatures(entries, keys);
      total.signed += signed;
      total.unsigned += unsigned;
      total.problems.push(...problems.filter((problem) => !total.problems.includes(problem)));
    }
    page = await ledger.list({ limit: PAGE, after: page.at(-1)!.case });
  }
  return total;
}

const PAGE = 500;

function publicKeyOf({ id, publicKey }: EntranceKey): KeyObject | string {
  try {
    const key = createPublicKey(publicKey);
    return keyIdOf(key) === id ? key : `the key ${id} is not the one its id is made of`;
  } catch {
    return `the key ${id} cannot be read`;
  }
}

function problemOf(entry: RecordEntry, keys: ReadonlyMap<string, KeyObject>, since: Instant): string | undefined {
  const name = `entry ${entry.sequence} of case ${entry.case}`;
  const stamp = entry.by as AuthorityStamp | undefined;
  const signature = signatureOf(entry.by);
  if (!signature) {
    const receivedAt = Date.parse(entry.receivedAt);
    return receivedAt < since
      ? undefined
      : `${name} bears no signature, though stamps are signed since ${formatInstant(since)}`;
  }
  const key = keys.get(signature.key);
  if (!key) return `${name} is signed with the key ${signature.key}, which is not known here`;
  const { asOf } = stamp as { asOf?: Json };
  if (typeof asOf !== 'number' || formatInstant(asOf) !== entry.receivedAt)
    return `${name} was received at ${entry.receivedAt}, but its stamp says another instant`;
  return isTrue(entry, { ...(stamp as AuthorityStamp), receivedAt: asOf }, key, signature.value)
    ? undefined
    : `${name} bears a signature that is not of this act: act, payload or stamp is another one than was taken in`;
}

function isTrue(
  { case: caseId, trigger, happenedAt }: RecordEntry,
  stamp: AuthorityStamp,
  key: KeyObject,
  value: string,
) {
  const { id = '', type, payload = {} } = trigger;
  return isSignedBy(key, { case: caseId, id, type, payload, at: Date.parse(happenedAt) }, stamp, value);
}

function signatureOf(by: Json | undefined): StampSignature | undefined {
  const { signature } = (by ?? {}) as { signature?: Partial<StampSignature> };
  const { key, value } = signature ?? {};
  return typeof key === 'string' && typeof value === 'string' ? { key, value } : undefined;
}

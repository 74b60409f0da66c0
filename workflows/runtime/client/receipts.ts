import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { contentOf } from '../workflow/case-actor';
import * as protocol from '../workflow/protocol';
import type { CaseView, Receipt, Refusal } from '../workflow/receipt';
import { GENESIS } from '../workflow/record';
import type { Act, Head, Instant, RecordEntry } from '../workflow/types';

/**
 * What is known of a case outside Temporal, given by the ledger. It answers where Temporal no longer can: a repeated act
 * older than the 256 receipts a case carries, a case that closed longer ago than the namespace retains.
 *
 * Only **confirmed** entries count: an unconfirmed one may belong to an attempt Temporal never committed, and an act
 * answered from it would be lost.
 */
export interface ReceiptsPort {
  /** The first receipt of an act; {@link receiptOf} makes it from the act's entry in the record. */
  first(caseId: string, actId: string): Promise<Receipt | undefined>;
  /** The case as it closed; undefined while it is open, and where there is none. */
  closed(caseId: string): Promise<ClosedCase | undefined>;
}

/** What must be known of a closed case, and what may be. */
export type ClosedCase = Pick<CaseView, 'case' | 'machine' | 'state' | 'head' | 'openedAt'> & Partial<CaseView>;

/** Of an opening. */
export const OPENING = 'xstate.init';

/** JSON above this size is not an act but a document; those are kept elsewhere and named by reference. */
const LARGEST_PAYLOAD_BYTES = 512 * 1024;
/** Temporal takes ids up to 1,000 bytes. */
const LONGEST_ID = 250;

/** The receipt of an act, opening or notice as its entry in the record shows it. */
export function receiptOf({ trigger, state, sequence, hash }: RecordEntry): Receipt {
  return {
    outcome: 'changed',
    id: trigger.id ?? '',
    content: contentOf(trigger.type, trigger.payload ?? null),
    state,
    sequence,
    recordHash: hash,
    deadlines: [],
    recorded: 'yes',
  };
}

/** What is wrong with an act before it is sent; undefined if it may be. What it asks for is judged by the case. */
export function amiss(act: Act): Receipt | undefined {
  const refusal = shapeAmiss(act) ?? payloadAmiss('payload', act.payload);
  return refusal && refused({ outcome: 'malformed', refusal }, act, '');
}

function shapeAmiss(act: Act): Refusal | undefined {
  const missing = (path: string, expected: string): Refusal => ({ code: 'malformed', path, params: { expected } });
  if (typeof act?.id !== 'string' || act.id === '' || act.id.length > LONGEST_ID)
    return missing('id', `a text of 1 to ${LONGEST_ID} characters`);
  if (typeof act.type !== 'string' || act.type === '') return missing('type', 'the type of an event');
  if (typeof act.stamp?.receivedAt !== 'number') return missing('stamp.receivedAt', 'epoch milliseconds');
  if (typeof act.stamp.entrance !== 'string') return missing('stamp.entrance', 'the name of the entrance');
  return undefined;
}

/** A payload that cannot be sent: not JSON, or too large. */
export function payloadAmiss(path: string, payload: unknown): Refusal | undefined {
  let text: string | undefined;
  try {
    text = JSON.stringify(payload);
  } catch (error) {
    return { code: 'malformed', path, params: { problem: (error as Error).message.split('\n')[0]! } };
  }
  const bytes = Buffer.byteLength(text ?? '');
  if (bytes <= LARGEST_PAYLOAD_BYTES) return undefined;
  return { code: 'too-large', path, params: { bytes, limit: LARGEST_PAYLOAD_BYTES } };
}

/** The receipt inside a refusal of the case's validator, completed; undefined for any other error. */
export function refusalIn(error: unknown, act: Act, content: string): Receipt | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== protocol.REFUSED) return undefined;
  const carried = cause.details?.[0] as (Partial<Receipt> & Pick<Receipt, 'outcome'>) | undefined;
  return refused({ outcome: 'malformed', refusal: { code: cause.message }, ...carried }, act, content);
}

export function refused(
  refusal: Partial<Receipt> & Pick<Receipt, 'outcome'>,
  { id }: Pick<Act, 'id'>,
  content: string,
): Receipt {
  return {
    state: [],
    sequence: 0,
    recordHash: GENESIS,
    deadlines: [],
    recorded: 'yes',
    ...refusal,
    id,
    content: refusal.content || content,
  };
}

/** The first receipt if it was given for this content, else the refusal of an id that was used for something else. */
export function repetition(first: Receipt, act: Pick<Act, 'id'>, content: string): Receipt {
  return first.content === content ? { ...first, repeated: true } : reused(first, act, content);
}

export function reused(first: Receipt, { id }: Pick<Act, 'id'>, content: string): Receipt {
  const { repeated: _, ...rest } = first;
  const refusal: Refusal = { code: 'id-reused', params: { id, sequence: first.sequence } };
  return { ...rest, id, outcome: 'duplicate', content, refusal };
}

export function closedReceipt(
  { state, head }: { state: string[]; head: Head },
  act: Pick<Act, 'id'>,
  content: string,
): Receipt {
  const refusal: Refusal = { code: 'closed', state };
  return refused({ outcome: 'closed', refusal, state, sequence: head.sequence, recordHash: head.hash }, act, content);
}

/** A closed case as clients see it; what the port does not tell is empty. */
export function viewOfClosed(closed: ClosedCase, now: Instant): CaseView {
  return {
    tags: [],
    context: null,
    lastSteps: [],
    drill: false,
    ...closed,
    now,
    status: 'closed',
    accepts: [],
    deadlines: [],
    recorded: closed.head.sequence,
  };
}

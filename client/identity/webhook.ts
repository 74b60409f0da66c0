/** Signed webhooks of department systems (Standard Webhooks). */
import { createHash } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Instant } from '../../workflows/runtime/workflow';
import type { Credentials } from './caller';
import type { SystemEntry } from './identities';

/** Where it is kept which messages were taken: the ledger. */
export interface SpentTokens {
  /** False when the token was spent before. */
  spendToken(spent: { token: string; purpose: string; at: Instant }): Promise<boolean>;
}

type Headers = Credentials['headers'];

/** Why a webhook is not accepted; a key of the locale's table of problems. */
export type WebhookProblem = 'webhook.headers' | 'webhook.signature' | 'webhook.too-old' | 'webhook.in-future';

export type Opened = { message: string } | { problem: WebhookProblem } | { replayed: string };

/** A message may be so long under way, and its sender's clock so far off: as long as the library's own check. */
const TOLERANCE_S = 300;
/** The signature covers id, time and body joined by dots: an id with a dot could be read in two ways. */
const ID = /^[^.\s]{1,128}$/;

/**
 * Checks signature and time of a message, and that it was not taken before. Sent again by its sender it carries a new
 * time and signature, and is taken; the id tells that it is the same. The very same message is somebody's who listened.
 *
 * @throws LedgerUnavailable
 */
export async function openWebhook(
  { id: system, secrets }: Pick<SystemEntry, 'id' | 'secrets'>,
  headers: Headers,
  body: string,
  at: Instant,
  ledger: SpentTokens,
): Promise<Opened> {
  const message = one(headers['webhook-id']);
  const time = one(headers['webhook-timestamp']);
  const signature = one(headers['webhook-signature']);
  if (!message || !ID.test(message) || !time || !/^\d{1,12}$/.test(time) || !signature)
    return { problem: 'webhook.headers' };
  const age = Math.floor(at / 1000) - Number(time);
  if (age > TOLERANCE_S) return { problem: 'webhook.too-old' };
  if (age < -TOLERANCE_S) return { problem: 'webhook.in-future' };
  const signed = { 'webhook-id': message, 'webhook-timestamp': time, 'webhook-signature': signature };
  if (!secrets.some((secret) => isSigned(secret, body, signed))) return { problem: 'webhook.signature' };
  const token = createHash('sha256')
    .update(JSON.stringify([system, message, time]))
    .digest('hex');
  return (await ledger.spendToken({ token, purpose: 'webhook', at })) ? { message } : { replayed: message };
}

function isSigned(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

function one(value: Headers[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

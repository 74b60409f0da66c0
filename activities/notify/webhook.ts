import { Webhook } from 'standardwebhooks';
import { formatInstant } from '../../workflows/law';
import type { Address, Channel, Message } from './channel';

export interface WebhookOptions {
  /** Key of the signature: base64 after `whsec_`, as Standard Webhooks write it, or any other text as it is. */
  secret: string;
  timeoutMs?: number;
}

/** What is posted; the shape of Standard Webhooks, so that receivers find type, time and data where they expect them. */
export interface WebhookBody {
  type: 'zhengling.tell';
  /** ISO 8601 at +08:00; of the drill's clock in a drill. */
  timestamp: string;
  data: { id: string; seat: string; subject: string; body: string; cases: readonly string[]; drill: boolean };
}

/** Signed POST of JSON. A redirect is not followed: the signature is for the address that was agreed on. */
export function webhookChannel({ secret, timeoutMs = 10_000 }: WebhookOptions): Channel {
  const signer = secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(new TextEncoder().encode(secret), { format: 'raw' });
  return {
    name: 'webhook',
    takes: ({ kind }) => kind === 'webhook',
    async send(message: Message, to: Address) {
      if (to.kind !== 'webhook') throw new Error(`a webhook cannot reach an ${to.kind} address`);
      const body = JSON.stringify(bodyOf(message));
      const response = await post(to.url, body, signed(signer, message.id, body), timeoutMs);
      if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
    },
    async close() {},
  };
}

/** Signed with the time of the host, against which a receiver checks that the message is not an old one played again. */
function signed(signer: Webhook, id: string, body: string): Record<string, string> {
  const now = new Date();
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': signer.sign(id, now, body),
  };
}

async function post(url: string, body: string, headers: Record<string, string>, timeoutMs: number): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'error' });
    await response.body?.cancel();
    return response;
  } catch (error) {
    if (signal.aborted) throw new Error(`the receiver did not answer within ${timeoutMs} ms`, { cause: error });
    const reason = (error as { cause?: { code?: string; message?: string } }).cause;
    throw new Error(`the receiver could not be reached: ${reason?.code ?? reason?.message ?? 'no connection'}`);
  }
}

function bodyOf({ id, seat, subject, body, cases, at, drill }: Message): WebhookBody {
  return { type: 'zhengling.tell', timestamp: formatInstant(at), data: { id, seat, subject, body, cases, drill } };
}

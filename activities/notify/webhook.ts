import { Webhook } from 'standardwebhooks';
import { formatInstant } from '../../workflows/law';
import type { Address, Channel, Message } from './channel';
import { post } from './http';
import type { Limit } from './limits';

export interface WebhookOptions {
  /** Key of the signature: base64 after `whsec_`, as Standard Webhooks write it, or any other text as it is. */
  secret: string;
  timeoutMs?: number;
  limit?: Limit | undefined;
}

/** What is posted; the shape of Standard Webhooks, so that receivers find type, time and data where they expect them. */
export interface WebhookBody {
  type: 'zhengling.tell';
  /** ISO 8601 at +08:00; of the drill's clock in a drill. */
  timestamp: string;
  data: { id: string; seat: string; subject: string; body: string; cases: readonly string[]; drill: boolean };
}

/** Signed POST of JSON, by Standard Webhooks. */
export function webhookChannel({ secret, timeoutMs = 10_000, limit }: WebhookOptions): Channel {
  const signer = secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(new TextEncoder().encode(secret), { format: 'raw' });
  return {
    name: 'webhook',
    limit,
    takes: ({ kind }) => kind === 'webhook',
    async send(message: Message, to: Address) {
      if (to.kind !== 'webhook') throw new Error(`a webhook cannot reach an ${to.kind} address`);
      const body = JSON.stringify(bodyOf(message));
      await post({ url: to.url, body, headers: signed(signer, message.id, body), timeoutMs });
    },
    async close() {},
  };
}

/** Signed with the time of the host, against which a receiver checks that the message is not an old one played again. */
function signed(signer: Webhook, id: string, body: string): Record<string, string> {
  const now = new Date();
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': signer.sign(id, now, body),
  };
}

function bodyOf({ id, seat, subject, body, cases, at, drill }: Message): WebhookBody {
  return { type: 'zhengling.tell', timestamp: formatInstant(at), data: { id, seat, subject, body, cases, drill } };
}

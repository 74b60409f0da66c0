import { createTransport } from 'nodemailer';
import { type Address, type Channel, ChannelBusy, type Message, within } from './channel';
import type { Limit } from './limits';

export interface SmtpOptions {
  host: string;
  port: number;
  /** Sender, such as `政府办公室 <office@example.org>`. */
  from: string;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure?: boolean;
  user?: string;
  password?: string;
  /** For one message from connecting to being accepted. */
  timeoutMs?: number;
  limit?: Limit | undefined;
}

const CONNECTIONS = 4;

/** E-mail by an SMTP server. */
export function smtpChannel(options: SmtpOptions): Channel {
  const { host, port, from, secure = false, user, password, timeoutMs = 15_000, limit } = options;
  const transport = createTransport({
    host,
    port,
    secure,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
  });
  return {
    name: 'email',
    limit,
    takes: ({ kind }) => kind === 'email',
    async send(message: Message, to: Address) {
      if (to.kind !== 'email') throw new Error(`e-mail cannot reach a ${to.kind} address`);
      const mail = {
        from,
        to: to.address,
        subject: message.subject,
        text: message.body,
        messageId: `<${message.id}@zhengling>`,
        date: new Date(message.at),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Zhengling-Seat': message.seat },
      };
      try {
        await within(timeoutMs, `the mail server ${host}:${port}`, transport.sendMail(mail));
      } catch (error) {
        throw isBusy(error) ? new ChannelBusy((error as Error).message) : error;
      }
    },
    async close() {
      transport.close();
    },
  };
}

/**
 * The server itself takes nothing for now: it closes (421), is not accepting (4.3.2), congested (4.4.5), or has been given
 * too much (4.7.*). Another answer with 4 speaks of one mailbox, and the rest may go.
 */
function isBusy(error: unknown): boolean {
  const { responseCode, response = '' } = error as { responseCode?: number; response?: string };
  return responseCode === 421 || /^4\d\d[ -]4\.(3\.2|4\.5|7\.\d+)\b/.test(response);
}

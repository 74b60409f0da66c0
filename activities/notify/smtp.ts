import { createTransport } from 'nodemailer';
import { type Address, type Channel, type Message, within } from './channel';

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
}

const CONNECTIONS = 4;

/** E-mail by an SMTP server. */
export function smtpChannel(options: SmtpOptions): Channel {
  const { host, port, from, secure = false, user, password, timeoutMs = 15_000 } = options;
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
      await within(timeoutMs, `the mail server ${host}:${port}`, transport.sendMail(mail));
    },
    async close() {
      transport.close();
    },
  };
}

/** A mail server that keeps everything and sends nothing on: for the demonstration, drills and tests. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, isIP } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { readMail } from './mime';

export interface SunkMail {
  from: string;
  to: string[];
  subject: string;
  text: string;
  headers: Map<string, string>;
  /** As it came. */
  raw: Buffer;
}

export interface SmtpSinkOptions {
  /** 0 takes any free one. */
  port: number;
  host?: string;
  /** Each mail is also written there, as `<n>.eml`. */
  directory?: string;
  /** Throwing refuses the mail, as a mail server would. */
  onMessage?: (mail: SunkMail) => void | Promise<void>;
}

export interface SmtpSink {
  readonly host: string;
  readonly port: number;
  /** The newest ones, oldest first. */
  readonly messages: readonly SunkMail[];
  close(): Promise<void>;
}

const KEPT = 10_000;
const LARGEST = 1024 * 1024;

/** @throws Error when the port is taken, with its number */
export async function startSmtpSink({
  port,
  host = '127.0.0.1',
  directory,
  onMessage,
}: SmtpSinkOptions): Promise<SmtpSink> {
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const messages: SunkMail[] = [];
  let count = 0;
  const keep = async (mail: SunkMail): Promise<void> => {
    await onMessage?.(mail);
    count += 1;
    if (directory !== undefined) await writeFile(join(directory, `${String(count).padStart(6, '0')}.eml`), mail.raw);
    messages.push(mail);
    if (messages.length > KEPT) messages.shift();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    logger: false,
    closeTimeout: 500,
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const to = rcptTo.map(({ address }) => address);
      read(stream)
        .then((raw) => keep(sunk(raw, mailFrom ? mailFrom.address : '', to)))
        .then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
    },
  });
  await listen(server, port, host);
  const address = server.server.address() as AddressInfo;
  return { host, port: address.port, messages, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function listen(server: SMTPServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const place = isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
      const reason = error.code === 'EADDRINUSE' ? 'the port is taken; name another one' : error.message;
      reject(new Error(`the mail sink cannot listen on ${place}: ${reason}`, { cause: error }));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      // A sender that hangs up in the middle is its own affair.
      server.on('error', () => {});
      resolve();
    });
  });
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw new Error(`a message may have ${LARGEST} bytes`);
  return Buffer.concat(chunks);
}

function sunk(raw: Buffer, from: string, to: string[]): SunkMail {
  const { headers, text } = readMail(raw);
  return { from, to, subject: headers.get('subject') ?? '', text, headers, raw };
}

/** A marked test message by every way a seat is reached, so that what is wrong is seen before something must be told. */
import { randomUUID } from 'node:crypto';
import type { Address, Channel, Message } from '../../activities/notify';
import { cliText } from '../../locale';
import type { Desk } from './desk';
import { Misused } from './errors';

export interface Tried {
  /** The kind of address; never the address. */
  channel: string;
  sent: boolean;
  error?: string;
}

/** @throws Misused for a seat there is not, one without contact, or a channel that cannot be opened */
export async function tryChannels(desk: Desk, seat: string): Promise<Tried[]> {
  const { site } = desk;
  if (!site.directory.seat(seat))
    throw new Misused(`the directory has no seat '${seat}'; 'zhengling seats' lists them`);
  const contact = site.contacts.of(seat, Date.now());
  if (!contact)
    throw new Misused(
      `${seat} has no contact: enter one in the file 'contacts' of zhengling.yaml names, for the seat or its holder`,
    );
  const channels = channelsOf(desk);
  try {
    const tried = [];
    for (const address of contact.channels) tried.push(await attempt(desk, seat, address, channels));
    return tried;
  } finally {
    await Promise.all(channels.map((channel) => channel.close()));
  }
}

function channelsOf(desk: Desk): Channel[] {
  const { config, kind } = desk.site;
  const running = desk.running();
  const { openChannels, smtpChannel } = require('../../activities/notify') as typeof import('../../activities/notify');
  const opened = openChannels(config.channels ?? {});
  if ('errors' in opened) throw new Misused(opened.errors.join('\n'));
  if (kind === 'city') return opened.ok;
  const port = running?.sink ?? config.smtp?.port ?? SINK_PORT;
  const sink = smtpChannel({ host: '127.0.0.1', port, from: 'zhengling <noreply@example.invalid>' });
  return [sink, ...opened.ok.filter(({ name }) => name !== 'email')];
}

/** The demonstration's own mail sink, which runs in its process. */
const SINK_PORT = 1025;

async function attempt(desk: Desk, seat: string, address: Address, channels: readonly Channel[]): Promise<Tried> {
  const channel = channels.find((one) => one.takes(address));
  if (!channel)
    return {
      channel: address.kind,
      sent: false,
      error: `the channel is not configured: set it under channels in zhengling.yaml`,
    };
  try {
    await channel.send(messageTo(desk, seat, address.kind), address);
    return { channel: address.kind, sent: true };
  } catch (error) {
    return { channel: address.kind, sent: false, error: (error as Error).message };
  }
}

function messageTo({ out, site }: Desk, seat: string, channel: string): Message {
  const subject = `${site.mark ?? ''}${cliText('test.subject', out.script)}`;
  const text = cliText('test.body', out.script, { name: out.nameOf(seat), seat, channel });
  const body = `${site.mark ?? ''}${text}`;
  return { id: randomUUID(), seat, subject, body, short: body, spoken: body, cases: [], at: Date.now(), drill: false };
}

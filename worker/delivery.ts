/** Delivery for an installation: its directory, contacts, texts and channels put behind the delivery loop. */
import { join } from 'node:path';
import type { Ledger, TellState } from '../activities/ledger';
import {
  type Channel,
  createDelivery,
  DIGEST,
  type Recipient,
  type SmtpSink,
  smtpChannel,
  startSmtpSink,
  webhookChannel,
} from '../activities/notify';
import type { City } from '../client/city';
import type { Site } from '../client/site';
import { render, renderDigest } from '../locale';
import type { Instant } from '../workflows/runtime/workflow';
import type { Log } from './logging';

export interface SiteDeliveryOptions {
  site: Site;
  ledger: Ledger;
  city: City;
  log: Log;
  /** A drill's clock: then nothing runs by itself, and `deliver` is called for every instant. */
  clock?: () => Instant;
}

export interface SiteDelivery {
  deliver(at: Instant): Promise<{ delivered: number; next: Instant | undefined }>;
  sink: SmtpSink | undefined;
  stop(): Promise<void>;
}

const SINK_PORT = 1025;
const WAITING: TellState[] = ['pending', 'leased'];

export async function startDelivery({ site, ledger, city, log, clock }: SiteDeliveryOptions): Promise<SiteDelivery> {
  const sink = site.kind === 'city' ? undefined : await openSink(site, clock !== undefined);
  const channels = channelsOf(site, sink);
  const { directory, contacts } = site;
  const delivery = createDelivery({
    ledger,
    channels,
    ...(clock ? { clock, pace: { askAfterMs: 0, giveUpAfterMs: Number.MAX_SAFE_INTEGER } } : {}),
    resolve: (recipient, at) => recipientOf(site, recipient, at),
    contacts: ({ seat }, at) => contacts.of(seat, at),
    render: (template, data, script) =>
      template === DIGEST
        ? renderDigest(data as { count: number; list: string }, script)
        : render(template, { link: linkOf(site, String(data.caseNo)), ...data }, script, {
            nameOf: (id, s) => directory.nameOf(id, s),
          }),
    headOf: async (caseId) => (await city.view(caseId)).head,
    mark: site.mark,
    onProblem: (sentence) => log.warn(sentence),
  });
  if (!clock) delivery.start();
  return {
    sink,
    async deliver(at) {
      const { delivered } = await delivery.runOnce(at);
      const waiting = await ledger.tells({ state: WAITING, limit: 1_000 });
      const later = waiting.map((tell) => tell.deliverAt).filter((deliverAt) => deliverAt > at);
      return { delivered, next: later.length > 0 ? Math.min(...later) : undefined };
    },
    async stop() {
      await delivery.stop();
      await Promise.all(channels.map((channel) => channel.close()));
      await sink?.close();
    },
  };
}

/** Whoever holds the seat then; an unassigned one is nobody. */
function recipientOf({ directory }: Site, recipient: string, at: Instant): Recipient | undefined {
  const seat = directory.seatOf(recipient, at);
  const holder = seat === undefined ? undefined : directory.holderOf(seat, at);
  return seat === undefined || holder === undefined ? undefined : { seat, person: holder.person.id };
}

/** Text carries number and link, never content. Until there are pages, the link is the command that shows the case. */
function linkOf(site: Site, caseNo: string): string {
  return site.config.link?.replaceAll('{case}', caseNo) ?? `zhengling show ${caseNo}`;
}

async function openSink(site: Site, anyPort: boolean): Promise<SmtpSink> {
  const directory = join(site.dataDir, 'mail');
  return startSmtpSink({ port: anyPort ? 0 : Number(process.env.ZHENGLING_SMTP_PORT ?? SINK_PORT), directory });
}

function channelsOf({ config }: Site, sink: SmtpSink | undefined): Channel[] {
  const { smtp, webhook } = config.channels ?? {};
  const from = 'zhengling <noreply@example.invalid>';
  const mail = sink
    ? smtpChannel({ host: sink.host, port: sink.port, from })
    : smtp
      ? smtpChannel(strip(smtp))
      : undefined;
  return [...(mail ? [mail] : []), ...(webhook ? [webhookChannel(webhook)] : [])];
}

function strip<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as never;
}

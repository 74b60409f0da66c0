/** Delivery for an installation: its directory, contacts, texts and channels put behind the delivery loop. */
import { join } from 'node:path';
import type { Ledger, TellState } from '../activities/ledger';
import {
  type Alarm,
  type Channel,
  createAlarm,
  createDelivery,
  linkKey,
  NoticeLinks,
  type Office,
  openChannels,
  type Recipient,
  type SmtpSink,
  smtpChannel,
  startSmtpSink,
} from '../activities/notify';
import type { City } from '../client/city';
import { type Lawbook, lawbookOf } from '../client/lawbook';
import type { Site } from '../client/site';
import { alarmNotice, renderNotice } from '../locale';
import {
  calendarFrom,
  type DateText,
  dateOf,
  endOfDay,
  isWorkingDay,
  nextNoticeInstant,
  type WorkingCalendar,
} from '../workflows/law';
import type { Instant } from '../workflows/runtime/workflow';
import { CannotStart } from './errors';
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
/** The Office's desk, which has the duty room (值班室), where the operator names nobody else. */
const DUTY_ROOM = 'X1-desk';

/** @throws CannotStart when a channel cannot be opened, such as for want of its secret */
export async function startDelivery({ site, ledger, city, log, clock }: SiteDeliveryOptions): Promise<SiteDelivery> {
  const configured = channelsOf(site);
  const sink = site.kind === 'city' ? undefined : await openSink(site, clock !== undefined);
  const channels = sink ? [sinkChannel(sink), ...configured.filter(({ name }) => name !== 'email')] : configured;
  const { directory, contacts } = site;
  const nameOf = directory.nameOf.bind(directory);
  const links = linksOf(site);
  const delivery = createDelivery({
    ledger,
    channels,
    ...(clock ? { clock, pace: { askAfterMs: 0, giveUpAfterMs: Number.MAX_SAFE_INTEGER } } : {}),
    resolve: async (recipient, at) => recipientOf(site, (await city.authority.meant()).seatOf(recipient, at), at),
    seatOf: (recipient, at) => city.authority.lastMeant.seatOf(recipient, at),
    contacts: ({ seat }, at) => contacts.of(seat, at),
    render: (template, data, script) =>
      renderNotice(template, { ...linkTo(site, data.caseNo), ...data }, script, { nameOf }),
    headOf: async (caseId) => (await city.view(caseId)).head,
    ...(links ? { linkFor: links.linkFor.bind(links) } : {}),
    office: officeOf(lawbookOf({ ledger, site, procedures: [] })),
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

/**
 * The installation's own voice, for whoever watches over the workers: it needs neither ledger nor queue. A demonstration
 * speaks into its mail sink, where one is given.
 * @throws CannotStart as `startDelivery`
 */
export function siteAlarm(site: Site, log: Log, sink?: Pick<SmtpSink, 'host' | 'port'>): Alarm {
  return createAlarm({
    seats: site.config.channels?.alarm ?? [DUTY_ROOM],
    contacts: (seat, at) => site.contacts.of(seat, at),
    channels: sink ? [sinkChannel(sink)] : channelsOf(site),
    render: (sentence, script) => alarmNotice(sentence, script, site.mark),
    onProblem: (sentence) => log.error(sentence),
  });
}

/** Whoever holds the seat then; an unassigned one is nobody. */
function recipientOf({ directory }: Site, seat: string | undefined, at: Instant): Recipient | undefined {
  const holder = seat === undefined ? undefined : directory.holderOf(seat, at);
  return seat === undefined || holder === undefined ? undefined : { seat, person: holder.person.id };
}

/** Text carries number and link, never content. Until there are pages, the link is the command that shows the case. */
function linkTo({ config }: Site, caseNo: unknown): { link?: string } {
  if (typeof caseNo !== 'string') return {};
  return { link: config.link?.replaceAll('{case}', caseNo) ?? `zhengling show ${caseNo}` };
}

/** Links of acknowledgement lead to the gateway; where nobody outside reaches it, there are none. */
function linksOf({ config, dataDir }: Site): NoticeLinks | undefined {
  const address = config.gateway?.publicUrl;
  return address === undefined ? undefined : new NoticeLinks({ key: linkKey(dataDir), address });
}

/** Working days and notice hours as the law of this installation has them on the day asked for. */
function officeOf(lawbook: Pick<Lawbook, 'lawKnown'>): Office {
  const calendarOn = (date: DateText): WorkingCalendar => calendarFrom(lawbook.lawKnown([], endOfDay(date) - 1));
  return {
    isWorkingDay: (date) => isWorkingDay(calendarOn(date), date),
    noticeAt: (instant) => nextNoticeInstant(calendarOn(dateOf(instant)), instant),
  };
}

async function openSink(site: Site, anyPort: boolean): Promise<SmtpSink> {
  const directory = join(site.dataDir, 'mail');
  return startSmtpSink({ port: anyPort ? 0 : (site.config.smtp?.port ?? SINK_PORT), directory });
}

const sinkChannel = ({ host, port }: Pick<SmtpSink, 'host' | 'port'>): Channel =>
  smtpChannel({ host, port, from: 'zhengling <noreply@example.invalid>' });

function channelsOf({ config }: Site): Channel[] {
  const opened = openChannels(config.channels ?? {});
  if ('errors' in opened) throw new CannotStart(opened.errors.join('\n'));
  return opened.ok;
}

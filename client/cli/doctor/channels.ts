/** By what ways people are told, how those fare, and how one seat would be told. */
import type { DeliveryTry, Ledger, Tell } from '../../../activities/ledger';
import { isQuiet, openChannels } from '../../../activities/notify';
import { render } from '../../../locale';
import { formatDeadline } from '../../../workflows/law';
import { namesOf } from '../../rights';
import type { Site } from '../../site';
import type { Desk } from '../desk';
import { Misused } from '../errors';
import { amiss, type Check, check, fine, some } from './check';

const LOOKED_THROUGH = 2_000;

/** What a channel of zhengling.yaml writes into the delivery log. */
const nameOf = (configured: string): string => (configured === 'smtp' ? 'email' : configured);

export async function channelChecks(site: Site, ledger: Ledger, now: number): Promise<Check[]> {
  const { alarm: _, ...channels } = site.config.channels ?? {};
  const configured = Object.keys(channels).map(nameOf);
  const opened = openChannels(site.config.channels ?? {});
  const tries = await ledger.deliveries({ limit: LOOKED_THROUGH });
  const known = new Set([...configured, ...tries.flatMap(({ channel }) => channel ?? [])]);
  return [
    summary(site, configured, 'errors' in opened ? opened.errors : []),
    ...[...known].map((name) => fared(name, tries)),
    ...contactCheck(site, now),
  ];
}

function summary({ kind }: Site, configured: readonly string[], errors: readonly string[]): Check {
  if (errors.length > 0) return amiss('channels', errors.join('; '), 'set what is missing; nothing starts without it');
  if (kind !== 'city')
    return fine('channels', `the embedded sink${configured.length > 0 ? `, ${configured.join(', ')}` : ''}`);
  const todo =
    configured.length > 0 ? undefined : 'set channels in zhengling.yaml; until then what is told waits in the ledger';
  return check('channels', configured.join(', ') || 'none configured', todo);
}

/** Its last success and its last failure; failing since, it is out of order. */
function fared(name: string, tries: readonly DeliveryTry[]): Check {
  const own = tries.filter(({ channel }) => channel === name);
  const sent = own.find(({ outcome }) => outcome === 'delivered');
  const failed = own.find(({ outcome }) => outcome === 'failed');
  const seen = [
    sent ? `last delivered ${formatDeadline(sent.at)}` : 'nothing delivered yet',
    failed ? `last failure ${formatDeadline(failed.at)} (${failed.error ?? 'no reason given'})` : 'no failure',
  ].join(', ');
  const isOut = failed !== undefined && (sent === undefined || sent.at < failed.at);
  return check(
    `channel ${name}`,
    seen,
    isOut ? "see the reason, then try it: 'zhengling notify test SEAT'" : undefined,
  );
}

function contactCheck({ directory, contacts, kind }: Site, now: number): Check[] {
  if (kind !== 'city') return [];
  const held = directory.seats.map(({ id }) => id).filter((id) => directory.holderOf(id, now));
  const unreached = held.filter((id) => !contacts.of(id, now));
  const todo = unreached.length === 0 ? undefined : `enter their addresses in the contacts file: ${some(unreached)}`;
  return [check('contacts', `${held.length} seats held, ${unreached.length} of them without address`, todo)];
}

/**
 * How a seat or function would be told now, and what waits to be told it.
 * @throws Misused for what the directory does not know
 */
export async function whoIsTold(desk: Desk, asked: string): Promise<Check[]> {
  const now = Date.now();
  const { directory } = desk.site;
  const seat = directory.seatOf(asked, now);
  if (seat === undefined) {
    if (directory.seat(asked) || asked === 'evm' || asked.startsWith('vmc:'))
      return [
        amiss('seat', `${asked} is nobody now`, 'assign it in a directory file; what is told it goes to the Office'),
      ];
    throw new Misused(`the directory has no seat '${asked}'; 'zhengling seats' lists them`);
  }
  const ledger = await desk.ledger();
  const names = namesOf(seat, desk.site, now);
  return [
    seatCheck(desk, seat, names, now),
    ...wayChecks(desk.site, seat, now),
    ...(await waiting(desk, ledger, names)),
  ];
}

function seatCheck({ site: { directory }, out }: Desk, seat: string, names: readonly string[], now: number): Check {
  const isHeld = directory.holderOf(seat, now) !== undefined;
  const seen = `${out.nameOf(seat)}（${seat}）, told also as ${names.slice(1).join(', ') || 'nothing else'}`;
  const todo = isHeld ? undefined : 'nobody holds it: what is told it goes to the Office; name a holder';
  return check('seat', seen, todo);
}

function wayChecks({ contacts, config, kind }: Site, seat: string, now: number): Check[] {
  const contact = contacts.of(seat, now);
  if (!contact) return [amiss('contact', 'none', 'enter an address in the contacts file, for the seat or its holder')];
  const { alarm: _, ...channels } = config.channels ?? {};
  const open = [...Object.keys(channels).map(nameOf), ...(kind === 'city' ? [] : ['email'])];
  const ways = contact.channels.map(({ kind: way }) => `${way}${open.includes(way) ? '' : ' (not configured)'}`);
  const isReached = contact.channels.some(({ kind: way }) => open.includes(way));
  const { quiet, digest } = contact;
  const hours = [
    ...(quiet ? [`quiet ${quiet.from} to ${quiet.to}${isQuiet(quiet, now) ? ' (now)' : ''}`] : []),
    ...(digest ? [`one message a working day at ${digest}`] : []),
  ];
  return [
    check(
      'contact',
      ways.join(', then '),
      isReached ? undefined : 'configure one of these channels, or enter another address',
    ),
    fine('hours', hours.join(', ') || 'at any time; what is not urgent, outside office hours at the next notice hour'),
  ];
}

async function waiting({ out, site }: Desk, ledger: Ledger, names: readonly string[]): Promise<Check[]> {
  const recipient = [...names];
  const open = await ledger.tells({ recipient, state: ['pending', 'leased', 'waiting', 'unassigned'], limit: 1_000 });
  const lost = await ledger.tells({ recipient, state: 'given-up', limit: 1_000 });
  const said = (tell: Tell): string => {
    const { subject } = render(tell.template, { link: tell.case, caseNo: tell.case, ...tell.data }, out.script, {
      nameOf: (id, script) => site.directory.nameOf(id, script),
    });
    return `${formatDeadline(tell.deliverAt)} ${subject}${tell.lastError ? ` (${tell.lastError})` : ''}`;
  };
  return [
    ...open.map((tell) => ({
      what: 'to be told',
      ok: tell.state === 'pending' || tell.state === 'leased',
      seen: said(tell),
    })),
    ...lost.map((tell) => amiss('given up', said(tell), `say it by other means: zhengling show ${tell.case}`)),
    ...(open.length + lost.length === 0 ? [fine('to be told', 'nothing waits')] : []),
  ];
}

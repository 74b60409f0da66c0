/** The entrance of whoever operates the machine: the data directory itself. */
import { setTimeout as pause } from 'node:timers/promises';
import type {
  BadCursor,
  FeedEvent,
  InboxItem,
  Ledger,
  Page as LedgerPage,
  ListedCase,
  Tell,
} from '../../activities/ledger';
import { render } from '../../locale';
import type { Answer, Request } from '../city';
import { listedShown, viewShown } from '../gateway/shown';
import type { Desk } from './desk';
import type {
  Asked,
  Entrance,
  FeedAsked,
  InboxAsked,
  ListAsked,
  Page,
  Recorded,
  SearchAsked,
  ShownCase,
  ShownItem,
  ShownListed,
  Starting,
} from './entrance';
import { Misused } from './errors';
import { LookedAt } from './looked-at';

const LOOK_EVERY_MS = 500;
const FEED_PAGE = 200;

export class LocalEntrance implements Entrance {
  readonly #looked: LookedAt;

  constructor(private readonly desk: Desk) {
    this.#looked = new LookedAt(desk);
  }

  get out() {
    return this.desk.out;
  }

  async start(name: string, { key, type, ...asked }: Starting): Promise<Answer> {
    const city = await this.desk.city();
    const procedure = city.procedure(name);
    if (!procedure) throw new Misused(`there is no procedure '${name}'; there is ${city.procedureNames.join(', ')}`);
    return city.start(procedure, {
      ...this.#asOperator(asked),
      ...(key === undefined ? {} : { key }),
      ...(type === undefined ? {} : { type }),
    });
  }

  async act(caseId: string, event: string, asked: Asked): Promise<Answer> {
    const city = await this.desk.city();
    const known = await (await this.desk.ledger()).caseView(caseId);
    const procedure = city.procedureOf(known?.machine ?? (await city.view(caseId)).machine);
    return city.act(procedure, caseId, event, this.#asOperator(asked));
  }

  async show(caseId: string): Promise<ShownCase> {
    const city = await this.desk.city();
    const view = await city.view(caseId);
    await this.#looked.at('view', caseId);
    const { script, marks } = this.out;
    return viewShown(view, { ...city.procedureOf(view.machine), marks, script });
  }

  async list(asked: ListAsked): Promise<Page<ShownListed>> {
    return this.#page('list', (ledger) => ledger.listPage(asked));
  }

  async search(asked: SearchAsked): Promise<Page<ShownListed>> {
    return this.#page('search', (ledger) => ledger.search(asked));
  }

  async inbox({ seat: asked, ...query }: InboxAsked): Promise<Page<ShownItem>> {
    const { seat, names } = this.#seat(asked);
    const ledger = await this.desk.ledger();
    const { items, next } = await paged(() => ledger.inbox({ ...query, for: names }));
    await this.#looked.at('inbox', undefined, seat);
    return { items: items.map((item) => this.#itemShown(item)), ...(next === undefined ? {} : { next }) };
  }

  async counts(asked: string | undefined) {
    return (await this.desk.ledger()).counts({ for: this.#seat(asked).names });
  }

  async acknowledge(tell: string, asked: string | undefined): Promise<'acknowledged' | 'already'> {
    const { seat, names } = this.#seat(asked);
    this.desk.attest(seat);
    const ledger = await this.desk.ledger();
    const outcome = await ledger.acknowledge({ tell, by: seat, as: names, at: Date.now(), how: 'cli' });
    if (outcome === 'unknown') throw new Misused(`there is no message '${tell}'; 'zhengling inbox' lists them`);
    if (outcome === 'not-yours') throw new Misused(`the message '${tell}' is not for ${seat}`);
    return outcome;
  }

  async record(caseId: string): Promise<Recorded[]> {
    const entries = await (await this.desk.ledger()).record(caseId);
    if (entries.length === 0) throw new Misused(`the ledger has no case '${caseId}'`);
    await this.#looked.at('record', caseId);
    return entries.map(({ entry, confirmed }) => ({ entry, confirmed }));
  }

  async feed(asked: FeedAsked): Promise<{ items: FeedEvent[]; last: number }> {
    const items = await (await this.desk.ledger()).feed(asked);
    await this.#looked.at('feed', asked.case);
    return { items, last: items.at(-1)?.position ?? asked.after };
  }

  async follow({ after, ...asked }: Omit<FeedAsked, 'limit'>, each: (event: FeedEvent) => void, signal: AbortSignal) {
    const ledger = await this.desk.ledger();
    await this.#looked.at('feed', asked.case);
    for (let position = after; !signal.aborted; ) {
      const events = await ledger.feed({ ...asked, after: position, limit: FEED_PAGE });
      for (const event of events) each(event);
      position = events.at(-1)?.position ?? position;
      if (events.length < FEED_PAGE) await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }

  close(): Promise<void> {
    return this.desk.close();
  }

  async #page(what: string, fetch: (ledger: Ledger) => Promise<LedgerPage<ListedCase>>): Promise<Page<ShownListed>> {
    const ledger = await this.desk.ledger();
    const { items, next } = await paged(() => fetch(ledger));
    await this.#looked.at(what);
    return { items: items.map((one) => listedShown(one, this.out.script)), ...(next === undefined ? {} : { next }) };
  }

  #asOperator({ seat, payload, id, at, onWordOf }: Asked): Request {
    const given = required(seat, '--by');
    this.desk.attest(given);
    return {
      seat: given,
      payload,
      ...(id === undefined ? {} : { id }),
      ...(at === undefined ? {} : { at }),
      ...(onWordOf === undefined ? {} : { onWordOf }),
    };
  }

  #seat(asked: string | undefined): { seat: string; names: string[] } {
    const { site } = this.desk;
    const seat = required(asked, '--as');
    if (!site.directory.seat(seat))
      throw new Misused(`the directory has no seat '${seat}'; 'zhengling seats' lists them`);
    const { namesOf } = require('../rights') as typeof import('../rights');
    return { seat, names: namesOf(seat, site, Date.now()) };
  }

  #itemShown(item: InboxItem): ShownItem {
    if (item.box === 'unread') return { box: 'unread', tell: this.#tellShown(item.tell) };
    return { ...item, case: listedShown(item.case, this.out.script) };
  }

  #tellShown({ id, case: caseId, sequence, recipient, template, data, cite, deliverAt, deliveredAt }: Tell) {
    const { config, directory } = this.desk.site;
    const link = config.link?.replaceAll('{case}', caseId) ?? `zhengling show ${caseId}`;
    const said = render(template, { link, caseNo: caseId, ...data }, this.out.script, {
      nameOf: (one, script) => directory.nameOf(one, script),
    });
    const delivered = deliveredAt === undefined ? {} : { deliveredAt };
    return { id, case: caseId, sequence, recipient, template, ...said, cite, deliverAt, ...delivered };
  }
}

function required(seat: string | undefined, option: string): string {
  if (seat === undefined) throw new Misused(`say in which seat: ${option} SEAT, or ZHENGLING_SEAT`);
  return seat;
}

/** A cursor that is none is a mistake of whoever gave it. */
async function paged<T>(fetch: () => Promise<T>): Promise<T> {
  try {
    return await fetch();
  } catch (error) {
    if ((error as BadCursor).name === 'BadCursor') throw new Misused(`--after: ${(error as Error).message}`);
    throw error;
  }
}

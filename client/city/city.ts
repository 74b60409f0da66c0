import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Ledger } from '../../activities/ledger';
import { type RefusalText, refusalText, type Script } from '../../locale';
import { dateOf, type LawData, yearOf } from '../../workflows/law';
import {
  type AuthorityStamp,
  type CaseData,
  type FactName,
  isOneOf,
  openingsOf,
  type Procedure,
} from '../../workflows/procedures/kit';
import { CaseClient, Unreachable } from '../../workflows/runtime/client';
import {
  type CaseView,
  contentOf,
  digest,
  type Instant,
  type Json,
  type Receipt,
  type Refusal,
  validate,
} from '../../workflows/runtime/workflow';
import { type Authority, AuthorityDesk } from '../authority';
import type { Caller } from '../identity';
import { type Lawbook, lawbookOf } from '../lawbook';
import { classifiedMark } from '../secrecy';
import type { Site } from '../site';
import { type Gatherers, gather } from './facts';
import { FirstReceived } from './first-received';
import { ledgerReceipts } from './ledger-receipts';
import { unknownReference } from './references';
import { ledgerMayBeAway, StampDesk, type Stamped } from './stamp-desk';

/**
 * Who asks for something, in which seat, and on whose word. Without a caller the process itself answers for the seat:
 * drills, samples, the operator of the machine.
 */
export type Asker = ({ caller: Caller; seat?: string } | { caller?: undefined; seat: string }) & {
  onWordOf?: { seat: string; ref: string };
};

export type Request = Asker & {
  payload: Json;
  /** Chosen by the sender; a repetition with the same id is done once. That of a webhook, or made up, when left out. */
  id?: string;
  /** When it happened, where that differs from when it is sent. */
  at?: Instant;
};

/** A receipt with the words an official reads. */
export interface Answer extends Receipt {
  case?: string;
  said?: RefusalText;
}

export interface CityParts {
  site: Site;
  temporal: Client;
  ledger: Ledger;
  /** The name of this entrance; it stands in every stamp. */
  entrance: string;
  /** When acts are received. A drill gives its own clock. */
  clock?: () => Instant;
  procedures: readonly Procedure[];
  /** How facts are gathered, where that differs. */
  gatherers?: Gatherers;
}

/**
 * The entrance to the city's procedures: stamps who acts, checks what can be checked before a case is asked, opens cases
 * and does acts. What is refused comes back as an Answer and is logged; nothing refused is thrown.
 */
export class City {
  readonly cases: CaseClient;
  /** Who presides, who is away, who is in charge: as P01 and the leave cases have told the ledger. */
  readonly authority: Authority;
  /** The law that cases are opened under. */
  readonly lawbook: Lawbook;
  readonly #desk: StampDesk;
  readonly #first = new FirstReceived();
  readonly #parts: CityParts & { clock: () => Instant };

  constructor(parts: CityParts) {
    this.#parts = { clock: Date.now, ...parts };
    this.lawbook = lawbookOf(parts);
    this.authority = new AuthorityDesk(parts.ledger, parts.site.directory);
    this.#desk = new StampDesk({ ...parts, authority: this.authority });
    this.cases = new CaseClient(parts.temporal, {
      taskQueue: parts.site.taskQueue,
      receipts: ledgerReceipts(parts.ledger),
    });
  }

  procedure(name: string): Procedure | undefined {
    return this.#parts.procedures.find((procedure) => procedure.name === name);
  }

  get procedureNames(): string[] {
    return this.#parts.procedures.map(({ name }) => name);
  }

  /**
   * Opens a case. The same `key` opens it once: a repetition answers the case that was opened. Where the act belongs to a
   * case that is open already, it is done there.
   *
   * @param request.key the sender's own key for the matter
   * @param request.type the start event, where the procedure has several
   * @throws Unreachable if server or worker do not answer
   * @throws KeyUnusable if nothing can be signed here
   */
  async start(procedure: Procedure, request: Request & { key?: string; type?: string }): Promise<Answer> {
    const { series, name } = procedure;
    const type = request.type ?? procedure.opening.type;
    const opening = openingsOf(procedure).find((one) => one.type === type);
    const receivedAt = this.#parts.clock();
    const id = idOf(request);
    const asked = this.#asked(id, type, request);
    const marked = classifiedMark(said(request));
    if (marked) return this.#refuseClassified(asked, marked.path);
    if (!opening) {
      const accepted = openingsOf(procedure).map((one) => one.type);
      return this.#refuse(asked, 'malformed', { code: 'unknown-event', params: { event: type }, accepted });
    }
    const stamped = await this.#desk.stamp(procedure, type, request, receivedAt);
    if ('refused' in stamped) return this.#refuse(asked, stamped.outcome, stamped.refused);
    const malformed = validate(opening.schema, request.payload);
    if (malformed) return this.#refuse(asked, 'malformed', malformed);
    const stranger = unknownReference(opening.schema, request.payload, this.#parts.site.directory, receivedAt);
    if (stranger) return this.#refuse(asked, 'malformed', stranger);
    const informed = await this.#informed(stamped, opening.facts, request.payload);
    const { stamp } = informed;
    if (!isOneOf(stamp, opening.who))
      return this.#refuse(asked, 'not-entitled', {
        code: 'not-entitled',
        entitled: [...opening.who],
        params: { event: type, seat: stamp.seat },
      });
    const refusal = opening.refuse(request.payload as never, stamp);
    if (refusal) return this.#refuse(asked, refusal.entitled ? 'not-entitled' : 'rule', refusal);
    const there = opening.route?.(request.payload as never, stamp.facts ?? { asOf: receivedAt }, stamp);
    if (there !== undefined && !(await this.#isOpenedBy(there, id)))
      return this.#act({ procedure, caseId: there, type, request, id, fresh: request.id === undefined }, receivedAt);
    const given = await this.#parts.ledger.giveNumber({
      series,
      year: yearOf(dateOf(receivedAt)),
      key: request.key === undefined ? id : ownKey(request, stamp, request.key),
    });
    const input = opening.input(request.payload as never, stamp);
    const signed = await this.#desk.sign(informed, { case: given.id, id, type: OPENED, payload: input });
    const drill = this.#parts.site.kind === 'drill' ? { drill: { clock: receivedAt } } : {};
    const law = await this.lawbook.lawFor(procedure, receivedAt);
    const data = this.#dataOf(law) as unknown as Json;
    const { view, refused } = await this.cases.start(
      name,
      { id: given.id, actId: id, input, stamp: signed, data, ...drill },
      { summary: this.#summaryOf(procedure, given.id, request.payload) },
    );
    if (refused?.refusal) return this.#refuse({ ...asked, case: given.id }, refused.outcome, refused.refusal);
    const newer = await this.lawbook.noticeSince(law, procedure, this.#parts.clock());
    if (newer) await this.cases.notify(given.id, newer);
    return { ...openedReceipt(view, id, contentOf(OPENED, input)), case: given.id };
  }

  /**
   * Does an act on a case. One that could not be brought to its case counts, when it is sent again under its id, from
   * when it was first received.
   *
   * @throws NoSuchCase, Unreachable, KeyUnusable
   */
  async act(procedure: Procedure, caseId: string, type: string, request: Request): Promise<Answer> {
    const id = idOf(request);
    const fresh = request.id === undefined && messageOf(request) === undefined;
    const sent: Sent = { procedure, caseId, type, request, id, fresh };
    const name = nameOf(sent);
    const receivedAt = this.#first.of(name, this.#parts.clock());
    try {
      const answer = await this.#act(sent, receivedAt);
      const isStale = this.#first.forget(name) && STALE.includes(answer.refusal?.code ?? '');
      return isStale ? await this.#act(sent, this.#parts.clock()) : answer;
    } catch (error) {
      if (error instanceof Unreachable) this.#first.keep(name, receivedAt);
      throw error;
    }
  }

  async #act({ procedure, caseId, type, request, id, fresh }: Sent, receivedAt: Instant): Promise<Answer> {
    const asked = { ...this.#asked(id, type, request), case: caseId };
    const marked = classifiedMark(said(request));
    if (marked) return this.#refuseClassified(asked, marked.path);
    const stamped = await this.#desk.stamp(procedure, type, request, receivedAt, caseId);
    if ('refused' in stamped) return this.#refuse(asked, stamped.outcome, stamped.refused);
    const { payload, at } = request;
    const { schema, facts } = procedure.acts[type] ?? {};
    if (schema && !validate(schema, payload)) {
      const stranger = unknownReference(schema, payload, this.#parts.site.directory, receivedAt);
      if (stranger) return this.#refuse(asked, 'malformed', stranger);
    }
    const claimed = at === undefined ? {} : { at };
    const informed = await this.#informed(stamped, facts, payload);
    const stamp = await this.#desk.sign(informed, { case: caseId, id, type, payload, ...claimed });
    const receipt = await this.cases.act(caseId, { id, type, payload, stamp, ...claimed }, { fresh });
    if (!receipt.refusal) return { ...receipt, case: caseId };
    await this.#log(asked, receipt.refusal);
    return { ...receipt, case: caseId, said: this.#say(receipt.refusal) };
  }

  /** With what the act asked to have put beside it. */
  async #informed(stamped: Stamped, names: readonly FactName[] | undefined, payload: Json): Promise<Stamped> {
    if (!names || names.length === 0) return stamped;
    const asOf = stamped.stamp.receivedAt;
    const { ledger, gatherers } = this.#parts;
    const facts = await gather(
      names,
      { payload, asOf, authority: this.authority, ledger, lawbook: this.lawbook },
      gatherers,
    );
    return { ...stamped, stamp: { ...stamped.stamp, facts } };
  }

  /** A repetition of the act that opened the case it would go to. */
  async #isOpenedBy(caseId: string, actId: string): Promise<boolean> {
    const entry = await this.#parts.ledger.entryOfAct(caseId, actId);
    return entry?.trigger.kind === 'open';
  }

  view(caseId: string): Promise<CaseView> {
    return this.cases.view(caseId);
  }

  /** The procedure a case belongs to, by its machine. */
  procedureOf(machine: string): Procedure {
    const name = machine.split('@')[0]!;
    const found = this.procedure(name);
    if (!found) throw new Error(`this version has no procedure '${name}'; it has ${this.procedureNames.join(', ')}`);
    return found;
  }

  get script(): Script {
    return this.#parts.site.config.script ?? 'hans';
  }

  #say(refusal: Refusal): RefusalText {
    return refusalText(refusal, this.script, { nameOf: (id, script) => this.#parts.site.directory.nameOf(id, script) });
  }

  #asked(id: string, type: string, { payload, caller, seat }: Request): Asked {
    const own = caller?.kind === 'system' ? caller.seat : caller?.seats.length === 1 ? caller.seats[0] : undefined;
    return { id, type, payload, seat: seat ?? own ?? '' };
  }

  #dataOf(law: LawData): CaseData {
    const { directory, mark } = this.#parts.site;
    const leaders = directory.seats.filter((seat) => seat.unit === undefined).map((seat) => seat.id);
    const ids = [...directory.units.map((unit) => unit.id), ...leaders];
    const names = Object.fromEntries(ids.map((id) => [id, directory.nameOf(id, 'hans')]));
    return { law, names, ...(mark ? { mark } : {}) };
  }

  #summaryOf({ title }: Procedure, caseId: string, payload: Json): string {
    const matter = (payload as { title?: string }).title ?? '';
    return `${this.#parts.site.mark ?? ''}${title} ${caseId} ${matter}`.trim();
  }

  async #refuse(asked: Asked, outcome: Receipt['outcome'], refusal: Refusal): Promise<Answer> {
    await this.#log(asked, refusal);
    return this.#refused(asked, outcome, refusal);
  }

  #refused(asked: Asked, outcome: Receipt['outcome'], refusal: Refusal): Answer {
    const said = this.#say(refusal);
    const content = contentOf(asked.type, asked.payload);
    const nothing = { state: [], sequence: 0, recordHash: '', deadlines: [], recorded: 'yes' as const };
    return { outcome, id: asked.id, content, ...nothing, refusal, said, ...(asked.case ? { case: asked.case } : {}) };
  }

  /** Nothing of it is kept, not even under which id it came: where it stands is said to the sender alone. */
  async #refuseClassified(asked: Asked, path: string): Promise<Answer> {
    const refusal = { code: 'classified', path };
    const seat = this.#parts.site.directory.seat(asked.seat) ? asked.seat : '';
    await this.#log({ ...asked, id: '', type: '', seat }, refusal);
    return this.#refused(asked, 'malformed', refusal);
  }

  /** Refusals leave no history in a case; who asked for what and was refused is kept by the entrance. */
  async #log({ id, type, seat, case: caseId }: Asked, { code }: Refusal): Promise<void> {
    const { ledger, entrance, clock } = this.#parts;
    const line = { at: clock(), entrance, seat, actType: type, actId: id, code, ...(caseId ? { case: caseId } : {}) };
    await ledger.logRefusal(line).catch(ledgerMayBeAway);
  }
}

/** What was asked, as far as it may be logged. */
interface Asked {
  id: string;
  type: string;
  payload: Json;
  /** The seat it was asked in; empty where none was named. */
  seat: string;
  case?: string;
}

interface Sent {
  procedure: Procedure;
  caseId: string;
  type: string;
  request: Request;
  id: string;
  /** The id was made up here, for this call. */
  fresh: boolean;
}

/** What a case says to a stamp that waited too long; it is then given a new one. */
const STALE = ['stamp-out-of-order', 'stamp-too-old', 'stamp-standing-old', 'facts-old'];

/** What one act is told from every other by: where, under which id, what, and by whom. */
function nameOf({ caseId, id, type, request }: Sent): string {
  const { caller, seat = null, onWordOf = null, payload, at = null } = request;
  const by = caller?.kind === 'system' ? caller.system : (caller?.person ?? null);
  return digest({ caseId, id, type, by, seat, onWordOf, payload, at });
}

/** The type of an opening in the record. */
const OPENED = 'xstate.init';

const messageOf = ({ caller }: Asker): string | undefined =>
  caller?.kind === 'system' && caller.message !== undefined ? `${caller.system}:${caller.message}` : undefined;

const idOf = (request: Request): string => request.id ?? messageOf(request) ?? randomUUID();

/** A key is its sender's own: another unit that uses the same one speaks of another matter. */
function ownKey({ caller }: Asker, { unit, seat }: AuthorityStamp, key: string): string {
  return caller ? `${unit ?? seat}:${key}` : key;
}

/** Everything of a request that its sender wrote. */
function said({ payload, id, key, seat, onWordOf }: Request & { key?: string }): Json {
  return { payload, ...(onWordOf ? { onWordOf } : {}), id, key, seat };
}

function openedReceipt(view: CaseView, id: string, content: string): Receipt {
  const { state, head, deadlines, recorded } = view;
  return {
    outcome: 'changed',
    id,
    content,
    state,
    sequence: head.sequence,
    recordHash: head.hash,
    deadlines,
    recorded: recorded >= head.sequence ? 'yes' : 'pending',
  };
}

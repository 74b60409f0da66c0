import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Ledger } from '../../activities/ledger';
import { LedgerUnavailable } from '../../activities/ledger';
import { type RefusalText, refusalText, type Script } from '../../locale';
import { dateOf, edition, lawData, yearOf } from '../../workflows/law';
import { type AuthorityStamp, type CaseData, isOneOf, type Procedure } from '../../workflows/procedures/kit';
import { CaseClient } from '../../workflows/runtime/client';
import {
  type CaseView,
  contentOf,
  type Instant,
  type Json,
  type Receipt,
  type Refusal,
  validate,
} from '../../workflows/runtime/workflow';
import { stampFor } from '../authority';
import type { Site } from '../site';
import { ledgerReceipts } from './ledger-receipts';
import { unknownReference } from './references';

/** Who asks for something, in which seat, and on whose word. */
export interface Asker {
  seat: string;
  onWordOf?: { seat: string; ref: string };
}

export interface Request extends Asker {
  payload: Json;
  /** Chosen by the sender; a repetition with the same id is done once. Made up when left out. */
  id?: string;
  /** When it happened, where that differs from when it is sent. */
  at?: Instant;
}

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
}

/**
 * The entrance to the city's procedures: stamps who acts, checks what can be checked before a case is asked, opens cases
 * and does acts. What is refused comes back as an Answer and is logged; nothing refused is thrown.
 */
export class City {
  readonly cases: CaseClient;
  readonly #remembered = new Set<string>();
  readonly #parts: CityParts & { clock: () => Instant };

  constructor(parts: CityParts) {
    this.#parts = { clock: Date.now, ...parts };
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
   * Opens a case. The same `key` opens it once: a repetition answers the case that was opened.
   *
   * @param request.key the sender's own key for the matter
   * @throws Unreachable if server or worker do not answer
   */
  async start(procedure: Procedure, request: Request & { key?: string }): Promise<Answer> {
    const { opening, series, name } = procedure;
    const receivedAt = this.#parts.clock();
    const id = request.id ?? randomUUID();
    const asked = { id, type: opening.type, ...request };
    const stamped = this.#stamp(request, receivedAt);
    if ('refused' in stamped) return this.#refuse(asked, 'not-entitled', stamped.refused);
    const malformed = validate(opening.schema, request.payload);
    if (malformed) return this.#refuse(asked, 'malformed', malformed);
    const stranger = unknownReference(opening.schema, request.payload, this.#parts.site.directory, receivedAt);
    if (stranger) return this.#refuse(asked, 'malformed', stranger);
    const { stamp } = stamped;
    if (!isOneOf(stamp, opening.who))
      return this.#refuse(asked, 'not-entitled', {
        code: 'not-entitled',
        entitled: [...opening.who],
        params: { event: opening.type, seat: stamp.seat },
      });
    const refusal = opening.refuse(request.payload as never);
    if (refusal) return this.#refuse(asked, 'rule', refusal);
    const given = await this.#parts.ledger.giveNumber({
      series,
      year: yearOf(dateOf(receivedAt)),
      key: request.key ?? id,
    });
    await this.#remember(stamp, receivedAt);
    const input = opening.input(request.payload as never, stamp);
    const drill = this.#parts.site.kind === 'drill' ? { drill: { clock: receivedAt } } : {};
    const { view, refused } = await this.cases.start(
      name,
      { id: given.id, actId: id, input, stamp, data: this.#dataOf(procedure, receivedAt) as unknown as Json, ...drill },
      { summary: this.#summaryOf(procedure, given.id, request.payload) },
    );
    if (refused?.refusal) return this.#refuse({ ...asked, case: given.id }, refused.outcome, refused.refusal);
    return { ...openedReceipt(view, id, contentOf('xstate.init', input)), case: given.id };
  }

  /** Does an act on a case. @throws NoSuchCase, Unreachable */
  async act(procedure: Procedure, caseId: string, type: string, request: Request): Promise<Answer> {
    const receivedAt = this.#parts.clock();
    const id = request.id ?? randomUUID();
    const asked = { id, type, case: caseId, ...request };
    const stamped = this.#stamp(request, receivedAt);
    if ('refused' in stamped) return this.#refuse(asked, 'not-entitled', stamped.refused);
    const schema = procedure.acts[type]?.schema;
    if (schema && !validate(schema, request.payload)) {
      const stranger = unknownReference(schema, request.payload, this.#parts.site.directory, receivedAt);
      if (stranger) return this.#refuse(asked, 'malformed', stranger);
    }
    await this.#remember(stamped.stamp, receivedAt);
    const act = {
      id,
      type,
      payload: request.payload,
      stamp: stamped.stamp,
      ...(request.at === undefined ? {} : { at: request.at }),
    };
    const receipt = await this.cases.act(caseId, act, { fresh: request.id === undefined });
    if (!receipt.refusal) return { ...receipt, case: caseId };
    await this.#log(asked, receipt.refusal);
    return { ...receipt, case: caseId, said: this.#say(receipt.refusal) };
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

  #stamp({ seat, onWordOf }: Asker, receivedAt: Instant): { stamp: AuthorityStamp } | { refused: Refusal } {
    const { site, entrance, ledger } = this.#parts;
    const stamped = stampFor({
      directory: site.directory,
      seat,
      entrance,
      receivedAt,
      actorSalt: ledger.salt,
      ...(onWordOf ? { onWordOf } : {}),
    });
    return 'ok' in stamped ? { stamp: stamped.ok } : { refused: stamped.refused };
  }

  /** Who is behind a hash stands apart from the record, and may be forgotten without breaking it. */
  async #remember({ seat, actor }: AuthorityStamp, at: Instant): Promise<void> {
    const person = this.#parts.site.directory.holderOf(seat, at)?.person.id;
    if (actor === undefined || person === undefined || this.#remembered.has(actor)) return;
    await this.#parts.ledger.rememberPerson(actor, person).then(() => this.#remembered.add(actor), ledgerMayBeAway);
  }

  #dataOf(procedure: Procedure, at: Instant): CaseData {
    const { directory, law, mark } = this.#parts.site;
    const leaders = directory.seats.filter((seat) => seat.unit === undefined).map((seat) => seat.id);
    const ids = [...directory.units.map((unit) => unit.id), ...leaders];
    const names = Object.fromEntries(ids.map((id) => [id, directory.nameOf(id, 'hans')]));
    return { law: lawData(edition, procedure.parameters, dateOf(at), law), names, ...(mark ? { mark } : {}) };
  }

  #summaryOf({ title }: Procedure, caseId: string, payload: Json): string {
    const matter = (payload as { title?: string }).title ?? '';
    return `${this.#parts.site.mark ?? ''}${title} ${caseId} ${matter}`.trim();
  }

  async #refuse(asked: Asked, outcome: Receipt['outcome'], refusal: Refusal): Promise<Answer> {
    await this.#log(asked, refusal);
    const said = this.#say(refusal);
    const content = contentOf(asked.type, asked.payload);
    const nothing = { state: [], sequence: 0, recordHash: '', deadlines: [], recorded: 'yes' as const };
    return { outcome, id: asked.id, content, ...nothing, refusal, said, ...(asked.case ? { case: asked.case } : {}) };
  }

  /** Refusals leave no history in a case; who asked for what and was refused is kept by the entrance. */
  async #log({ id, type, seat, case: caseId }: Asked, { code }: Refusal): Promise<void> {
    const { ledger, entrance, clock } = this.#parts;
    const line = { at: clock(), entrance, seat, actType: type, actId: id, code, ...(caseId ? { case: caseId } : {}) };
    await ledger.logRefusal(line).catch(ledgerMayBeAway);
  }
}

type Asked = Asker & { id: string; type: string; payload: Json; case?: string };

function ledgerMayBeAway(error: unknown): void {
  if (!(error instanceof LedgerUnavailable)) throw error;
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

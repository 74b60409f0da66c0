/** The city as a drill moves it: real cases on a server, by the drill's clock. */
import type { Ledger } from '../../activities/ledger';
import type { Procedure } from '../../workflows/procedures/kit';
import { type Instant, type Json, nodesOf } from '../../workflows/runtime/workflow';
import type { Answer, City } from '../city';
import { calendarCaller } from '../schedules/calendar-caller';
import type { DrillWorld, Moved, ScriptedAct } from './coordinator';

/** A clock that stands where the drill stands. */
export class DrillClock {
  now: Instant = 0;
  readonly read = (): Instant => this.now;
}

export interface DrillHouse {
  city: City;
  ledger: Ledger;
  clock: DrillClock;
  /** Delivers what is due by the drill's clock and answers how much, and when something is next. */
  deliver(at: Instant): Promise<{ delivered: number; next: Instant | undefined }>;
  /** Carries what cases ask of one another by the drill's clock and answers whom it reached. */
  carry(at: Instant): Promise<string[]>;
}

export class CityWorld implements DrillWorld {
  delivered = 0;

  constructor(private readonly house: DrillHouse) {}

  async open(act: ScriptedAct) {
    const answer = await this.#at(act, async () =>
      this.house.city.start(this.#procedure(act), {
        ...(act.byCalendar ? { caller: calendarCaller(), id: act.id } : requestOf(act)),
        payload: await this.#filled(act),
        key: act.matter,
        type: act.act,
      }),
    );
    if (answer.refusal || answer.case === undefined) return { refused: answer };
    return this.#moved(answer.case, act.at);
  }

  async act(caseId: string, act: ScriptedAct) {
    const procedure = this.#procedure(act);
    const payload = await this.#filled(act, caseId);
    const receipt = await this.#at(act, () =>
      this.house.city.act(procedure, caseId, act.act, { ...requestOf(act), payload }),
    );
    const closed = receipt.outcome === 'closed' || isEnd(procedure, receipt.state);
    return { receipt, next: closed ? undefined : await this.advance(caseId, act.at) };
  }

  async advance(caseId: string, to: Instant): Promise<Instant | undefined> {
    this.house.clock.now = to;
    const { next, status } = await this.house.city.cases.advance(caseId, to);
    return status === 'closed' ? undefined : (next ?? undefined);
  }

  async carry(at: Instant): Promise<Moved[]> {
    this.house.clock.now = at;
    const moved: Moved[] = [];
    for (const caseId of await this.house.carry(at)) moved.push(await this.#moved(caseId, at));
    return moved;
  }

  async deliver(at: Instant): Promise<Instant | undefined> {
    this.house.clock.now = at;
    const { delivered, next } = await this.house.deliver(at);
    this.delivered += delivered;
    return next;
  }

  async #moved(caseId: string, at: Instant): Promise<Moved> {
    const { status } = await this.house.city.view(caseId);
    return { caseId, next: status === 'closed' ? undefined : await this.advance(caseId, at) };
  }

  #procedure({ procedure, id }: ScriptedAct): Procedure {
    const found = this.house.city.procedure(procedure);
    if (!found) throw new Error(`${id}: this version has no procedure '${procedure}'`);
    return found;
  }

  #at(act: ScriptedAct, ask: () => Promise<Answer>): Promise<Answer> {
    this.house.clock.now = act.at;
    return ask();
  }

  /**
   * What a script cannot know: `@finding:CODE` is the latest finding with that code in the matter, `@version` the latest
   * evaluation of who presides.
   */
  async #filled({ payload }: ScriptedAct, caseId?: string): Promise<Json> {
    const { findingId, version } = payload as { findingId?: string; version?: Json };
    if (version === '@version') {
      const standing = await this.house.ledger.standing();
      if (!standing) throw new Error('nobody says who presides yet');
      return { ...(payload as object), version: standing.version };
    }
    if (caseId === undefined || !findingId?.startsWith('@finding:')) return payload;
    const code = findingId.slice('@finding:'.length);
    const { findings } = (await this.house.city.view(caseId)).context as { findings: { id: string; code: string }[] };
    const found = findings.findLast((finding) => finding.code === code);
    if (!found) throw new Error(`${caseId} has no finding ${code} yet`);
    return { ...(payload as object), findingId: found.id };
  }
}

const requestOf = ({ seat, id, onWordOf }: ScriptedAct) => ({ seat, id, ...(onWordOf ? { onWordOf } : {}) });

/** Whether a case that stands there has closed. */
function isEnd({ machine }: Procedure, state: readonly string[]): boolean {
  const ends = nodesOf(machine.root).filter(({ type, parent }) => type === 'final' && parent === machine.root);
  return state.length === 1 && ends.some(({ key }) => key === state[0]);
}

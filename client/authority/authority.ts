/**
 * Who presides, who is away, who is in charge, as the ledger has it from P01 and the leave cases. Read for every act: what a
 * case has heard since is newer, and the case says so.
 */
import type { Ledger, ListedCase } from '../../activities/ledger';
import { LedgerUnavailable } from '../../activities/ledger';
import {
  type Absence,
  chargeOf,
  type InCharge,
  type Instant,
  namesPlace,
  type PlanSegment,
  running,
  type Standing,
} from '../../workflows/law/machine';
import type { ActingFact, ApplicantFact, LeaveFact } from '../../workflows/procedures/kit';
import { type ApplicantDirectory, applicantOf } from './applicant';
import { Meant, type MeantDirectory } from './meant';

export type { InCharge };

export interface Authority {
  /**
   * As P01 last told it; undefined while no term is open. What was last known, where the ledger does not answer.
   * @throws LedgerUnavailable where it does not answer and nothing was ever known
   */
  standing(): Promise<Standing | undefined>;
  term(): Promise<TermShown | undefined>;
  /** The standing with all absences told to P01, asked for, granted and open. */
  acting(): Promise<ActingFact | undefined>;
  /** Open leave cases of a person that say so. */
  leavesOf(person: string): Promise<LeaveFact[]>;
  /** Undefined for somebody without a seat. */
  applicant(person: string, at: Instant): Promise<ApplicantFact | undefined>;
  /** Whom recipients mean now; by the directory alone, where the ledger does not answer and nothing was ever known. */
  meant(): Promise<Meant>;
  /** As {@link meant}, by what was last known. */
  readonly lastMeant: Meant;
  /** The vice mayor in charge: by entrustment, else by portfolio. */
  vmcOf(asked: InCharge, at: Instant): Promise<string | undefined>;
  /**
   * The entrustment by which a seat is in charge of a case, where an act of this row asks for whoever is.
   * @param known the standing, where it was just read
   */
  chargeIn(
    act: { case: string; row?: number | undefined; seat: string },
    at: Instant,
    known?: Standing,
  ): Promise<string | undefined>;
}

const P01 = 'acting-authority';
const P02 = 'leave-request';
/** More leaves than a city has at once. */
const LEAVES = 500;

/** `absence`: while he is away or has asked to be; of a draft only what it asks for is known. */
type LeaveSummary = {
  leave: Pick<Absence, 'person' | 'seats'> & Partial<Pick<Absence, 'interval'>>;
  absence?: Absence;
  mainState: string;
};
/** What the case of the term says of itself in lists. */
export interface TermShown {
  case: string;
  standing: Standing;
  absences: Absence[];
  plan: PlanSegment[];
  /** Why nobody presides. */
  reason?: string;
  entrustmentAwaited: boolean;
  noticeConfirmed: boolean;
}

type AuthorityDeskDirectory = ApplicantDirectory & MeantDirectory;

export class AuthorityDesk implements Authority {
  readonly #ledger: Pick<Ledger, 'list' | 'caseView'>;
  readonly #directory: AuthorityDeskDirectory;
  #known: { term: ListedCase | undefined } | undefined;

  constructor(ledger: Pick<Ledger, 'list' | 'caseView'>, directory: AuthorityDeskDirectory) {
    this.#ledger = ledger;
    this.#directory = directory;
  }

  async standing(): Promise<Standing | undefined> {
    return (await this.term())?.standing;
  }

  async vmcOf(asked: InCharge, at: Instant): Promise<string | undefined> {
    return this.#vmcOf(asked, at, await this.standing());
  }

  async acting(): Promise<ActingFact | undefined> {
    const term = await this.term();
    if (!term) return undefined;
    const { case: id, standing, absences } = term;
    return { case: id, version: standing.version, absences, standing };
  }

  async leavesOf(person: string): Promise<LeaveFact[]> {
    const open = await this.#ledger.list({ procedure: P02, status: 'open', limit: LEAVES });
    return open.flatMap(({ case: id, summary }) => {
      const { leave, absence, mainState } = summary as unknown as LeaveSummary;
      if (leave.person !== person) return [];
      const interval = absence?.interval ?? leave.interval;
      return [{ case: id, state: mainState, seats: leave.seats, ...(interval ? { interval } : {}) }];
    });
  }

  async applicant(person: string, at: Instant): Promise<ApplicantFact | undefined> {
    const standing = await this.standing();
    const inCharge = (unit: string) => this.#vmcOf({ unit }, at, standing);
    return applicantOf(person, { directory: this.#directory, at, evm: standing?.evm, inCharge });
  }

  #vmcOf(asked: InCharge, at: Instant, standing: Standing | undefined): string | undefined {
    return this.#chargeOf(asked, at, standing)?.seat;
  }

  #chargeOf(asked: InCharge, at: Instant, standing: Standing | undefined) {
    return chargeOf(asked, at, standing?.entrustments ?? [], (unit) => this.#directory.vmcOf(unit, at));
  }

  async chargeIn(
    { case: id, row, seat }: { case: string; row?: number | undefined; seat: string },
    at: Instant,
    known?: Standing,
  ): Promise<string | undefined> {
    if (row === undefined || !namesPlace(row, 'vmc')) return undefined;
    const standing = known ?? (await this.standing());
    const tasks = running(standing?.entrustments ?? [], at).filter(
      ({ act, receiver }) => act === 'task' && receiver === seat,
    );
    if (tasks.length === 0) return undefined;
    const { unit } = ((await this.#ledger.caseView(id))?.summary ?? {}) as { unit?: string };
    const charge = this.#chargeOf({ case: id, ...(unit === undefined ? {} : { unit }) }, at, standing);
    return charge?.seat === seat ? charge.entrustment?.id : undefined;
  }

  /** All that the case of the term says; undefined while none is open. @throws as {@link standing} */
  async term(): Promise<TermShown | undefined> {
    const open = await this.#term();
    return open && { ...(open.summary as unknown as Omit<TermShown, 'case'>), case: open.case };
  }

  async meant(): Promise<Meant> {
    await this.#term().catch(ledgerIsAway);
    return this.lastMeant;
  }

  get lastMeant(): Meant {
    const { standing } = (this.#known?.term?.summary ?? {}) as { standing?: Standing };
    return new Meant(this.#directory, standing);
  }

  async #term(): Promise<ListedCase | undefined> {
    try {
      const [term] = await this.#ledger.list({ procedure: P01, status: 'open', limit: 1 });
      this.#known = { term };
    } catch (error) {
      if (!(error instanceof LedgerUnavailable) || !this.#known) throw error;
    }
    return this.#known.term;
  }
}

function ledgerIsAway(error: unknown): void {
  if (!(error instanceof LedgerUnavailable)) throw error;
}

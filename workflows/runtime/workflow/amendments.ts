/**
 * Acts that the runtime carries out itself. They change where a case stands without a transition of its machine: the last
 * act is taken back, a slip of the record put right, a case repaired by hand.
 */
import type { AnyMachineSnapshot } from 'xstate';
import type { Refused } from './admission';
import type { Chronicle } from './chronicle';
import { Correct } from './correct';
import { DataAct } from './data-change';
import type { DataChange, Definition } from './definition';
import type { DueTable } from './due-table';
import type { LiveMachine } from './live-machine';
import { Recall } from './recall';
import type { CaseView } from './receipt';
import type { Receipts } from './receipts';
import { type Proposal, type ProposalView, Repair } from './repair';
import type { StepBack } from './step-back';
import type { Act, Cite, Head, Instant, Json } from './types';

/** What is amended. */
export interface Amended {
  definition: Definition;
  machine: LiveMachine;
  table: DueTable;
  chronicle: Chronicle;
  receipts: Receipts;
  stepBack: StepBack;
  /** The case as it would be seen, stood it there. */
  viewAs: (snapshot: AnyMachineSnapshot, at: Instant) => CaseView;
  /** What travels with the case, and how other data take its place within a step. */
  data: () => Json;
  alter: (change: DataChange) => void;
}

export interface Amendment {
  /** Why it cannot be done as the case stands. */
  amiss(act: Act): Refused | undefined;
  /** Does it, within a step. */
  carryOut(act: Act): void;
  /** Nobody takes it back. */
  readonly isFinal: boolean;
  /** Where it rests, and what refuses it. */
  readonly cite: Cite | undefined;
}

export class Amendments {
  readonly #kinds = new Map<string, Amendment>();
  readonly #amended: Amended;
  readonly #repair: Repair | undefined;

  constructor(amended: Amended) {
    const { recall, correct, repair, dataActs = {} } = amended.definition;
    this.#amended = amended;
    this.#repair = repair && new Repair(repair, amended);
    for (const [type, spec] of Object.entries(dataActs)) this.#kinds.set(type, new DataAct(spec, amended));
    if (recall) this.#kinds.set(recall.event, new Recall(recall, amended));
    if (correct) this.#kinds.set(correct.event, new Correct(correct, amended));
    if (repair && this.#repair) {
      this.#kinds.set(repair.propose, this.#repair.proposing);
      this.#kinds.set(repair.confirm, this.#repair.confirming);
    }
  }

  of(type: string): Amendment | undefined {
    return this.#kinds.get(type);
  }

  /** Those an official may ask for now. Repairs are an operator's. */
  accepted(): string[] {
    const { definition, stepBack } = this.#amended;
    const { recall, correct, dataActs = {} } = definition;
    const { last } = stepBack;
    const data = this.#amended.data();
    return [
      ...Object.keys(dataActs).filter((type) => dataActs[type]!.isOpen(data)),
      ...(correct && correct.fields.length > 0 ? [correct.event] : []),
      ...(recall && last && !('obstacle' in last) ? [recall.event] : []),
    ];
  }

  /** Who may take back the last act, where `type` is that. */
  owners(type: string): string[] | undefined {
    const { definition, stepBack } = this.#amended;
    const { recall } = definition;
    return recall?.event === type && stepBack.last ? recall.owners(stepBack.last.stamp) : undefined;
  }

  /** The act that may be taken back now. */
  get takeable(): { id: string; type: string; sequence: number } | undefined {
    const { recall } = this.#amended.definition;
    const { last } = this.#amended.stepBack;
    if (!recall || !last || 'obstacle' in last) return undefined;
    const { id, type, sequence } = last;
    return { id, type, sequence };
  }

  get proposal(): Proposal | undefined {
    return this.#repair?.proposal;
  }

  set proposal(proposal: Proposal | undefined) {
    if (this.#repair) this.#repair.proposal = proposal;
  }

  /** The repair that waits for a second person, as it would be done now. Asked within a frame. */
  proposed(at: Instant): ProposalView | undefined {
    return this.#repair?.proposed(at);
  }

  /** The link an act became. */
  recorded(link: Head): void {
    this.#repair?.recorded(link);
  }
}

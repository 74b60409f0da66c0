import type { ProposalView } from './repair';
import type { Cite, Deadline, Head, Instant, Json, Moved, Step } from './types';

/** Why an act was not done. Sentences and remedies are added where people read it, from the host's locale table. */
export interface Refusal {
  code: string;
  cite?: Cite;
  params?: { [key: string]: Json };
  /** Passes with a recorded exception. */
  soft?: boolean;
  /** State paths at the time. */
  state?: string[];
  /** What is accepted now, where that is the answer. */
  accepted?: string[];
  /** Who may do it, where that is the answer. */
  entitled?: string[];
  /** Where the payload is wrong. */
  path?: string;
}

export type Outcome =
  | 'changed'
  /** An allowed event that has neither target nor action here. */
  | 'unchanged'
  | 'not-accepted'
  | 'rule'
  | 'not-entitled'
  /** The id was used for something else. */
  | 'duplicate'
  | 'malformed'
  | 'closed';

export interface Receipt {
  outcome: Outcome;
  /** Of the act. */
  id: string;
  /** Fingerprint of the act's content: the same id with another content is told from a repetition by it. */
  content: string;
  state: string[];
  /** The link of the record this act became; the head of the record where it changed nothing. */
  sequence: number;
  recordHash: string;
  deadlines: Deadline[];
  /** `pending`: accepted, and recorded as soon as the ledger can write again. */
  recorded: 'yes' | 'pending';
  refusal?: Refusal;
  /** This is the first receipt, given again. */
  repeated?: true;
}

export interface CaseView {
  /** Deadlines that a notice would move, where the view was asked for with one. */
  foreseen?: Moved[];
  case: string;
  machine: string;
  status: 'open' | 'closed';
  state: string[];
  tags: string[];
  context: Json;
  accepts: { type: string; entitled: string[] }[];
  deadlines: Deadline[];
  head: Head;
  /** Recorded through this link. */
  recorded: number;
  openedAt: Instant;
  lastSteps: { sequence: number; at: Instant; trigger: string; steps: Step[] }[];
  /** The act that may be taken back now, by its id. */
  takeable?: { id: string; type: string; sequence: number };
  /** A repair that waits for a second person. */
  proposal?: ProposalView;
  drill: boolean;
  now: Instant;
  output?: Json;
}

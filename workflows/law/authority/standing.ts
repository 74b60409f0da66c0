/**
 * Who presides, who is away, who is entrusted with what: the words in which P01, stamps, cases and pages speak of it. Types
 * and not interfaces: JSON, it travels in stamps, notices and projections.
 */

/** Of spec 3.2: A the mayor is here · B he is away, the executive vice mayor here · C both away · D only the latter away. */
export type Column = 'A' | 'B' | 'C' | 'D';

/** Half-open, epoch milliseconds; open-ended without `to`. */
export type Span = {
  from: number;
  to?: number;
};

export type Absence = {
  person: string;
  seats: string[];
  interval: Span;
  basis: 'leave' | 'observed';
  /** The leave case that told it. */
  case: string;
  /** `open`: he is away; the others are planned. */
  state: 'asked' | 'granted' | 'open';
};

export type EntrustedAct = 'preside' | 'chair-standing' | 'chair-party-group' | 'hold-special' | 'task';

export type Entrustment = {
  id: string;
  giver: string;
  receiver: string;
  act: EntrustedAct;
  mode: 'each-time' | 'standing';
  /** What is entrusted, of a task: units, a subject, one case, or words. */
  matter?: Matter;
  period: Span;
  ref: string;
  /** Acts on it count as the receiver's, with the giver named. */
  givenAt: number;
  /** Revoked, or its period over. */
  endedAt?: number;
};

export type Matter = {
  units?: string[];
  subject?: string;
  case?: string;
  text?: string;
};

export const standingStates = [
  'mayor-presiding',
  'evm-presiding',
  'ranked-vm-presiding',
  'awaiting-entrustment',
  'unresolved',
  'term-closed',
] as const;
export type StandingState = (typeof standingStates)[number];

/** The whole of it, as P01 last decided; projected, told to cases by notice, and put into stamps without what is not needed. */
export type Standing = {
  /** The P01 case that keeps it. */
  case: string;
  version: number;
  state: StandingState;
  column: Column;
  /** Seat of whoever presides; absent where nobody does. */
  presider?: string;
  mayor?: string;
  /** Seat of the executive vice mayor, present or not. */
  evm?: string;
  /** Seats of the vice mayors in office, in order of appointment. */
  order: string[];
  /** Seats away now. */
  away: string[];
  /** When the presider last changed. */
  since: number;
  /** When anything of this last changed. */
  asOf: number;
  entrustments: Entrustment[];
};

/** Whether what one side knows is older than what the other does. Versions count within a term, terms follow in time. */
export function isOlder(one: Known, other: Known): boolean {
  if (one.case !== other.case) return one.asOf < other.asOf;
  return one.version < other.version || (one.version === other.version && one.asOf < other.asOf);
}

type Known = Pick<Standing, 'case' | 'version' | 'asOf'>;

/** `from` counts, `to` does not. */
export const covers = ({ from, to }: Span, at: number): boolean => from <= at && (to === undefined || at < to);

export const overlap = (one: Span, other: Span): boolean =>
  (other.to === undefined || one.from < other.to) && (one.to === undefined || other.from < one.to);

/** Entrustments that run at an instant. */
export function running(entrustments: readonly Entrustment[], at: number): Entrustment[] {
  return entrustments.filter(({ period, endedAt }) => endedAt === undefined && covers(period, at));
}

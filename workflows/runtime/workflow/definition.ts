/** What a procedure hands to the runtime: a machine, its outside events, its deadlines, and how it wants to be seen. */
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { TimerPolicy } from './due-table';
import type { Migration } from './migrate';
import type { CaseView, Outcome, Refusal } from './receipt';
import type { Act, Cite, Deadline, Instant, Json, Moved, Notice, Stamp } from './types';

/** The synchronous part of Standard Schema v1 (zod, valibot, arktype): enough to check a payload and name the path. */
export interface Schema<Output = unknown> {
  readonly '~standard': {
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

export interface EventSpec {
  /** `act`: asked, may be refused. `fact`: has happened, no rule refuses it. `notice`: from another case. */
  kind: 'act' | 'fact' | 'notice';
  schema?: Schema;
}

export interface DelaySpec {
  /** Shown where the deadline is shown. */
  label: string;
  cite?: Cite;
  /** What becomes of it at continue-as-new; `deadline` (the instant stands) unless said otherwise. */
  policy?: TimerPolicy;
  /** Housekeeping of the machine that nobody waits for: kept out of views. */
  hidden?: boolean;
}

export interface AttributeValue {
  name: string;
  type: 'TEXT' | 'KEYWORD' | 'INT' | 'DOUBLE' | 'BOOL' | 'DATETIME' | 'KEYWORD_LIST';
  value: string | number | boolean | Date | string[] | null;
}

export interface Presentation {
  /** Markdown for the Temporal UI. Nothing personal: it travels in URLs. */
  details: string;
  /** Search attributes; only what changed is written, at most once per step. */
  attributes: AttributeValue[];
  /** What lists show; kept by the ledger. */
  summary: Json;
}

/** Admission of one act, before any rule is asked: entitlement, stamp, envelope. `undefined` admits it. */
export type Admit = (asked: {
  act: Act;
  snapshot: AnyMachineSnapshot;
  at: Instant;
  /** When it is judged: later than `at` where it was long under way. */
  judgedAt: Instant;
  /** The instant of the last step of the case. */
  last: Instant;
}) => { outcome: Outcome; refusal: Refusal } | undefined;

/** Taking back one's own last act, as long as nothing has followed it. Payload of the act: `{eventId, reason}`. */
export interface RecallSpec {
  /** The type of the act. */
  event: string;
  cite?: Cite;
  /** Whether the act stamped `now` comes from whoever did the one stamped `first`. */
  isOwn: (first: Stamp, now: Stamp) => boolean;
  /** Who may take back what was stamped `first`, for views and refusals. */
  owners: (first: Stamp) => string[];
  /** Kinds of effects that bind others: an act that named one of them stands. */
  binding?: readonly string[];
  /** What the effect `recalled` says besides the link that is taken back. Asked within the step. */
  effect?: () => { [key: string]: Json | undefined };
}

/** One scalar of the context. `*` in its path stands for every place of a list: `source.ref`, `reports.*.doc`. */
export interface CorrectableField {
  path: string;
  schema: Schema;
}

/** Putting right a slip of the record. Payload of the act: `{field, old, new, reason}`; who may, is said by `admit`. */
export interface CorrectSpec {
  event: string;
  cite?: Cite;
  fields: readonly CorrectableField[];
}

/** Where a case stands: snapshot and state paths. */
export interface Stands {
  snapshot: AnyMachineSnapshot;
  state: readonly string[];
}

/** Other data for a case to go by. Part of the step that brings them. */
export interface DataChange {
  data: Json;
  /** Another context in the same place, written without a transition. */
  context?: unknown;
  /**
   * Whether due instants follow: each is counted anew from its arming by its declared delay and the new data. One that
   * its delay does not explain by the old data stands, and one that would lie in the past is due at once.
   */
  recount?: boolean;
  /** Due instants set otherwise; those for which it answers undefined stand. */
  redate?: (name: string, armedAt: Instant) => Instant | undefined;
  /** Clocks of the definition that stop, and that start anew. */
  stop?: readonly string[];
  start?: readonly string[];
  /** What the record keeps of a notice's payload; all of it unless said otherwise. */
  kept?: Json;
  /** Where it rests. */
  cite?: Cite;
  /** Names effects, once everything else of the change stands. */
  effects?: (moved: readonly Moved[], stands: Stands) => void;
}

/** A clock that runs beside the machine and knows the data of the case alone. */
export interface ClockSpec {
  /** Asked within a step, as delays of a machine are. */
  delay: () => number;
  due: (data: Json) => DataChange;
}

/** An act that changes what travels with a case, not where it stands. Who may, is said by `admit`. */
export interface DataActSpec {
  cite?: Cite;
  /** Whether it is waited for. */
  isOpen: (data: Json) => boolean;
  change: (act: Act, data: Json) => DataChange;
}

/** An operator's last resort, by two persons: one proposes, another confirms. Who may, is said by `admit`. */
export interface RepairSpec {
  /** Type of the proposing act, with payload `{state?, set?, reason, second}`. */
  propose: string;
  /** Type of the confirming act, with payload `{proposal}`. */
  confirm: string;
  cite?: Cite;
  /** Why the confirming act is not that of a second person. */
  unfit: (asked: { second: string; proposed: Stamp; confirming: Stamp }) => Refusal | undefined;
}

export interface Definition {
  /** Its `id` is `name@edition`. */
  machine: AnyStateMachine;
  events: Record<string, EventSpec>;
  delays?: Record<string, DelaySpec>;
  /** Editions whose open cases this machine takes over. */
  migrations?: readonly Migration[];
  /** Guards must be rules that carry a code, so that every refusal can be explained. */
  rulesRequired?: boolean;
  admit?: Admit;
  /** Acts that the runtime carries out itself: the machine takes no transition by them. Absent, there is none such. */
  recall?: RecallSpec;
  correct?: CorrectSpec;
  repair?: RepairSpec;
  /** What a context must be, to check one that is put in by hand. Asked for only then. */
  contextSchema?: () => Schema;
  /** Who may send an event now, for views. */
  entitled?: (type: string, snapshot: AnyMachineSnapshot) => string[];
  /** The parts of the context that views may show. */
  expose?: (snapshot: AnyMachineSnapshot) => Json;
  present?: (view: CaseView, snapshot: AnyMachineSnapshot) => Presentation;
  /** The text on the case's one Temporal timer. */
  timerSummary?: (deadline: Deadline) => string;
  printInstant?: (instant: Instant) => string;
  /** What the record keeps of an act's stamp. The whole stamp unless said otherwise. */
  recordedBy?: (act: Act) => Json;
  /** Called with every notice before the machine: may answer new case data (a calendar, an edition). */
  onNotice?: (notice: Notice, data: Json, context: unknown) => DataChange | undefined;
  /** By name; their labels stand among `delays`. */
  clocks?: Record<string, ClockSpec>;
  /** By the type of the act. */
  dataActs?: Record<string, DataActSpec>;
}

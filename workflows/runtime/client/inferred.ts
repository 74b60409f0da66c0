/** What a machine's own types say about its cases: what opens one, what may be sent to it, what is seen of it. */
import type {
  AnyStateMachine,
  ContextFrom,
  EventFromLogic,
  EventObject,
  InputFrom,
  OutputFrom,
  SnapshotFrom,
  TagsFrom,
} from 'xstate';
import type { CaseResult } from '../workflow/protocol';
import type { CaseView } from '../workflow/receipt';

/**
 * What types are inferred from: a machine, or better the definition it runs with, written with `satisfies Definition`,
 * which says also which events come from outside and what part of the context is shown.
 */
export type CaseSource = AnyStateMachine | { machine: AnyStateMachine; events?: object; expose?: unknown };

export type MachineOf<Source> = Source extends AnyStateMachine
  ? Source
  : Source extends { machine: infer Machine extends AnyStateMachine }
    ? Machine
    : never;

/** Fields of an event that the runtime adds; nobody sends them as payload. */
type RuntimeField = 'type' | 'stamp' | 'at' | 'notice';

/** Event types the definition takes from people; of a machine alone, all that are not notices. */
type Announced<Source> = Source extends AnyStateMachine
  ? string
  : Source extends { events: infer Events extends object }
    ? { [Type in keyof Events]: Events[Type] extends { kind: 'notice' } ? never : Type }[keyof Events]
    : string;

type FromOutside<Event extends EventObject> = Event extends { notice: object }
  ? never
  : Event['type'] extends `xstate.${string}`
    ? never
    : Event;

type ActEvent<Source> = FromOutside<EventFromLogic<MachineOf<Source>>>;

/** The types of events that may be sent to a case. */
export type ActType<Source> = Extract<ActEvent<Source>['type'], Announced<Source>>;

type Fields<Event> = {
  [Field in keyof Event as Field extends RuntimeField ? never : Field]: Sendable<Event[Field]>;
};
type OrNothing<Payload> = [keyof Payload] extends [never] ? Record<string, never> : Payload;
type PayloadOfEvent<Event> = Event extends unknown ? OrNothing<Fields<Event>> : never;

/** The payload of an event: its fields without those the runtime adds. */
export type PayloadOf<Source, Type extends string> = PayloadOfEvent<Extract<ActEvent<Source>, { type: Type }>>;

type Any<T> = 0 extends 1 & T ? true : false;
type NotJson = bigint | symbol | ((...args: never[]) => unknown) | Map<unknown, unknown> | Set<unknown>;

/** What reaches the machine as it was sent. A Date would arrive as text: instants are sent as numbers. */
export type Sendable<T> =
  Any<T> extends true
    ? T
    : T extends Date | NotJson
      ? never
      : T extends object
        ? { [Key in keyof T]: Sendable<T[Key]> }
        : T;

/** What a value has become after its way as JSON. */
export type Wire<T> =
  Any<T> extends true
    ? T
    : T extends Date
      ? string
      : T extends NotJson
        ? never
        : T extends object
          ? { [Key in keyof T]: Wire<T[Key]> }
          : T;

/** What opens a case: the machine's input. */
export type OpeningOf<Source> = Sendable<InputFrom<MachineOf<Source>>>;

/** The part of the context that is shown; of a machine alone, all of it. */
export type ExposedOf<Source> = Source extends AnyStateMachine
  ? Wire<ContextFrom<Source>>
  : Source extends { expose: (...args: never[]) => infer Exposed }
    ? Wire<Exposed>
    : null;

export type OutputOf<Source> = Wire<OutputFrom<MachineOf<Source>>>;

type Paths<Value, Prefix extends string = ''> = Value extends string
  ? `${Prefix}${Value}`
  : {
      [Key in keyof Value & string]: `${Prefix}${Key}` | Paths<Exclude<Value[Key], undefined>, `${Prefix}${Key}.`>;
    }[keyof Value & string];

type ValueOf<Machine extends AnyStateMachine> = SnapshotFrom<Machine>['value'];

/** Paths of a machine's states, such as `open` and `open.course`; the root of a machine without states is `(root)`. */
export type StatePath<Source> =
  string extends ValueOf<MachineOf<Source>> ? string : Paths<ValueOf<MachineOf<Source>>> | '(root)';

export interface TypedView<Source> extends Omit<CaseView, 'state' | 'tags' | 'context' | 'accepts' | 'output'> {
  state: StatePath<Source>[];
  tags: TagsFrom<MachineOf<Source>>[];
  context: ExposedOf<Source>;
  accepts: { type: ActType<Source>; entitled: string[] }[];
  output?: OutputOf<Source>;
}

export interface TypedResult<Source> extends Omit<CaseResult, 'state' | 'output'> {
  state: StatePath<Source>[];
  output?: OutputOf<Source>;
}

import type { AnyStateMachine } from 'xstate';
import type { Definition, DelaySpec, Effect, Json, RecordEntry } from '../../../workflows/runtime/workflow';

/**
 * Milliseconds between two stages. Delays of the trials are odd multiples of half of it, so that both never meet. An act
 * comes at least one and a half before the timers it must precede: that is what a lane on a real clock may be late by.
 */
export const UNIT = 6_000;

/** What is expected of a case at one point of its script. */
export interface Standing {
  /** Paths of the active leaves. */
  state: string[];
  tags?: string[];
  /** The context, or whatever the trial exposes. */
  shows?: Json;
  output?: Json;
}

export interface Stage extends Standing {
  /** When, in UNITs after the opening. */
  at: number;
  /** The act sent then; without one, time only passes. */
  send?: string;
  payload?: { [key: string]: Json };
  /** Outcome and code of the receipt where the act is not taken. */
  answer?: string;
  /** The entries written since the stage before, see {@link lineOf}. */
  course: string[];
}

/** A small machine, what is done to it, and what must come of it, whichever way it runs. */
export interface Trial {
  id: string;
  /** What it shows, as a sentence. */
  shows: string;
  definition: Definition;
  input: Json;
  opens: Standing & { emits?: string[] };
  stages: Stage[];
  /** Why a plain XState actor cannot be held against it. */
  apart?: string;
  /** It waits for activities, whose results come when they come. */
  waits: boolean;
}

export interface TrialSpec extends Pick<Trial, 'id' | 'shows' | 'opens' | 'stages' | 'apart'> {
  /** Made when it is needed: a case must not pay for the machines of all trials. */
  machine: () => AnyStateMachine;
  /** Events that can be sent to it as acts. */
  acts: string[];
  input?: Json;
  delays?: Record<string, DelaySpec>;
  expose?: Definition['expose'];
  waits?: true;
}

export function trial(spec: TrialSpec): Trial {
  const { id, shows, opens, stages, apart, input = {}, waits } = spec;
  let made: Definition | undefined;
  return {
    id,
    shows,
    get definition() {
      made ??= definitionOf(spec);
      return made;
    },
    input,
    opens,
    stages,
    ...(apart ? { apart } : {}),
    waits: waits === true,
  };
}

function definitionOf({ machine, acts, delays, expose }: TrialSpec): Definition {
  return {
    machine: machine(),
    events: Object.fromEntries(acts.map((type) => [type, { kind: 'act' }])),
    expose: expose ?? ((snapshot) => snapshot.context as Json),
    ...(delays ? { delays } : {}),
  };
}

/**
 * One entry as one line: `<instant in UNITs> <trigger>: <transitions> [<emitted>] = <leaves>`. A result of an activity
 * comes when it comes: its instant is `~`.
 */
export function lineOf(entry: RecordEntry, opened: number): string {
  const at = entry.trigger.kind === 'result' ? '~' : String((Date.parse(entry.happenedAt) - opened) / UNIT);
  const steps = entry.steps.map(({ from, to }) => `${from}>${to.join('+')}`).join(', ');
  const emitted = entry.effects.map(emittedOf).join(', ');
  return `${at} ${entry.trigger.type}: ${steps}${emitted && ` [${emitted}]`} = ${entry.state.join(' ')}`;
}

export function emittedOf({ event }: Effect): string {
  const { type, ...rest } = event as { type: string };
  return Object.keys(rest).length === 0 ? type : `${type} ${JSON.stringify(rest)}`;
}

/** The emitted events that a course line names. */
export function emittedIn(line: string): string | undefined {
  return /\[(.*)\] = /.exec(line)?.[1];
}

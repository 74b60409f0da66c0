import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../activities/directory';
import { parseInstant } from '../../workflows/law';
import type { Instant, Json } from '../../workflows/runtime/workflow';
import type { ScriptedAct } from './coordinator';
import { type CourseLine, readCourse } from './course';

interface Message {
  at: string;
  matter: string;
  /** What the matter is; `supervision-item` where no message of it says so. */
  procedure?: string;
  from: { seat: string };
  onWordOf?: { seat: string; ref: string };
  id: string;
  act: string;
  payload: Json;
}

/** A drill as a folder: what people send, the course it must take, and what the record must end with. */
export interface DrillScript {
  name: string;
  acts: ScriptedAct[];
  course: CourseLine[];
  sealed: Seal;
  /** Cases stand still once the last message is in and the course has come to its end: a term of office goes on for years. */
  until: Instant;
}

/** Hash of the last link written, and of all heads together. */
export interface Seal {
  lastHash: string;
  headsHash: string;
}

const drillsFolder = (): string => join(packageRoot(), 'client', 'drill');
export const drillFolder = (name: string): string => join(drillsFolder(), name);

const USUAL_PROCEDURE = 'supervision-item';

/** Drills this version comes with, in the order of their names. */
export const drillNames = (): string[] =>
  readdirSync(drillsFolder(), { withFileTypes: true })
    .filter((one) => one.isDirectory() && existsSync(join(drillsFolder(), one.name, 'messages.json')))
    .map(({ name }) => name)
    .sort();

/** The messages of a drill, in the order received. */
export function readScript(name: string): ScriptedAct[] {
  const messages = JSON.parse(readFileSync(join(drillFolder(name), 'messages.json'), 'utf8')) as Message[];
  const procedures = new Map(messages.flatMap(({ matter, procedure }) => (procedure ? [[matter, procedure]] : [])));
  return messages.map(({ at, matter, from, onWordOf, id, act, payload }) => ({
    at: parseInstant(at),
    matter,
    procedure: procedures.get(matter) ?? USUAL_PROCEDURE,
    seat: from.seat,
    ...(onWordOf ? { onWordOf } : {}),
    id,
    act,
    payload,
  }));
}

export function readDrill(name: string): DrillScript {
  const folder = drillFolder(name);
  const acts = readScript(name);
  const seal = join(folder, 'seal.json');
  const unsealed = { lastHash: '', headsHash: '' };
  const course = readCourse(readFileSync(join(folder, 'course.tsv'), 'utf8'));
  return {
    name,
    acts,
    course,
    sealed: existsSync(seal) ? (JSON.parse(readFileSync(seal, 'utf8')) as Seal) : unsealed,
    until: Math.max(...acts.map(({ at }) => at), ...course.map(({ at }) => parseInstant(at))),
  };
}

/** `@case:M1` in a payload is the number of that matter's case. @throws Error where it has none yet */
export function withCases(act: ScriptedAct, cases: ReadonlyMap<string, string>): ScriptedAct {
  return { ...act, payload: replaced(act.payload) };

  function replaced(value: Json): Json {
    if (typeof value === 'string') return value.startsWith('@case:') ? caseOf(value.slice('@case:'.length)) : value;
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, one === undefined ? one : replaced(one)]),
    );
  }

  function caseOf(matter: string): string {
    const id = cases.get(matter);
    if (id === undefined) throw new Error(`${act.id}: the matter ${matter} has no case yet`);
    return id;
  }
}

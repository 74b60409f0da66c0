import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../activities/directory';
import { parseInstant } from '../../workflows/law';
import type { Json } from '../../workflows/runtime/workflow';
import type { ScriptedAct } from './coordinator';

interface Message {
  at: string;
  matter: string;
  from: { seat: string };
  id: string;
  act: string;
  payload: Json;
}

export const drillFolder = (name: string): string => join(packageRoot(), 'client', 'drill', name);

/** The messages of a drill, in the order received. */
export function readScript(name: string): ScriptedAct[] {
  const messages = JSON.parse(readFileSync(join(drillFolder(name), 'messages.json'), 'utf8')) as Message[];
  return messages.map(({ at, matter, from, id, act, payload }) => ({
    at: parseInstant(at),
    matter,
    seat: from.seat,
    id,
    act,
    payload,
  }));
}

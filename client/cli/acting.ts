/** Commands that change something: open a case, act on one, acknowledge a message. */
import { readFileSync } from 'node:fs';
import { cliText } from '../../locale';
import { parseInstant } from '../../workflows/law';
import type { Json } from '../../workflows/runtime/workflow';
import type { Answer } from '../city';
import type { Asked } from './entrance';
import { Misused } from './errors';
import { type Out, tell } from './out';
import { answerText } from './output';
import { atEntrance, type Reaching } from './run';

export interface Acting extends Reaching {
  by?: string;
  input?: string;
  payload?: string;
  id?: string;
  key?: string;
  at?: string;
  onWordOf?: string;
  ref?: string;
}

export function start(procedure: string, event: string | undefined, options: Acting): Promise<void> {
  return atEntrance(options, async (entrance) =>
    answered(entrance.out, await entrance.start(procedure, { ...askedBy(options), key: options.key, type: event })),
  );
}

export function act(caseId: string, event: string, options: Acting): Promise<void> {
  return atEntrance(options, async (entrance) =>
    answered(entrance.out, await entrance.act(caseId, event, askedBy(options))),
  );
}

/** Several at once, each with its own outcome. */
export function acknowledge(tells: readonly string[], options: Reaching): Promise<void> {
  return atEntrance(options, async (entrance) => {
    const outcomes = [];
    for (const id of tells) outcomes.push({ tell: id, outcome: await entrance.acknowledge(id, options.as) });
    tell(entrance.out, outcomes, (all) =>
      all.map((one) => `${one.tell}　${cliText(one.outcome, entrance.out.script)}`).join('\n'),
    );
    return 0;
  });
}

function answered(out: Out, answer: Answer): number {
  tell(out, answer, () => answerText(out, answer));
  return answer.refusal ? 1 : 0;
}

/** What the flags ask for. @throws Misused where they contradict each other or cannot be read */
export function askedBy({ by, id, at, onWordOf, ref, input, payload }: Acting): Asked {
  if (input !== undefined && payload !== undefined)
    throw new Misused('give the payload by --input or by --payload, not both');
  if (onWordOf !== undefined && ref === undefined)
    throw new Misused('--on-word-of needs --ref: the paper that shows what was said');
  return {
    seat: by,
    payload: payload === undefined ? readInput(input) : parse(payload, '--payload'),
    id,
    ...(at === undefined ? {} : { at: instant(at) }),
    ...(onWordOf === undefined ? {} : { onWordOf: { seat: onWordOf, ref: ref! } }),
  };
}

function instant(text: string): number {
  try {
    return parseInstant(text);
  } catch (error) {
    throw new Misused(`--at: ${(error as Error).message}`);
  }
}

function readInput(file: string | undefined): Json {
  if (file === undefined) return {};
  try {
    return parse(readFileSync(file === '-' ? 0 : file, 'utf8'), file);
  } catch (error) {
    if (error instanceof Misused) throw error;
    throw new Misused(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function parse(text: string, from: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Misused(`${from} is not valid JSON: ${(error as Error).message}`);
  }
}

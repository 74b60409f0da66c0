/** Refusals as problem details (RFC 9457): what is wrong, on what ground, and what would make it right. */
import type { FastifyReply } from 'fastify';
import { citationText, type RefusalText, refusalText, type Script, statusTitle } from '../../locale';
import { articlesOf, type Citation } from '../../workflows/law';
import type { Outcome, Refusal } from '../../workflows/runtime/workflow';
import type { Answer } from '../city';
import type { Site } from '../site';

export interface Problem {
  /** Where the refusal is described. */
  type: string;
  title: string;
  status: number;
  /** The sentence an official reads. */
  detail: string;
  /** This answer, by the id of its request. */
  instance: string;
  code: string;
  /** What would make it right. */
  remedy: string;
  /** 第六十一条 …, or 本系统规定 where no article says so. */
  ground: string;
  articles?: number[];
  outcome?: Outcome;
  case?: string;
  /** The id of the act. */
  id?: string;
  path?: string;
  state?: string[];
  accepted?: string[];
  entitled?: string[];
  params?: Refusal['params'];
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Where the table of all codes stands. */
export const PROBLEMS = '/v1/problems';

const statusOfOutcome: Record<Outcome, number> = {
  changed: 200,
  unchanged: 409,
  'not-accepted': 409,
  rule: 422,
  'not-entitled': 403,
  duplicate: 409,
  malformed: 400,
  closed: 410,
};

/** Codes that say more than their outcome: what is well written and names what there is not, is no matter of form. */
const statusOfCode: Record<string, number> = { classified: 422, 'too-large': 413 };
const namesNothing = ['unit-unknown', 'seat-unknown', 'person-unknown', 'correct-field'];

export function statusOf(outcome: Outcome, code: string): number {
  if (outcome === 'malformed' && namesNothing.includes(code)) return 422;
  return statusOfCode[code] ?? statusOfOutcome[outcome];
}

/** Says refusals in the words and the script of a site. */
export class Speaker {
  constructor(readonly site: Pick<Site, 'directory' | 'config'>) {}

  get script(): Script {
    return this.site.config.script ?? 'hans';
  }

  nameOf = (id: string, script: Script = this.script): string => this.site.directory.nameOf(id, script);

  problem(
    status: number,
    refusal: Refusal,
    instance: string,
    more: Partial<Problem> = {},
    said?: RefusalText,
  ): Problem {
    const { sentence, remedy, citation } = said ?? refusalText(refusal, this.script, { nameOf: this.nameOf });
    const { code, path, state, accepted, entitled, params } = refusal;
    const articles = articlesBehind(refusal);
    return {
      type: `${PROBLEMS}#${code}`,
      title: statusTitle(status, this.script),
      status,
      detail: written(sentence),
      instance: `urn:uuid:${instance}`,
      code,
      remedy,
      ground: citation ?? citationText({ basis: 'chosen' }, this.script),
      ...(articles.length > 0 ? { articles } : {}),
      ...defined({ path: path && written(path), state, accepted, entitled, params }),
      ...more,
    };
  }
}

/** Sentences may repeat what was sent; what no screen can show is left out of them. */
function written(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
}

/** What is chosen never shows an article as its ground. */
function articlesBehind({ cite }: Refusal): number[] {
  const citation = cite as Citation | undefined;
  return citation?.basis === 'stated' || citation?.basis === 'derived' ? articlesOf(citation) : [];
}

function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** Answers a request with a refusal. */
export function refuse(
  reply: FastifyReply,
  status: number,
  refusal: Refusal,
  more: Partial<Problem> = {},
): FastifyReply {
  const { speaker } = reply.server;
  return send(reply, speaker.problem(status, refusal, reply.request.id, more));
}

/** Answers an act or opening that was refused. */
export function refuseAnswer(reply: FastifyReply, answer: Answer & { refusal: Refusal }): FastifyReply {
  const { outcome, refusal, said, id, case: caseId } = answer;
  const status = statusOf(outcome, refusal.code);
  const more = { outcome, ...(id ? { id } : {}), ...(caseId === undefined ? {} : { case: caseId }) };
  return send(reply, reply.server.speaker.problem(status, refusal, reply.request.id, more, said));
}

export function isRefused(answer: Answer): answer is Answer & { refusal: Refusal } {
  return answer.refusal !== undefined;
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  reply.server.counters.refusals.inc({ code: problem.code, status: problem.status });
  if (problem.status === 503) reply.header('retry-after', '2');
  return reply.code(problem.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem));
}

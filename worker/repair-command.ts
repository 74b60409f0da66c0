/** `zhengling case repair`, for the command line: proposes, or confirms what another has proposed. */

import type { Answer } from '../client/city';
import { Desk } from '../client/cli/desk';
import { answerText } from '../client/cli/output';
import type { Caller } from '../client/identity';
import { formatDeadline } from '../workflows/law';
import type { ProposalView } from '../workflows/runtime/workflow';
import { confirmRepair, proposeRepair } from './repair';

export interface RepairOptions {
  data: string;
  json?: boolean;
  /** The seat that acts: it proposes, or confirms. */
  by: string;
  /** The seat that is to confirm. Given, this proposes; left out, this confirms. */
  second?: string;
  state?: readonly string[];
  set?: readonly string[];
  reason?: string;
  /** The link of the proposal to confirm; whichever waits, if left out. */
  proposal?: number;
  /** Who acts, where the installation identifies persons. */
  caller?: Caller;
}

/**
 * Proposes a repair (with `second`) or confirms one (without), prints what is or would be changed, and answers whether it
 * was taken.
 *
 * @throws Misused, CannotStart, NoSuchCase, Unreachable
 */
export async function repairCase(caseId: string, options: RepairOptions): Promise<boolean> {
  const desk = Desk.open(options);
  try {
    const { by, second, caller } = options;
    const parts = { city: await desk.city(), identifies: desk.site.config.identity?.issuer !== undefined };
    const who = { seat: by, ...(caller ? { caller } : {}) };
    if (!caller) desk.attest(by);
    const { state = [], set = [], reason = '', proposal } = options;
    const { answer, proposal: would }: { answer: Answer; proposal?: ProposalView } =
      second === undefined
        ? { answer: await confirmRepair(parts, caseId, who, proposal) }
        : await proposeRepair(parts, caseId, { state, set, reason }, { first: who, second });
    desk.out.print(
      desk.out.json
        ? JSON.stringify(would ? { ...answer, proposal: would } : answer)
        : [answerText(desk.out, answer), ...(would ? [proposalText(would)] : [])].join('\n'),
    );
    return answer.refusal === undefined;
  } finally {
    await desk.close();
  }
}

/** What a proposal would change, for whoever is to confirm it. */
export function proposalText({ sequence, reason, second, changes, ends, begins, refused }: ProposalView): string {
  if (refused) return `提请第 ${sequence} 号已不能照办（${refused.code}），请重新提请。`;
  const value = (one: unknown) => (one === null ? '（无）' : JSON.stringify(one));
  return [
    `尚未改变。提请第 ${sequence} 号，须由席位 ${second} 的另一人复核。理由：${reason}`,
    ...changes.map(({ at, before, after }) => `  ${at}　${value(before)} → ${value(after)}`),
    ...ends.map((name) => `  期限不再计：${name}`),
    ...begins.map(({ name, dueAt }) => `  期限自复核时起计：${name}（如此刻复核，${formatDeadline(dueAt)}）`),
  ].join('\n');
}

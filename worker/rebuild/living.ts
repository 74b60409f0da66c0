/** One case, as Temporal knows it, beside what the ledger shows of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Ledger, ListedCase } from '../../activities/ledger';
import type { Procedure } from '../../workflows/procedures/kit';
import type { CaseClient } from '../../workflows/runtime/client';
import { type CaseView, digest, type Json } from '../../workflows/runtime/workflow';
import { marksOf, shownByCase } from './shown';

export interface LivingParts {
  ledger: Pick<Ledger, 'caseView' | 'record' | 'confirm' | 'replaceView' | 'reached'>;
  temporal: Client;
  cases: Pick<CaseClient, 'view'>;
  procedureOf(machine: string): Procedure;
}

/**
 * `same`: the ledger shows what the case says. `other`: it shows something else, or nothing. `unconfirmed`: it holds what
 * the case says and did not know it. `behind`: its record lacks links that the case has handed over.
 */
export type Found =
  | { found: 'same' }
  | { found: 'other' | 'unconfirmed'; repair(): Promise<boolean> }
  | { found: 'behind'; has: number; lacks: number };

/** A case may take steps while it is looked at: what is found counts once it is found twice of the same step. */
const LOOKS = 20;
const PAUSE_MS = 50;
/** The newest link is always unconfirmed for a while; the delivery loop asks its case within seconds. */
const CONFIRMED_WITHIN_MS = 60_000;

/** @throws NoSuchCase, Unreachable, LedgerUnavailable */
export async function compare(parts: LivingParts, caseId: string): Promise<Found> {
  let before: string | undefined;
  for (let look = 1; ; look += 1) {
    const view = await parts.cases.view(caseId);
    const found = await compareWith(parts, view);
    const what = `${found.found} ${view.head.sequence} ${view.recorded}`;
    if (found.found === 'same' || what === before || look === LOOKS) return found;
    before = what;
    await sleep(PAUSE_MS);
  }
}

async function compareWith({ ledger, temporal, procedureOf }: LivingParts, view: CaseView): Promise<Found> {
  const { case: caseId } = view;
  const [listed, record] = [await ledger.caseView(caseId), await ledger.record(caseId)];
  const has = record.length;
  if (has < view.recorded) return { found: 'behind', has, lacks: view.recorded };
  // What the case has not handed over yet is no difference: it will. What it will take back is put right by its next flush.
  if (has !== view.head.sequence) return { found: 'same' };
  const marks = marksIn(listed) ?? (await marksOf(temporal, caseId));
  const shown = shownByCase(view, procedureOf(view.machine), marks);
  const confirm = async () => (await ledger.confirm(caseId, view.head)).confirmed > 0;
  const replace = async () => {
    const replaced = (await ledger.replaceView(shown)) === 'replaced';
    await confirm();
    return replaced;
  };
  if (!listed || digest(listed) !== digest(shown)) return { found: 'other', repair: replace };
  const last = record.at(-1);
  if (!last || last.confirmed || Date.now() - last.firstWrittenAt < CONFIRMED_WITHIN_MS) return { found: 'same' };
  return { found: 'unconfirmed', repair: confirm };
}

function marksIn(listed: ListedCase | undefined): readonly string[] | undefined {
  const { marks } = (listed?.summary ?? {}) as { marks?: Json };
  return Array.isArray(marks) ? (marks as string[]) : undefined;
}

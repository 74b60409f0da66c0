/** The effects procedures name. What is told goes out by the ledger's delivery loop, at once or when offices open. */
import { type Citation, nextNoticeInstant } from '../../law/machine';
import { emitEffect, type Json, now } from '../../runtime/workflow';
import { calendar } from './case-law';

export interface Tell {
  /** Seats, or `evm`. Resolved to persons when it is delivered. */
  to: readonly (string | undefined)[];
  template: string;
  cite: Citation;
  data?: { [key: string]: Json | undefined };
  /** Goes out at any hour (spec 2.0b "Clocks": P01, P31-P33, a meeting on its day). */
  atOnce?: true;
}

/** Tells seats; a seat named twice is told once, a seat that does not exist in this case is left out. */
export function tell({ to, template, cite, data, atOnce }: Tell): void {
  const recipients = [...new Set(to.filter((seat) => seat !== undefined))];
  if (recipients.length === 0) return;
  const deliverAt = atOnce ? now() : nextNoticeInstant(calendar(), now());
  emitEffect({ kind: 'tell', to: recipients, template, cite: cite as Json, ...(data ? { data } : {}), deliverAt });
}

export function recordFinding(finding: {
  id: string;
  code: string;
  cite: Citation;
  unit?: string;
  evidence?: string;
}): void {
  emitEffect({ kind: 'finding', ...finding, cite: finding.cite as Json });
}

export function recordTask(task: string, cite: Citation): void {
  emitEffect({ kind: 'task', task, owner: 'X1', cite: cite as Json });
}

/** A paper the machine drafts; a person decides about it. */
export function draftPaper(paper: string, cite: Citation, data: { [key: string]: Json | undefined } = {}): void {
  emitEffect({ kind: 'paper', paper, cite: cite as Json, ...data });
}

/** One rung of an escalation chain. */
export function press({ to, cite }: { to: readonly string[]; cite: Citation }): void {
  tell({ to, template: 'desk.overdue', cite });
}

/**
 * Carries one errand: finds whom it is for, sends or opens, and answers what became of it at each receiver. Killed at any
 * point it may be done again: a notice keeps its id and sequence, an opening its key, and whoever had it takes no notice of
 * it twice.
 */
import type { Instant, Json, Notice } from '../../workflows/runtime/workflow/types';
import type { ClaimedErrand, ErrandEffect, ErrandReceipt, Ledger, OpenCase } from '../ledger';
import { several } from '../notify/ticker';
import type { Pace } from './pace';

type Promised<T> = T | Promise<T>;
type CaseNotice = Extract<ErrandEffect, { kind: 'notifyCase' }>;
type CaseStart = Extract<ErrandEffect, { kind: 'startCase' }>;

/** An opening as it is handed to the entrance. */
export interface Opening extends Omit<CaseStart, 'kind'> {
  /** The id of the opening act: always the same for one errand. */
  id: string;
  /** The case that asks for it. */
  from: string;
}

export type Opened = { case: string } | { refused: string };

export interface CarrierOptions {
  ledger: Pick<Ledger, 'openCases' | 'caseView' | 'noteReceipts' | 'keepErrands'>;
  /**
   * Hands a notice to a case.
   * @throws whatever says that it is not known whether it arrived: it is then sent again
   */
  notify(caseId: string, notice: Notice): Promise<'sent' | 'closed' | 'unknown'>;
  /**
   * Opens a case in the name of a seat; the same key again answers the case that was opened.
   * @throws whatever says that it is not known whether it was: it is then asked again
   */
  open(opening: Opening): Promise<Opened>;
  /** Whether cases of a procedure take notices of a type. */
  takes(procedure: string, type: string): boolean;
  /** What is wrong with the payload of a notice, as the procedure declares it: it would be left aside there, unseen. */
  amiss?: ((procedure: string, type: string, payload: Json) => string | undefined) | undefined;
  /**
   * The law that a procedure's cases go by from now on; put into notices that tell of another one. Who hears of it late
   * hears of what was published since as well.
   */
  lawFor?: ((procedure: string, at: Instant) => Promised<Json | undefined>) | undefined;
  clock: () => Instant;
  pace: Pick<Pace, 'leaseMs' | 'atOnce' | 'portion'>;
}

/** `lost`: the lease ended meanwhile and somebody else carries it. */
export type Carried = { receipts: ErrandReceipt[]; problem?: string } | 'lost';

/** Notices that say that another law holds: each receiver is given it for its own procedure. */
const OF_LAW = ['VERSION_CHANGED', 'CALENDAR_CHANGED'];

/** Positions of one step that a notice's sequence has room for. */
const POSITIONS = 1_000;

export class Carrier {
  constructor(private readonly options: CarrierOptions) {}

  /** @throws whatever keeps it from being carried now */
  async carry(errand: ClaimedErrand): Promise<Carried> {
    const { effect } = errand;
    if (effect.kind === 'startCase') return this.#open(errand, effect);
    return 'case' in effect.to ? this.#toOne(errand, effect, effect.to.case) : this.#toMany(errand, effect);
  }

  async #open({ id, case: from }: ClaimedErrand, { kind: _, ...start }: CaseStart): Promise<Carried> {
    const { procedure } = start;
    const opened = await this.options.open({ ...start, id, from });
    const at = this.options.clock();
    if ('case' in opened) return { receipts: [{ receiver: opened.case, outcome: 'opened', at }] };
    const problem = `the opening of a case of ${procedure} (key ${start.key}) was refused: ${opened.refused}`;
    return { receipts: [{ receiver: procedure, outcome: 'refused', at, detail: opened.refused }], problem };
  }

  /** Who is named is answered for, whatever becomes of it. */
  async #toOne(errand: ClaimedErrand, notice: CaseNotice, receiver: string): Promise<Carried> {
    const view = await this.options.ledger.caseView(receiver);
    const procedure = view?.machine.split('@')[0];
    const at = this.options.clock();
    if (procedure !== undefined && !this.options.takes(procedure, notice.type))
      return { receipts: [{ receiver, outcome: 'not-taken', at }] };
    const sent = await this.#noticeOf(errand, notice, procedure);
    const amiss = this.#amiss(procedure, sent);
    if (amiss) return { receipts: [{ receiver, outcome: 'not-taken', at, detail: amiss }], problem: amiss };
    const outcome = await this.options.notify(receiver, sent);
    const problem = outcome === 'unknown' ? `there is no case ${receiver}` : undefined;
    return { receipts: [{ receiver, outcome, at: this.options.clock() }], ...(problem ? { problem } : {}) };
  }

  /** Whoever is there and takes notices of its type. What takes long is noted portion by portion. */
  async #toMany(errand: ClaimedErrand, notice: CaseNotice): Promise<Carried> {
    const { ledger, takes, clock, pace } = this.options;
    const done = new Set(errand.receipts.map(({ receiver }) => receiver));
    const notices = new Map<string, Notice>();
    const problems = new Set<string>();
    for (let after: string | undefined, more = true; more; ) {
      const page = await ledger.openCases({ ...receiversOf(notice), after, limit: pace.portion });
      more = page.length === pace.portion;
      after = page.at(-1)?.case;
      const receivers = page.filter(
        (one) => one.case !== errand.case && !done.has(one.case) && takes(one.procedure, notice.type),
      );
      const receipts: ErrandReceipt[] = [];
      await several(receivers, pace.atOnce, async ({ case: receiver, procedure }: OpenCase) => {
        const known = notices.get(procedure) ?? (await this.#noticeOf(errand, notice, procedure));
        notices.set(procedure, known);
        const amiss = this.#amiss(procedure, known);
        if (amiss) problems.add(amiss);
        const outcome = amiss ? 'not-taken' : await this.options.notify(receiver, known);
        receipts.push({ receiver, outcome, at: clock(), ...(amiss ? { detail: amiss } : {}) });
      }).finally(() => ledger.noteReceipts(errand.id, receipts));
      if (more && !(await ledger.keepErrands(errand.case, errand.lease, clock() + pace.leaseMs))) return 'lost';
    }
    return { receipts: [], ...(problems.size > 0 ? { problem: [...problems].sort().join('; ') } : {}) };
  }

  #amiss(procedure: string | undefined, { type, payload }: Notice): string | undefined {
    const amiss = procedure === undefined ? undefined : this.options.amiss?.(procedure, type, payload);
    return amiss && `cases of ${procedure} do not take this ${type}: ${amiss}`;
  }

  async #noticeOf(
    { id, case: from, sequence, position }: ClaimedErrand,
    { type, payload }: CaseNotice,
    procedure: string | undefined,
  ): Promise<Notice> {
    const law =
      procedure !== undefined && OF_LAW.includes(type)
        ? await this.options.lawFor?.(procedure, this.options.clock())
        : undefined;
    const whole = law === undefined ? payload : { ...payload, law };
    return { id, from, seq: sequence * POSITIONS + position, type, payload: whole as Json };
  }
}

function receiversOf({ to }: CaseNotice): { procedures?: string[]; awaiting?: string[] } {
  if ('procedure' in to) return { procedures: [to.procedure] };
  return 'awaiting' in to ? { awaiting: to.awaiting } : {};
}

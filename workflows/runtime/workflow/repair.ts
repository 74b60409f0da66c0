/**
 * An operator's last resort: where the case stands is set by hand. Two acts of two persons, with a written reason. The
 * first is kept with the case and changes nothing; the second does it, if what the first saw still stands.
 */
import type { Refused } from './admission';
import { emitEffect, now } from './ambient';
import type { Amended, Amendment } from './amendments';
import type { RepairSpec } from './definition';
import type { Refusal } from './receipt';
import { digest } from './record';
import { type Change, type Plan, type Planned, planOf, standsBefore, type Wanted } from './repair-plan';
import type { Act, Head, Instant, Json, Stamp } from './types';

interface Asked extends Wanted {
  reason: string;
  /** The seat that is to confirm. */
  second: string;
}

/** A proposed repair, as the case keeps it until it is confirmed or another one is proposed. */
export interface Proposal {
  /** The link it became. */
  link: Head;
  asked: Asked;
  stamp: Stamp;
  /** What the record keeps of the stamp. */
  by: Json;
  /** Digest of what stood where something is to be changed. */
  before: string;
}

/** A proposed repair as views show it: what would be changed if it were confirmed now. */
export interface ProposalView {
  sequence: number;
  reason: string;
  second: string;
  by: Json;
  changes: Change[];
  /** Deadlines that would end, by name, and those that would begin. */
  ends: string[];
  begins: { name: string; dueAt: Instant }[];
  /** Why it could not be confirmed any more. */
  refused?: Refusal;
}

export class Repair {
  proposal: Proposal | undefined;
  /** Proposed in the step being taken, whose link is not written yet. */
  #proposing: Omit<Proposal, 'link'> | undefined;
  readonly proposing: Amendment;
  readonly confirming: Amendment;

  constructor(
    readonly spec: RepairSpec,
    private readonly amended: Amended,
  ) {
    const { cite } = spec;
    this.proposing = {
      isFinal: true,
      cite,
      amiss: (act) => this.#cannotPropose(act),
      carryOut: (act) => this.#propose(act),
    };
    this.confirming = {
      isFinal: true,
      cite,
      amiss: (act) => this.#cannotConfirm(act),
      carryOut: () => this.#confirm(),
    };
  }

  /** The link a proposal became; whoever confirms names it. */
  recorded(link: Head): void {
    if (this.#proposing) this.proposal = { ...this.#proposing, link };
    this.#proposing = undefined;
  }

  proposed(at: Instant): ProposalView | undefined {
    if (!this.proposal) return undefined;
    const { link, asked, by } = this.proposal;
    const about = { sequence: link.sequence, reason: asked.reason, second: asked.second, by };
    const planned = this.#still(at);
    if ('refused' in planned) return { ...about, changes: [], ends: [], begins: [], refused: planned.refused };
    const { changes, ends, begins } = planned.plan;
    return {
      ...about,
      changes,
      ends: ends.map(({ name }) => name),
      begins: begins.map(({ name, delay }) => ({ name, dueAt: at + Math.round(delay) })),
    };
  }

  #cannotPropose({ payload }: Act): Refused | undefined {
    const asked = (payload ?? {}) as Partial<Asked>;
    if (typeof asked.reason !== 'string' || asked.reason.trim() === '' || typeof asked.second !== 'string')
      return {
        outcome: 'malformed',
        refusal: { code: 'malformed', path: 'payload.reason', params: { expected: 'text' } },
      };
    return this.#refusedBy(this.#plan(asked, now()), this.spec.propose);
  }

  #propose(act: Act): void {
    const asked = act.payload as unknown as Asked;
    const plan = planIn(this.#plan(asked, now()));
    const by = this.amended.definition.recordedBy?.(act) ?? act.stamp;
    this.#proposing = { asked, stamp: act.stamp, by, before: standsBefore(plan) };
    this.amended.machine.note(this.#said);
    emitEffect({ kind: 'repair-proposed', ...inRecord(plan, now()) });
  }

  #cannotConfirm({ payload, stamp }: Act): Refused | undefined {
    const { proposal } = (payload ?? {}) as { proposal?: Json };
    const open = this.proposal;
    if (!open || open.link.sequence !== proposal)
      return { outcome: 'rule', refusal: { code: 'repair-unknown', params: { proposal: String(proposal) } } };
    const unfit = this.spec.unfit({ second: open.asked.second, proposed: open.stamp, confirming: stamp });
    if (unfit) return { outcome: unfit.entitled ? 'not-entitled' : 'rule', refusal: unfit };
    return this.#refusedBy(this.#still(now()), this.spec.confirm);
  }

  #confirm(): void {
    const { machine, table } = this.amended;
    const { link, asked, by } = this.proposal!;
    const plan = planIn(this.#still(now()));
    const children = plan.isMoved ? { children: {} } : {};
    machine.standWith({ value: plan.value, context: plan.context, ...children }, this.#said);
    for (const { id } of plan.ends) table.cancel(id);
    const { delays = {} } = this.amended.definition;
    for (const { id, name, delay } of plan.begins)
      table.arm({ id, name, event: { type: id }, delay, armedAt: now(), policy: delays[name]?.policy ?? 'deadline' });
    this.proposal = undefined;
    emitEffect({
      kind: 'repaired',
      proposal: { ...link },
      proposedBy: by,
      reason: asked.reason,
      ...inRecord(plan, now()),
    });
  }

  get #said() {
    return { from: '(root)', ...(this.spec.cite === undefined ? {} : { cite: this.spec.cite }) };
  }

  #refusedBy(planned: Planned, event: string): Refused | undefined {
    if (!('refused' in planned)) return undefined;
    const { refused } = planned;
    return refused.code === 'unchanged'
      ? { outcome: 'unchanged', refusal: { ...refused, params: { event } } }
      : { outcome: 'rule', refusal: refused };
  }

  /** The proposal worked out anew; refused where what it saw does not stand any more. */
  #still(at: Instant): Planned {
    const { asked, before } = this.proposal!;
    const planned = this.#plan(asked, at);
    if ('refused' in planned || standsBefore(planned.plan) === before) return planned;
    return { refused: { code: 'repair-moved', params: { sequence: this.proposal!.link.sequence } } };
  }

  #plan(wanted: Wanted, at: Instant): Planned {
    const { definition, machine, viewAs } = this.amended;
    return planOf({ definition, snapshot: machine.snapshot, busy: machine.busy, viewAs }, wanted, at);
  }
}

function planIn(planned: Planned): Plan {
  if ('refused' in planned) throw new Error(`a repair that was admitted cannot be done: ${planned.refused.code}`);
  return planned.plan;
}

/** What was changed, by its hashes: the values themselves stand in the proposing act and in the links before. */
function inRecord({ changes, ends, begins }: Plan, at: Instant): { [key: string]: Json } {
  return {
    changes: changes.map(({ at: where, before, after }) => ({
      at: where,
      before: where === '/state' ? before : digest(before),
      after: where === '/state' ? after : digest(after),
    })),
    ends: ends.map(({ name }) => name),
    begins: begins.map(({ name, delay }) => ({ name, dueAt: at + Math.round(delay) })),
  };
}

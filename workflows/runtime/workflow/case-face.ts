/** What is read of a case: where it stands, what it waits for, how it is shown. Reading changes nothing. */
import type { AnyMachineSnapshot, AnyStateNode } from 'xstate';
import { actTypes } from './admission';
import type { Amendments } from './amendments';
import type { Chronicle } from './chronicle';
import type { Definition, DelaySpec, Presentation } from './definition';
import type { DueEntry, DueTable } from './due-table';
import { acceptedAmong } from './explain';
import type { LiveMachine } from './live-machine';
import { leavesOf } from './nodes';
import type { CaseView } from './receipt';
import type { Deadline, Instant, Json } from './types';

/** Deadlines a view and a projection tell. */
export const DEADLINES_IN_VIEW = 100;

export class CaseFace {
  #presented: { key: string; presentation: Presentation } | undefined;

  constructor(
    private readonly parts: {
      id: string;
      definition: Definition;
      machine: LiveMachine;
      table: DueTable;
      chronicle: Chronicle;
    },
    private readonly amendments: () => Amendments,
    /** Lets host code look at the case as of an instant. */
    private readonly quietly: <T>(at: Instant, look: () => T) => T,
  ) {}

  get #snapshot(): AnyMachineSnapshot {
    return this.parts.machine.snapshot;
  }

  get #amendments(): Amendments {
    return this.amendments();
  }

  state(): string[] {
    return leavesOf(this.parts.machine.nodes);
  }

  /** What the case waits for, the next first; housekeeping left out. */
  deadlines(limit = Number.POSITIVE_INFINITY): Deadline[] {
    const shown: Deadline[] = [];
    for (const entry of this.parts.table.entries) {
      if (shown.length >= limit) break;
      if (!this.#delay(entry.name)?.hidden) shown.push(this.deadlineOf(entry));
    }
    return shown;
  }

  deadlineOf(entry: DueEntry): Deadline {
    const { label = entry.name, cite } = this.#delay(entry.name) ?? {};
    return { name: entry.name, dueAt: entry.dueAt, label, ...(cite === undefined ? {} : { cite }) };
  }

  /** What the Temporal UI shows on the timer that waits for an entry. */
  timerSummary(entry: DueEntry, at: Instant): string {
    const deadline = this.deadlineOf(entry);
    return this.quietly(at, () => this.parts.definition.timerSummary?.(deadline) ?? deadline.label);
  }

  /** Acts and facts that the active states take, guards not asked, and those that no state has to take. */
  accepted(snapshot: AnyMachineSnapshot = this.#snapshot): string[] {
    if (snapshot.status !== 'active') return [];
    const types = actTypes(this.parts.definition).filter((type) => !this.#amendments.of(type));
    return [...acceptedAmong(snapshot, types), ...this.#amendments.accepted()];
  }

  view(at: Instant, recorded: number, drill: boolean): CaseView {
    const view = this.quietly(at, () => this.viewAs(this.#snapshot, at, recorded, drill));
    if (view.status === 'closed') return view;
    const { takeable } = this.#amendments;
    const proposal = this.quietly(at, () => this.#amendments.proposed(at));
    return { ...view, ...(takeable ? { takeable } : {}), ...(proposal ? { proposal } : {}) };
  }

  /** The view of the case as it would be in a snapshot. Within a frame. */
  viewAs(snapshot: AnyMachineSnapshot, at: Instant, recorded: number, drill: boolean): CaseView {
    const { id, definition, chronicle } = this.parts;
    const entitled = (type: string) => this.#amendments.owners(type) ?? definition.entitled?.(type, snapshot) ?? [];
    return {
      case: id,
      machine: definition.machine.id,
      status: snapshot.status === 'active' ? 'open' : 'closed',
      state: leavesOf(snapshot._nodes as AnyStateNode[]),
      tags: [...snapshot.tags].sort(),
      context: definition.expose?.(snapshot) ?? null,
      accepts: this.accepted(snapshot).map((type) => ({ type, entitled: entitled(type) })),
      deadlines: this.deadlines(DEADLINES_IN_VIEW),
      head: chronicle.head,
      recorded,
      openedAt: chronicle.openedAt,
      lastSteps: chronicle.lastSteps,
      drill,
      now: at,
      ...(snapshot.output === undefined ? {} : { output: snapshot.output as Json }),
    };
  }

  /** How the case is shown. Made once per step and instant, though both UI and ledger are told. */
  present(at: Instant, recorded: number, drill: boolean): Presentation {
    const { definition, table, chronicle } = this.parts;
    const key = [chronicle.head.sequence, table.first?.serial, table.entries.length, at, recorded].join();
    if (this.#presented?.key === key) return this.#presented.presentation;
    const view = this.quietly(at, () => this.viewAs(this.#snapshot, at, recorded, drill));
    const presentation = this.quietly(at, () => definition.present?.(view, this.#snapshot)) ?? {
      details: `${view.machine}: ${view.state.join(', ')}`,
      attributes: [],
      summary: null,
    };
    this.#presented = { key, presentation };
    return presentation;
  }

  #delay(name: string): DelaySpec | undefined {
    return this.parts.definition.delays?.[name];
  }
}

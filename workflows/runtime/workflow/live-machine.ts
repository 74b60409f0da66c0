/**
 * A live XState actor without a clock of its own: what it delays goes into a due-table, what it takes is watched step by
 * step, and what it throws is thrown. XState's interpreter does the semantics; what is touched of its internals is
 * touched here and in explain.ts: `system.scheduler`, `system._relay`, `_snapshot`, `_transitions`, `_nodes`.
 */
import type {
  AnyActor,
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  AnyTransitionDefinition,
  EventObject,
  InspectionEvent,
  StateValue,
} from 'xstate';
import { createActor } from 'xstate';
import { activitiesInFlight, isActivity } from './activity-mark';
import { emitEffect, wokenAt } from './ambient';
import { jsonBytes, pack, unpack } from './carry';
import type { Definition } from './definition';
import { delayAmiss, delayNameOf } from './delays';
import type { DueEntry, DueTable } from './due-table';
import { MachineFault } from './fault';
import { leavesOf, pathOf } from './nodes';
import type { Instant, Json, Step } from './types';

/** A context is carried as one argument beside table, receipts and record; it must leave them room. */
const CONTEXT_LIMIT = 768 * 1024;

interface System {
  scheduler: {
    schedule(source: AnyActor, target: AnyActor, event: EventObject, delay: number, id?: string): void;
    cancel(source: AnyActor, id: string): void;
    cancelAll(source: AnyActor): void;
  };
  _relay(source: AnyActor | undefined, target: AnyActor, event: EventObject): void;
}

/** A result of an invoked actor that arrives between two stimuli. `deliver` hands it to the machine. */
export interface ArrivingResult {
  type: string;
  /** False once the state that invoked it is left: the result is nobody's then. */
  isAwaited(): boolean;
  deliver(): void;
}

/**
 * Where a machine stands or stood. Kept by reference, which costs nothing: XState makes a new snapshot for every step and
 * changes none. Written out only where it is carried or taken up again.
 */
export type Standing = { live: AnyMachineSnapshot } | { carried: Json };

export class LiveMachine {
  readonly #definition: Definition;
  readonly #table: DueTable;
  readonly #onResult: (result: ArrivingResult) => void;
  #actor!: AnyActor;
  #step: { at: Instant; steps: Step[] } | undefined;
  #fault: { error: unknown } | undefined;
  #checkedContext: unknown;

  constructor(definition: Definition, table: DueTable, onResult: (result: ArrivingResult) => void) {
    this.#definition = definition;
    this.#table = table;
    this.#onResult = onResult;
  }

  get #machine(): AnyStateMachine {
    return this.#definition.machine;
  }

  get #system(): System {
    return this.#actor.system as unknown as System;
  }

  get snapshot(): AnyMachineSnapshot {
    return this.#actor.getSnapshot() as AnyMachineSnapshot;
  }

  get nodes(): readonly AnyStateNode[] {
    return (this.snapshot._nodes as AnyStateNode[] | undefined) ?? [];
  }

  get standing(): Standing {
    return { live: this.snapshot };
  }

  /** True while an invoked activity works, also one whose state was left and that has not stopped yet. */
  get busy(): boolean {
    const children = Object.values(this.snapshot.children) as (AnyActor | undefined)[];
    return (
      activitiesInFlight(this.#actor.system) > 0 || children.some((child) => child?.getSnapshot().status === 'active')
    );
  }

  /** Within {@link observe}. Takes the initial step. */
  start(input: Json): void {
    this.#create({ input }, true);
  }

  /** Within {@link observe}. Takes no step: XState reports a first one on every restore, though nothing was taken. */
  restore(snapshot: unknown): void {
    this.#create({ snapshot }, false);
  }

  /**
   * Within {@link observe}. The machine stands where it is told, without a transition; `said` is what the record keeps of
   * it. The actor before is let go as it is: nothing is armed or at work in it.
   */
  stand(standing: Standing, said: Omit<Step, 'to'>): void {
    this.restore(unpack(this.persisted(standing)));
    this.note(said);
  }

  /** Within {@link observe}. As {@link stand}, here, but for some parts of the snapshot. */
  standWith(parts: { value?: StateValue; context?: unknown; children?: object }, said: Omit<Step, 'to'>): void {
    const standing = unpack(this.persisted()) as object;
    this.stand({ carried: pack({ ...standing, ...parts }, '$.snapshot') }, said);
  }

  /** Within {@link observe}. Another context in the same place; activities at work go on. */
  write(context: unknown, said: Omit<Step, 'to'>): void {
    (this.#actor as unknown as { _snapshot: AnyMachineSnapshot })._snapshot = { ...this.snapshot, context } as never;
    this.note(said);
  }

  /** Within {@link observe}. What the record keeps of an act that took no transition. */
  note(said: Omit<Step, 'to'>): void {
    this.#step?.steps.push({ ...said, to: leavesOf(this.nodes) });
  }

  send(event: EventObject): void {
    this.#actor.send(event);
  }

  fire(entry: DueEntry): void {
    this.#system._relay(this.#actor, this.#actor, entry.event);
  }

  /**
   * Runs one step at `at` and answers the transitions it took.
   *
   * @throws MachineFault if code of the machine threw, or the case could not be carried on from where it stands now
   */
  observe(during: string, at: Instant, run: () => void): Step[] {
    const steps: Step[] = [];
    this.#step = { at, steps };
    try {
      run();
      if (this.#fault) throw this.#fault.error;
      this.#checkStanding();
    } catch (error) {
      const state = this.#actor ? leavesOf(this.nodes) : [];
      throw new MachineFault(this.#machine.id, during, state, error);
    } finally {
      this.#step = undefined;
    }
    return steps;
  }

  /** XState's persisted snapshot, fit to be carried. */
  persisted(standing: Standing = this.standing): Json {
    if ('carried' in standing) return standing.carried;
    const { children, ...rest } = this.#machine.getPersistedSnapshot(standing.live) as unknown as PersistedMachine;
    const carried = Object.entries(children).map(([id, child]) => [id, withoutError(child)]);
    return pack({ ...rest, children: Object.fromEntries(carried) }, '$.snapshot');
  }

  #create(options: { input: Json } | { snapshot: unknown }, seen: boolean): void {
    let seeing = seen;
    const inspect = (event: InspectionEvent) => {
      if (seeing) this.#inspect(event);
    };
    const actor = createActor(this.#machine, { ...(options as object), inspect });
    this.#actor = actor;
    this.#takeTime(actor);
    this.#takeResults(actor);
    actor.on('*', (event) => this.#guarded(() => emitEffect({ kind: 'emit', event: event as Json })));
    actor.subscribe({
      error: (error) => {
        this.#fault = { error };
      },
    });
    actor.start();
    seeing = true;
  }

  #takeTime(root: AnyActor): void {
    this.#system.scheduler = {
      schedule: (source, target, event, delay, id) => {
        const name = delayNameOf(event.type, this.#machine);
        if (source !== root || target !== root)
          throw new Error(`delayed event '${name}' between actors needs tier 2 of the runtime`);
        const amiss = delayAmiss(delay);
        if (amiss) throw new Error(`delay '${name}' ${amiss}`);
        const policy = this.#definition.delays?.[name]?.policy ?? 'deadline';
        const armedAt = this.#step!.at;
        const woken = wokenAt();
        this.#table.arm({ id, name, event, delay, armedAt, policy, ...(woken > armedAt ? { wokenAt: woken } : {}) });
      },
      cancel: (_source, id) => this.#table.cancel(id),
      cancelAll: (source) => {
        if (source === root) this.#table.clear();
      },
    };
  }

  #takeResults(root: AnyActor): void {
    const system = this.#system;
    const relay = system._relay;
    system._relay = (source, target, event) => {
      const between = this.#step === undefined && target === root && source !== undefined && source !== root;
      if (!between) return relay(source, target, event);
      this.#onResult({
        type: event.type,
        isAwaited: () => (this.snapshot.children as Record<string, AnyActor | undefined>)[source.id] === source,
        deliver: () => relay(source, target, event),
      });
    };
  }

  /** Children report their own microsteps; the record is the root's. */
  #inspect(event: InspectionEvent): void {
    if (event.type !== '@xstate.microstep' || event.actorRef.sessionId !== event.rootId) return;
    const { _transitions: transitions } = event as unknown as { _transitions: AnyTransitionDefinition[] };
    for (const transition of transitions) this.#step?.steps.push(stepOf(transition));
  }

  /** XState swallows what a listener throws. */
  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#fault = { error };
    }
  }

  /** What would only be found out at continue-as-new, when it is too late to refuse the step. */
  #checkStanding(): void {
    const { context, children, output } = this.snapshot;
    for (const child of Object.values(children as Record<string, AnyActor | undefined>))
      if (child && !isActivity(child.logic))
        throw new Error(`it spawned '${child.id}', which is not an activity; that needs tier 2 of the runtime`);
    if (output !== undefined) pack(output, 'output');
    if (context === this.#checkedContext) return;
    const bytes = jsonBytes(pack(context, 'context'));
    if (bytes > CONTEXT_LIMIT)
      throw new Error(`its context has grown to ${bytes} bytes, ${CONTEXT_LIMIT} can be carried`);
    this.#checkedContext = context;
  }
}

interface PersistedChild {
  snapshot: { error?: unknown };
}

interface PersistedMachine {
  children: Record<string, PersistedChild>;
}

/** A failed child that stays in its state is carried; its error has told the machine all it had to. */
function withoutError(child: PersistedChild): PersistedChild {
  const { error, ...rest } = child.snapshot;
  if (!(error instanceof Error)) return child;
  return { ...child, snapshot: { ...rest, error: { name: error.name, message: error.message } } };
}

function stepOf(transition: AnyTransitionDefinition): Step {
  const meta = (transition.meta ?? {}) as { label?: string; cite?: Json };
  const from = pathOf(transition.source as AnyStateNode);
  const to = ((transition.target ?? []) as AnyStateNode[]).map(pathOf);
  return {
    from,
    to: to.length > 0 ? to : [from],
    ...(meta.label === undefined ? {} : { label: meta.label }),
    ...(meta.cite === undefined ? {} : { cite: meta.cite }),
  };
}

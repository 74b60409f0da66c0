/**
 * A live XState actor with memory: one due-table instead of timers, one record entry per stimulus, receipts, refusals.
 * Knows nothing of Temporal, so that the same class runs inside a workflow, in pure tests on an owned clock, and in
 * drills. XState's interpreter does the semantics; what is touched of its internals is touched here and in explain.ts:
 * `system.scheduler`, `system._relay`, `_transitions`, `_nodes`.
 */
import type {
  AnyActor,
  AnyMachineSnapshot,
  AnyStateNode,
  AnyTransitionDefinition,
  EventObject,
  InspectionEvent,
} from 'xstate';
import { createActor } from 'xstate';
import { within } from './ambient';
import { pack, unpack } from './carry';
import type { AttributeValue, Definition, Presentation } from './definition';
import { type DueEntry, DueTable } from './due-table';
import type { Envelope } from './envelope';
import { ENVELOPE_VERSION } from './envelope';
import { judge, type Verdict } from './explain';
import type { CaseView, Outcome, Receipt, Refusal } from './receipt';
import { digest, GENESIS, link } from './record';
import type {
  Act,
  Deadline,
  Effect,
  Head,
  Instant,
  Json,
  Notice,
  OutboxItem,
  RecordEntry,
  Stamp,
  Step,
  Trigger,
} from './types';

/** Receipts kept for recognising repetitions; older ones are the ledger's to answer. */
const RECEIPTS = 256;
const LAST_STEPS = 8;
/** Entrances are processes whose acts may overtake each other on the way; an act older than this is back-dated. */
const OVERTAKING_MS = 30_000;
/** Clocks of entrance and server may differ by so much before a stamp counts as lying in the future. */
const CLOCK_SKEW_MS = 5_000;
/** A machine whose timers re-arm themselves with no delay would never let the case rest. */
const MAX_FIRINGS = 10_000;

export interface CaseStart {
  id: string;
  input: Json;
  stamp: Stamp;
  /** What travels with the case; read by machines through `caseData()`. */
  data: Json;
  /** The id of the opening act. */
  actId: string;
  /** A drill case has no clock but the coordinator's. */
  drill?: { clock: Instant };
}

interface System {
  scheduler: {
    schedule(source: AnyActor, target: AnyActor, event: EventObject, delay: number, id?: string): void;
    cancel(source: AnyActor, id: string): void;
    cancelAll(source: AnyActor): void;
  };
  _relay(source: AnyActor | undefined, target: AnyActor, event: EventObject): void;
}

interface Took {
  trigger: Trigger;
  at: Instant;
  wake: Instant;
  received: Instant;
  happened: Instant;
  by?: Json;
}

interface Memory {
  receipts: Map<string, Receipt>;
  entrances: Record<string, Instant>;
  senders: Record<string, number>;
  unflushed: RecordEntry[];
  outbox: OutboxItem[];
  head: Head;
  committed: Head;
  last: Instant;
  openedAt: Instant;
  lastSteps: CaseView['lastSteps'];
  drillClock: Instant | undefined;
  data: Json;
}

export class CaseActor {
  readonly id: string;
  readonly #definition: Definition;
  readonly #memory: Memory;
  #table: DueTable;
  #actor!: AnyActor;
  #fault: { error: unknown } | undefined;
  #steps: Step[] | undefined;
  /** Called after every step that was recorded, also those of invoked actors that end between two stimuli. */
  onStep: (entry: RecordEntry) => void = () => {};
  /** The instant at which an invoked actor's result arrives. */
  clock: () => Instant = () => this.#memory.last;

  private constructor(definition: Definition, id: string, memory: Memory, table: DueTable) {
    this.#definition = definition;
    this.id = id;
    this.#memory = memory;
    this.#table = table;
  }

  /** Opens a case: the opening step is the first link of its record. */
  static open(definition: Definition, start: CaseStart, wake: Instant): CaseActor {
    const at = start.stamp.receivedAt;
    const opened = new CaseActor(definition, start.id, emptyMemory(start, at), new DueTable());
    const trigger: Trigger = { kind: 'open', type: 'xstate.init', id: start.actId, payload: start.input };
    const by = definition.recordedBy?.({
      id: start.actId,
      type: 'xstate.init',
      payload: start.input,
      stamp: start.stamp,
    });
    const took: Took = { trigger, at, wake, received: at, happened: at, by: by ?? start.stamp };
    const entry = opened.#step(took, () => opened.#start({ input: start.input }));
    if (!entry) throw new Error(`case ${start.id} opened without a step`);
    const receipt = opened.#receipt('changed', start.actId, contentOf('xstate.init', start.input));
    opened.#memory.receipts.set(start.actId, receipt);
    opened.#memory.entrances[start.stamp.entrance] = at;
    return opened;
  }

  /** Takes up a case where its last run let go. Nothing is recorded: nothing has happened. */
  static resume(definition: Definition, envelope: Envelope, at: Instant): CaseActor {
    const { memory } = envelope;
    const resumed = new CaseActor(
      definition,
      envelope.case,
      { ...memory, drillClock: memory.drillClock ?? undefined, receipts: new Map(memory.receipts) },
      DueTable.resume(envelope.table, envelope.carriedAt, at),
    );
    const table = resumed.#table;
    resumed.#within({ trigger: { kind: 'runtime', type: 'resume' }, at, wake: at, received: at, happened: at }, () =>
      resumed.#start({ snapshot: unpack(envelope.snapshot) }),
    );
    resumed.#steps = undefined;
    resumed.#table = table;
    resumed.#throwFault();
    return resumed;
  }

  /** Writes down that the case went over to another edition of its machine. */
  moved(from: string, at: Instant): void {
    const trigger: Trigger = { kind: 'runtime', type: 'edition', payload: { from, to: this.#definition.machine.id } };
    const instant = Math.max(at, this.#memory.last);
    this.#step({ trigger, at: instant, wake: instant, received: instant, happened: instant }, () => {}, true);
  }

  carry(at: Instant): Envelope {
    const { receipts, drillClock, ...rest } = this.#memory;
    return {
      version: ENVELOPE_VERSION,
      case: this.id,
      machine: this.#definition.machine.id,
      snapshot: pack(this.#actor.getPersistedSnapshot(), '$.snapshot'),
      table: this.#table.carry(),
      carriedAt: at,
      memory: { ...rest, drillClock: drillClock ?? null, receipts: [...receipts] },
    };
  }

  get snapshot(): AnyMachineSnapshot {
    return this.#actor.getSnapshot() as AnyMachineSnapshot;
  }

  get closed(): boolean {
    return this.snapshot.status !== 'active';
  }

  get drill(): boolean {
    return this.#memory.drillClock !== undefined;
  }

  get drillClock(): Instant {
    return this.#memory.drillClock ?? this.#memory.last;
  }

  get head(): Head {
    return this.#memory.head;
  }

  get last(): Instant {
    return this.#memory.last;
  }

  get first(): DueEntry | undefined {
    return this.#table.first;
  }

  get table(): readonly DueEntry[] {
    return this.#table.entries;
  }

  get data(): Json {
    return this.#memory.data;
  }

  /** True while an invoked actor works: the case may not continue as new then. */
  get busy(): boolean {
    const children = Object.values(this.snapshot.children) as (AnyActor | undefined)[];
    return children.some((child) => child?.getSnapshot().status === 'active');
  }

  // ---- stimuli -------------------------------------------------------------------------------------------------

  /**
   * What can be said of an act before it is taken. Pure: nothing fires, nothing changes. While a deadline is overdue the
   * machine may stand elsewhere once it has fired, so then only shape, stamp and id are judged.
   */
  foresee(act: Act, wake: Instant): { outcome: Outcome; refusal: Refusal } | undefined {
    if (this.#memory.receipts.has(act.id)) return undefined;
    const amiss = this.#amiss(act, wake);
    if (amiss) return amiss;
    const overdue = this.#table.first;
    if (overdue && overdue.dueAt <= wake) return undefined;
    return this.#verdict(act, this.#instantOf(act));
  }

  /** Takes an act in: entries due at or before its instant, the act, then entries due since. */
  act(act: Act, wake: Instant): Receipt {
    const before = this.#memory.receipts.get(act.id);
    const content = contentOf(act.type, act.payload);
    if (before) return before.content === content ? { ...before, repeated: true } : this.#reused(before, act);
    if (this.drill) this.#memory.drillClock = Math.max(this.drillClock, act.stamp.receivedAt);
    const amiss = this.#amiss(act, wake);
    if (!amiss) this.#fireThrough(Math.min(act.stamp.receivedAt, wake), wake);
    const refused = amiss ?? this.#verdict(act, this.#instantOf(act));
    if (refused) {
      this.#fireThrough(wake, wake);
      return this.#receipt(refused.outcome, act.id, content, refused.refusal);
    }
    const at = this.#instantOf(act);
    const received = act.stamp.receivedAt;
    const by = this.#definition.recordedBy?.(act) ?? act.stamp;
    const trigger: Trigger = { kind: 'act', type: act.type, id: act.id, payload: act.payload };
    this.#memory.entrances[act.stamp.entrance] = Math.max(received, this.#memory.entrances[act.stamp.entrance] ?? 0);
    this.#step({ trigger, at, wake, received, happened: act.at ?? received, by }, () => this.#actor.send(eventOf(act)));
    const { sequence, hash: recordHash } = this.head;
    this.#fireThrough(wake, wake);
    const receipt: Receipt = { ...this.#receipt('changed', act.id, content), sequence, recordHash };
    this.#remember(receipt);
    return receipt;
  }

  /** Takes a notice in. Never refused; a repetition, or one older than what its sender said last, has no effect. */
  notice(notice: Notice, wake: Instant): void {
    if ((this.#memory.senders[notice.from] ?? -1) >= notice.seq) return;
    this.#memory.senders[notice.from] = notice.seq;
    this.#fireThrough(wake, wake);
    const changed = this.#definition.onNotice?.(notice, this.#memory.data);
    if (changed) {
      this.#memory.data = changed.data;
      this.#table.redate((entry) => changed.redate(entry.name, entry.armedAt));
    }
    const at = Math.max(wake, this.#memory.last);
    const trigger: Trigger = { kind: 'notice', type: notice.type, id: notice.id, payload: notice.payload };
    const event = {
      ...(notice.payload as object),
      type: notice.type,
      notice: { id: notice.id, from: notice.from, seq: notice.seq },
    };
    const took: Took = { trigger, at, wake, received: at, happened: at, by: { from: notice.from } };
    this.#step(took, () => this.#actor.send(event), changed !== undefined);
  }

  /** Fires what is due at or before `wake`, each at its own instant. */
  wake(wake: Instant): void {
    this.#fireThrough(wake, wake);
  }

  /** Drill only: moves the drill's clock and fires what is due by then. */
  advance(to: Instant): void {
    if (!this.drill) throw new Error(`case ${this.id} runs on the real clock and cannot be advanced`);
    this.#memory.drillClock = Math.max(this.drillClock, to);
    this.#fireThrough(this.drillClock, this.drillClock);
  }

  // ---- what is read --------------------------------------------------------------------------------------------

  state(): string[] {
    const leaves = (this.snapshot._nodes as AnyStateNode[]).filter(
      (node) => node.type === 'atomic' || node.type === 'final',
    );
    return leaves.map(pathOf).sort();
  }

  deadlines(): Deadline[] {
    return this.#table.entries
      .filter((entry) => !this.#delay(entry.name)?.hidden)
      .map((entry) => this.deadlineOf(entry));
  }

  deadlineOf(entry: DueEntry): Deadline {
    const { label = entry.name, cite } = this.#delay(entry.name) ?? {};
    return { name: entry.name, dueAt: entry.dueAt, label, ...(cite === undefined ? {} : { cite }) };
  }

  /** What the Temporal UI shows on the timer that waits for an entry. */
  timerSummary(entry: DueEntry, at: Instant): string {
    const deadline = this.deadlineOf(entry);
    return this.#quietly(at, () => this.#definition.timerSummary?.(deadline) ?? deadline.label);
  }

  view(at: Instant, recorded: number): CaseView {
    const { snapshot } = this;
    const entitled = (type: string) => this.#definition.entitled?.(type, snapshot) ?? [];
    const types = Object.keys(this.#definition.events).filter(
      (type) => this.#definition.events[type]?.kind !== 'notice',
    );
    return {
      case: this.id,
      machine: this.#definition.machine.id,
      status: this.closed ? 'closed' : 'open',
      state: this.state(),
      tags: [...snapshot.tags].sort(),
      context: this.#quietly(at, () => this.#definition.expose?.(snapshot) ?? null),
      accepts: this.closed
        ? []
        : types.filter((t) => this.#hasCandidate(t)).map((type) => ({ type, entitled: entitled(type) })),
      deadlines: this.deadlines(),
      head: this.head,
      recorded,
      openedAt: this.#memory.openedAt,
      lastSteps: this.#memory.lastSteps,
      drill: this.drill,
      now: at,
      ...(snapshot.output === undefined ? {} : { output: snapshot.output as Json }),
    };
  }

  present(at: Instant, recorded: number): Presentation {
    const view = this.view(at, recorded);
    const fallback = {
      details: `${view.machine}: ${view.state.join(', ')}`,
      attributes: [] as AttributeValue[],
      summary: null,
    };
    return this.#quietly(at, () => this.#definition.present?.(view, this.snapshot) ?? fallback);
  }

  // ---- record --------------------------------------------------------------------------------------------------

  get unflushed(): readonly RecordEntry[] {
    return this.#memory.unflushed;
  }

  /** Outbox items of entries up to `sequence` that have not been handed over. */
  outboxThrough(sequence: number): OutboxItem[] {
    return this.#memory.outbox.filter((item) => item.sequence <= sequence);
  }

  get outbox(): readonly OutboxItem[] {
    return this.#memory.outbox;
  }

  /** The ledger has everything through `sequence`. */
  flushed(sequence: number): void {
    this.#memory.unflushed = this.#memory.unflushed.filter((entry) => entry.sequence > sequence);
    this.#memory.outbox = this.#memory.outbox.filter((item) => item.sequence > sequence);
  }

  get committed(): Head {
    return this.#memory.committed;
  }

  /** Temporal is known to have committed everything through this link. */
  commit(head: Head): void {
    this.#memory.committed = head;
  }

  // ---- inside --------------------------------------------------------------------------------------------------

  #start(options: { input: Json } | { snapshot: unknown }): void {
    const machine = this.#definition.machine;
    // XState reports a first step on every restore, though nothing was taken: only what follows is seen.
    let seeing = 'input' in options;
    const inspect = (event: InspectionEvent) => {
      if (seeing) this.#inspect(event);
    };
    const actor = createActor(machine, { ...(options as object), inspect });
    const system = actor.system as unknown as System;
    const relay = system._relay;
    system.scheduler = {
      schedule: (source, target, event, delay, id) => this.#arm(actor, source, target, event, delay, id),
      cancel: (_source, id) => this.#table.cancel(id),
      cancelAll: (source) => {
        if (source === actor) this.#table.clear();
      },
    };
    system._relay = (source, target, event) => {
      const between = this.#steps === undefined && target === actor && source !== undefined && source !== actor;
      if (between) this.#result(event, () => relay(source, target, event));
      else relay(source, target, event);
    };
    actor.subscribe({
      error: (error) => {
        this.#fault = { error };
      },
    });
    this.#actor = actor;
    actor.start();
    seeing = true;
  }

  #arm(root: AnyActor, source: AnyActor, target: AnyActor, event: EventObject, delay: number, id?: string): void {
    const machine = this.#definition.machine;
    const name = nameOfDelay(event.type, machine.id);
    if (source !== root || target !== root)
      throw new Error(`${machine.id}: delayed event '${name}' between actors needs tier 2 of the runtime`);
    if (!Number.isFinite(delay) || delay < 0)
      throw new Error(
        `${machine.id}: delay '${name}' is ${delay}; a delay is a finite number of milliseconds from 0 up`,
      );
    const policy = this.#delay(name)?.policy ?? 'deadline';
    this.#table.arm({
      id: id ?? `${event.type}:${this.#memory.head.sequence}`,
      name,
      event,
      delay,
      armedAt: this.#now(),
      policy,
    });
  }

  #nowInStep: Instant | undefined;

  #now(): Instant {
    return this.#nowInStep ?? this.#memory.last;
  }

  /** Children report their own microsteps; the record is the root's. */
  #inspect(event: InspectionEvent): void {
    if (event.type !== '@xstate.microstep' || event.actorRef.sessionId !== event.rootId) return;
    const { _transitions: transitions } = event as unknown as { _transitions: AnyTransitionDefinition[] };
    for (const transition of transitions) this.#steps?.push(stepOf(transition));
  }

  #within<T>(took: Took, run: () => T): { value: T; steps: Step[]; effects: Effect[] } {
    const effects: Effect[] = [];
    const steps: Step[] = [];
    this.#steps = steps;
    this.#nowInStep = took.at;
    const sequence = this.#memory.head.sequence + 1;
    try {
      const frame = { now: took.at, wake: took.wake, data: this.#memory.data, caseId: this.id, sequence, effects };
      return { value: within(frame, run), steps, effects };
    } finally {
      this.#steps = undefined;
      this.#nowInStep = undefined;
    }
  }

  /** Lets host code look at the case outside a step. */
  #quietly<T>(at: Instant, run: () => T): T {
    const sequence = this.#memory.head.sequence;
    return within({ now: at, wake: at, data: this.#memory.data, caseId: this.id, sequence, effects: [] }, run);
  }

  #throwFault(): void {
    const fault = this.#fault;
    if (!fault) return;
    throw fault.error instanceof Error ? fault.error : new Error(String(fault.error), { cause: fault.error });
  }

  /** One stimulus, one entry. Thrown code leaves nothing behind: the workflow task fails and is tried again. */
  #step(took: Took, run: () => void, always = false): RecordEntry | undefined {
    const { steps, effects } = this.#within(took, run);
    this.#throwFault();
    const memory = this.#memory;
    memory.last = Math.max(memory.last, took.at);
    const opening = took.trigger.kind === 'open';
    if (steps.length === 0 && !opening && !always) return undefined;
    const print = this.#definition.printInstant ?? ((at: Instant) => new Date(at).toISOString());
    const sequence = memory.head.sequence + 1;
    const entry = link(
      {
        case: this.id,
        sequence,
        machine: this.#definition.machine.id,
        trigger: took.trigger,
        happenedAt: print(took.happened),
        receivedAt: print(took.received),
        recordedAt: print(took.wake),
        ...(took.by === undefined ? {} : { by: took.by }),
        steps,
        effects,
        state: this.state(),
      },
      memory.head.hash,
    );
    memory.head = { sequence, hash: entry.hash };
    memory.unflushed.push(entry);
    memory.outbox.push(...effects.map((effect, n) => ({ id: `${this.id}:${sequence}:${n}`, sequence, effect })));
    memory.lastSteps = [...memory.lastSteps, { sequence, at: took.at, trigger: took.trigger.type, steps }].slice(
      -LAST_STEPS,
    );
    this.onStep(entry);
    return entry;
  }

  #fireThrough(instant: Instant, wake: Instant): void {
    for (let fired = 0; ; fired++) {
      if (this.closed) return;
      const entry = this.#table.takeDue(instant);
      if (!entry) return;
      if (fired === MAX_FIRINGS)
        throw new Error(`${this.#definition.machine.id}: '${entry.name}' keeps firing without delay`);
      const at = Math.max(entry.dueAt, this.#memory.last);
      const trigger: Trigger = { kind: 'timer', type: entry.name };
      const took: Took = { trigger, at, wake, received: entry.dueAt, happened: entry.dueAt };
      this.#step(took, () => (this.#actor.system as unknown as System)._relay(this.#actor, this.#actor, entry.event));
    }
  }

  #result(event: EventObject, run: () => void): void {
    const at = Math.max(this.clock(), this.#memory.last);
    this.#step({ trigger: { kind: 'result', type: event.type }, at, wake: at, received: at, happened: at }, run);
  }

  #instantOf(act: Act): Instant {
    return Math.max(act.stamp.receivedAt, this.#memory.last);
  }

  /** Shape, stamp and entitlement: what can be wrong with an act before any rule is asked. */
  #amiss(act: Act, wake: Instant): { outcome: Outcome; refusal: Refusal } | undefined {
    if (this.closed) return { outcome: 'closed', refusal: { code: 'closed', state: this.state() } };
    const spec = this.#definition.events[act.type];
    if (!spec || spec.kind === 'notice') {
      const accepted = Object.keys(this.#definition.events).filter(
        (type) => this.#definition.events[type]?.kind !== 'notice',
      );
      return { outcome: 'malformed', refusal: { code: 'unknown-event', params: { event: act.type }, accepted } };
    }
    const malformed = validate(spec.schema, act.payload);
    if (malformed) return { outcome: 'malformed', refusal: malformed };
    return this.#stampAmiss(act.stamp, wake);
  }

  #stampAmiss({ receivedAt, entrance }: Stamp, wake: Instant): { outcome: Outcome; refusal: Refusal } | undefined {
    const ahead = !this.drill && receivedAt > wake + CLOCK_SKEW_MS;
    const behind = receivedAt < (this.#memory.entrances[entrance] ?? 0) - OVERTAKING_MS;
    if (!ahead && !behind) return undefined;
    const params = { receivedAt, entrance, now: wake };
    return {
      outcome: 'malformed',
      refusal: { code: ahead ? 'stamp-in-future' : 'stamp-out-of-order', params, path: 'stamp.receivedAt' },
    };
  }

  #verdict(act: Act, at: Instant): { outcome: Outcome; refusal: Refusal } | undefined {
    if (this.closed) return { outcome: 'closed', refusal: { code: 'closed', state: this.state() } };
    const state = this.state();
    const barred = this.#quietly(at, () =>
      this.#definition.admit?.({ act, snapshot: this.snapshot, at, last: this.#memory.last }),
    );
    if (barred) return { outcome: barred.outcome, refusal: { ...barred.refusal, state } };
    const verdict = this.#quietly(at, () => judge(this.snapshot, eventOf(act)));
    return refusalOf(verdict, act.type, state);
  }

  #hasCandidate(type: string): boolean {
    return (this.snapshot._nodes as AnyStateNode[]).some((node) => node.transitions.has(type));
  }

  #delay(name: string) {
    return this.#definition.delays?.[name];
  }

  #receipt(outcome: Outcome, id: string, content: string, refusal?: Refusal): Receipt {
    return {
      outcome,
      id,
      content,
      state: this.state(),
      sequence: this.head.sequence,
      recordHash: this.head.hash,
      deadlines: this.deadlines(),
      recorded: 'yes',
      ...(refusal ? { refusal } : {}),
    };
  }

  #reused(first: Receipt, act: Act): Receipt {
    const refusal: Refusal = { code: 'id-reused', params: { id: act.id, sequence: first.sequence } };
    return this.#receipt('duplicate', act.id, contentOf(act.type, act.payload), refusal);
  }

  #remember(receipt: Receipt): void {
    const { receipts } = this.#memory;
    receipts.set(receipt.id, receipt);
    const oldest = receipts.keys().next().value;
    if (receipts.size > RECEIPTS && oldest !== undefined) receipts.delete(oldest);
  }
}

/** Fingerprint of what an act asks for, by which a repetition is told from another act under the same id. */
export function contentOf(type: string, payload: Json): string {
  return digest({ type, payload }).slice(0, 16);
}

function emptyMemory(start: CaseStart, at: Instant): Memory {
  const head = { sequence: 0, hash: GENESIS };
  return {
    receipts: new Map(),
    entrances: {},
    senders: {},
    unflushed: [],
    outbox: [],
    head,
    committed: head,
    last: at,
    openedAt: at,
    lastSteps: [],
    drillClock: start.drill?.clock,
    data: start.data,
  };
}

/** The payload's fields, the stamp and the claimed instant, as the machine's event. */
function eventOf({ type, payload, stamp, at }: Act): EventObject {
  return Object.assign({ type }, payload as object, { stamp }, at === undefined ? {} : { at });
}

function refusalOf(
  verdict: Verdict,
  type: string,
  state: string[],
): { outcome: Outcome; refusal: Refusal } | undefined {
  switch (verdict.kind) {
    case 'changes':
      return undefined;
    case 'nothing':
      return { outcome: 'unchanged', refusal: { code: 'unchanged', params: { event: type }, state } };
    case 'not-accepted':
      return {
        outcome: 'not-accepted',
        refusal: { code: 'not-accepted-here', params: { event: type }, state, accepted: verdict.accepted },
      };
    case 'refused': {
      const { rule, guard } = verdict;
      const refusal: Refusal = { code: rule?.code ?? 'guard', params: { event: type, guard }, state };
      if (rule?.cite !== undefined) refusal.cite = rule.cite;
      if (rule?.soft) refusal.soft = true;
      return { outcome: 'rule', refusal };
    }
  }
}

/** The first thing wrong with a payload, with its path; undefined if it fits. */
export function validate(schema: Definition['events'][string]['schema'], payload: Json): Refusal | undefined {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload))
    return { code: 'malformed', path: 'payload', params: { expected: 'an object' } };
  const result = schema?.['~standard'].validate(payload) as Checked | Promise<unknown> | undefined;
  if (!result) return undefined;
  if (result instanceof Promise) throw new Error('a payload schema must not be asynchronous');
  const issue = result.issues?.[0];
  if (!issue) return undefined;
  const path = ['payload', ...(issue.path ?? []).map((p) => String(typeof p === 'object' ? p.key : p))].join('.');
  return { code: 'malformed', path, params: { problem: issue.message } };
}

interface Checked {
  issues?: readonly { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] }[];
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.') || '(root)';
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

/** `xstate.after.<delay>.<node id>` names its delay; another delayed event is named by its type. */
function nameOfDelay(type: string, machineId: string): string {
  const prefix = 'xstate.after.';
  if (!type.startsWith(prefix)) return type;
  const rest = type.slice(prefix.length);
  const end = rest.lastIndexOf(`.${machineId}`);
  return end > 0 ? rest.slice(0, end) : rest;
}

/**
 * A case: a live XState actor with memory. One due-table instead of timers, one record entry per stimulus, receipts,
 * refusals. Knows nothing of Temporal, so that the same class runs inside a workflow, in pure tests on an owned clock,
 * and in drills.
 */
import type { AnyMachineSnapshot } from 'xstate';
import { eventOf, eventOfNotice, isNotice, type Refused, refusalOf, shapeAmiss, stampAmiss } from './admission';
import { replaceData, within } from './ambient';
import { Amendments } from './amendments';
import { unpack } from './carry';
import { CaseFace } from './case-face';
import { Chronicle, type Took } from './chronicle';
import { alter, foreseen, isClock } from './data-change';
import type { DataChange, Definition, Presentation } from './definition';
import { type DueEntry, DueTable } from './due-table';
import { ENVELOPE_VERSION, type Envelope, EnvelopeRefused } from './envelope';
import { judge } from './explain';
import { messageOf } from './fault';
import { type ArrivingResult, LiveMachine } from './live-machine';
import { prepared } from './prepare';
import type { CaseView, Outcome, Receipt, Refusal } from './receipt';
import { contentOf, Receipts } from './receipts';
import { SLEPT_OVER_MS } from './record';
import { type Obstacle, StepBack } from './step-back';
import type {
  Act,
  Deadline,
  Effect,
  Head,
  Instant,
  Json,
  Moved,
  Notice,
  OutboxItem,
  RecordEntry,
  Stamp,
  Trigger,
} from './types';

export { validate } from './admission';
export { contentOf } from './receipts';

/** Deadlines a receipt tells: the next ones. 256 receipts are carried from run to run. */
export const DEADLINES_IN_RECEIPT = 16;
/** A machine whose timers re-arm themselves with no delay would never let the case rest. */
const MAX_CIRCLING = 1_000;

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

interface Memory {
  receipts: Receipts;
  /** When each entrance received the last act it sent. */
  entrances: Record<string, Instant>;
  /** The last notice taken of each sender. */
  senders: Record<string, number>;
  drillClock: Instant | undefined;
  data: Json;
}

export class CaseActor {
  readonly id: string;
  readonly #definition: Definition;
  readonly #memory: Memory;
  readonly #table: DueTable;
  readonly #chronicle: Chronicle;
  readonly #machine: LiveMachine;
  readonly #stepBack = new StepBack();
  readonly #amendments: Amendments;
  readonly #face: CaseFace;
  /** Called after the result of an invoked activity was taken in: the one stimulus that no caller brings. */
  onResult: () => void = () => {};
  /** The instant at which an invoked activity's result arrives. */
  clock: () => Instant = () => this.last;

  private constructor(declared: Definition, id: string, memory: Memory, table: DueTable, chronicle: Chronicle) {
    const definition = prepared(declared);
    this.#definition = definition;
    this.id = id;
    this.#memory = memory;
    this.#table = table;
    this.#chronicle = chronicle;
    this.#machine = new LiveMachine(definition, table, (result) => this.#takeResult(result));
    const parts = { id, definition, machine: this.#machine, table, chronicle };
    this.#face = new CaseFace(
      parts,
      () => this.#amendments,
      (at, look) => this.#quietly(at, look),
    );
    this.#amendments = new Amendments({
      ...parts,
      receipts: memory.receipts,
      stepBack: this.#stepBack,
      viewAs: (snapshot, asOf) => this.#face.viewAs(snapshot, asOf, chronicle.head.sequence, this.drill),
      data: () => memory.data,
      alter: (change) => this.#alter(change),
    });
  }

  /**
   * Opens a case: the opening step is the first link of its record.
   *
   * @throws MachineRefused, MachineFault
   */
  static open(definition: Definition, start: CaseStart, wake: Instant): CaseActor {
    const { id, actId, input, stamp, data } = start;
    const at = stamp.receivedAt;
    const memory: Memory = {
      receipts: new Receipts(),
      entrances: { [stamp.entrance]: at },
      senders: {},
      drillClock: start.drill?.clock,
      data,
    };
    const chronicle = new Chronicle(aboutOf(definition, id), Chronicle.empty(at));
    const opened = new CaseActor(definition, id, memory, new DueTable(), chronicle);
    const trigger: Trigger = { kind: 'open', type: 'xstate.init', id: actId, payload: input };
    const by = definition.recordedBy?.({ id: actId, type: 'xstate.init', payload: input, stamp }) ?? stamp;
    opened.#step({ trigger, at, wake, received: at, happened: at, by }, () => opened.#machine.start(input), true);
    opened.#stepBack.keep({ id: actId, type: trigger.type, ...opened.head, stamp, obstacle: 'opening' });
    memory.receipts.remember(opened.#receipt('changed', actId, contentOf('xstate.init', input)));
    return opened;
  }

  /**
   * Takes up a case where its last run let go. Nothing is recorded: nothing has happened.
   *
   * @throws EnvelopeRefused if the machine cannot stand where the case stood
   */
  static resume(definition: Definition, envelope: Envelope, at: Instant): CaseActor {
    const { memory } = envelope;
    const resumed = new CaseActor(
      definition,
      envelope.case,
      {
        receipts: new Receipts(memory.receipts),
        entrances: { ...memory.entrances },
        senders: { ...memory.senders },
        drillClock: memory.drillClock ?? undefined,
        data: memory.data,
      },
      DueTable.resume(envelope.table, envelope.carriedAt, at),
      new Chronicle(aboutOf(definition, envelope.case), memory),
    );
    try {
      resumed.#within(at, at, 'resume', () => resumed.#machine.restore(unpack(envelope.snapshot)));
    } catch (error) {
      throw new EnvelopeRefused(messageOf(error));
    }
    resumed.#stepBack.resume(memory.lastAct, envelope.carriedAt, at);
    resumed.#amendments.proposal = memory.proposal;
    // That there is this run is proof that Temporal has committed everything of the last one.
    resumed.commit(resumed.head);
    return resumed;
  }

  /** Writes down that the case went over to another edition of its machine. */
  moved(from: string, at: Instant): void {
    const trigger: Trigger = { kind: 'runtime', type: 'edition', payload: { from, to: this.#definition.machine.id } };
    const instant = Math.max(at, this.last);
    this.#step({ trigger, at: instant, wake: instant, received: instant, happened: instant }, () => {}, true);
  }

  carry(at: Instant): Envelope {
    const { receipts, drillClock, ...rest } = this.#memory;
    const lastAct = this.#stepBack.carry(this.#machine);
    const { proposal } = this.#amendments;
    return {
      version: ENVELOPE_VERSION,
      case: this.id,
      machine: this.#definition.machine.id,
      snapshot: this.#machine.persisted(),
      table: this.#table.carry(),
      carriedAt: at,
      memory: {
        ...rest,
        ...this.#chronicle.carry(),
        drillClock: drillClock ?? null,
        receipts: receipts.carry(),
        ...(lastAct ? { lastAct } : {}),
        ...(proposal ? { proposal } : {}),
      },
    };
  }

  get snapshot(): AnyMachineSnapshot {
    return this.#machine.snapshot;
  }

  get machineId(): string {
    return this.#definition.machine.id;
  }

  get closed(): boolean {
    return this.snapshot.status !== 'active';
  }

  get drill(): boolean {
    return this.#memory.drillClock !== undefined;
  }

  get drillClock(): Instant {
    return this.#memory.drillClock ?? this.last;
  }

  get head(): Head {
    return this.#chronicle.head;
  }

  get last(): Instant {
    return this.#chronicle.last;
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
    return this.#machine.busy;
  }

  // ---- stimuli -------------------------------------------------------------------------------------------------

  /**
   * What can be said of an act before it is taken. Pure: nothing fires, nothing changes. While a deadline is overdue the
   * machine may stand elsewhere once it has fired, so then only shape, stamp and id are judged.
   */
  foresee(act: Act, wake: Instant): Refused | undefined {
    if (this.#memory.receipts.of(act.id)) return undefined;
    const amiss = this.#amiss(act, wake);
    if (amiss) return amiss;
    const overdue = this.#table.first;
    if (overdue && overdue.dueAt <= wake) return undefined;
    return this.#verdict(act, wake);
  }

  /**
   * Takes an act in: entries due at or before its instant, the act, then entries due since.
   *
   * @param portion of the entries due since the act, at most so many are fired; the others are left to {@link wake}
   */
  act(act: Act, woken: Instant, portion = Number.POSITIVE_INFINITY): Receipt {
    const content = contentOf(act.type, act.payload);
    const before = this.#memory.receipts.of(act.id);
    if (before) return before.content === content ? { ...before, repeated: true } : this.#reused(before, act, content);
    const amiss = this.#amiss(act, woken);
    const wake = this.drill && !amiss ? this.#moveDrill(act.stamp.receivedAt) : woken;
    if (!amiss) this.catchUp(this.instantBefore(act, wake), wake);
    const refused = amiss ?? this.#verdict(act, wake);
    if (refused) {
      this.catchUp(wake, wake, portion);
      return this.#receipt(refused.outcome, act.id, content, refused.refusal);
    }
    const { sequence, hash: recordHash } = this.#take(act, wake);
    this.catchUp(wake, wake, portion);
    const receipt: Receipt = { ...this.#receipt('changed', act.id, content), sequence, recordHash };
    this.#memory.receipts.remember(receipt);
    return receipt;
  }

  /** Entries due by this instant come before the act. */
  instantBefore({ stamp }: Act, wake: Instant): Instant {
    return Math.min(stamp.receivedAt, wake);
  }

  /**
   * Takes a notice in. Never refused; a repetition, or one older than what its sender said last, has no effect.
   *
   * @returns false if it is none, or of no use to this case: nobody can be told, so the caller may write it down
   */
  notice(notice: Notice, wake: Instant, portion = Number.POSITIVE_INFINITY): boolean {
    if (!isNotice(notice)) return false;
    const { senders } = this.#memory;
    if ((senders[notice.from] ?? -1) >= notice.seq) return true;
    senders[notice.from] = notice.seq;
    this.catchUp(wake, wake, portion);
    const changed = this.closed
      ? undefined
      : this.#definition.onNotice?.(notice, this.#memory.data, this.snapshot.context);
    const event = eventOfNotice(this.#definition, notice);
    if (!event && !changed) return false;
    const at = Math.max(wake, this.last);
    const payload = changed?.kept ?? notice.payload;
    const trigger: Trigger = { kind: 'notice', type: notice.type, id: notice.id, payload };
    const took: Took = { trigger, at, wake, received: at, happened: at, by: { from: notice.from } };
    const run = () => {
      if (event) this.#machine.send(event);
      if (changed && !this.closed) this.#alter(changed);
    };
    this.#step(took, run, changed !== undefined);
    this.catchUp(wake, wake, portion);
    return true;
  }

  /**
   * Fires what is due at or before `wake`, each entry at its own instant.
   *
   * @returns whether nothing due is left; only `portion` can leave something
   */
  wake(wake: Instant, portion = Number.POSITIVE_INFINITY): boolean {
    return this.catchUp(wake, wake, portion);
  }

  /** Drill only: moves the drill's clock and fires what is due by then. */
  advance(to: Instant): void {
    if (!this.drill) throw new Error(`case ${this.id} runs on the real clock and cannot be advanced`);
    const clock = this.#moveDrill(to);
    this.catchUp(clock, clock);
  }

  /**
   * Fires entries due at or before `instant`, at most `portion` of them, as part of what the case woke for at `wake`.
   *
   * @returns whether none of them is left
   */
  catchUp(instant: Instant, wake: Instant, portion = Number.POSITIVE_INFINITY): boolean {
    const isDone = this.#fireThrough(instant, wake, portion);
    if (isDone) this.#awake(wake);
    return isDone;
  }

  #fireThrough(instant: Instant, wake: Instant, portion: number): boolean {
    let fired = 0;
    for (let circling = 0; !this.closed; ) {
      const next = this.#table.first;
      if (!next || next.dueAt > instant) return true;
      // What a step armed without delay belongs to that step: a task must not end in between.
      const isEcho = next.dueAt === next.armedAt;
      if (!isEcho && fired >= portion) return false;
      circling = isEcho ? circling + 1 : 0;
      if (circling > MAX_CIRCLING)
        throw new Error(`${this.#definition.machine.id}: '${next.name}' keeps firing without delay`);
      if (!isEcho) fired += 1;
      this.#fire(next, wake);
    }
    return true;
  }

  // ---- what is read --------------------------------------------------------------------------------------------

  state(): string[] {
    return this.#face.state();
  }

  deadlines(limit?: number): Deadline[] {
    return this.#face.deadlines(limit);
  }

  deadlineOf(entry: DueEntry): Deadline {
    return this.#face.deadlineOf(entry);
  }

  timerSummary(entry: DueEntry, at: Instant): string {
    return this.#face.timerSummary(entry, at);
  }

  view(at: Instant, recorded: number): CaseView {
    return this.#face.view(at, recorded, this.drill);
  }

  present(at: Instant, recorded: number): Presentation {
    return this.#face.present(at, recorded, this.drill);
  }

  /** Deadlines that a notice would move if it came now. Nothing happens. */
  foresees(notice: Notice, wake: Instant): Moved[] {
    const before = this.data;
    const { context } = this.snapshot;
    const change = this.closed || !isNotice(notice) ? undefined : this.#definition.onNotice?.(notice, before, context);
    if (!change) return [];
    const at = Math.max(wake, this.last);
    return foreseen(this.#parts, change, { before, data: change.data, asOf: this.#asOf }, at);
  }

  // ---- record --------------------------------------------------------------------------------------------------

  get unflushed(): readonly RecordEntry[] {
    return this.#chronicle.unflushed;
  }

  /** Outbox items of entries up to `sequence` that have not been handed over. */
  outboxThrough(sequence: number): OutboxItem[] {
    return this.outbox.filter((item) => item.sequence <= sequence);
  }

  get outbox(): readonly OutboxItem[] {
    return this.#chronicle.outbox;
  }

  /** The ledger has everything through `sequence`. */
  flushed(sequence: number): void {
    this.#chronicle.flushed(sequence);
  }

  get committed(): Head {
    return this.#chronicle.committed;
  }

  /** Temporal is known to have committed everything through this link. */
  commit(head: Head): void {
    this.#chronicle.commit(head);
  }

  // ---- inside --------------------------------------------------------------------------------------------------

  /** Runs one step within its ambient frame; answers what it did. */
  #within(at: Instant, wake: Instant, during: string, run: () => void) {
    const effects: Effect[] = [];
    const frame = this.#frame(at, wake, this.head.sequence + 1, effects);
    const steps = within(frame, () => this.#machine.observe(during, at, run));
    return { steps, effects };
  }

  /** Within a step. Other data take the place of those the case went by, and its due instants follow. */
  #alter(change: DataChange): void {
    const before = this.#memory.data;
    this.#memory.data = change.data;
    replaceData(change.data);
    alter(this.#parts, change, { before, data: change.data, asOf: this.#asOf });
  }

  get #parts() {
    return { definition: this.#definition, machine: this.#machine, table: this.#table };
  }

  readonly #asOf = (at: Instant, wake: Instant, data: Json) => ({ ...this.#frame(at, wake, 0, []), data });

  /** Lets host code look at the case outside a step. */
  #quietly<T>(at: Instant, run: () => T): T {
    return within(this.#frame(at, at, this.head.sequence, []), run);
  }

  #frame(now: Instant, wake: Instant, sequence: number, effects: Effect[]) {
    return { now, wake, data: this.#memory.data, caseId: this.id, sequence, effects };
  }

  /** One stimulus, one entry. Thrown code leaves nothing behind: the workflow task fails and is tried again. */
  #step(took: Took, run: () => void, always = false): RecordEntry | undefined {
    const { steps, effects } = this.#within(took.at, took.wake, took.trigger.type, run);
    this.#chronicle.pass(took.at);
    if (steps.length === 0 && !always) return undefined;
    this.#stepBack.drop();
    return this.#chronicle.write(took, { steps, effects, state: this.state() });
  }

  #take(act: Act, wake: Instant): Head {
    const { stamp, type, id, payload } = act;
    const { entrances } = this.#memory;
    entrances[stamp.entrance] = Math.max(stamp.receivedAt, entrances[stamp.entrance] ?? 0);
    const took: Took = {
      trigger: { kind: 'act', type, id, payload },
      at: this.#instantOf(act),
      wake,
      received: stamp.receivedAt,
      happened: act.at ?? stamp.receivedAt,
      by: this.#definition.recordedBy?.(act) ?? stamp,
    };
    const amendment = this.#amendments.of(type);
    const before = { standing: this.#machine.standing, entries: [...this.#table.entries] };
    const wasBusy = this.busy;
    const entry = this.#step(took, () => (amendment ? amendment.carryOut(act) : this.#machine.send(eventOf(act))));
    if (!entry || this.closed) return this.head;
    const obstacle = this.#obstacle(entry, wasBusy, amendment?.isFinal === true);
    this.#stepBack.keep({ id, type, ...this.head, stamp, ...(obstacle ? { obstacle } : { before }) });
    this.#amendments.recorded(this.head);
    return this.head;
  }

  /** Why an act could not be taken back even if nothing followed it. */
  #obstacle({ effects }: RecordEntry, wasBusy: boolean, isFinal: boolean): Obstacle | undefined {
    if (isFinal) return 'amendment';
    if (wasBusy || this.busy) return 'activity';
    const binding = this.#definition.recall?.binding ?? [];
    return effects.some(({ kind }) => binding.includes(kind)) ? 'binding' : undefined;
  }

  #fire(entry: DueEntry, wake: Instant): void {
    this.#table.take(entry);
    // One that passed while the case stood elsewhere, and stands again after a recall, was not slept over.
    const isBelated = entry.dueAt < this.last;
    const at = Math.max(entry.dueAt, this.last);
    const trigger: Trigger = { kind: 'timer', type: entry.name };
    const took: Took = { trigger, at, wake, received: entry.dueAt, happened: entry.dueAt };
    const clock = isClock(entry) ? this.#definition.clocks?.[entry.name] : undefined;
    const run = clock ? () => this.#alter(clock.due(this.#memory.data)) : () => this.#machine.fire(entry);
    this.#step(took, run, clock !== undefined);
    const isEcho = entry.dueAt === entry.armedAt;
    if (wake - entry.dueAt <= SLEPT_OVER_MS || isEcho || isBelated || this.#definition.delays?.[entry.name]?.hidden)
      return;
    this.#chronicle.sleepOver({ name: entry.name, dueAt: entry.dueAt, sequence: this.head.sequence });
  }

  /** After downtime, one link that names the deadlines the case slept over, where they are several. */
  #awake(wake: Instant): void {
    const passed = this.#chronicle.wakeUp();
    if (!passed) return;
    const at = this.last;
    const trigger: Trigger = { kind: 'runtime', type: 'woken', payload: passed };
    this.#step({ trigger, at, wake, received: at, happened: at }, () => {}, true);
  }

  /** What fell due before a result arrived comes first; it may leave the state that waited for the result. */
  #takeResult({ type, isAwaited, deliver }: ArrivingResult): void {
    const at = Math.max(this.clock(), this.last);
    this.catchUp(at, at);
    if (isAwaited())
      this.#step({ trigger: { kind: 'result', type }, at, wake: at, received: at, happened: at }, deliver);
    this.onResult();
  }

  /** The clock of a drill stands where its last act was received. */
  #moveDrill(to: Instant): Instant {
    this.#memory.drillClock = Math.max(this.drillClock, to);
    return this.drillClock;
  }

  #instantOf(act: Act): Instant {
    return Math.max(act.stamp.receivedAt, this.last);
  }

  /** What can be wrong with an act before any rule is asked. */
  #amiss(act: Act, now: Instant): Refused | undefined {
    if (this.closed) return this.#closed();
    const { entrances } = this.#memory;
    return (
      shapeAmiss(this.#definition, act) ??
      stampAmiss(act.stamp, {
        now,
        lastOfEntrance: entrances[act.stamp.entrance] ?? Number.NEGATIVE_INFINITY,
        openedAt: this.#chronicle.openedAt,
        drill: this.drill,
      })
    );
  }

  /** What the host and the machine say to an act as the case stands. */
  #verdict(act: Act, wake: Instant): Refused | undefined {
    if (this.closed) return this.#closed();
    const state = this.state();
    const at = this.#instantOf(act);
    const judgedAt = this.drill ? at : wake;
    return this.#quietly(at, () => {
      const barred = this.#definition.admit?.({ act, snapshot: this.snapshot, at, judgedAt, last: this.last });
      if (barred) return { outcome: barred.outcome, refusal: { ...barred.refusal, state } };
      const amendment = this.#amendments.of(act.type);
      if (amendment) {
        const refused = amendment.amiss(act);
        const ground = refused?.outcome === 'rule' && amendment.cite !== undefined ? { cite: amendment.cite } : {};
        if (refused?.outcome === 'not-accepted') refused.refusal.accepted = this.#face.accepted().sort();
        return refused && { outcome: refused.outcome, refusal: { ...ground, ...refused.refusal, state } };
      }
      return refusalOf(judge(this.snapshot, eventOf(act)), act.type, state, () => this.#face.accepted().sort());
    });
  }

  #closed(): Refused {
    return { outcome: 'closed', refusal: { code: 'closed', state: this.state() } };
  }

  #receipt(outcome: Outcome, id: string, content: string, refusal?: Refusal): Receipt {
    return {
      outcome,
      id,
      content,
      state: this.state(),
      sequence: this.head.sequence,
      recordHash: this.head.hash,
      deadlines: this.deadlines(DEADLINES_IN_RECEIPT),
      recorded: 'yes',
      ...(refusal ? { refusal } : {}),
    };
  }

  #reused(first: Receipt, act: Act, content: string): Receipt {
    const refusal: Refusal = { code: 'id-reused', params: { id: act.id, sequence: first.sequence } };
    return this.#receipt('duplicate', act.id, content, refusal);
  }
}

function aboutOf({ machine, printInstant }: Definition, id: string) {
  return { id, machine: machine.id, print: printInstant ?? ((at: Instant) => new Date(at).toISOString()) };
}

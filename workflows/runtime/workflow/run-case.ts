import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  log,
  makeContinueAsNewFunc,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { ACT_LIMIT, isAct, isInstant, isSoon, NOT_AN_ACT, type Refused } from './admission';
import { Backlog, PORTION } from './backlog';
import { jsonBytes } from './carry';
import { CaseActor, type CaseStart, DEADLINES_IN_RECEIPT } from './case-actor';
import { CaseTimer } from './case-timer';
import type { Definition } from './definition';
import { checkEnvelope, checkSize, type Envelope, isEnvelope } from './envelope';
import { messageOf } from './fault';
import { Flusher } from './flusher';
import { countRefusal, countSteps } from './metrics';
import { migrate } from './migrate';
import { checkMachine } from './prepare';
import * as protocol from './protocol';
import type { CaseView, Receipt } from './receipt';
import { Shown } from './shown';
import type { Act, Instant, Notice } from './types';

const actUpdate = defineUpdate<Receipt, [Act]>(protocol.ACT);
const advanceUpdate = defineUpdate<protocol.Advanced, [Instant]>(protocol.ADVANCE);
const noticeSignal = defineSignal<[Notice]>(protocol.NOTICE);
const upgradeSignal = defineSignal(protocol.UPGRADE);
const viewQuery = defineQuery<CaseView, [Notice?]>(protocol.VIEW);

/** Events of history after which a case continues as new: a cold case must answer within a second. */
const HISTORY_LIMIT = 800;

export interface RunOptions {
  /** Continue as new once history holds so many events. Tests set it low. */
  historyLimit?: number;
}

export type CaseArgument = (CaseStart & RunOptions) | { envelope: Envelope; options: RunOptions };

/**
 * Runs a case of `definition` as a workflow: opens it or takes it up, answers acts, fires deadlines, keeps the record.
 *
 * Ends only in a final state of the machine: a request to cancel it changes nothing. Thrown code fails the workflow
 * *task*: nothing is committed, the case waits, and goes on once a fixed build is deployed.
 *
 * @throws ApplicationFailure `NotOpened` if the opening itself is impossible: there is no case then.
 */
export async function runCase(definition: Definition, argument: CaseArgument): Promise<protocol.CaseResult> {
  return CancellationScope.nonCancellable(async () => {
    checkMachine(definition);
    const real = (): Instant => Date.now();
    const resumed = typeof argument === 'object' && argument !== null && 'envelope' in argument;
    const subject = resumed ? takeUp(definition, argument.envelope, real()) : open(definition, argument, real());
    const options = resumed ? argument.options : argument;
    const clock = (): Instant => (subject.drill ? subject.drillClock : real());
    return new Run(subject, clock, options, resumed ? subject.head.sequence : 0).untilDone();
  });
}

/** One run of a case, from its start or continue-as-new to the next. */
class Run {
  readonly #flusher: Flusher;
  readonly #timer: CaseTimer;
  readonly #backlog: Backlog;
  readonly #shown = new Shown();
  /** What a case does and waits for does not stop because an operator asked Temporal to cancel the workflow. */
  readonly #scope = CancellationScope.current();
  #upgrading = false;
  #full = false;
  /** Links up to this one have been counted. */
  #counted: number;

  constructor(
    private readonly subject: CaseActor,
    private readonly clock: () => Instant,
    private readonly options: RunOptions,
    /** The head this run began with. */
    private readonly begun: number,
  ) {
    this.#counted = begun;
    subject.clock = clock;
    subject.onResult = () => this.#settle();
    this.#flusher = new Flusher(subject, clock, () => this.#weigh());
    this.#timer = new CaseTimer(subject, clock);
    this.#backlog = new Backlog(subject, () => this.#settle());
    this.#settle();
    this.#listen();
  }

  async untilDone(): Promise<protocol.CaseResult> {
    const { subject } = this;
    for (;;) {
      await condition(() => this.#flusher.fault !== undefined || this.#isToWake || this.#isToEnd || this.#isToContinue);
      if (this.#flusher.fault) throw asBug(this.#flusher.fault.error);
      if (this.#isToWake) {
        this.#timer.fired = false;
        subject.wake(this.clock(), PORTION);
        this.#settle();
        continue;
      }
      if (subject.closed) return resultOf(subject);
      return this.#continueAsNew();
    }
  }

  get #isToWake(): boolean {
    return this.#timer.fired && !this.#backlog.working;
  }

  get #isToEnd(): boolean {
    return this.subject.closed && this.#isQuiet;
  }

  get #isToContinue(): boolean {
    const full = this.#upgrading || this.#full;
    return full && this.#isQuiet && (this.#upgrading || this.subject.head.sequence > this.begun);
  }

  /**
   * Looked at after steps and flushes only, which history holds. A refusal by the validator leaves nothing behind: what
   * its task alone had seen, a replay could not see again.
   */
  #weigh(): void {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    this.#full = continueAsNewSuggested || historyLength >= (this.options.historyLimit ?? HISTORY_LIMIT);
  }

  get #isQuiet(): boolean {
    return allHandlersFinished() && this.#flusher.idle && !this.subject.busy;
  }

  /** After every stimulus: the timer is aimed, the case shown, the record sent. */
  #settle(): void {
    this.#weigh();
    this.#counted = countSteps(this.subject.unflushed, this.#counted);
    this.#timer.aim();
    this.#shown.show(this.subject, this.clock(), this.#flusher.recorded);
    this.#flusher.kick();
  }

  #listen(): void {
    const { subject } = this;
    setHandler(actUpdate, (act: Act) => this.#scope.run(() => this.#act(act)), {
      description: 'Does an act of the procedure and answers at once with a receipt',
      validator: (act: Act) => this.#admit(act),
    });
    setHandler(noticeSignal, (notice: Notice) => this.#scope.run(() => this.#notice(notice)), {
      description: 'Takes a notice of another case, a calendar or an edition',
    });
    setHandler(viewQuery, (notice?: Notice) => this.#view(notice), {
      description: 'Where the case stands, and what a notice would move',
    });
    if (subject.drill)
      setHandler(advanceUpdate, (to: Instant) => this.#scope.run(() => this.#advance(to)), {
        description: 'Moves the clock of a drill',
      });
    setHandler(
      upgradeSignal,
      () => {
        this.#upgrading = true;
      },
      { description: 'Wakes the case to move to the current build' },
    );
  }

  #view(notice: Notice | undefined): CaseView {
    const { subject, clock } = this;
    const view = subject.view(clock(), this.#flusher.recorded);
    return notice ? { ...view, foreseen: subject.foresees(notice, clock()) } : view;
  }

  /** Throws nothing but an explained refusal. A bug met here is met again by the handler, where it fails the task. */
  #admit(act: Act): void {
    if (!isAct(act)) throw refuse(this.subject, act, NOT_AN_ACT);
    let refused: Refused | undefined;
    try {
      refused = this.subject.foresee(act, this.clock());
    } catch {
      return;
    }
    if (!refused) return;
    countRefusal(this.subject.machineId, refused);
    throw refuse(this.subject, act, refused);
  }

  async #act(act: Act): Promise<Receipt> {
    const { subject, clock } = this;
    const wake = clock();
    const taken = this.#backlog.before(subject.instantBefore(act, wake), wake, () => {
      const given = subject.act(act, clock(), PORTION);
      this.#settle();
      return given;
    });
    const receipt = taken instanceof Promise ? await taken : taken;
    if (receipt.outcome !== 'changed') return receipt;
    return { ...receipt, recorded: await this.#flusher.through(receipt.sequence) };
  }

  async #notice(notice: Notice): Promise<void> {
    const wake = this.clock();
    await this.#backlog.before(wake, wake, () => {
      if (!this.subject.notice(notice, this.clock(), PORTION))
        log.warn('a notice was left aside: it is none, or this case takes none of its type', { notice: notice?.id });
      this.#settle();
    });
  }

  async #advance(to: Instant): Promise<protocol.Advanced> {
    const { subject } = this;
    const before = subject.head.sequence;
    subject.advance(to);
    this.#settle();
    await this.#flusher.through(subject.head.sequence);
    return {
      next: subject.first?.dueAt ?? null,
      head: subject.head,
      status: subject.closed ? 'closed' : 'open',
      fired: subject.head.sequence - before,
    };
  }

  #continueAsNew(): Promise<never> {
    const { historyLimit } = this.options;
    const next = makeContinueAsNewFunc<(argument: CaseArgument) => Promise<protocol.CaseResult>>(
      this.#upgrading ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {},
    );
    return next({
      envelope: checkSize(this.subject.carry(this.clock())),
      options: historyLimit === undefined ? {} : { historyLimit },
    });
  }
}

/** A failure of an activity must not end the case: thrown as a plain error it fails the task, and the case waits. */
function asBug(error: unknown): Error {
  return new Error(`the record could not be kept: ${messageOf(error)}`, { cause: error });
}

function open(definition: Definition, start: CaseStart, wake: Instant): CaseActor {
  const amiss = startAmiss(start, wake);
  if (amiss)
    throw ApplicationFailure.create({
      type: protocol.NOT_OPENED,
      nonRetryable: true,
      message: `${amiss}; open a case through the client library`,
    });
  const opened = { ...start, data: start.data ?? null };
  return CaseActor.open(definition, opened, start.drill ? start.drill.clock : wake);
}

function startAmiss(start: CaseStart | null | undefined, wake: Instant): string | undefined {
  const { id, actId, stamp, drill, input } = start ?? ({} as Partial<CaseStart>);
  const { workflowId } = workflowInfo();
  if (typeof id !== 'string' || typeof actId !== 'string' || typeof stamp?.entrance !== 'string')
    return 'a case is opened with {id, actId, input, stamp, data}';
  if (id !== workflowId) return `case '${id}' was started as workflow '${workflowId}'; both must be one`;
  if (!isInstant(stamp.receivedAt) || (drill && !isInstant(drill.clock))) return 'the instant of its stamp is none';
  if (!drill && !isSoon(stamp.receivedAt, wake)) return 'its stamp lies in the future';
  const bytes = jsonBytes(input);
  if (bytes > ACT_LIMIT) return `its input has ${bytes} bytes, ${ACT_LIMIT} are taken`;
  return undefined;
}

function takeUp(definition: Definition, envelope: Envelope, at: Instant): CaseActor {
  if (!isEnvelope(envelope)) throw new Error('continued without an envelope');
  const { machine, migrations = [] } = definition;
  const migration = migrations.find(({ from }) => from === envelope.machine);
  const carried = migration ? migrate(envelope, migration, machine) : envelope;
  const { drillClock } = checkEnvelope(carried, machine).memory;
  const resumed = CaseActor.resume(definition, carried, drillClock ?? at);
  if (migration) resumed.moved(envelope.machine, drillClock ?? at);
  return resumed;
}

function refuse(subject: CaseActor, act: Act, refused: Refused): ApplicationFailure {
  const receipt: Receipt = {
    ...refused,
    id: typeof act?.id === 'string' ? act.id : '',
    content: '',
    state: subject.state(),
    sequence: subject.head.sequence,
    recordHash: subject.head.hash,
    deadlines: subject.deadlines(DEADLINES_IN_RECEIPT),
    recorded: 'yes',
  };
  return ApplicationFailure.create({
    type: protocol.REFUSED,
    nonRetryable: true,
    message: refused.refusal.code,
    details: [receipt],
  });
}

function resultOf(subject: CaseActor): protocol.CaseResult {
  const { output } = subject.snapshot;
  return { state: subject.state(), head: subject.head, ...(output === undefined ? {} : { output }) };
}

import { defineSearchAttributeKey } from '@temporalio/common';
import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { CaseActor, type CaseStart } from './case-actor';
import type { AttributeValue, Definition } from './definition';
import { checkEnvelope, type Envelope, isEnvelope } from './envelope';
import { Flusher } from './flusher';
import { migrate } from './migrate';
import { checkMachine } from './prepare';
import * as protocol from './protocol';
import type { CaseView, Receipt } from './receipt';
import type { Act, Instant, Notice } from './types';

const actUpdate = defineUpdate<Receipt, [Act]>(protocol.ACT);
const advanceUpdate = defineUpdate<protocol.Advanced, [Instant]>(protocol.ADVANCE);
const noticeSignal = defineSignal<[Notice]>(protocol.NOTICE);
const upgradeSignal = defineSignal(protocol.UPGRADE);
const viewQuery = defineQuery<CaseView>(protocol.VIEW);

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
 * Ends only in a final state of the machine. Thrown code fails the workflow *task*: nothing is committed, the case waits,
 * and goes on once a fixed build is deployed.
 *
 * @throws ApplicationFailure `NotOpened` if the opening itself is impossible: there is no case then.
 */
export async function runCase(definition: Definition, argument: CaseArgument): Promise<protocol.CaseResult> {
  checkMachine(definition);
  const resumed = 'envelope' in argument;
  const options: RunOptions = resumed ? argument.options : argument;
  const real = (): Instant => Date.now();
  const subject = resumed ? takeUp(definition, argument.envelope, real()) : open(definition, argument, real());
  const clock = (): Instant => (subject.drill ? subject.drillClock : real());
  subject.clock = clock;
  const flusher = new Flusher(subject, clock);
  const timer = new CaseTimer(subject, clock);
  const shown = new Shown();

  const settle = (): void => {
    timer.aim();
    shown.show(subject, clock(), flusher.recorded);
    flusher.kick();
  };
  subject.onStep = () => {};

  let upgrading = false;
  settle();

  setHandler(
    actUpdate,
    async (act: Act): Promise<Receipt> => {
      const receipt = subject.act(act, clock());
      settle();
      if (receipt.outcome !== 'changed') return receipt;
      return { ...receipt, recorded: await flusher.through(receipt.sequence) };
    },
    {
      description: 'Does an act of the procedure and answers at once with a receipt',
      validator: (act: Act) => {
        const refused = subject.foresee(wellFormed(act), clock());
        if (refused) throw refuse(subject, act, refused);
      },
    },
  );
  setHandler(
    noticeSignal,
    (notice: Notice) => {
      subject.notice(notice, clock());
      settle();
    },
    { description: 'Takes a notice of another case, a calendar or an edition' },
  );
  setHandler(viewQuery, () => subject.view(clock(), flusher.recorded), { description: 'Where the case stands' });
  if (subject.drill)
    setHandler(
      advanceUpdate,
      async (to: Instant) => {
        const before = subject.head.sequence;
        subject.advance(to);
        settle();
        await flusher.through(subject.head.sequence);
        const status: protocol.Advanced['status'] = subject.closed ? 'closed' : 'open';
        return {
          next: subject.first?.dueAt ?? null,
          head: subject.head,
          status,
          fired: subject.head.sequence - before,
        };
      },
      { description: 'Moves the clock of a drill' },
    );
  setHandler(
    upgradeSignal,
    () => {
      upgrading = true;
    },
    { description: 'Wakes the case to move to the current build' },
  );

  const limit = options.historyLimit ?? HISTORY_LIMIT;
  const full = (): boolean => {
    const info = workflowInfo();
    return upgrading || info.historyLength >= limit || info.continueAsNewSuggested;
  };
  const quiet = (): boolean => allHandlersFinished() && flusher.idle && !subject.busy;
  const stepped = { sequence: resumed ? subject.head.sequence : 0 };

  for (;;) {
    await condition(() => {
      if (flusher.fault || timer.fired) return true;
      if (subject.closed) return quiet();
      return full() && quiet() && (upgrading || subject.head.sequence > stepped.sequence);
    });
    if (flusher.fault) throw asBug(flusher.fault.error);
    if (timer.fired) {
      timer.fired = false;
      subject.wake(clock());
      settle();
      continue;
    }
    if (subject.closed) return resultOf(subject);
    return makeContinueAsNewFunc<(argument: CaseArgument) => Promise<protocol.CaseResult>>(
      upgrading ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {},
    )({
      envelope: subject.carry(clock()),
      options: options.historyLimit === undefined ? {} : { historyLimit: options.historyLimit },
    });
  }
}

/** A failure of an activity must not end the case: thrown as a plain error it fails the task, and the case waits. */
function asBug(error: unknown): Error {
  return new Error(`the record could not be kept: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}

function open(definition: Definition, start: CaseStart, wake: Instant): CaseActor {
  if (typeof start?.id !== 'string' || typeof start.stamp?.receivedAt !== 'number')
    throw ApplicationFailure.create({
      type: protocol.NOT_OPENED,
      nonRetryable: true,
      message: 'a case is opened with {id, actId, input, stamp, data}; open it through the client library',
    });
  return CaseActor.open(definition, start, start.drill ? start.drill.clock : wake);
}

function takeUp(definition: Definition, envelope: Envelope, at: Instant): CaseActor {
  if (!isEnvelope(envelope)) throw new Error('continued without an envelope');
  const { machine, migrations = [] } = definition;
  const migration = migrations.find(({ from }) => from === envelope.machine);
  const carried = migration ? migrate(envelope, migration, machine) : envelope;
  const checked = checkEnvelope(carried, machine.id);
  const resumed = CaseActor.resume(definition, checked, checked.memory.drillClock ?? at);
  if (migration) resumed.moved(envelope.machine, checked.memory.drillClock ?? at);
  return resumed;
}

function wellFormed(act: Act): Act {
  if (
    typeof act?.id === 'string' &&
    typeof act.type === 'string' &&
    typeof act.stamp?.receivedAt === 'number' &&
    typeof act.stamp.entrance === 'string'
  )
    return act;
  const refusal = {
    code: 'malformed',
    path: 'act',
    params: { expected: '{id, type, payload, stamp: {receivedAt, entrance}}' },
  };
  throw ApplicationFailure.create({
    type: protocol.REFUSED,
    nonRetryable: true,
    message: 'malformed',
    details: [{ outcome: 'malformed', refusal }],
  });
}

function refuse(
  subject: CaseActor,
  act: Act,
  refused: NonNullable<ReturnType<CaseActor['foresee']>>,
): ApplicationFailure {
  const receipt: Receipt = {
    ...refused,
    id: act.id,
    content: '',
    state: subject.state(),
    sequence: subject.head.sequence,
    recordHash: subject.head.hash,
    deadlines: subject.deadlines(),
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

/** The case's one Temporal timer: aimed at the first entry of the table and named after it. */
class CaseTimer {
  fired = false;
  #aimed: { serial: number; dueAt: Instant; scope: CancellationScope } | undefined;

  constructor(
    private readonly subject: CaseActor,
    private readonly clock: () => Instant,
  ) {}

  aim(): void {
    const first = this.subject.drill || this.subject.closed ? undefined : this.subject.first;
    if (this.#aimed?.serial === first?.serial && this.#aimed?.dueAt === first?.dueAt) return;
    this.#aimed?.scope.cancel();
    this.#aimed = undefined;
    if (!first) return;
    const summary = this.subject.timerSummary(first, this.clock());
    const scope = new CancellationScope();
    const aimed = { serial: first.serial, dueAt: first.dueAt, scope };
    this.#aimed = aimed;
    const wait = Math.max(1, first.dueAt - this.clock());
    scope
      .run(() => sleep(wait, { summary }))
      .then(
        () => {
          if (this.#aimed === aimed) this.#aimed = undefined;
          this.fired = true;
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }
}

/** What the Temporal UI and its lists see; written only where it changed. */
class Shown {
  #attributes = new Map<string, string>();

  show(subject: CaseActor, at: Instant, recorded: number): void {
    const { details, attributes } = subject.present(at, recorded);
    setCurrentDetails(details);
    const changed = attributes.filter((a) => this.#attributes.get(a.name) !== JSON.stringify(a.value));
    if (changed.length === 0) return;
    for (const a of changed) this.#attributes.set(a.name, JSON.stringify(a.value));
    upsertSearchAttributes(changed.map(pairOf));
  }
}

function pairOf({ name, type, value }: AttributeValue) {
  return { key: defineSearchAttributeKey(name, type), value } as never;
}

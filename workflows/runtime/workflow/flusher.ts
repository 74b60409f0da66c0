/**
 * One flusher per case: sends everything not yet recorded, from the recorded head on, in one ledger transaction. The
 * first attempt is a local activity, so that a step, its record and its receipt are one server write; when the ledger
 * does not answer in time it goes on as an ordinary activity for as long as it takes, and acts are answered meanwhile.
 */
import { log, proxyActivities, proxyLocalActivities, sleep, workflowInfo } from '@temporalio/workflow';
import { jsonBytes } from './carry';
import type { CaseActor } from './case-actor';
import { DEADLINES_IN_VIEW } from './case-face';
import { messageOf } from './fault';
import type { FlushBatch, Head, Instant, RecordEntry } from './types';

export interface RecordActivities {
  /** Writes a batch in one transaction and answers the head it now has. Idempotent. */
  flushRecord(batch: FlushBatch): Promise<Head>;
}

/** How long a person may wait for the ledger before the answer leaves with `recorded: pending`. */
const LOCAL_LIMIT = '1500 ms';
/** A batch is the argument of an activity: Temporal takes 2 MiB, one transaction should be short. */
const BATCH_BYTES = 512 * 1024;
const BATCH_ENTRIES = 500;
/** Pause after the ledger refused a batch for good: a case never ends by that, it waits until somebody has looked. */
const REFUSED_PAUSE = '1 minute';

const local = proxyLocalActivities<RecordActivities>({
  scheduleToCloseTimeout: LOCAL_LIMIT,
  retry: { maximumAttempts: 2, initialInterval: '200 ms' },
});

const remote = proxyActivities<RecordActivities>({
  startToCloseTimeout: '10 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '1 minute' },
  summary: 'record',
});

interface Waiting {
  sequence: number;
  answer: (recorded: 'yes' | 'pending') => void;
}

/** Promises are dear inside a workflow (the SDK notes where each was made), so few are made per act. */
export class Flusher {
  #recorded: number;
  #running = false;
  #behind = false;
  #wake = () => {};
  #waiting: Waiting[] = [];
  /** The head of the last flush and the length of history at that time: once history has grown, Temporal has it too. */
  #last: { head: Head; historyLength: number } | undefined;
  fault: { error: unknown } | undefined;

  constructor(
    private readonly subject: CaseActor,
    private readonly clock: () => Instant,
    private readonly onFlushed: () => void = () => {},
  ) {
    this.#recorded = subject.unflushed[0] ? subject.unflushed[0].sequence - 1 : subject.head.sequence;
    this.#run().catch((error: unknown) => {
      this.fault = { error };
      this.#release();
    });
  }

  get recorded(): number {
    return this.#recorded;
  }

  get idle(): boolean {
    return !this.#running && this.subject.unflushed.length === 0;
  }

  /** Starts a flush unless one is under way; acts taken in one activation share a write. */
  kick(): void {
    if (this.subject.unflushed.length > 0) this.#wake();
  }

  /** Waits until the record holds `sequence`, or until it is plain that the ledger cannot write now. */
  through(sequence: number): Promise<'yes' | 'pending'> {
    this.kick();
    return new Promise((answer) => {
      this.#waiting.push({ sequence, answer });
      this.#release();
    });
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) {
      if (this.#recorded >= one.sequence) one.answer('yes');
      else if (this.#behind || this.fault) one.answer('pending');
      else this.#waiting.push(one);
    }
  }

  async #run(): Promise<never> {
    for (;;) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
      this.#running = true;
      while (this.subject.unflushed.length > 0) await this.#flush();
      this.#behind = false;
      this.#running = false;
    }
  }

  async #flush(): Promise<void> {
    const batch = this.#batch();
    await this.#write(batch);
    const { sequence, hash } = batch.entries.at(-1)!;
    this.#last = { head: { sequence, hash }, historyLength: workflowInfo().historyLength };
    this.subject.flushed(sequence);
    this.#recorded = sequence;
    this.onFlushed();
    this.#release();
  }

  async #write(batch: FlushBatch): Promise<void> {
    if (!this.#behind) {
      try {
        await local.flushRecord(batch);
        return;
      } catch {
        // Whatever kept the ledger from writing is retried below until it has gone; nobody waits for it.
        this.#behind = true;
        this.#release();
      }
    }
    for (;;) {
      try {
        await remote.flushRecord(batch);
        return;
      } catch (error) {
        log.error('the ledger refuses this case', { case: batch.case, problem: messageOf(error) });
        await sleep(REFUSED_PAUSE);
      }
    }
  }

  #batch(): FlushBatch {
    const { subject } = this;
    if (this.#last && workflowInfo().historyLength > this.#last.historyLength) subject.commit(this.#last.head);
    const entries = firstOf(subject.unflushed);
    const { sequence } = entries.at(-1)!;
    return {
      case: subject.id,
      machine: entries[0]!.machine,
      drill: subject.drill,
      committed: subject.committed,
      entries,
      projection: {
        case: subject.id,
        machine: entries[0]!.machine,
        sequence,
        status: subject.closed ? 'closed' : 'open',
        state: subject.state(),
        deadlines: subject.deadlines(DEADLINES_IN_VIEW),
        summary: subject.present(this.clock(), this.#recorded).summary,
      },
      outbox: subject.outboxThrough(sequence),
    };
  }
}

/** As many of the oldest entries as one batch takes, at least one. */
function firstOf(unflushed: readonly RecordEntry[]): RecordEntry[] {
  if (unflushed.length === 1) return [...unflushed];
  let bytes = 0;
  const end = unflushed.slice(0, BATCH_ENTRIES).findIndex((entry) => {
    bytes += jsonBytes(entry);
    return bytes > BATCH_BYTES;
  });
  if (end < 0) return unflushed.slice(0, BATCH_ENTRIES);
  return unflushed.slice(0, Math.max(1, end));
}

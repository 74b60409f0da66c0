import { CaseActor, type CaseStart } from '../workflow/case-actor';
import type { Definition } from '../workflow/definition';
import type { Receipt } from '../workflow/receipt';
import type { Act, Effect, Instant, Json, RecordEntry, Stamp } from '../workflow/types';

/**
 * Plays a case on an owned clock, without a server: the same CaseActor as in a workflow. Time moves when it is told to,
 * and everything that happened stays readable.
 */
export class Play {
  readonly entries: RecordEntry[] = [];
  readonly #subject: CaseActor;
  #now: Instant;
  #acts = 0;
  #notices = 0;

  constructor(definition: Definition, start: Omit<CaseStart, 'id' | 'actId'> & { id?: string }) {
    this.#now = start.stamp.receivedAt;
    this.#subject = CaseActor.open(definition, { id: 'case-1', actId: 'open', ...start }, this.#now);
    this.#collect();
  }

  get now(): Instant {
    return this.#now;
  }

  get subject(): CaseActor {
    return this.#subject;
  }

  get state(): string[] {
    return this.#subject.state();
  }

  /** Effects named since the case was opened, or since entry `from`. */
  effects(kind?: string, from = 0): Effect[] {
    const all = this.entries.slice(from).flatMap((entry) => entry.effects);
    return kind === undefined ? all : all.filter((effect) => effect.kind === kind);
  }

  /** Lets the clock run to `instant`, waking at every instant at which something is due. */
  until(instant: Instant): this {
    for (let due = this.#subject.first?.dueAt; due !== undefined && due <= instant; due = this.#subject.first?.dueAt)
      this.oversleep(Math.max(due, this.#now));
    return this.oversleep(instant);
  }

  /** Lets the case wake only at `instant`, as after an outage. */
  oversleep(instant: Instant): this {
    if (instant < this.#now) throw new Error('a clock does not run backwards');
    this.#now = instant;
    this.#subject.wake(instant);
    this.#collect();
    return this;
  }

  /** Sends an act at this instant and answers its receipt. */
  send(type: string, payload: Json, stamp: Omit<Stamp, 'receivedAt' | 'entrance'>, extra: Partial<Act> = {}): Receipt {
    this.#acts += 1;
    const act: Act = {
      id: `act-${this.#acts}`,
      type,
      payload,
      stamp: { entrance: 'test', receivedAt: this.#now, ...stamp },
      ...extra,
    };
    const receipt = this.#subject.act(act, this.#now);
    this.#collect();
    return receipt;
  }

  /** Brings a notice at this instant; false if the case has no use for it. */
  notify(type: string, payload: Json, { from = 'another', seq }: { from?: string; seq?: number } = {}): boolean {
    this.#notices += 1;
    const notice = { id: `notice-${this.#notices}`, from, seq: seq ?? this.#notices, type, payload };
    const taken = this.#subject.notice(notice, this.#now);
    this.#collect();
    return taken;
  }

  #collect(): void {
    const from = this.entries.length;
    this.entries.push(...this.#subject.unflushed.slice(from));
  }
}

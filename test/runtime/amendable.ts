/** A loan whose record can be put right, and what a test needs to play it without a clock of its own. */
import { assign, createMachine, fromPromise } from 'xstate';
import { z } from 'zod';
import {
  type Act,
  CaseActor,
  type Definition,
  type Envelope,
  emitEffect,
  type Json,
  type Receipt,
  type RepairSpec,
} from '../../workflows/runtime/workflow';
import { asActivity } from '../../workflows/runtime/workflow/activity-mark';
import { HOUR, loanDefinition } from './loan';

export { HOUR };
export const T0 = Date.UTC(2026, 2, 2, 1);

const unfit: RepairSpec['unfit'] = ({ second, proposed, confirming }) => {
  if (confirming.seat !== second) return { code: 'not-entitled', entitled: [second] };
  return confirming.person === proposed.person ? { code: 'repair-one-person' } : undefined;
};

/** The three amendments with the least a host says of them. */
export const amendable: Pick<Definition, 'recall' | 'correct' | 'repair'> = {
  recall: {
    event: 'RECALL',
    cite: 'rule 8',
    isOwn: (first, current) => first.seat === current.seat,
    owners: ({ seat }) => [String(seat)],
    binding: ['order'],
  },
  correct: {
    event: 'CORRECT',
    cite: 'rule 9',
    fields: [
      { path: 'renewals', schema: z.int().min(0) },
      { path: 'days', schema: z.number() },
      { path: 'told.*', schema: z.string().max(5) },
      { path: 'place.row', schema: z.int() },
    ],
  },
  repair: { propose: 'PROPOSE', confirm: 'CONFIRM', cite: 'rule 10', unfit },
};

const act = { kind: 'act' } as const;
export const amendingEvents = { RECALL: act, CORRECT: act, PROPOSE: act, CONFIRM: act };

export const lending: Definition = {
  ...loanDefinition,
  events: { ...loanDefinition.events, ...amendingEvents },
  ...amendable,
  expose: ({ context }) => context as Json,
  onNotice: ({ type }, data) => (type === 'CALENDAR' ? { data, redate: () => undefined } : undefined),
};

/** What the activity of a shelf waits for. */
export const fetching: { done: Promise<unknown> } = { done: new Promise(() => {}) };

/** Two shelves side by side, one of which remembers; an activity, an effect that binds, an end. */
export const shelving: Definition = {
  machine: createMachine(
    {
      id: 'shelving@1',
      context: { note: '', place: { row: 1 }, marks: ['a'] },
      type: 'parallel',
      states: {
        shelf: {
          initial: 'low',
          states: {
            low: { on: { UP: 'high' }, after: { dusty: 'high' } },
            high: {
              initial: 'front',
              on: { DOWN: 'low', AWAY: 'away' },
              after: { gather: 'low' },
              states: {
                front: { on: { PUSH: 'behind' }, after: { settle: 'behind' } },
                behind: {},
                last: { type: 'history', history: 'deep' },
              },
            },
            away: { on: { BACK: 'high.last', FETCH: 'fetching' } },
            fetching: { invoke: { src: 'fetch', onDone: 'low' }, on: { STOP: 'away', UP: 'high' } },
            passing: { always: 'low' },
          },
        },
        list: {
          initial: 'open',
          states: {
            open: { on: { ORDER: { actions: 'order' }, NOTE: { actions: 'note' }, CLOSE: 'done' } },
            held: { after: { hold: 'open' } },
            done: {},
          },
        },
      },
    } as never,
    {
      delays: {
        dusty: () => 5 * HOUR,
        settle: () => 2 * HOUR,
        gather: () => 3 * HOUR,
        hold: ({ context }: { context: { place: { row: number } } }) => context.place.row * HOUR,
      },
      actions: {
        order: () => emitEffect({ kind: 'order' }),
        note: assign({ note: ({ event }: { event: { text?: string } }) => event.text ?? 'x' } as never),
      },
      actors: {
        fetch: asActivity(
          fromPromise(() => fetching.done),
          'fetch',
        ),
      },
    } as never,
  ),
  events: {
    ...Object.fromEntries(
      ['UP', 'DOWN', 'AWAY', 'PUSH', 'BACK', 'FETCH', 'STOP', 'ORDER', 'NOTE', 'CLOSE'].map((type) => [type, act]),
    ),
    ...amendingEvents,
  },
  ...amendable,
  expose: ({ context }) => context as Json,
};

/** A case in the hands of a test: every act is done at `at`, by a seat; hops are continue-as-new. */
export class Handled {
  subject: CaseActor;
  at = T0;
  #acts = 0;

  constructor(
    readonly definition: Definition,
    input: Json = { days: 1 },
  ) {
    const stamp = { receivedAt: T0, entrance: 'desk', seat: 'reader', person: 'p1' };
    this.subject = CaseActor.open(definition, { id: 'L-1', actId: 'open', input, stamp, data: null }, T0);
  }

  do(type: string, payload: Json = {}, seat = 'reader', more: { id?: string; person?: string } = {}): Receipt {
    const { id = `a${++this.#acts}`, person = seat } = more;
    const asked: Act = { id, type, payload, stamp: { receivedAt: this.at, entrance: 'desk', seat, person } };
    const foreseen = this.subject.foresee(asked, this.at);
    const receipt = this.subject.act(asked, this.at);
    // A validator that says yes to what is refused, or no to what is done, would be a lie.
    if (foreseen) expect(receipt).toMatchObject({ outcome: foreseen.outcome, refusal: foreseen.refusal });
    return receipt;
  }

  recall(eventId: string, seat = 'reader'): Receipt {
    return this.do('RECALL', { eventId, reason: 'mistaken' }, seat);
  }

  until(at: number): this {
    this.at = at;
    this.subject.wake(at);
    return this;
  }

  /** Carried to its next run, as JSON. */
  hop(change: (envelope: Envelope) => Envelope = (envelope) => envelope): this {
    const envelope = change(JSON.parse(JSON.stringify(this.subject.carry(this.at))) as Envelope);
    this.subject = CaseActor.resume(this.definition, envelope, this.at);
    return this;
  }

  /** Where it stands: everything but the record and the clock. */
  get standing(): object {
    const { state, context, tags, deadlines, accepts } = this.subject.view(this.at, 0);
    const { snapshot } = this.subject.carry(this.at);
    const others = accepts.filter(({ type }) => type !== 'RECALL');
    return { state, context, tags, deadlines, accepts: others, snapshot, table: [...this.subject.table] };
  }

  get last() {
    return this.subject.unflushed.at(-1)!;
  }
}

/** Taking back the last act: the case stands again where it stood before, and both acts stay in the record. */
import type { Refused } from './admission';
import { emitEffect } from './ambient';
import type { Amended, Amendment } from './amendments';
import type { RecallSpec } from './definition';
import type { Refusal } from './receipt';
import type { Obstacle } from './step-back';
import type { Act, Cite, Json } from './types';

const BARRED: Record<Obstacle, Refusal> = {
  opening: { code: 'recall-opening' },
  activity: { code: 'recall-activity' },
  binding: { code: 'recall-binding' },
  amendment: { code: 'recall-amendment' },
  'too-large': { code: 'recall-too-large' },
};

export class Recall implements Amendment {
  readonly isFinal = true;

  constructor(
    private readonly spec: RecallSpec,
    private readonly amended: Amended,
  ) {}

  get cite(): Cite | undefined {
    return this.spec.cite;
  }

  amiss({ payload, stamp }: Act): Refused | undefined {
    const { spec, amended } = this;
    const { last } = amended.stepBack;
    const { eventId } = (payload ?? {}) as { eventId?: Json };
    if (typeof eventId !== 'string')
      return {
        outcome: 'malformed',
        refusal: { code: 'malformed', path: 'payload.eventId', params: { expected: 'id' } },
      };
    if (last?.id !== eventId) return { outcome: 'rule', refusal: this.#passed(eventId) };
    if (!spec.isOwn(last.stamp, stamp)) {
      const params = { event: spec.event };
      return { outcome: 'not-entitled', refusal: { code: 'not-entitled', entitled: spec.owners(last.stamp), params } };
    }
    if (!('obstacle' in last)) return undefined;
    const params = { eventId, sequence: last.sequence, event: last.type };
    return { outcome: 'rule', refusal: { ...BARRED[last.obstacle], params } };
  }

  carryOut(): void {
    const { machine, table, stepBack } = this.amended;
    const { last } = stepBack;
    if (!last || 'obstacle' in last) throw new Error('there is no step to take back');
    const { sequence, hash, id, type, before } = last;
    machine.stand(before.standing, {
      from: '(root)',
      ...(this.spec.cite === undefined ? {} : { cite: this.spec.cite }),
    });
    table.restore(before.entries);
    emitEffect({ kind: 'recalled', sequence, hash, act: id, type, ...this.spec.effect?.() });
  }

  /** Not the last act any more, or none that this case remembers. */
  #passed(eventId: string): Refusal {
    const { receipts, chronicle, definition } = this.amended;
    const sequence = receipts.of(eventId)?.sequence;
    if (sequence === undefined) return { code: 'recall-unknown', params: { eventId } };
    const next = sequence + 1;
    const step = chronicle.lastSteps.find((one) => one.sequence === next);
    const followed = step && { followed: definition.delays?.[step.trigger]?.label ?? step.trigger };
    return { code: 'recall-passed', params: { eventId, sequence, next, ...followed } };
  }
}

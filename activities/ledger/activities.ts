import { ApplicationFailure } from '@temporalio/common';
import type { FlushBatch, Head } from '../../workflows/runtime/workflow/types';
import { isErrand } from './errand-rows';
import { LedgerConflict } from './errors';
import type { Ledger } from './ledger';

export interface LedgerActivities {
  /** Writes a batch in one transaction and answers the head the record has now. Idempotent. */
  flushRecord(batch: FlushBatch): Promise<Head>;
}

/**
 * The activities a worker offers for a ledger. Everything but a contradiction is worth trying again.
 *
 * @param onErrands told when something was written that is asked of other cases
 */
export function createLedgerActivities(
  ledger: Pick<Ledger, 'flush'>,
  onErrands: () => void = () => {},
): LedgerActivities {
  return {
    async flushRecord(batch) {
      try {
        const head = await ledger.flush(batch);
        if (batch.outbox.some(({ effect }) => isErrand(effect))) onErrands();
        return head;
      } catch (error) {
        if (!(error instanceof LedgerConflict)) throw error;
        const { name: type, message, caseId, sequence } = error;
        throw ApplicationFailure.create({
          type,
          message,
          nonRetryable: true,
          details: [{ case: caseId, sequence }],
          cause: error,
        });
      }
    },
  };
}

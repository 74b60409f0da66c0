import type { Ledger } from '../../activities/ledger';
import { type ReceiptsPort, receiptOf } from '../../workflows/runtime/client';

/** What the ledger knows of acts and cases that Temporal no longer does. Confirmed entries only. */
export function ledgerReceipts(ledger: Pick<Ledger, 'entryOfAct' | 'record' | 'caseView'>): ReceiptsPort {
  return {
    async first(caseId, actId) {
      const entry = await ledger.entryOfAct(caseId, actId);
      return entry && receiptOf(entry);
    },
    async closed(caseId) {
      const known = await ledger.caseView(caseId);
      if (known?.status !== 'closed') return undefined;
      const entries = (await ledger.record(caseId)).filter((one) => one.confirmed).map(({ entry }) => entry);
      const [first, last] = [entries[0], entries.at(-1)];
      if (!first || !last || last.sequence < known.sequence) return undefined;
      const { machine, state } = known;
      const head = { sequence: last.sequence, hash: last.hash };
      return { case: caseId, machine, state, head, openedAt: Date.parse(first.happenedAt), status: 'closed' };
    },
  };
}

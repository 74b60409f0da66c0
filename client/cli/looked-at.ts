/** That the operator looked, noted as every reading is. What cannot be noted because nothing can be written may be read all the same. */
import { userInfo } from 'node:os';
import { type Desk, ENTRANCE } from './desk';

export class LookedAt {
  constructor(private readonly desk: Pick<Desk, 'ledger'>) {}

  async at(what: string, caseId?: string, seat = ''): Promise<void> {
    const { LedgerUnavailable } =
      require('../../activities/ledger/errors') as typeof import('../../activities/ledger/errors');
    // Not by the room's door: it loads what signs, which reading has no use for.
    const { actorOf } = require('../authority/stamp') as typeof import('../authority/stamp');
    const ledger = await this.desk.ledger();
    const reader = actorOf(`operator:${userInfo().username}`, ledger.salt);
    const line = { at: Date.now(), reader, seat, entrance: ENTRANCE, what };
    try {
      await ledger.logReading(caseId === undefined ? line : { ...line, case: caseId });
    } catch (error) {
      if (!(error instanceof LedgerUnavailable)) throw error;
    }
  }
}

import { LedgerUnavailable } from '../../activities/ledger';
import type { Head } from '../../workflows/runtime/workflow';
import type { GatewayParts } from './ports';

/**
 * A receipt proves that Temporal has committed the step it speaks of, so the step's row may be confirmed at once: lists,
 * record and feed show it then. Nobody waits for it; what fails here is made good by the case's next flush.
 */
export class Confirming {
  readonly #underWay = new Set<Promise<void>>();

  constructor(private readonly parts: Pick<GatewayParts, 'ledger' | 'log' | 'city'>) {}

  soon(caseId: string, head: Head): void {
    if (head.sequence === 0) return;
    const done = this.#confirm(caseId, head).finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** Asks the case itself how far it has come, for steps that came in by another entrance. */
  async asking(caseId: string): Promise<void> {
    await this.#confirm(caseId, (await this.parts.city.view(caseId)).head);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #confirm(caseId: string, head: Head): Promise<void> {
    try {
      await this.parts.ledger.confirm(caseId, head);
    } catch (error) {
      if (error instanceof LedgerUnavailable) return;
      this.parts.log.error({ err: error, case: caseId }, 'a step could not be confirmed');
    }
  }
}

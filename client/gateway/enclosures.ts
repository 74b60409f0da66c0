import { LedgerUnavailable } from '../../activities/ledger';
import type { Json } from '../../workflows/runtime/workflow';
import type { Caller } from '../identity';
import type { GatewayParts } from './ports';
import { SHA256 } from './schemas';

/** Attachments an act speaks of belong to its case from then on: whoever may read the case may read them. */
export class Enclosures {
  constructor(private readonly parts: Pick<GatewayParts, 'ledger' | 'log' | 'clock'>) {}

  /** Only what somebody has sent in himself: naming the hash of a paper must not open it. */
  async enclose(caseId: string, caller: Caller, payload: Json): Promise<void> {
    const { ledger, log, clock } = this.parts;
    const seats = caller.kind === 'system' ? [caller.seat] : caller.seats;
    try {
      for (const hash of new Set(hashesIn(payload))) {
        const kept = await ledger.attachment(hash);
        const own = kept?.uploads.find(({ seat }) => seats.includes(seat));
        if (!kept || !own) continue;
        await ledger.keepAttachment({
          hash,
          name: own.name,
          mediaType: kept.mediaType,
          bytes: kept.bytes,
          case: caseId,
          seat: own.seat,
          at: clock(),
        });
      }
    } catch (error) {
      if (!(error instanceof LedgerUnavailable))
        log.error({ err: error, case: caseId }, 'attachments could not be put to a case');
    }
  }
}

function* hashesIn(value: Json | undefined): Generator<string> {
  if (typeof value === 'string' && SHA256.test(value)) yield value;
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* hashesIn(inner);
}

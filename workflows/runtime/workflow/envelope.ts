/** What one run of a case hands to the next at continue-as-new. Versioned; validated on the way in. */
import type { DueEntry } from './due-table';
import type { CaseView, Receipt } from './receipt';
import type { Head, Instant, Json, OutboxItem, RecordEntry } from './types';

export const ENVELOPE_VERSION = 1;

export interface Envelope {
  version: typeof ENVELOPE_VERSION;
  case: string;
  machine: string;
  snapshot: Json;
  table: { serial: number; entries: DueEntry[] };
  carriedAt: Instant;
  memory: {
    receipts: [string, Receipt][];
    entrances: Record<string, Instant>;
    senders: Record<string, number>;
    unflushed: RecordEntry[];
    outbox: OutboxItem[];
    head: Head;
    committed: Head;
    last: Instant;
    openedAt: Instant;
    lastSteps: CaseView['lastSteps'];
    drillClock: Instant | null;
    data: Json;
  };
}

/** An envelope that is not ours, or is damaged. The workflow task fails and the case waits for a build that can read it. */
export class EnvelopeRefused extends Error {
  constructor(what: string) {
    super(`this case cannot be taken up: ${what}`);
    this.name = 'EnvelopeRefused';
  }
}

export function isEnvelope(value: unknown): value is Envelope {
  return typeof value === 'object' && value !== null && 'snapshot' in value && 'table' in value;
}

export function checkEnvelope(envelope: Envelope, machineId: string): Envelope {
  const { version, machine, table, memory } = envelope;
  if (version !== ENVELOPE_VERSION)
    throw new EnvelopeRefused(`its envelope has version ${String(version)}, this build reads ${ENVELOPE_VERSION}`);
  if (machine !== machineId)
    throw new EnvelopeRefused(`it belongs to machine '${machine}', this build has '${machineId}'`);
  if (
    !Array.isArray(table?.entries) ||
    !table.entries.every((e) => Number.isFinite(e.dueAt) && typeof e.event?.type === 'string')
  )
    throw new EnvelopeRefused('its due-table is damaged');
  const hash = memory?.head?.hash;
  if (!/^[0-9a-f]{64}$/.test(hash ?? '') || !Number.isInteger(memory.head.sequence))
    throw new EnvelopeRefused('the head of its record is damaged');
  return envelope;
}

/** What one run of a case hands to the next at continue-as-new. Versioned; validated on the way in. */
import type { AnyStateMachine, StateValue } from 'xstate';
import { jsonBytes } from './carry';
import type { CarriedChronicle } from './chronicle';
import { afterEvents, isAfterEvent } from './delays';
import type { CarriedEntry, CarriedTable } from './due-table';
import type { Receipt } from './receipt';
import type { Proposal } from './repair';
import { type CarriedLastAct, withoutBefore } from './step-back';
import type { Head, Instant, Json, RecordEntry } from './types';

export const ENVELOPE_VERSION = 1;

/** Temporal refuses arguments over 2 MiB; the rest is room for the wrapping. */
const ENVELOPE_LIMIT = 1_900 * 1024;

export interface Envelope {
  version: typeof ENVELOPE_VERSION;
  case: string;
  machine: string;
  snapshot: Json;
  table: CarriedTable;
  carriedAt: Instant;
  memory: CarriedChronicle & {
    receipts: [string, Receipt][];
    entrances: Record<string, Instant>;
    senders: Record<string, number>;
    /** The one step back for a recall; absent once something has followed. */
    lastAct?: CarriedLastAct;
    /** A repair that waits for its second person. */
    proposal?: Proposal;
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
  return isObject(value) && 'snapshot' in value && 'table' in value;
}

/** @throws EnvelopeRefused naming the part that is foreign or damaged, or that the machine does not know */
export function checkEnvelope(envelope: Envelope, machine: AnyStateMachine): Envelope {
  const { version } = envelope;
  if (version !== ENVELOPE_VERSION)
    throw new EnvelopeRefused(`its envelope has version ${String(version)}, this build reads ${ENVELOPE_VERSION}`);
  if (envelope.machine !== machine.id)
    throw new EnvelopeRefused(`it belongs to machine '${envelope.machine}', this build has '${machine.id}'`);
  const damaged = Object.entries(PARTS).find(([, isWhole]) => !isWhole(envelope));
  if (damaged) throw new EnvelopeRefused(`${damaged[0]} damaged`);
  checkStates(envelope, machine);
  return envelope;
}

/**
 * The envelope as Temporal takes it: a case too large to stand in it twice loses its step back.
 *
 * @throws if it would not be taken even so: better a sentence than a size in bytes
 */
export function checkSize(envelope: Envelope): Envelope {
  const bytes = jsonBytes(envelope);
  if (bytes <= ENVELOPE_LIMIT) return envelope;
  const { lastAct } = envelope.memory;
  if (lastAct && 'before' in lastAct)
    return checkSize({ ...envelope, memory: { ...envelope.memory, lastAct: withoutBefore(lastAct) } });
  const parts = { state: envelope.snapshot, 'due-table': envelope.table, memory: envelope.memory };
  const sizes = Object.entries(parts).map(([name, part]) => `${name} ${jsonBytes(part)}`);
  throw new Error(
    `case ${envelope.case} is too large to continue as new: ${bytes} bytes (${sizes.join(', ')}), ${ENVELOPE_LIMIT} fit`,
  );
}

const POLICIES: readonly unknown[] = ['deadline', 'remaining', 'restart'];

const PARTS: Record<string, (envelope: Envelope) => boolean> = {
  'its case id is': (e) => typeof e.case === 'string' && e.case !== '',
  'its snapshot is': ({ snapshot }) => isSnapshot(snapshot),
  'the instant at which it was carried is': (e) => Number.isFinite(e.carriedAt),
  'its due-table is': ({ table }) =>
    isObject(table) && Number.isInteger(table.serial) && isListOf(table.entries, isEntry) && isUnique(table.entries),
  'its memory is': ({ memory }) => isObject(memory),
  'the head of its record is': ({ memory }) => isHead(memory.head) && isHead(memory.committed),
  'the entries it has not recorded are': ({ memory }) => isTail(memory.unflushed, memory.head),
  'its outbox is': ({ memory }) =>
    isListOf(memory.outbox, (i) => isObject(i.effect) && isText(i.id) && Number.isInteger(i.sequence)),
  'its receipts are': ({ memory }) =>
    isListOf(memory.receipts, (r) => Array.isArray(r) && isText(r[0]) && r[1]?.id === r[0] && isText(r[1].content)),
  'what it knows of entrances and senders is': ({ memory }) =>
    isRecordOfNumbers(memory.entrances) && isRecordOfNumbers(memory.senders),
  'its instants are': ({ memory }) =>
    Number.isFinite(memory.last) &&
    Number.isFinite(memory.openedAt) &&
    (memory.drillClock === null || Number.isFinite(memory.drillClock)),
  'its last steps are': ({ memory }) => Array.isArray(memory.lastSteps),
  'what it slept over is': ({ memory }) =>
    isListOf(memory.sleptOver ?? [], (m) => isText(m.name) && Number.isFinite(m.dueAt)),
  'the step it can take back is': ({ memory }) =>
    memory.lastAct === undefined || isLastAct(memory.lastAct, memory.head),
  'the repair proposed for it is': ({ memory: { proposal } }) =>
    proposal === undefined ||
    (isObject(proposal) && isHead(proposal.link) && isObject(proposal.asked) && isText(proposal.before)),
  'its data are': ({ memory }) => memory.data !== undefined,
};

function isLastAct(last: CarriedLastAct, head: Head): boolean {
  if (!isObject(last) || !isText(last.id) || last.sequence !== head.sequence || last.hash !== head.hash) return false;
  if (!isObject(last.stamp)) return false;
  return 'obstacle' in last
    ? isText(last.obstacle)
    : isSnapshot(last.before?.snapshot) && isListOf(last.before.entries, isEntry);
}

/** Where the case stands, and where it would stand if its last act were taken back. */
function checkStates({ snapshot, table, memory: { lastAct } }: Envelope, machine: AnyStateMachine): void {
  checkState({ snapshot, entries: table.entries }, machine);
  if (lastAct && 'before' in lastAct) checkState(lastAct.before, machine);
}

/** XState drops a history it cannot resolve, and an `after` no state has, without a word: here they are refused. */
function checkState(
  { snapshot, entries }: { snapshot: Json; entries: CarriedEntry[] },
  machine: AnyStateMachine,
): void {
  const { value, historyValue } = snapshot as unknown as Persisted;
  try {
    machine.resolveState({ value, context: {} });
    for (const { id } of Object.values(historyValue ?? {}).flat()) machine.getStateNodeById(id);
  } catch (error) {
    throw new EnvelopeRefused(`machine '${machine.id}' of this build has not its state (${(error as Error).message})`);
  }
  const known = afterEvents(machine);
  const stranger = entries.find(({ event }) => isAfterEvent(event.type) && !known.has(event.type));
  if (stranger)
    throw new EnvelopeRefused(`its deadline '${stranger.name}' belongs to a state that '${machine.id}' has not`);
}

function isSnapshot(snapshot: Json | undefined): boolean {
  return isObject(snapshot) && snapshot.status === 'active' && isObject(snapshot.children);
}

interface Persisted {
  value: StateValue;
  historyValue?: { [id: string]: { id: string }[] };
}

function isEntry(entry: CarriedEntry): boolean {
  return (
    isText(entry.id) &&
    isText(entry.name) &&
    isText(entry.event?.type) &&
    Number.isInteger(entry.serial) &&
    [entry.delay, entry.armedAt, entry.dueAt].every(Number.isFinite) &&
    POLICIES.includes(entry.policy)
  );
}

/** Entries that end at the head, each linked behind the one before. */
function isTail(entries: RecordEntry[], head: Head): boolean {
  if (!isListOf(entries, (e) => Number.isInteger(e.sequence) && isText(e.hash))) return false;
  const linked = entries.every((e, i) => i === 0 || e.previous === entries[i - 1]!.hash);
  const last = entries.at(-1);
  return linked && (!last || (last.sequence === head.sequence && last.hash === head.hash));
}

function isHead(head: Head | undefined): boolean {
  return isObject(head) && Number.isInteger(head.sequence) && /^[0-9a-f]{64}$/.test(String(head.hash));
}

function isUnique(entries: readonly CarriedEntry[]): boolean {
  return new Set(entries.map((entry) => entry.serial)).size === entries.length;
}

function isListOf<T>(list: readonly T[] | undefined, isItem: (item: T) => boolean): boolean {
  return Array.isArray(list) && list.every((item) => isObject(item) && isItem(item as T));
}

function isRecordOfNumbers(record: Record<string, number> | undefined): boolean {
  return isObject(record) && Object.values(record).every(Number.isFinite);
}

function isObject(value: unknown): value is object & Record<string, Json> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

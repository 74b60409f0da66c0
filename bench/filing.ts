/** Cases as their flushes leave them in a ledger, by the tens of thousands. */
import type { Ledger } from '../activities/ledger';
import { formatInstant } from '../workflows/law';
import type { FlushBatch, RecordEntry } from '../workflows/runtime/workflow';
import { GENESIS, link } from '../workflows/runtime/workflow/record';
import { inLoops } from './site';

const MACHINE = 'supervision-item@1';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SUBJECTS = ['供热管网改造', '排污口整治', '学位建设', '老旧小区加装电梯', '农贸市场规范', '道路照明维护'];

/** How many cases there are, and to how many units they fall in equal parts. */
export interface Filing {
  cases: number;
  units: number;
}

/** The names a unit's desk goes by: the seat, the unit, a function it has. All its cases await one or two of them. */
export const namesOf = (unit: number): [seat: string, unit: string, duty: string] => [
  `D${unit}-desk`,
  `D${unit}`,
  `vmc:D${unit}`,
];

const PORTION = 10_000;

/**
 * Writes the cases from several loops, each by one flush.
 * @param filed told after every portion how many there are
 */
export async function fileCases(
  ledger: Ledger,
  { cases, units }: Filing,
  loops: number,
  filed: (cases: number) => void,
): Promise<void> {
  const now = Date.now();
  for (let from = 0; from < cases; from += PORTION) {
    const portion = Array.from({ length: Math.min(PORTION, cases - from) }, (_, n) => from + n);
    await inLoops(portion, loops, async (n) => {
      await ledger.flush(batchOf(n, units, now));
    });
    filed(from + portion.length);
  }
}

/** An open matter: registered and assigned by the office, waiting for the unit, in every fifth case past its date. */
function batchOf(n: number, units: number, now: number): FlushBatch {
  const id = `SI-2026-${String(n + 1).padStart(6, '0')}`;
  const overdue = n % 5 === 0;
  const openedAt = now - 60 * DAY_MS + n * 1_000;
  const due = now + (overdue ? -1 : 1) * (1 + ((n * 7_919) % 1_000)) * HOUR_MS;
  const unit = `D${n % units}`;
  const entries = [entryOf(id, 1, 'xstate.init', 'registered', openedAt, GENESIS)];
  entries.push(entryOf(id, 2, 'ASSIGN', 'undertaking', openedAt + HOUR_MS, entries[0]!.hash));
  const summary = {
    matter: `${SUBJECTS[n % SUBJECTS.length]}（第${n + 1}项）`,
    mainState: 'undertaking',
    unit,
    units: [unit, `D${(n + 7) % units}`],
    leadVms: ['vm-5'],
    awaiting: awaitedOf(n, units),
    due,
    overdue,
    level: 0,
  };
  return {
    case: id,
    machine: MACHINE,
    drill: false,
    committed: { sequence: 0, hash: GENESIS },
    entries,
    projection: {
      case: id,
      machine: MACHINE,
      sequence: 2,
      status: 'open',
      state: ['undertaking'],
      deadlines: [{ name: 'due', dueAt: due, label: '办理期限' }],
      summary,
    },
    outbox: [],
  };
}

/** Most await the seat, some the unit or its duty, some both seat and unit: an inbox shows these once. */
function awaitedOf(n: number, units: number): string[] {
  const [seat, unit, duty] = namesOf(n % units);
  const share = Math.floor(n / units) % 10;
  if (share < 5) return [seat];
  if (share < 7) return [unit];
  return share < 8 ? [duty] : [seat, unit];
}

function entryOf(id: string, sequence: number, type: string, state: string, at: number, previous: string): RecordEntry {
  const instant = formatInstant(at);
  return link(
    {
      case: id,
      sequence,
      machine: MACHINE,
      trigger: { kind: sequence === 1 ? 'open' : 'act', type, payload: {} },
      happenedAt: instant,
      receivedAt: instant,
      recordedAt: instant,
      by: { seat: 'X2-desk', unit: 'X2', entrance: 'bench' },
      steps: [{ from: sequence === 1 ? '(root)' : 'registered', to: [state], label: type }],
      effects: [],
      state: [state],
    },
    previous,
  );
}

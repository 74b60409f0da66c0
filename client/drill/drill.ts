/** Plays a drill on real cases and holds it against the course written down beforehand. */
import type { Ledger } from '../../activities/ledger';
import { formatInstant } from '../../workflows/law';
import { mainState, type Procedure } from '../../workflows/procedures/kit';
import { digest, type Instant, type Receipt, type RecordEntry } from '../../workflows/runtime/workflow';
import { type DrillOutcome, type DrillStep, playDrill } from './coordinator';
import { articles, type CourseLine, type Difference, differences, inOrder, isQuiet, levelOf, lineOf } from './course';
import { type DrillScript, type Seal, withCases } from './script';
import { CityWorld, type DrillHouse } from './world';

/** Fixed: the same script gives the same record, link by link. */
export const DRILL_SALT = 'zhengling supervision drill';

export interface DrillResult {
  lines: CourseLine[];
  differences: Difference[];
  /** Hash of the last link written, and of all heads together. */
  lastHash: string;
  headsHash: string;
  sealed: Seal;
  cases: { matter: string; case: string; entries: number; closed: boolean }[];
  delivered: number;
  /** True if the course was taken and the record is the one fixed in the repository. */
  passed: boolean;
}

/** A line of the course, with the procedure its matter belongs to. */
type OnLine = (line: CourseLine, procedure: Procedure | undefined) => void;

/** @param onLine the course, line by line, once it is played; @param onStep every act as it is done */
export async function playScript(
  house: DrillHouse,
  script: DrillScript,
  onLine: OnLine = () => {},
  onStep: (step: DrillStep, of: number) => void = () => {},
): Promise<DrillResult> {
  const { acts, course, sealed, until } = script;
  const world = new CityWorld(house);
  const step = (done: DrillStep) => onStep(done, acts.length);
  const outcome = await playDrill(world, acts, { until, onStep: step, resolve: withCases });
  const { lines, records } = await courseOf(house, outcome);
  const procedures = new Map(records.map(({ matter, procedure }) => [matter, procedure]));
  for (const line of lines) onLine(line, procedures.get(line.matter));
  const found = differences(course, lines);
  const last = records.flatMap((r) => r.entries).reduce((a, b) => (b.recordedAt >= a.recordedAt ? b : a));
  const headsHash = digest(records.map(({ entries }) => ({ case: entries[0]!.case, head: entries.at(-1)!.hash })));
  const cases = await Promise.all(
    records.map(async ({ matter, entries }) => {
      const { case: id } = entries[0]!;
      return { matter, case: id, entries: entries.length, closed: await isClosed(house.ledger, id) };
    }),
  );
  return {
    lines,
    differences: found,
    lastHash: last.hash,
    headsHash,
    sealed,
    cases,
    delivered: world.delivered,
    passed: found.length === 0 && last.hash === sealed.lastHash && headsHash === sealed.headsHash,
  };
}

const isClosed = async (ledger: Ledger, id: string): Promise<boolean> =>
  (await ledger.caseView(id))?.status === 'closed';

interface Played {
  matter: string;
  procedure: Procedure;
  entries: RecordEntry[];
}

async function courseOf({ ledger, city }: Pick<DrillHouse, 'ledger' | 'city'>, { cases, acts }: DrillOutcome) {
  const records: Played[] = [];
  const matters = new Map<string, string>();
  // An act may have gone to a case that was opened before: it is played once.
  for (const [matter, caseId] of cases) if (!matters.has(caseId)) matters.set(caseId, matter);
  for (const [caseId, matter] of matters) {
    const entries = (await ledger.record(caseId)).map(({ entry }) => entry);
    records.push({ matter, procedure: city.procedureOf(entries[0]!.machine), entries });
  }
  const openedBy = new Map(acts.map(({ act }) => [act.id, act.act]));
  const taken = records.flatMap(({ matter, procedure, entries }) => {
    const opening = openedBy.get(entries[0]?.trigger.id ?? '') ?? procedure.opening.type;
    const all = entries.map((entry) => lineOf(entry, matter, procedure, opening));
    return all.filter((line, i) => !isQuiet(line, all[i - 1]));
  });
  const refused = acts
    .filter(({ receipt }) => receipt.refusal)
    .map(({ at, matter, act, receipt }) => refusedLine(at, matter, act.act, receipt, city.procedureOf(act.procedure)));
  return { lines: inOrder([...taken, ...refused]), records };
}

/** A refusal leaves nothing in the record; the table has it as a line in which nothing changes and nobody is told. */
export function refusedLine(
  at: Instant,
  matter: string,
  step: string,
  { refusal, state }: Receipt,
  procedure: Pick<Procedure, 'mainRegion'>,
): CourseLine {
  return {
    at: formatInstant(at),
    matter,
    step,
    state: mainState(procedure, state),
    level: levelOf(state),
    articles: refusal?.cite ? articles([refusal.cite as never]) : '-',
    told: '-',
    notes: `refused:${refusal?.code}`,
  };
}

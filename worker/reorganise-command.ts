/** `zhengling directory reorganise`, for the command line. */
import type { Reorganisation } from '../activities/directory';
import { Desk, Misused } from '../client/cli/desk';
import { columns } from '../client/cli/out';
import { serving } from '../client/site';
import { dateOf } from '../workflows/law';
import { Unreachable } from '../workflows/runtime/client';
import { applied, type CaseOutcome, type CaseReport, type Parts, planned, undone } from './reorganisation';
import { Batches } from './reorganisation-batches';

export interface ReorganiseOptions {
  data: string;
  json?: boolean;
  dryRun?: boolean;
  apply?: boolean;
  undo?: boolean;
  by?: string;
  choose?: readonly string[];
}

interface Report {
  reorganisation: string;
  batch?: string;
  dryRun: boolean;
  cases: CaseReport[];
}

const OFFICE = 'X1';
/** What is not as it was asked for. */
const LEFT: readonly CaseOutcome[] = ['to-choose', 'unfit', 'unknown-procedure', 'not-taken', 'changed-since'];

/**
 * Moves open cases, says what would be moved, or takes a batch back; prints what became of each case and answers whether
 * nothing is left to do.
 *
 * @throws Misused for what cannot be done
 */
export async function reorganise(id: string, options: ReorganiseOptions): Promise<boolean> {
  const asked = [options.dryRun, options.apply, options.undo].filter(Boolean).length;
  if (asked !== 1) throw new Misused('expected one of --dry-run, --apply, --undo');
  const desk = Desk.open(options);
  try {
    const { cases } = await desk.city();
    const { directory } = desk.site;
    const parts: Parts = { ledger: await desk.ledger(), cases, directory, procedures: desk.procedures };
    const report = await carriedOut(desk, parts, id, options);
    desk.out.print(desk.out.json ? JSON.stringify(report, null, 2) : reportText(report));
    return report.cases.every(({ outcome }) => !LEFT.includes(outcome));
  } catch (error) {
    throw error instanceof Unreachable ? new Misused(`${error.message}; what was moved stays, run this again`) : error;
  } finally {
    await desk.close();
  }
}

async function carriedOut(desk: Desk, parts: Parts, id: string, options: ReorganiseOptions): Promise<Report> {
  const batches = new Batches(desk.site.dataDir);
  const onCase = (one: CaseReport) => process.stderr.write(`${one.case}: ${one.outcome}\n`);
  if (options.undo) {
    const kept = batches.of(id);
    if (!kept)
      throw new Misused(
        `there is no batch '${id}'; there is ${batches.all.map(({ batch }) => batch).join(', ') || 'none'}`,
      );
    const by = officeSeat(desk, options.by);
    const reports = await undone(parts, { batch: id, by, batches, onCase });
    return { reorganisation: kept.reorganisation, batch: id, dryRun: false, cases: reports };
  }
  const reorganisation = reorganisationOf(desk, id);
  const choices = choicesOf(reorganisation, options.choose ?? []);
  if (options.dryRun)
    return { reorganisation: id, dryRun: true, cases: await planned(parts, { reorganisation, choices }) };
  const today = dateOf(Date.now());
  if (reorganisation.from > today)
    throw new Misused(`'${id}' begins on ${reorganisation.from}, today is ${today}: until then only --dry-run`);
  requireServed(desk);
  const by = officeSeat(desk, options.by);
  const batch = batches.current(id);
  const reports = await applied(parts, { reorganisation, choices, batch, by, batches, onCase });
  return { reorganisation: id, ...(batches.of(batch) ? { batch } : {}), dryRun: false, cases: reports };
}

function reorganisationOf({ site: { directory } }: Desk, id: string): Reorganisation {
  const found = directory.reorganisations.find((one) => one.id === id);
  if (found) return found;
  const known = directory.reorganisations.map((one) => one.id).join(', ') || 'none';
  throw new Misused(`${directory.version} has no reorganisation '${id}'; it has ${known}`);
}

/** `SI-2026-0001=D33`. */
function choicesOf({ units }: Reorganisation, choose: readonly string[]): Map<string, string> {
  const targets = [...new Set(Object.values(units).flat())];
  return new Map(
    choose.map((one) => {
      const [, id, unit] = /^([^=]+)=([A-Z]\d{1,3})$/.exec(one) ?? [];
      if (id === undefined || unit === undefined)
        throw new Misused(`--choose is '${one}'; expected CASE=UNIT, such as SI-2026-0001=D33`);
      if (!targets.includes(unit)) throw new Misused(`--choose ${one}: expected one of ${targets.join(', ')}`);
      return [id, unit];
    }),
  );
}

/** Or the entrances would refuse the units that cases are moved to. */
function requireServed({ site: { dataDir, directory } }: Desk): void {
  const behind = serving(dataDir).filter(({ version }) => version !== directory.version);
  if (behind.length === 0) return;
  const which = behind.map(({ entrance, version }) => `${entrance} serves ${version}`).join(', ');
  throw new Misused(`the files say ${directory.version}, but ${which}: 'zhengling directory reload' first`);
}

function officeSeat(desk: Desk, by: string | undefined): string {
  if (by === undefined) throw new Misused(`expected --by, a seat of ${OFFICE} such as ${OFFICE}-desk`);
  const seat = desk.site.directory.seat(by);
  if (seat?.unit !== OFFICE) throw new Misused(`--by is '${by}'; expected a seat of ${OFFICE}, the Office`);
  if (!desk.site.directory.holderOf(by, Date.now()))
    throw new Misused(`nobody holds '${by}' now; name its holder first`);
  desk.attest(by);
  return by;
}

function reportText({ reorganisation, batch, dryRun, cases }: Report): string {
  if (cases.length === 0) return `${reorganisation}: no open case names an old unit`;
  const value = (one: unknown) => JSON.stringify(one);
  const rows = cases.map(({ case: id, outcome, changes, why }) => [
    id,
    outcome,
    why ?? changes.map(({ at, before, after }) => `${at} ${value(before)} → ${value(after)}`).join('; '),
  ]);
  const counted = [...new Set(cases.map(({ outcome }) => outcome))].map(
    (outcome) => `${cases.filter((one) => one.outcome === outcome).length} ${outcome}`,
  );
  const undo = batch && !dryRun ? `; undo by: zhengling directory reorganise ${batch} --undo --by SEAT` : '';
  return `${columns(rows)}\n${reorganisation}${batch ? `, batch ${batch}` : ''}: ${counted.join(', ')}${undo}`;
}

/** `zhengling ledger rebuild`, for the command line. */
import { Desk } from '../../client/cli/desk';
import { CaseClient } from '../../workflows/runtime/client';
import { type Rebuilt, rebuildLedger } from './rebuild';

/** A case whose worker is there answers within seconds, however long it has slept. */
const PATIENCE_MS = 10_000;

export interface RebuildOptions {
  data: string;
  /** Only looks, and says what differs. */
  check?: boolean;
  say(line: string): void;
}

/**
 * Rebuilds the ledger of a running installation from its record and its open cases.
 * @throws Misused if the directory is none, or nothing runs on it; LedgerUnavailable
 */
export async function rebuildInstallation({ data, check = false, say }: RebuildOptions): Promise<Rebuilt> {
  const desk = Desk.open({ data });
  try {
    const { client: temporal } = desk.temporal();
    const cases = new CaseClient(temporal, { taskQueue: desk.site.taskQueue, patience: PATIENCE_MS });
    const words = { record: 'records', cases: 'cases asked and' };
    return await rebuildLedger({
      ledger: await desk.ledger(),
      temporal,
      cases,
      procedures: desk.procedures,
      check,
      onProgress: ({ of, done, differences }) => say(`${done} ${words[of]} looked at, ${differences} differences`),
    });
  } finally {
    await desk.close();
  }
}

/** What is left to be done ends with 1, as a refusal does. */
export const isWhole = ({ check, differences }: Rebuilt): boolean =>
  check ? differences.length === 0 : differences.every(({ repaired }) => repaired);

export function rebuildText({ check, cases, asked, differences }: Rebuilt): string {
  const repaired = differences.filter((one) => one.repaired).length;
  const what = check ? `${differences.length} differences` : `${differences.length} differences, ${repaired} put right`;
  return [
    ...differences.map(
      (one) => `${one.case ?? '—'}  ${one.kind}  ${one.sentence}${one.repaired ? ' (put right)' : ''}`,
    ),
    `${cases} cases with a record, ${asked} asked where they stand: ${what}`,
  ].join('\n');
}

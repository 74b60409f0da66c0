/** What runs of `zhengling directory reorganise` were begun, in the data directory: to go on with, and to take back. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../activities/directory';
import { formatInstant } from '../workflows/law';

export interface Batch {
  batch: string;
  reorganisation: string;
  by: string;
  /** Written before any of them is moved. */
  cases: string[];
  begunAt: string;
  finishedAt?: string;
  undoneAt?: string;
}

export class Batches {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'directory', 'reorganisations');
  }

  get all(): Batch[] {
    if (!existsSync(this.#folder)) return [];
    const files = readdirSync(this.#folder).filter((name) => name.endsWith('.json'));
    return files.sort().map((name) => JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as Batch);
  }

  of(batch: string): Batch | undefined {
    return this.all.find((one) => one.batch === batch);
  }

  /** The batch of a reorganisation that was begun and neither finished nor undone, or a new one's name. */
  current(reorganisation: string): string {
    const own = this.all.filter((one) => one.reorganisation === reorganisation);
    const open = own.find(({ finishedAt, undoneAt }) => finishedAt === undefined && undoneAt === undefined);
    return open?.batch ?? `${reorganisation}-${own.length + 1}`;
  }

  /** Begun, or gone on with: cases found later are added. */
  begin({ batch, cases, ...about }: Pick<Batch, 'batch' | 'reorganisation' | 'by' | 'cases'>): void {
    const before = this.of(batch);
    if (!before && cases.length === 0) return;
    const all = [...new Set([...(before?.cases ?? []), ...cases])];
    this.#write({ ...about, begunAt: formatInstant(Date.now()), ...before, batch, cases: all });
  }

  finish(batch: string): void {
    const kept = this.of(batch);
    if (kept) this.#write({ ...kept, finishedAt: formatInstant(Date.now()) });
  }

  undo(batch: string): void {
    const kept = this.of(batch);
    if (kept) this.#write({ ...kept, undoneAt: formatInstant(Date.now()) });
  }

  #write(batch: Batch): void {
    mkdirSync(this.#folder, { recursive: true });
    writeWhole(join(this.#folder, `${batch.batch}.json`), batch);
  }
}

/**
 * Makes anew what the ledger shows of its cases: first everything that follows from the record, then what only the open
 * cases themselves know. In portions, while the city runs; what is in order is not written to. It never touches the record.
 */
import type { Client } from '@temporalio/client';
import type { Ledger, Mended } from '../../activities/ledger';
import type { Procedure } from '../../workflows/procedures/kit';
import { type CaseClient, NoSuchCase, Unreachable } from '../../workflows/runtime/client';
import { compare, type Found, type LivingParts } from './living';
import { shownByRecord } from './shown';

export interface RebuildParts {
  ledger: Ledger;
  temporal: Client;
  /** Asks the case itself, open or closed, and never the ledger. */
  cases: Pick<CaseClient, 'view'>;
  procedures: readonly Procedure[];
  /** Only looks. */
  check?: boolean;
  onProgress?(progress: RebuildProgress): void;
}

export interface RebuildProgress {
  /** `record`: what follows from the record. `cases`: what open cases say. */
  of: 'record' | 'cases';
  done: number;
  differences: number;
}

export type DifferenceKind = Mended | 'stray' | 'other' | 'unconfirmed' | 'behind' | 'unknown' | 'unanswered';

export interface Difference {
  /** Absent where it belongs to none. */
  case?: string;
  kind: DifferenceKind;
  /** What differs, and what to do where it cannot be put right here. */
  sentence: string;
  repaired: boolean;
}

export interface Rebuilt {
  check: boolean;
  /** Cases with a record. */
  cases: number;
  /** Cases that were asked: those that are open, and closed ones about which something was not known. */
  asked: number;
  differences: Difference[];
}

const PORTION = 25;
const AT_ONCE = 6;
/** Cases that do not answer, one after the other, before nobody is asked any more. */
const SILENT = 3;

/**
 * @throws LedgerUnavailable when the ledger cannot be read or written; what was put right stays so, begin again
 * @throws Unreachable when the server does not list its open cases
 */
export function rebuildLedger(parts: RebuildParts): Promise<Rebuilt> {
  return new Rebuilding(parts).run();
}

/** What a schedule has started is no case. */
const RUNNING_CASES = 'ExecutionStatus = "Running" AND WorkflowType != "open-obligation"';

class Rebuilding {
  readonly #parts: RebuildParts;
  readonly #differences: Difference[] = [];
  readonly #unlisted: string[] = [];
  readonly #asked = new Set<string>();
  #cases = 0;
  #silent = 0;

  constructor(parts: RebuildParts) {
    this.#parts = parts;
  }

  get #look(): boolean {
    return this.#parts.check ?? false;
  }

  async run(): Promise<Rebuilt> {
    await this.#byRecord();
    await this.#strays();
    await this.#byCases();
    await this.#forgotten();
    // What was unconfirmed or unlisted follows from the record now.
    if (!this.#look && this.#differences.length > 0) await this.#byRecord(true);
    const { check = false } = this.#parts;
    return { check, cases: this.#cases, asked: this.#asked.size, differences: this.#differences };
  }

  async #byRecord(again = false): Promise<void> {
    const { ledger, onProgress } = this.#parts;
    let done = 0;
    for (let after = '', more = true; more; ) {
      const ids = await ledger.casesAfter(after, PORTION);
      const found = await ledger.mend(ids, { look: this.#look });
      done += ids.length;
      if (!again) for (const { case: id, what } of found) for (const kind of what) this.#noteMended(id, kind);
      onProgress?.({ of: 'record', done, differences: this.#differences.length });
      after = ids.at(-1) ?? after;
      more = ids.length === PORTION;
    }
    this.#cases = done;
  }

  #noteMended(id: string, kind: Mended): void {
    if (kind === 'unlisted') this.#unlisted.push(id);
    else this.#note({ case: id, kind, sentence: mendedSentences[kind], repaired: !this.#look });
  }

  async #strays(): Promise<void> {
    for (const { table, rows } of await this.#parts.ledger.mendStrays({ look: this.#look }))
      this.#note({ kind: 'stray', sentence: `${rows} rows of ${table} belong to no record`, repaired: !this.#look });
  }

  /** Open cases as Temporal lists them, and those the ledger shows as open that it does not list. */
  async #byCases(): Promise<void> {
    const { temporal, ledger } = this.#parts;
    const waiting: string[] = [];
    for await (const { workflowId } of temporal.workflow.list({ query: RUNNING_CASES })) {
      waiting.push(workflowId);
      if (waiting.length === PORTION) await this.#ask(waiting.splice(0));
    }
    await this.#ask(waiting);
    for (let after: string | undefined, more = true; more; ) {
      const page = await ledger.list({ status: 'open', limit: PORTION, after });
      await this.#ask(page.map(({ case: id }) => id).filter((id) => !this.#asked.has(id)));
      after = page.at(-1)?.case;
      more = page.length === PORTION;
    }
    const tails = await ledger.unconfirmedTails(0, Date.now());
    await this.#ask(tails.map((tail) => tail.case).filter((id) => !this.#asked.has(id)));
    // Closed ones of which no list is left: Temporal may still know them.
    await this.#ask(this.#unlisted.filter((id) => !this.#asked.has(id)));
  }

  async #ask(ids: readonly string[]): Promise<void> {
    const queue = [...ids];
    const worker = async (): Promise<void> => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) await this.#askOne(id);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const { onProgress } = this.#parts;
    onProgress?.({ of: 'cases', done: this.#asked.size, differences: this.#differences.length });
  }

  async #askOne(id: string): Promise<void> {
    this.#asked.add(id);
    if (this.#silent >= SILENT) return this.#unanswered(id);
    try {
      const found = await compare(this.#living, id);
      this.#silent = 0;
      await this.#noteFound(id, found);
    } catch (error) {
      if (error instanceof NoSuchCase) {
        if (!this.#unlisted.includes(id)) this.#note({ case: id, kind: 'unknown', sentence: UNKNOWN, repaired: false });
      } else if (error instanceof Unreachable) {
        this.#silent += 1;
        this.#unanswered(id);
      } else throw error;
    }
  }

  #unanswered(id: string): void {
    this.#note({ case: id, kind: 'unanswered', sentence: UNANSWERED, repaired: false });
  }

  async #noteFound(id: string, found: Found): Promise<void> {
    if (found.found === 'same') return;
    if (found.found === 'behind') {
      const { has, lacks } = found;
      this.#note({ case: id, kind: 'behind', sentence: behind(has, lacks), repaired: false });
      return;
    }
    // Seen already by what the record says of it.
    if (this.#look && this.#differences.some((one) => one.case === id && one.kind === 'list')) return;
    const repaired = !this.#look && (await found.repair());
    this.#note({ case: id, kind: found.found, sentence: foundSentences[found.found], repaired });
  }

  get #living(): LivingParts {
    const { ledger, temporal, cases } = this.#parts;
    return { ledger, temporal, cases, procedureOf: (machine) => this.#procedureOf(machine) };
  }

  #procedureOf(machine: string): Procedure {
    const [name] = machine.split('@');
    const found = this.#parts.procedures.find((one) => one.name === name);
    if (!found) throw new Error(`this version has no procedure '${name}'`);
    return found;
  }

  /** Listed nowhere, and unknown to Temporal: their record says what can be said. */
  async #forgotten(): Promise<void> {
    const { ledger } = this.#parts;
    const answered = new Set(this.#differences.filter(({ kind }) => ANSWERS.includes(kind)).map((one) => one.case));
    for (const id of this.#unlisted.filter((one) => !answered.has(one))) {
      const entries = (await ledger.record(id)).map(({ entry }) => entry);
      const shown = entries[0] && shownByRecord(entries, this.#procedureOf(entries[0].machine));
      const repaired = shown !== undefined && !this.#look && (await ledger.replaceView(shown)) === 'replaced';
      this.#note({ case: id, kind: 'unlisted', sentence: shown ? FROM_RECORD : NOT_LISTED, repaired });
    }
  }

  #note(difference: Difference): void {
    this.#differences.push(difference);
  }
}

const mendedSentences: Record<Exclude<Mended, 'unlisted'>, string> = {
  list: 'the list shows another thing than the record says',
  keys: 'it is listed under other units, leaders or states than its own',
  todo: 'it waits for others, or otherwise, than the inbox shows',
  done: 'the inbox shows other acts than the record has',
  search: 'it is not found by every word of its own',
  feed: 'the feed lacks confirmed links of it',
  messages: 'messages that its record names are missing; made anew they are in the inbox, and are not sent again',
  errands:
    'what it asked of other cases is missing; openings and what is for one case are carried again, what was for many is ' +
    'listed as given up',
};

const foundSentences: Record<'other' | 'unconfirmed', string> = {
  other: 'the case says another thing than the ledger shows',
  unconfirmed: 'its last links stand, which the ledger did not know',
};

/** What is found where the case itself was asked. */
const ANSWERS: readonly DifferenceKind[] = ['other', 'unconfirmed', 'behind', 'unanswered'];

const UNKNOWN =
  'the ledger shows it as open, and Temporal knows no such case: restore both from one backup, or look whether the ' +
  'namespace is the right one';
const UNANSWERED = 'it did not answer: see whether a worker runs (zhengling doctor), then begin again';
const FROM_RECORD = 'neither lists nor Temporal know it any more; it is listed by what its record says';
const NOT_LISTED = 'nothing says how it is to be listed; its record is whole and can be read by its number';

const behind = (has: number, lacks: number): string =>
  `its record has ${has} links where the case has handed over ${lacks}: links are lost that only a backup of ledger and ` +
  'Temporal together brings back; the case waits until then';

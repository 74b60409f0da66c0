/**
 * The law of an installation: the shipped tables, what its files add, the calendars published for it, and the versions of
 * the rulebook its own X0 cases have published. Read from the ledger, so that all processes go by the same; kept for a
 * moment, so that opening a case does not wait for it.
 */
import type { Ledger, PublishedCalendar } from '../../activities/ledger';
import {
  type CalendarYear,
  type CarriedYear,
  calendarYearsOf,
  carriedYear,
  dateOf,
  type Edition,
  type EditionInForce,
  edition,
  editionFaults,
  editionOf,
  type Instant,
  type LawData,
  lawData,
  type ParameterKey,
  type PublishedVersion,
  parametersOf,
  type SiteLaw,
  type VersionFigure,
} from '../../workflows/law';
import type { Procedure, VersionFact } from '../../workflows/procedures/kit';
import { digest, type Json, type Notice } from '../../workflows/runtime/workflow';
import type { Site } from '../site';

/** What the ledger knows of law, as of one moment. */
export interface Published {
  /** In the order of their publication. */
  versions: readonly PublishedVersion[];
  calendars: readonly PublishedCalendar[];
}

export interface LawbookOptions {
  ledger: Pick<Ledger, 'list' | 'calendars'>;
  law: SiteLaw;
  /** By name, for whoever knows no more of a procedure. */
  procedures: readonly Pick<Procedure, 'name' | 'parameters'>[];
  /** How long what was read is gone by without looking again. */
  freshMs?: number;
  clock?: () => Instant;
}

const X0 = 'rulebook-version';
const FRESH_MS = 1_000;
const PAGE = 200;

/** Of an installation. A drill reads anew every time: nothing in it may depend on how long it takes. */
export function lawbookOf({
  ledger,
  site: { law, kind },
  procedures,
}: Pick<LawbookOptions, 'ledger' | 'procedures'> & { site: Pick<Site, 'law' | 'kind'> }): Lawbook {
  return new Lawbook({ ledger, law, procedures, ...(kind === 'drill' ? { freshMs: 0 } : {}) });
}

export class Lawbook {
  readonly #options: LawbookOptions & { freshMs: number; clock: () => Instant };
  #read: { at: Instant; published: Promise<Published> } | undefined;
  #known: Published = { versions: [], calendars: [] };
  #lookedAt = Number.NEGATIVE_INFINITY;
  #told: { about: string; from: Published; law: LawData } | undefined;

  constructor(options: LawbookOptions) {
    this.#options = { freshMs: FRESH_MS, clock: Date.now, ...options };
  }

  /**
   * The law that a case of a procedure goes by from an instant on.
   * @throws LedgerUnavailable; NoRuleInForce naming key and day; Error naming versions that overlap or do not fit
   */
  async lawFor(procedure: string | Pick<Procedure, 'parameters'>, at: Instant): Promise<LawData> {
    const keys = typeof procedure === 'string' ? this.#keys(procedure) : procedure.parameters;
    return this.lawOf(await this.published(), keys, at);
  }

  /** The same for a notice of what was published a moment ago: read anew. Undefined for a procedure there is none of. */
  async lawAnew(procedure: string, at: Instant): Promise<LawData | undefined> {
    const keys = this.keysOf(procedure);
    return keys && this.lawOf(await this.refresh(), keys, at);
  }

  /** The same from what was read before, or is about to be published. */
  lawOf(published: Published, keys: readonly ParameterKey[], at: Instant): LawData {
    const { law, inForce } = this.#asOf(published, at);
    return lawData(inForce, keys, dateOf(at), law);
  }

  /**
   * What a case must still hear that was opened under a law while another was published: the notice went to the cases that
   * were there. Undefined where nothing was.
   */
  async noticeSince(
    law: LawData,
    { parameters }: Pick<Procedure, 'parameters'>,
    now: Instant,
  ): Promise<Notice | undefined> {
    const published = await this.refresh();
    const fresh = this.lawOf(published, parameters, now);
    const about = { id: `lawbook-${now}`, from: 'lawbook', seq: now };
    const carried = fresh as unknown as Json;
    if (fresh.edition !== law.edition) {
      const kinds = published.versions
        .filter(({ publishedAt }) => publishedAt > (law.since ?? 0))
        .map(({ kind }) => kind);
      const kind = kinds.find((one) => one === 'structure') ?? kinds.at(-1) ?? 'limits';
      const payload = { from: law.edition, to: fresh.edition, kind, at: fresh.since ?? now, law: carried };
      return { ...about, type: 'VERSION_CHANGED', payload };
    }
    if (digest(fresh.calendar) === digest(law.calendar)) return undefined;
    const { year, content } = [...published.calendars].sort((a, b) => a.publishedAt - b.publishedAt).at(-1) ?? {};
    if (year === undefined) return undefined;
    const { notice } = content as unknown as CalendarYear;
    return { ...about, type: 'CALENDAR_CHANGED', payload: { year, notice, law: carried } };
  }

  /** The same without waiting, from what was read last: for whoever may be a moment behind. */
  lawKnown(keys: readonly ParameterKey[], at: Instant): LawData {
    this.#look();
    const about = `${at} ${keys.join()}`;
    if (this.#told?.about !== about || this.#told.from !== this.#known)
      this.#told = { about, from: this.#known, law: this.lawOf(this.#known, keys, at) };
    return this.#told.law;
  }

  /** Looks again where it was a moment ago, while nobody waits. */
  #look(): void {
    const { clock } = this.#options;
    if (clock() - this.#lookedAt < FRESH_MS) return;
    this.#lookedAt = clock();
    this.published().then(
      (published) => {
        this.#known = published;
      },
      () => {},
    );
  }

  /** The edition in force at an instant. */
  async edition(at: Instant): Promise<EditionInForce> {
    return this.#asOf(await this.published(), at).inForce;
  }

  /** The days of a year as they are known now, by a notice or provisionally. */
  async yearOf(year: number): Promise<CarriedYear> {
    const { law } = this.#asOf(await this.published(), this.#options.clock());
    return carriedYear(year, calendarYearsOf(law));
  }

  /** Beside an act that publishes a version: what it takes the place of. Read anew. */
  async versionFact(at: Instant): Promise<VersionFact> {
    const published = await this.refresh();
    const { inForce } = this.#asOf(published, at);
    const last = published.versions.at(-1);
    return { edition: inForce.id, ...(last ? { case: last.id, effectiveFrom: last.effectiveFrom } : {}) };
  }

  /** What it went by until now, looked at again where that is a moment ago. */
  published(): Promise<Published> {
    const { clock, freshMs } = this.#options;
    if (this.#read && clock() - this.#read.at < freshMs && clock() >= this.#read.at) return this.#read.published;
    return this.refresh();
  }

  refresh(): Promise<Published> {
    const published = this.#fetch();
    const read = { at: this.#options.clock(), published };
    this.#read = read;
    published.catch(() => {
      if (this.#read === read) this.#read = undefined;
    });
    return published;
  }

  async #fetch(): Promise<Published> {
    const { ledger } = this.#options;
    const versions: PublishedVersion[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const page = await ledger.list({ procedure: X0, limit: PAGE, after });
      versions.push(...page.flatMap(({ case: id, summary }) => publishedIn(id, summary as never) ?? []));
      after = page.at(-1)?.case;
      more = page.length === PAGE;
    }
    versions.sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1));
    const faults = editionFaults(versions);
    if (faults.length > 0) throw new Error(`the published versions contradict each other: ${faults.join('; ')}`);
    return { versions, calendars: await ledger.calendars() };
  }

  /** Everything published counts, whatever the clocks of those who published it say. */
  #asOf({ versions, calendars }: Published, at: Instant) {
    const { law: site } = this.#options;
    const years = [...calendars]
      .sort((a, b) => a.publishedAt - b.publishedAt)
      .map(({ content }) => content as unknown as CalendarYear);
    const law: SiteLaw = { ...site, years: [...(site.years ?? []), ...years], versions };
    return { law, inForce: editionOf(versions, this.#shipped(site, at)) };
  }

  /** The shipped edition is a draft until a version is published, or an operator enters its first day as a figure. */
  #shipped(site: SiteLaw, at: Instant): Edition {
    const { values } = parametersOf(site)['rulebook.effectiveFrom'];
    const entered = values.findLast(({ from }) => from <= dateOf(at))?.value;
    return entered === undefined || entered === 'unknown' ? edition : { ...edition, effectiveFrom: entered };
  }

  /** The figures that a procedure declares; undefined where there is none of the name. */
  keysOf(name: string): readonly ParameterKey[] | undefined {
    return this.#options.procedures.find((procedure) => procedure.name === name)?.parameters;
  }

  #keys(name: string): readonly ParameterKey[] {
    const found = this.keysOf(name);
    if (!found) throw new Error(`there is no procedure '${name}' whose law could be gathered`);
    return found;
  }
}

interface VersionSummary {
  version?: {
    state: string;
    kind: PublishedVersion['kind'];
    parametersAlone: boolean;
    repeals: PublishedVersion['repeals'];
    parameters: VersionFigure[];
    published?: { effectiveFrom: string; number: string; at: number };
  };
}

/** What an X0 case has published; undefined while it has not. */
function publishedIn(id: string, { version }: VersionSummary): PublishedVersion | undefined {
  if (!version?.published) return undefined;
  const { kind, parametersAlone, repeals, parameters, published } = version;
  const { effectiveFrom, number, at } = published;
  return { id, number, effectiveFrom, publishedAt: at, kind, parametersAlone, repeals, figures: parameters };
}

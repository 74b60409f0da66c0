/** What versions published by a city say (spec 2.34): which edition is in force, and the figures they set. */
import { type Article, articlesOf, type Citation, chosen, stated, statute } from './citation';
import { type Edition, edition, editionAt, editionFaults } from './edition';
import { type DatedValue, isParameterKey, type Parameter, type ParameterTable } from './parameters';

/** A figure with its ground. */
export interface VersionFigure {
  key: string;
  value: unknown;
  basis: 'stated' | 'statute' | 'chosen';
  source?: string | undefined;
  reason?: string | undefined;
  author: string;
  /** First day on which it holds; not before the version does. */
  from: string;
}

export interface PublishedVersion {
  /** Its case, and its name as an edition. */
  id: string;
  number: string;
  effectiveFrom: string;
  /** Epoch ms. */
  publishedAt: number;
  kind: 'limits' | 'routing' | 'structure';
  /** Figures alone: it does not say which rulebook is in force. */
  parametersAlone: boolean;
  repeals: readonly { number: string; date?: string | undefined }[];
  figures: readonly VersionFigure[];
}

/** An edition, and when it was published; absent for one that never was. */
export type EditionInForce = Edition & { since?: number };

/**
 * The edition in force under versions in the order of their publication. Figures alone give it a new name, and leave what is
 * known of the rulebook as it was.
 * @throws Error where versions overlap, naming both
 */
export function editionOf(versions: readonly PublishedVersion[], shipped: Edition = edition): EditionInForce {
  const faults = editionFaults(versions);
  if (faults.length > 0) throw new Error(`${faults.join('. ')}.`);
  const last = versions.at(-1);
  if (!last) return shipped;
  const book = versions.findLast(({ parametersAlone }) => !parametersAlone);
  const [repealed] = book?.repeals ?? [];
  return {
    ...shipped,
    ...(book ? { number: book.number, effectiveFrom: book.effectiveFrom } : {}),
    ...(repealed ? { repeals: { number: repealed.number, date: repealed.date ?? '' } } : {}),
    id: last.id,
    since: last.publishedAt,
  };
}

/** The version in force on a day, among those published. @throws NoEditionInForce, naming the day */
export const versionAt = (versions: readonly PublishedVersion[], day: string): PublishedVersion =>
  editionAt(versions, day);

/**
 * Lays the figures of versions over a table, in the order of publication: from its day on each holds in place of all that
 * was said before. A figure the text gives is changed by nothing else.
 * @throws Error naming version and key, where a figure does not fit
 */
export function withVersions(table: ParameterTable, versions: readonly PublishedVersion[]): ParameterTable {
  return versions.reduce(withVersion, table);
}

function withVersion(table: ParameterTable, { id, effectiveFrom, figures }: PublishedVersion): ParameterTable {
  const merged: Record<string, Parameter<unknown>> = { ...table };
  for (const key of new Set(figures.map((figure) => figure.key))) {
    if (!isParameterKey(key)) throw new Error(`version ${id} sets ${key}, which is no parameter.`);
    const { values, ...rest } = table[key] as Parameter<unknown>;
    const own = figures
      .filter((figure) => figure.key === key)
      .map((figure) => ({ ...figure, from: figure.from < effectiveFrom ? effectiveFrom : figure.from }))
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    for (const { value } of own)
      if (!rest.shape.accepts(value))
        throw new Error(
          `version ${id}: the value of ${key} must be ${rest.shape.expected}, but is ${JSON.stringify(value)}.`,
        );
    const latest = own.filter(({ from }, i) => own[i + 1]?.from !== from);
    const before = values.filter(({ from }) => from < latest[0]!.from);
    merged[key] = { ...rest, values: [...before, ...latest.map((figure) => datedValueOf(figure, values))] };
  }
  return merged as unknown as ParameterTable;
}

function datedValueOf(figure: VersionFigure, shipped: readonly DatedValue<unknown>[]): DatedValue<unknown> {
  const { value, from, reason, author, source } = figure;
  const cite = citeOf(figure, shipped[0]?.cite);
  return { from, value, cite, author, ...(reason ? { reason } : {}), ...(source ? { source } : {}) };
}

function citeOf({ basis, source }: VersionFigure, shipped: Citation | undefined): Citation {
  if (basis === 'statute') return statute(source ?? '');
  const near = shipped && shipped.basis !== 'statute' ? (articlesOf(shipped) as Article[]) : [];
  if (basis === 'stated' && near.length > 0) return stated(near);
  return near.length > 0 ? chosen(near) : chosen();
}

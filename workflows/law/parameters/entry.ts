/** How an entry of the tables in this folder is made: a figure the text gives, one a statute gives, one we chose. */
import type { DateText } from '../calendar/days';
import { type Article, type Citation, chosen, type StatuteCitation, stated } from '../citation';
import type { FromDay } from '../dated';
import type { Shape, Unit } from '../parameter-shapes';

export interface DatedValue<V> extends FromDay {
  value: V;
  cite: Citation;
  /** Why this value; always given where the basis is `chosen`. */
  reason?: string;
  /** The public paper a default was taken from or held against. */
  source?: string;
  /** Seat or office that entered it, for values of a site. */
  author?: string;
  /** The source has a last day that is not worked go over to the next working day. No figure of ours does. */
  rollOver?: true;
}

export interface Parameter<V, U extends Unit = Unit> {
  shape: Shape<V, U>;
  /** When somebody last looked whether the values still hold. */
  lastCheck: DateText;
  /** The words of the text that it makes precise, where it is words that leave it open. */
  wording?: string;
  /** In order of their first day, never two of one day. Rows are added, never edited. */
  values: readonly DatedValue<V>[];
}

export const FIRST_DAY = '2025-01-01';
const CHECKED = '2026-11-24';

type Articles = readonly Article[];

export interface Notes {
  wording?: string;
  source?: string;
}

/** Our own choice; `near` tells where in the rulebook the gap lies. */
export function judged<V, U extends Unit>(
  shape: Shape<V, U>,
  near: Articles,
  value: NoInfer<V>,
  reason: string,
  notes: Notes = {},
): Parameter<V, U> {
  return entered(shape, near.length === 0 ? chosen() : chosen(near), value, { reason, ...notes });
}

/** The text itself gives the figure. A site cannot change it; another edition can. */
export function exact<V, U extends Unit>(
  shape: Shape<V, U>,
  articles: Articles,
  value: NoInfer<V>,
  notes: Notes & { reason?: string } = {},
): Parameter<V, U> {
  return entered(shape, stated(articles), value, notes);
}

/** Another instrument gives it. */
export function statutory<V, U extends Unit>(
  shape: Shape<V, U>,
  cite: StatuteCitation,
  value: NoInfer<V>,
  notes: Notes & { reason?: string } = {},
): Parameter<V, U> {
  return entered(shape, cite, value, notes);
}

function entered<V, U extends Unit>(
  shape: Shape<V, U>,
  cite: Citation,
  value: V,
  { wording, ...why }: Notes & { reason?: string },
): Parameter<V, U> {
  return {
    shape,
    lastCheck: CHECKED,
    ...(wording === undefined ? {} : { wording }),
    values: [{ from: FIRST_DAY, value, cite, ...why }],
  };
}

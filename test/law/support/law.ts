import { edition, type LawData, lawData, type ParameterKey, parameters, type SiteLaw } from '../../../workflows/law';

/** The law of a case that begins on a day and declares every parameter. */
export function lawFrom(date: string, site?: SiteLaw): LawData {
  return lawData(edition, Object.keys(parameters) as ParameterKey[], date, site);
}

/** Every date of a span, both ends included, counted without the code under test. */
export function everyDate(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    dates.push(new Date(at).toISOString().slice(0, 10));
  }
  return dates;
}

/** An instant written as officials write it, in local time. */
export function at(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
}

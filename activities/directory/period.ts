import { type DateText, dateOf, type Instant } from '../../workflows/law';

/** Days, both included; open where one is left out. */
export interface Period {
  from?: DateText | undefined;
  to?: DateText | undefined;
}

/** From 00:00 of `from` to 24:00 of `to`: the instant that ends the last day no longer belongs to it. */
export function inForce({ from, to }: Period, at: Instant): boolean {
  const day = dateOf(at);
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}

export function overlap(a: Period, b: Period): boolean {
  const ends = (p: Period) => p.to ?? '9999-12-31';
  const begins = (p: Period) => p.from ?? '0000-01-01';
  return begins(a) <= ends(b) && begins(b) <= ends(a);
}

export function printPeriod({ from, to }: Period): string {
  if (from === undefined && to === undefined) return 'always';
  return [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `to ${to}`].filter(Boolean).join(' ');
}

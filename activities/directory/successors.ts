/** Which unit has the work of one that ended. Reorganisations follow one another: D07 into D32, later D32 into D40. */
import { type DateText, dateOf, type Instant } from '../../workflows/law';

export interface Reorganisation {
  id: string;
  /** The first day of the new order. */
  from: DateText;
  /** Old units and those that take their work; several where one was split. */
  units: Readonly<Record<string, readonly string[]>>;
  source: string;
}

export class Reorganisations {
  readonly all: readonly Reorganisation[];

  constructor(entries: readonly Reorganisation[]) {
    this.all = entries.map(({ id, from, units, source }) => ({ id, from, units, source }));
  }

  successorsOf(unit: string, at: Instant): string[] {
    const today = dateOf(at);
    const found = this.all.find(({ from, units }) => from <= today && Object.hasOwn(units, unit));
    const next = found?.units[unit] ?? [unit];
    return next.length === 1 && next[0] === unit
      ? [unit]
      : [...new Set(next.flatMap((one) => (one === unit ? [one] : this.successorsOf(one, at))))];
  }

  /** The one unit that has its work; the unit itself where there are several or none. */
  unitNow(unit: string, at: Instant): string {
    const [one, ...others] = this.successorsOf(unit, at);
    return one === undefined || others.length > 0 ? unit : one;
  }

  /** The seat that took the place of one of a unit that ended: the same position, else the unit's desk. */
  seatNow(seat: string, at: Instant, exists: (seat: string) => boolean): string | undefined {
    const [, unit, position] = /^([A-Z]\d{1,3})-(.+)$/.exec(seat) ?? [];
    if (unit === undefined) return undefined;
    const now = this.unitNow(unit, at);
    if (now === unit) return undefined;
    return [`${now}-${position}`, `${now}-${String(position).replace(/-\d+$/, '')}`, `${now}-desk`].find(exists);
  }
}

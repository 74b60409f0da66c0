/** The order of appointment (article 9), however it is written down. */
import type { Content } from './content';

type Entry = Content['appointmentOrder'][number];
type Ranked = NonNullable<Entry['ranks']>[number];

/** The seats in their order, of an entry that was checked. */
export function orderOf({ order, ranks = [] }: Entry): readonly string[] {
  return order ?? [...ranks].sort(before).map(({ seat }) => seat);
}

const before = (a: Ranked, b: Ranked): number =>
  a.rank !== undefined && b.rank !== undefined
    ? a.rank - b.rank
    : (a.appointedOn ?? '') < (b.appointedOn ?? '')
      ? -1
      : 1;

/** Why ranks or days of appointment give no single order. */
export function ambiguity(ranks: readonly Ranked[]): string | undefined {
  const isRanked = ranks.every(({ rank }) => rank !== undefined);
  if (!isRanked && ranks.some(({ rank }) => rank !== undefined))
    return 'the order of appointment gives some a rank and others none; expected a rank for each';
  if (isRanked) return tie(ranks, ({ rank }) => rank, 'rank') ?? gap(ranks.map(({ rank }) => rank!));
  const undated = ranks.filter(({ appointedOn }) => appointedOn === undefined).map(({ seat }) => seat);
  if (undated.length > 0)
    return `the order of appointment gives neither rank nor day of appointment for ${undated.join(', ')}`;
  return tie(ranks, ({ appointedOn }) => appointedOn, 'day of appointment');
}

function tie(ranks: readonly Ranked[], of: (one: Ranked) => unknown, what: string): string | undefined {
  for (const [i, one] of ranks.entries()) {
    const other = ranks.slice(0, i).find((earlier) => of(earlier) === of(one) && earlier.seat !== one.seat);
    if (other)
      return `the order of appointment is tied: ${other.seat} and ${one.seat} both have the ${what} ${of(one)}; expected ${
        what === 'rank' ? 'each rank once' : 'a rank for each'
      }`;
  }
  return undefined;
}

function gap(ranks: readonly number[]): string | undefined {
  const missing = ranks.map((_, i) => i + 1).filter((rank) => !ranks.includes(rank));
  return missing.length === 0
    ? undefined
    : `the order of appointment has a gap: nobody has rank ${missing.join(', ')}; expected 1 to ${ranks.length} without one`;
}

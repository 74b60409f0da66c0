/** Which edition of the rulebook is at work, and what is known about it. */
import type { DateText } from './calendar/days';

export interface Edition {
  /** Name of the edition in records and machine ids. */
  readonly id: string;
  readonly title: string;
  /** Number of the paper that issued it, when known. */
  readonly number: string | undefined;
  /** First day in force (YYYY-MM-DD). Until it is entered the edition is a draft, and everything made under it says so. */
  readonly effectiveFrom: DateText | undefined;
  /** The paper it replaces (article 75). */
  readonly repeals: { readonly number: string; readonly date: string };
  readonly articleCount: number;
}

/** The edition we work from. The page it was read from gives neither its number nor the day of its publication. */
export const edition: Edition = {
  id: 'draft-2026',
  title: '石嘴山市人民政府工作规则',
  number: undefined,
  effectiveFrom: undefined,
  repeals: { number: '石政发〔2019〕53号', date: '2019-09-19' },
  articleCount: 75,
};

/** The mark that every view and printed record of an unconfirmed edition bears; nothing once its first day is known. */
export function editionMark({ effectiveFrom }: Edition): string | undefined {
  return effectiveFrom === undefined ? '【规则版本待确认】' : undefined;
}

/** One of several editions, from its first day until the next one begins; a draft has no first day. */
export type DatedEdition = Pick<Edition, 'id' | 'effectiveFrom'>;

/** Thrown where no edition of a list holds on a day. */
export class NoEditionInForce extends Error {
  override readonly name = 'NoEditionInForce';
}

/**
 * What is wrong with editions in the order in which they were published: a sentence for every one that begins before the
 * one it takes the place of, or is there twice, naming both.
 */
export function editionFaults(editions: readonly DatedEdition[]): string[] {
  const dated = editions.filter(({ effectiveFrom }) => effectiveFrom !== undefined);
  const twice = editions.filter(({ id }, i) => editions.findIndex((one) => one.id === id) !== i);
  return [
    ...twice.map(({ id }) => `edition ${id} is there twice; expected each once`),
    ...dated.flatMap(({ id, effectiveFrom }, i) => {
      const before = dated[i - 1];
      if (!before || before.effectiveFrom! <= effectiveFrom!) return [];
      return [
        `edition ${id} from ${effectiveFrom} overlaps edition ${before.id}, which was published before it and holds from ` +
          `${before.effectiveFrom}; expected a first day of ${before.effectiveFrom} or later`,
      ];
    }),
  ];
}

/**
 * The edition in force on a day. A draft stands in for all days before the first that is published.
 * @param editions in the order in which they were published
 * @throws NoEditionInForce naming the day and where the first begins; Error where they overlap
 */
export function editionAt<T extends DatedEdition>(editions: readonly T[], day: DateText): T {
  const faults = editionFaults(editions);
  if (faults.length > 0) throw new Error(`${faults.join('. ')}.`);
  const found = editions.findLast(({ effectiveFrom }) => effectiveFrom === undefined || effectiveFrom <= day);
  if (found) return found;
  const first = editions[0];
  throw new NoEditionInForce(
    `no edition of the rulebook is in force on ${day}` +
      (first ? `; the first, ${first.id}, holds from ${first.effectiveFrom}.` : ': there is none.'),
  );
}

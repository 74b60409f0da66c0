/** Which edition of the rulebook is at work, and what is known about it. */

export interface Edition {
  /** Name of the edition in records and machine ids. */
  readonly id: string;
  readonly title: string;
  /** Number of the paper that issued it, when known. */
  readonly number: string | undefined;
  /** First day in force (YYYY-MM-DD). Until it is entered the edition is a draft, and everything made under it says so. */
  readonly effectiveFrom: string | undefined;
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

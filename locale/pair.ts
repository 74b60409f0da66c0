/** A text in both scripts. */
export interface Pair {
  hans: string;
  hant: string;
}

export const zh = (hans: string, hant: string): Pair => ({ hans, hant });

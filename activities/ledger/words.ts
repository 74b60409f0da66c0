/**
 * Finding Chinese text without a word list: every two characters that stand side by side are indexed. Words of a search are
 * looked for by their rarest pair and then compared as a whole.
 */

/** Stands between fields, so that no word runs over the edge of one. */
const EDGE = '\n';

/** Full-width as half-width, capitals as small letters, no spaces: however it was typed. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');

/** What a case is found by. */
export const wordsOf = (fields: readonly string[]): string =>
  fields
    .map(plain)
    .filter((field) => field !== '')
    .join(EDGE);

/** The words of a search, each as it would stand in the words of a case. */
export function termsOf(text: string): string[] {
  const terms = text
    .split(/\s+/)
    .map(plain)
    .filter((term) => term !== '');
  return [...new Set(terms)];
}

/** Pairs of characters, each once. */
export function gramsOf(words: string): string[] {
  const grams = words.split(EDGE).flatMap((field) => {
    const characters = Array.from(field);
    return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
  });
  return [...new Set(grams)];
}

/** For LIKE with `\` as its escape. */
export const containing = (term: string): string => `%${term.replaceAll(/[\\%_]/g, '\\$&')}%`;

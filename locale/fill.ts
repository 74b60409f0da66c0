/** Values into texts: `{name}` must be there, `[…]` is left out as a whole where one of its values is not. */

export type Values = Readonly<Record<string, string | undefined>>;

const OPTIONAL = /\[([^[\]]*)\]/g;
const PLACEHOLDER = /\{([A-Za-z]+)\}/g;

/** @throws Error when a value outside brackets is missing: whoever asks for a text must know what it speaks of */
export function fill(text: string, values: Values): string {
  const kept = text.replace(OPTIONAL, (_, part: string) => (missingIn(part, values).length === 0 ? part : ''));
  const missing = missingIn(kept, values);
  if (missing.length > 0) throw new Error(`no value for ${missing.map((name) => `{${name}}`).join(', ')} in '${text}'`);
  return kept.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '');
}

/** Every name a text speaks of, and those it cannot do without. */
export function placeholdersOf(text: string): { all: string[]; required: string[] } {
  return { all: namesIn(text), required: namesIn(text.replace(OPTIONAL, '')) };
}

function missingIn(text: string, values: Values): string[] {
  return namesIn(text).filter((name) => values[name] === undefined || values[name] === '');
}

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string))];
}

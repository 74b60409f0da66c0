/**
 * Codes and templates that sources name. A machine holds them inside functions, where they cannot be read off; so the
 * sources are read: the folder of a procedure whole, and of the kit what that folder reaches by name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from '../../locale';

export interface Mentions {
  /** Codes of refusals and findings, of the catalogue (UPPER_SNAKE) and of the runtime. */
  codes: string[];
  templates: string[];
}

/** What a piece of source names. A template with a variable part stands for every text of the locale table that fits. */
export function mentionsIn(source: string): Mentions {
  const code = withoutComments(source);
  const fields = [...code.matchAll(/\bcode: ([^,;}\n]+)/g)].flatMap(([, value]) => literals(value!));
  const refusals = [...code.matchAll(/\brefusedBy\(\s*'([^']+)'/g)].map(([, name]) => name!);
  const named = [...code.matchAll(/\btemplate: (?:'([^']+)'|`([^`]+)`)/g)];
  return {
    codes: sorted([...fields, ...refusals]),
    templates: sorted(named.flatMap(([, plain, varied]) => (plain === undefined ? fitting(varied!) : [plain]))),
  };
}

/** What a procedure can answer and tell. `workflows` is the folder of that name. */
export function mentionsOf(procedure: string, workflows: string): Mentions {
  const own = sourcesIn(join(workflows, 'procedures', procedure)).join('\n');
  const kit = functionsIn(sourcesIn(join(workflows, 'procedures', 'kit')));
  const all = [own, ...reached(own, kit)].map(mentionsIn);
  return { codes: sorted(all.flatMap((m) => m.codes)), templates: sorted(all.flatMap((m) => m.templates)) };
}

/** The TypeScript sources in a folder and below. */
export function sourcesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Sources cut into their functions, by name. */
function functionsIn(sources: readonly string[]): Map<string, string> {
  const pieces = sources.flatMap((source) => source.split(/^(?=(?:export )?function )/m));
  const named = pieces.flatMap((piece) => {
    const name = /^(?:export )?function (\w+)/.exec(piece)?.[1];
    return name === undefined ? [] : [[name, piece] as const];
  });
  return new Map(named);
}

/** The functions a source names, and those they name in turn. */
function reached(source: string, functions: ReadonlyMap<string, string>, seen = new Set<string>()): string[] {
  const words = new Set(withoutComments(source).match(/\w+/g));
  const next = [...functions].filter(([name]) => words.has(name) && !seen.has(name));
  for (const [name] of next) seen.add(name);
  return next.flatMap(([, piece]) => [piece, ...reached(piece, functions, seen)]);
}

function fitting(varied: string): string[] {
  const parts = varied.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.+')}$`);
  return Object.keys(templates).filter((template) => pattern.test(template));
}

const literals = (text: string): string[] => [...text.matchAll(/'([^']+)'/g)].map(([, literal]) => literal!);
const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

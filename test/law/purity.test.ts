import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const law = join(__dirname, '../../workflows/law');

const files = readdirSync(law, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const source = (file: string) => readFileSync(join(law, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

function imports(file: string): string[] {
  return [...source(file).matchAll(/^(?:import|export|\}).* from '([^']+)'/gm)].map(([, name]) => name!);
}

/** Imports that are there when the file runs; those of types alone are not. */
function loads(file: string): string[] {
  const running = source(file).replace(/^(?:import|export) type [^;]*;/gm, '');
  return [...running.matchAll(/^(?:import|export|\}).* from '([^']+)'/gm)].map(([, name]) => name!);
}

/** Every file that loading one of them brings along. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const name of loads(file)) reach(`${relative(law, join(law, dirname(file), name))}.ts`, seen);
  return seen;
}

test('the law has files to look at', () => {
  expect(files.length).toBeGreaterThan(10);
});

test.each(files)('%s imports nothing but other files of the law', (file) => {
  const outside = imports(file).filter(
    (name) => relative(law, join(law, dirname(file), name)).startsWith('..') || !name.startsWith('.'),
  );
  expect(outside).toEqual([]);
});

test.each(files)('%s asks no clock, no chance and no zone of the host', (file) => {
  const forbidden =
    /Date\.now|new Date\(\)|Math\.random|performance\.|process\.|Intl\.|toLocale\w*|\.get(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds)\(|getTimezoneOffset|new Date\([^)]*,/;
  expect(source(file)).not.toMatch(forbidden);
});

test('the door leads to every file but the texts', () => {
  expect(files.filter((file) => !reach('index.ts').has(file))).toEqual(['article-texts.ts']);
});

test('the door for procedures leads to no table of the rulebook', () => {
  const tables = [
    'article-texts.ts',
    'articles.ts',
    'calendar/files.ts',
    'calendar/years.ts',
    'edition.ts',
    'parameters.ts',
  ];
  expect(tables.filter((table) => reach('machine.ts').has(table))).toEqual([]);
});

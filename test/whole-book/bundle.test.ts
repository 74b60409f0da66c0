/** What is loaded into the isolate of all cases: no module of it may do I/O. */
import { bundle } from '../../workflows/runtime/worker';

let modules: string[];

beforeAll(async () => {
  const { code } = await bundle(require.resolve('../../workflows'));
  const ours = [...code.matchAll(/^\s*!\*\*\* (\.\/\S+) \*\*\*!$/gm)].map(([, path]) => path!);
  modules = ours.filter((path) => !path.includes('node_modules'));
}, 120_000);

const under = (...rooms: string[]) => modules.filter((path) => rooms.some((room) => path.startsWith(`./${room}`)));

test('the modules of the bundle are found', () => {
  expect(modules).toContain('./workflows/index.ts');
  expect(under('workflows/procedures/supervision-item/').length).toBeGreaterThan(5);
  expect(under('workflows/runtime/workflow/').length).toBeGreaterThan(5);
});

test('the bundle holds nothing that touches the world or speaks to people', () => {
  expect(under('activities/', 'client/', 'locale/', 'worker/', 'bench/', 'test/')).toEqual([]);
});

test('the bundle holds no other door of the runtime than the one for workflows', () => {
  const doors = new Set(under('workflows/runtime/').map((path) => path.split('/').slice(3, 5).join('/')));
  expect([...doors].filter((door) => !door.startsWith('workflow/'))).toEqual(['worker/isolate']);
});

test('the bundle holds neither the list of all procedures nor the tables of the rulebook', () => {
  const tables = [
    'index.ts',
    'articles.ts',
    'article-texts.ts',
    'parameters.ts',
    'parameters/',
    'soft-rules.ts',
    'instruments.ts',
    'edition.ts',
    'calendar/years.ts',
    'calendar/files.ts',
  ];
  expect(under('workflows/procedures/index.ts', ...tables.map((table) => `workflows/law/${table}`))).toEqual([]);
});

import {
  articlesInShort,
  bookText,
  bookTexts,
  chapterTitles,
  type Pair,
  parameterNames,
  parameterReasons,
  procedureTitles,
} from '../../locale';
import { placeholdersOf } from '../../locale/fill';
import { type Parameter, parameters, procedureNumbers } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';

const texts: [string, Pair][] = [
  ...Object.entries(bookTexts),
  ...Object.entries(procedureTitles),
  ...Object.entries(parameterNames),
  ...Object.entries(parameterReasons),
  ...chapterTitles.map((pair, i): [string, Pair] => [`chapter ${i + 1}`, pair]),
  ...Object.entries(articlesInShort).flatMap(([number, { heading, gist }]): [string, Pair][] => [
    [`heading ${number}`, heading],
    [`gist ${number}`, gist],
  ]),
];

test('every text is there in both scripts, character for character', () => {
  const differing = texts.filter(([, { hans, hant }]) => hans.trim() === '' || [...hans].length !== [...hant].length);
  expect(differing.map(([place]) => place)).toEqual([]);
  expect(
    texts.filter(([, { hans, hant }]) => JSON.stringify(placeholdersOf(hans)) !== JSON.stringify(placeholdersOf(hant))),
  ).toEqual([]);
});

test('vocabulary is the one of the table: 程序, 文件, never the words of elsewhere', () => {
  const elsewhere = /程式|檔案|資訊|網路|軟體|蔘加|審籤|核籤|會籤/;
  expect(texts.filter(([, { hant }]) => elsewhere.test(hant)).map(([place]) => place)).toEqual([]);
});

test('no gist repeats the rulebook: none is long, none ends in its list of tasks', () => {
  for (const [, { gist }] of Object.entries(articlesInShort)) expect([...gist.hans].length).toBeLessThan(70);
});

test('every procedure of the rulebook has a title, and a running one bears it', () => {
  expect(Object.keys(procedureTitles)).toEqual(Object.values(procedureNumbers));
  for (const { name, title } of procedures)
    expect([name, title]).toEqual([name, procedureTitles[name as keyof typeof procedureTitles].hans]);
});

test('a sentence that lacks its value throws', () => {
  expect(() => bookText('runs', 'hans')).toThrow('{procedures}');
  expect(bookText('runs', 'hant', { procedures: 'P25' })).toBe('本版本運行　P25');
});

test('every reason of a shipped figure is said in Chinese, and no other is', () => {
  const shipped = (Object.values(parameters) as Parameter<unknown>[]).flatMap(({ values }) =>
    values.flatMap(({ reason }) => reason ?? []),
  );
  expect(Object.keys(parameterReasons).sort()).toEqual([...new Set(shipped)].sort());
});

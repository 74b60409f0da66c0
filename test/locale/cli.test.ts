import { cliText, cliTexts, tableHead } from '../../locale';
import { placeholdersOf } from '../../locale/fill';

const heads = Object.entries(cliTexts.heads);
const sentences = Object.entries(cliTexts.sentences);

it.each(heads)('the table %s has as many columns in both scripts', (key) => {
  const [hans, hant] = (['hans', 'hant'] as const).map((script) => tableHead(key as never, script));
  expect(hant).toHaveLength(hans!.length);
});

it.each(sentences)('%s speaks of the same values in both scripts', (_, { hans, hant }) => {
  expect(placeholdersOf(hans)).toEqual(placeholdersOf(hant));
});

it('a value that is 0 is a value', () => {
  expect(cliText('counts', 'hans', { seat: 'X', todo: 0, overdue: 0, unread: 0 })).toBe(
    'X：待办 0 件（逾期 0），待阅 0 条',
  );
});

/** docs/configuration.md holds the tables the schema prints; `npm run docs` renews them. */
import { readFileSync } from 'node:fs';
import { configurationPage, withTables } from '../../client/site/table';

const page = readFileSync(configurationPage(), 'utf8');

it('the page has the settings as they are', () => {
  expect(page).toBe(withTables(page));
});

it('a page without a place for them is not printed into', () => {
  expect(() => withTables('# Configuration\n')).toThrow("the page has no place '<!-- settings -->'");
});

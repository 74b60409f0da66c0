/** docs/law/articles.md and docs/law/parameters.md are what tables, machines and test files print today. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RENEW } from '../../client/docs/page';
import { lawFolder, lawPages } from '../../client/docs/rulebook/pages';
import { articles, edition, editionMark, parameters, procedureNumbers } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';

const pages = [...lawPages()];
const articlePage = new Map(pages).get('articles.md')!;
const parameterPage = new Map(pages).get('parameters.md')!;

test.each(pages)('docs/law/%s is what is printed now', (file, text) => {
  let kept: string[] = [];
  try {
    kept = readFileSync(join(lawFolder(), file), 'utf8').split('\n');
  } catch {
    throw new Error(`docs/law/${file} is missing. Renew it with: ${RENEW}`);
  }
  const line = text.split('\n').findIndex((one, i) => one !== kept[i]);
  const differs = line < 0 ? kept.length !== text.split('\n').length : true;
  expect(differs ? `line ${line + 1} is now: ${text.split('\n')[line]} — renew with: ${RENEW}` : '').toBe('');
});

test('what is printed does not change from one printing to the next', () => {
  expect([...lawPages()]).toEqual(pages);
});

test('every article has a section, and the mark of an unconfirmed edition stands on every page', () => {
  expect(articlePage.match(/^### 第.+条 /gm)).toHaveLength(articles.length);
  for (const [, text] of pages) expect(text).toContain(editionMark(edition) ?? edition.id);
});

test('every figure has a row, and those without a basis of the text say that they are ours', () => {
  for (const key of Object.keys(parameters)) expect(parameterPage).toContain(`| \`${key}\` |`);
  expect(parameterPage).toContain('a proposal for an operator to confirm, never a rule of the text');
});

test('procedures that are not run are listed, those that run are not', () => {
  const [, listed = ''] = /^## Not run yet .*?\n([\s\S]*?)^## /m.exec(articlePage) ?? [];
  const running = new Set<string>(procedures.map(({ name }) => name));
  for (const name of Object.values(procedureNumbers))
    expect([name, listed.includes(`\`${name}\``)]).toEqual([name, !running.has(name)]);
});

test('links lead to sections and to test files that are there', () => {
  const sections = new Set([...articlePage.matchAll(/^### (.+)$/gm)].map(([, title]) => title!.replaceAll(' ', '-')));
  const links = [...articlePage.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!);
  expect(links.length).toBe(articles.length);
  expect(links.filter((anchor) => !sections.has(anchor))).toEqual([]);
  const files = [...articlePage.matchAll(/\]\((\.\.\/\.\.\/test\/[^)]+)\)/g)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect(() => readFileSync(join(lawFolder(), file))).not.toThrow();
});

/** The pages in docs/procedures are what the machines print today: a change of a rule that nobody looked at fails here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RENEW } from '../../client/docs/page';
import { pages, pagesFolder } from '../../client/docs/pages';
import { edition, editionMark } from '../../workflows/law';

const folder = pagesFolder();
const printed = [...pages()];
const renew = `Look at the change, then renew the pages with: ${RENEW}`;

/** What to do about a page, empty where it is up to date. */
function outdated(file: string, now: string): string {
  const path = join(folder, file);
  if (!existsSync(path)) return `docs/procedures/${file} is missing. ${renew}`;
  const kept = readFileSync(path, 'utf8').split('\n');
  const lines = now.split('\n');
  const at = lines.findIndex((line, i) => line !== kept[i]);
  if (at < 0 && kept.length === lines.length) return '';
  const line = at < 0 ? lines.length : at;
  return [
    `docs/procedures/${file} is not what the machine prints now, from line ${line + 1}:`,
    `- ${kept[line] ?? '(nothing)'}`,
    `+ ${lines[line] ?? '(nothing)'}`,
    renew,
  ].join('\n');
}

test.each(printed)('docs/procedures/%s is what the machine prints now', (file, now) => {
  expect(outdated(file, now)).toBe('');
});

test('there is no page of a procedure that is gone', () => {
  const kept = readdirSync(folder).filter((file) => file.endsWith('.md'));
  expect(kept.sort()).toEqual(printed.map(([file]) => file).sort());
});

test('every page of an unconfirmed edition says so', () => {
  const mark = editionMark(edition);
  const unmarked = printed.filter(([, text]) => mark !== undefined && !text.includes(mark));
  expect(unmarked.map(([file]) => file)).toEqual([]);
});

test('what is printed does not change from one printing to the next', () => {
  expect([...pages()]).toEqual(printed);
});

test('a page that differs is told with its first differing line and the command that renews it', () => {
  const [file, text] = printed.find(([name]) => name === 'supervision-item.md')!;
  const told = outdated(file, text.replace('第六十一条', '第六十条'));
  expect(told).toContain('第六十条');
  expect(told).toContain('node dist/client/docs/print.js');
  expect(outdated('no-such-procedure.md', '')).toContain('is missing');
});

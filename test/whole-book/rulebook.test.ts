/**
 * The rulebook and what runs of it meet both ways: no article that asks for something is passed over by a procedure that
 * answers to it, nothing rests on an article whose row does not name it, and no article is carried out untested.
 */
import { packageRoot } from '../../activities/directory';
import { articleView, type Book, openBook, openShippedBook } from '../../client/docs/rulebook/article-view';
import type { Cited, CitedTransition } from '../../client/docs/rulebook/cited';
import { unanswered, withoutRow, withoutRule, withoutTest } from '../../client/docs/rulebook/gaps';
import { groundsIn } from '../../client/docs/rulebook/grounds';
import { articlesIn, testsByArticle, titlesIn } from '../../client/docs/rulebook/tests';
import {
  type Citation,
  chosen,
  derived,
  type ProcedureName,
  procedureNumbers,
  stated,
  statute,
} from '../../workflows/law';
import { procedures } from '../../workflows/procedures';

const book = openShippedBook(packageRoot());

describe('the book as it stands', () => {
  test('no article with something to enforce is passed over by the procedures that run', () => {
    expect(withoutRule(book)).toEqual([]);
  });

  test('nothing rests on an article whose row does not name the procedure', () => {
    expect(withoutRow(book)).toEqual([]);
  });

  test('every article on which something rests has a test named after it', () => {
    expect(withoutTest(book)).toEqual([]);
  });

  test('a procedure answers to no article on which nothing in it rests', () => {
    expect(unanswered(book, procedures)).toEqual([]);
  });

  test('a procedure that runs is one of the rulebook', () => {
    const known = new Set<string>(Object.values(procedureNumbers));
    expect(procedures.filter(({ name }) => !known.has(name)).map(({ name }) => name)).toEqual([]);
  });

  test('what is not run yet is said to be absent, article by article', () => {
    const running = new Set(procedures.map(({ name }) => name));
    const { procedures: answering } = articleView(book, 64);
    expect(answering.map(({ name, runs }) => [name, runs])).toEqual(
      answering.map(({ name }) => [name, running.has(name)]),
    );
    expect(answering.some(({ runs }) => !runs)).toBe(true);
  });
});

/** A book of one procedure that rests on what is given, with tests named after the articles given. */
function bookOf(name: ProcedureName, cites: readonly Citation[], tested: readonly number[] = []): Book {
  const transitions = cites.map(
    (cite): CitedTransition => ({ procedure: name, from: 'open', on: 'GO', kind: 'outside', to: ['done'], cite }),
  );
  const cited: Cited = { transitions, things: [], codes: [], parameters: [] };
  const tests = new Map(
    tested.map((number) => [number, [{ file: `test/articles/${number}.test.ts`, sentences: ['x'] }]]),
  );
  return { cited: new Map([[name, cited]]), tests };
}

describe('a gap is found', () => {
  test('an article passed over', () => {
    const gaps = withoutRule(bookOf('leave-request', [stated(71)]));
    expect(gaps).toContain('article 49: nothing of leave-request rests on it');
    expect(gaps.some((gap) => gap.startsWith('article 71:'))).toBe(false);
  });

  test('an article of principle, or a chain only, is none', () => {
    const gaps = withoutRule(bookOf('leave-request', [stated(71)]));
    expect(gaps.filter((gap) => /^article (2|73|74):/.test(gap))).toEqual([]);
  });

  test('a figure that the procedure carries is something to rest on', () => {
    const { cited, tests } = bookOf('leave-request', []);
    const carried: Cited = { ...cited.get('leave-request')!, parameters: ['leave.minNotice'] };
    const with71 = { cited: new Map([['leave-request', carried]]), tests };
    expect(withoutRule(with71).some((gap) => gap.startsWith('article 71:'))).toBe(false);
  });

  test('a transition on an article of others', () => {
    expect(withoutRow(bookOf('leave-request', [derived(64)]))).toEqual([
      'leave-request: open on GO rests on article 64, whose row does not name it',
    ]);
  });

  test('not where it is a ladder’s, a choice of ours or another instrument’s', () => {
    expect(
      withoutRow(bookOf('leave-request', [stated(73), { basis: 'chosen', article: 64 }, statute('某法', 64)])),
    ).toEqual([]);
  });

  test('an article carried out and untested', () => {
    expect(withoutTest(bookOf('leave-request', [stated([71, 67])], [67]))).toEqual([
      'article 71: leave-request rests on it, and no test is named after it',
    ]);
  });

  test('an article answered to and rested on nowhere', () => {
    const leave = { name: 'leave-request', articles: [9, 71, 74] } as never;
    expect(unanswered(bookOf('leave-request', [stated(71)]), [leave])).toEqual([
      'leave-request: nothing in it rests on article 9, which it answers to',
    ]);
  });
});

describe('tests are mapped to articles', () => {
  test('by the number of the file, with all its sentences', () => {
    const source = `describe('a', () => { it('b', () => {}); test.each([1])("c %d", () => {}); });`;
    expect([...articlesIn('test/articles/061-x.test.ts', source)]).toEqual([[61, ['a', 'b', 'c %d']]]);
    expect([...articlesIn('test/articles/common.test.ts', source)]).toEqual([]);
  });

  test('by a number in brackets in a sentence, wherever it stands', () => {
    const source = `test('[7] reported to the mayor', () => {}); test('nothing [] [100] [a]', () => {});`;
    expect([...articlesIn('test/law/x.test.ts', source)]).toEqual([[7, ['[7] reported to the mayor']]]);
    expect([...articlesIn('test/articles/061-x.test.ts', source)].map(([number]) => number)).toEqual([61, 7]);
  });

  test('sentences are those of describe, test and it, tables included', () => {
    const source = [
      "test.each<[number, string]>([\n  [1, 'no sentence'],\n])('a table of %d', (n) => {});",
      "it.each(rows)(\n    'rows [9]',\n    () => {});",
      "describe.each`a|b`('tagged', () => {});",
      "expect('not this').toBe('nor this'); say('or this', () => {});",
      `it("it's quoted", () => {});`,
      "it('it\\'s escaped', () => {});",
    ].join('\n');
    expect(titlesIn(source)).toEqual(['a table of %d', 'rows [9]', 'tagged', "it's quoted", "it's escaped"]);
    expect(
      titlesIn("describe.each([\n  ['[28] to the congress', 1],\n  ['not [28]', 2],\n])('%s', () => {});"),
    ).toEqual(['[28] to the congress', '%s']);
  });

  test('an installed package has no test files, and says nothing about them', () => {
    expect(testsByArticle('/nowhere')).toBeUndefined();
    expect(articleView(openBook(undefined, []), 61)).not.toHaveProperty('tests');
  });
});

describe('grounds that stand in functions', () => {
  test('are read off the sources, each once, comments and statutes left out', () => {
    const source = [
      '// stated(1)',
      'tell({ cite: stated(48) }); tell({ cite: stated(48) }); owed(derived([6, 44])); chosen([42, 43, 44]); chosen();',
      "statute('某法', 5); stated(article); /* derived(2) */",
    ].join('\n');
    expect(groundsIn(source)).toEqual([stated(48), derived([6, 44]), chosen([42, 43, 44])]);
  });

  test('count where the machine does not show them', () => {
    const functions = articleView(book, 48).things.filter(({ kind }) => kind === 'function');
    expect(functions.map(({ procedure }) => procedure)).toContain('recurring-obligation');
  });
});

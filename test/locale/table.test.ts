import {
  articlesInShort,
  bookTexts,
  eventLabel,
  findings,
  findingText,
  type LabelKey,
  label,
  labels,
  outcomes,
  type Pair,
  parameterNames,
  parameterReasons,
  procedureTitles,
  refusals,
  refusalText,
  render,
  templates,
} from '../../locale';
import { fill, placeholdersOf } from '../../locale/fill';
import { codes } from '../../workflows/law';

const scripts = ['hans', 'hant'] as const;
const due = Date.parse('2026-03-21T00:00:00+08:00');

/** Every text of the table with its place. */
const texts: [string, Pair][] = [
  ...Object.entries(labels).map(([key, pair]): [string, Pair] => [key, pair]),
  ...Object.entries({ ...refusals }).flatMap(([code, said]): [string, Pair][] => [
    [`${code} sentence`, said.sentence],
    [`${code} remedy`, said.remedy],
  ]),
  ...Object.entries(findings).flatMap(([code, said]): [string, Pair][] => [
    [`finding ${code} sentence`, said.sentence],
    [`finding ${code} remedy`, said.remedy],
  ]),
  ...Object.entries(outcomes).flatMap(([code, said]): [string, Pair][] => [
    [`outcome ${code} sentence`, said.sentence],
    [`outcome ${code} remedy`, said.remedy],
  ]),
  ...Object.entries({ ...bookTexts, ...procedureTitles, ...parameterNames, ...parameterReasons }),
  ...Object.entries(articlesInShort).flatMap(([number, { heading, gist }]): [string, Pair][] => [
    [`article ${number} heading`, heading],
    [`article ${number} gist`, gist],
  ]),
  ...Object.entries(templates).flatMap(([id, message]): [string, Pair][] => [
    [`${id} subject`, message.subject],
    [`${id} body`, message.body],
  ]),
];

describe('the whole table', () => {
  test('every text is there in both scripts', () => {
    expect(
      texts.filter(([, pair]) => scripts.some((script) => pair[script].trim() === '')).map(([place]) => place),
    ).toEqual([]);
  });

  test('both scripts speak of the same values', () => {
    const differing = texts.filter(([, { hans, hant }]) => {
      const [a, b] = [placeholdersOf(hans), placeholdersOf(hant)];
      return JSON.stringify(a) !== JSON.stringify(b);
    });
    expect(differing.map(([place]) => place)).toEqual([]);
  });

  test('no text uses a character that the other script writes differently', () => {
    const { simplifiedOnly, traditionalOnly } = charactersOfOneScript(texts.map(([, pair]) => pair));
    const strayed = texts.filter(
      ([, { hans, hant }]) =>
        [...hans].some((c) => traditionalOnly.has(c)) || [...hant].some((c) => simplifiedOnly.has(c)),
    );
    expect(simplifiedOnly.size).toBeGreaterThan(100);
    expect(strayed.map(([place]) => place)).toEqual([]);
  });

  test.each([
    ['term.review-and-sign', '審簽'],
    ['term.check-and-sign', '核簽'],
    ['term.countersign', '會簽'],
    ['term.attend', '參加'],
    ['supervision.state.accepted', '銷號'],
    ['supervision.state.explained', '已說明'],
  ] as const)('%s is spelled as the rulebook means it, not as its page was converted', (key, hant) => {
    expect(label(key, 'hant')).toBe(hant);
  });
});

/** Learned from the table itself: texts of one length are compared character by character. */
function charactersOfOneScript(pairs: Pair[]): { simplifiedOnly: Set<string>; traditionalOnly: Set<string> } {
  const simplified = new Set<string>();
  const traditional = new Set<string>();
  for (const { hans, hant } of pairs) {
    const [a, b] = [[...hans], [...hant]];
    for (const [i, c] of a.entries()) {
      if (a.length !== b.length || c === b[i]) continue;
      simplified.add(c);
      traditional.add(b[i] as string);
    }
  }
  // 批准 is written alike in both scripts, 校准 is not.
  simplified.delete('准');
  return { simplifiedOnly: simplified, traditionalOnly: traditional };
}

describe('refusals', () => {
  /** Values for whatever a sentence may speak of. */
  const full = {
    params: {
      event: 'ACCEPT',
      guard: 'g',
      id: 'a-1',
      sequence: 3,
      expected: '…',
      problem: '…',
      entrance: 'gateway',
      receivedAt: due,
      now: due,
      asOf: due,
      unit: 'D07',
      code: 'SELF_ACCEPTANCE',
      findingId: 'F1',
      row: 40,
      seat: 'D07-desk',
      holders: '…',
      what: 'acting',
      case: 'SI-2026-0001',
      procedure: 'parade',
      methods: 'GET',
      seconds: 30,
      limit: 20,
      kinds: '…',
      host: 'example.org',
      name: '附件.pdf',
      hash: 'ab12',
      file: 'case.zip',
      eventId: 'a-1',
      next: 4,
      followed: 'PROGRESS',
      field: 'title',
      fields: 'title, source.ref',
      stands: '"…"',
      where: '/context/title',
      proposal: 3,
      presider: 'vm-2',
      missing: ['party-secretary', 'X1'],
      forum: '…',
      until: due,
      reviewer: '…',
      meeting: '…',
      members: 9,
      present: 4,
      count: 180,
      gap: '…',
    },
    state: ['open.course.reviewing.waiting', 'open.ladder.level0'],
    accepted: ['ACCEPT', 'IMPROVE', 'date.set'],
    entitled: ['X2', 'X1'],
    path: 'payload.date',
  };

  test.each(Object.keys(refusals).flatMap((code) => scripts.map((script) => [code, script] as const)))(
    '%s has a sentence and a remedy in %s',
    (code, script) => {
      const { sentence, remedy } = refusalText({ code, ...full }, script);
      expect(sentence).toMatch(/[。]$/);
      expect(remedy).toMatch(/[。]$/);
      expect(sentence + remedy).not.toMatch(/[[\]{}]|undefined/);
    },
  );

  test('every code of the catalogue that refuses has its texts, and every finding', () => {
    const of = (kind: 'R' | 'F' | 'O') =>
      Object.entries(codes)
        .filter(([, entry]) => entry.kind.split('+').includes(kind))
        .map(([code]) => code);
    expect(of('R').filter((code) => !Object.hasOwn(refusals, code))).toEqual([]);
    expect(of('F').filter((code) => !Object.hasOwn(findings, code))).toEqual([]);
    expect(of('O').filter((code) => !Object.hasOwn(outcomes, code))).toEqual([]);
  });

  test('a code without texts is a bug, told by name', () => {
    expect(() => refusalText({ code: 'NO_SUCH_CODE' }, 'hans')).toThrow("no refusal 'NO_SUCH_CODE'");
    expect(() => findingText('NO_SUCH_CODE', 'hans')).toThrow("no finding 'NO_SUCH_CODE'");
  });

  test.each([
    [{ basis: 'stated', article: 61 }, '第六十一条', '第六十一條'],
    [{ basis: 'stated', article: 64, paragraph: 2 }, '第六十四条第二款', '第六十四條第二款'],
    [{ basis: 'derived', article: [61, 62] }, '依第六十一条、第六十二条推定', '依第六十一條、第六十二條推定'],
    [
      { basis: 'statute', instrument: '政府督查工作条例', article: 11 },
      '《政府督查工作条例》第十一条',
      '《政府督查工作条例》第十一條',
    ],
    [{ basis: 'statute', article: 11 }, '本系统规定', '本系統規定'],
    [{ basis: 'chosen', article: 61 }, '本系统规定', '本系統規定'],
    [{ basis: 'chosen' }, '本系统规定', '本系統規定'],
  ])('what it rests on, %j, is shown as %s', (cite, hans, hant) => {
    const refusal = { code: 'DEADLINE_MISSING', cite };
    expect(refusalText(refusal, 'hans').citation).toBe(hans);
    expect(refusalText(refusal, 'hant').citation).toBe(hant);
  });

  test('an answer that no rule gave cites nothing', () => {
    expect(refusalText({ code: 'closed' }, 'hans')).not.toHaveProperty('citation');
  });

  test('a soft rule names its second way out, a hard one does not', () => {
    const soft = refusalText({ code: 'LEAD_NOT_UNIQUE', soft: true }, 'hans').remedy;
    expect(soft).toContain('批准例外');
    expect(refusalText({ code: 'LEAD_NOT_UNIQUE' }, 'hans').remedy).not.toContain('批准例外');
  });

  test('what is not accepted now is told with the state, and with what is accepted from outside', () => {
    const text = refusalText({ code: 'not-accepted-here', ...full }, 'hans');
    expect(text.sentence).toBe('当前状态“审核”不受理“销号”。');
    expect(text.remedy).toBe('请在事项进入相应状态后再提交。现在可以提交：销号、提出改进意见。');
  });

  test('who is entitled is named by the directory where there is one, else by position', () => {
    const refusal = { code: 'not-entitled', params: { seat: 'D07-desk' }, entitled: ['X2', 'vm-3', 'sg'] };
    expect(refusalText(refusal, 'hans')).toEqual({
      sentence: '该席位“D07经办”无权办理此项操作。',
      remedy: '请由有权席位提交。有权席位：政府督查室、副市长（vm-3）、秘书长。',
    });
    const nameOf = (id: string) => (id === 'D07-desk' ? '财政局经办' : id);
    expect(refusalText(refusal, 'hans', { nameOf }).sentence).toBe('该席位“财政局经办”无权办理此项操作。');
  });

  test('what comes with a later version is refused by name, an act as well as an authority', () => {
    const sentence = (params: { [key: string]: string }) =>
      refusalText({ code: 'not-available-yet', params }, 'hans').sentence;
    expect(sentence({ event: 'RELEASE_CIRCULAR' })).toBe('“发布通报”尚未开通，不予受理。');
    expect(sentence({ what: 'acting' })).toBe('“代为主持”尚未开通，不予受理。');
  });

  test('an act nobody knows is quoted as it came', () => {
    expect(eventLabel('FLY', 'hans')).toBe('FLY');
    expect(refusalText({ code: 'unknown-event', params: { event: 'FLY' }, accepted: [] }, 'hans').sentence).toBe(
      '“FLY”不是本事项可以受理的操作。',
    );
  });
});

describe('messages', () => {
  const least = { caseNo: 'DC-2026-0001', link: 'https://example.invalid/cases/DC-2026-0001' };
  const needs: Record<string, object> = {
    'supervision.assigned': { due },
    'supervision.reminder': { due },
    'supervision.redated': { due },
    'units.changed': { seats: ['D10'], seat: 'D32', ref: 'R-1' },
    'supervision.state': { state: ['open.course.improving', 'open.deadline.running'] },
    finding: { code: 'EXPLANATION_MISSING' },
    task: { task: 'circular-decision' },
    refused: { sentence: '甲。', remedy: '乙。' },
    'notify.unassigned': { recipient: 'D07-head' },
  };
  const extras = {
    due,
    cite: { basis: 'stated', article: 61 },
    mark: '【演练】',
    event: 'ACCEPT',
    state: 'open.course.reviewing',
    title: '内容不得外传',
  };
  const all = Object.keys(templates).flatMap((id) => scripts.map((script) => [id, script] as const));

  test.each(all)('%s renders in %s from the least it needs', (id, script) => {
    const { subject, body } = render(id, { ...least, ...needs[id] }, script);
    expect(subject).toContain(least.caseNo);
    expect(body).toContain(least.link);
    expect(subject + body).not.toMatch(/[[\]{}]|undefined/);
  });

  test.each(all)('%s in %s carries mark, number, ground and link, never the title', (id, script) => {
    const { subject, body } = render(id, { ...extras, ...least, ...needs[id] }, script);
    expect(subject.startsWith('【演练】')).toBe(true);
    expect(body).toContain(script === 'hans' ? '依据：第六十一条' : '依據：第六十一條');
    expect(subject + body).not.toContain(extras.title);
  });

  test.each(Object.keys(needs))('%s throws when it lacks what it cannot do without', (id) => {
    expect(() => render(id, least, 'hans')).toThrow(/no value for \{/);
  });

  test.each(['caseNo', 'link'])('no message goes out without %s', (name) => {
    for (const id of Object.keys(templates)) {
      expect(() => render(id, { ...least, ...needs[id], [name]: undefined }, 'hans')).toThrow(`{${name}}`);
    }
  });

  test('an unknown template, task or label is a bug, told by name', () => {
    expect(() => render('supervision.unknown', least, 'hans')).toThrow("no template 'supervision.unknown'");
    expect(() => render('task', { ...least, task: 'fly' }, 'hans')).toThrow("no label 'task.fly'");
    expect(() => label('supervision.state.unknown' as LabelKey, 'hans')).toThrow(
      "no label 'supervision.state.unknown'",
    );
  });

  test('a change of state says what is asked now, and a deadline that ends a day is written as 24:00 of it', () => {
    expect(render('supervision.state', { ...least, ...needs['supervision.state'], due }, 'hans')).toEqual({
      subject: '督查事项DC-2026-0001：提出改进意见',
      body: `督查事项DC-2026-0001现处于“提出改进意见”。请牵头单位按改进意见办理，并书面说明未按要求落实的情况。期限：2026-03-20 24:00。\n查看和办理：${least.link}`,
    });
  });

  test('a provisional deadline is marked', () => {
    expect(render('supervision.reminder', { ...least, due, provisional: true }, 'hant').body).toContain(
      '2026-03-20 24:00（暫定）',
    );
  });

  test('a finding is told with what it asks for', () => {
    expect(render('finding', { ...least, code: 'EXPLANATION_MISSING' }, 'hans').body).toContain(
      '书面说明到期未交。请牵头单位立即提交书面详细说明。',
    );
  });
});

describe('filling', () => {
  test.each([
    ['a value', '甲{x}乙', { x: '1' }, '甲1乙'],
    ['an optional part with its value', '甲[，{x}]乙', { x: '1' }, '甲，1乙'],
    ['an optional part without it', '甲[，{x}]乙', {}, '甲乙'],
    ['an optional part that lacks one of two', '甲[，{x}{y}]乙', { x: '1' }, '甲乙'],
    ['an empty value, which counts as none', '甲[，{x}]乙', { x: '' }, '甲乙'],
    ['a value that looks like a placeholder', '甲{x}', { x: '{y}' }, '甲{y}'],
  ])('%s', (_, text, values, filled) => {
    expect(fill(text, values)).toBe(filled);
  });

  test('a missing value throws with its name', () => {
    expect(() => fill('甲{x}', {})).toThrow("no value for {x} in '甲{x}'");
  });
});

/** `zhengling law` answers without server and ledger, and answers bad input in one sentence. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lawHelp } from '../../client/cli/law';
import { parametersFor } from '../../client/cli/law-parameters';
import type { Out } from '../../client/cli/out';
import { parameters } from '../../workflows/law';

function said(article: string | undefined, { json = false, script = 'hans' }: Partial<Out> = {}): string {
  const lines: string[] = [];
  lawHelp(article, { json, script, marks: '', nameOf: (id) => id, print: (text) => lines.push(text) });
  return lines.join('\n');
}

describe('law', () => {
  it('lists all 75 articles by chapter, with edition and mark', () => {
    const text = said(undefined);
    expect(text).toContain('【规则版本待确认】');
    expect(text).toContain('石政发〔2019〕53号');
    expect(text.match(/^第.+章 /gm)).toHaveLength(13);
    expect(text.match(/^ {2}\d+ /gm)).toHaveLength(75);
    expect(JSON.parse(said(undefined, { json: true })).articles).toHaveLength(75);
  });

  it('shows one article with what rests on it, and what this version does not run', () => {
    const text = said('61');
    expect(text).toMatch(/^第十章 执行落实　第六十一条　落实报告与督促整改$/m);
    expect(text).toMatch(/^本版本运行　.*P25 督查事项/m);
    expect(text).toMatch(/^尚未运行　.*P18 会议纪要签发/m);
    expect(text).toMatch(/supervision-item +open\.course\.reviewing +ACCEPT +open\.course\.accepted +第六十一条/);
    expect(text).toMatch(/EXPLANATION_MISSING +不予受理、所记问题 +条文规定 +.*supervision-item/);
    expect(text).toMatch(/supervision\.ladder +.*0、3、10 工作日/);
    expect(text).toContain('test/articles/061-reporting-and-explaining.test.ts');
  });

  it('in Traditional script too', () => {
    expect(said('61', { script: 'hant' })).toMatch(/^第十章 執行落實　第六十一條　落實報告與督促整改$/m);
  });

  it('says of what we chose that it is ours and only lies near the article', () => {
    expect(said('60')).toContain('本系统规定（在本条附近，由本系统规定）');
    expect(said('60')).not.toMatch(/CONSENT_LEVEL_TOO_LOW.*第六十条/);
  });

  it('says of an article of principle that nothing rests on it', () => {
    expect(said('2')).toContain('本条没有可以执行的程序。');
    expect(JSON.parse(said('2', { json: true }))).toMatchObject({ number: 2, procedures: [], transitions: [] });
  });

  it('shows soft rules with their grantors, tasks of meetings, other instruments', () => {
    expect(said('71')).toMatch(/市长与常务副市长外出的时间重叠.* 市委书记 +leave\.exclusionGrantor/);
    expect(said('44')).toMatch(/^ {2}7\. Additions to the budget/m);
    expect(said('37')).toContain('《重大行政决策程序暂行条例》、《宁夏回族自治区重大行政决策规定》');
  });

  it.each([
    ['76', 'there is no article 76; the rulebook has articles 1 to 75'],
    ['0', 'there is no article 0;'],
    ['-1', 'there is no article -1;'],
    ['x', "'x' is no article;"],
    ['7.5', "'7.5' is no article;"],
    ['６１', "'６１' is no article;"],
    ['061', 'there is no article 061;'],
    ['', "'' is no article;"],
  ])('%s is answered in a sentence', (text, sentence) => {
    expect(() => said(text)).toThrow(sentence);
  });
});

describe('law parameters', () => {
  it('gives every figure with unit, value, ground, reason and last check', () => {
    const { parameters: shown } = parametersFor(undefined, { on: '2026-03-02' });
    expect(shown.map(({ key }) => key)).toEqual(Object.keys(parameters));
    expect(shown.find(({ key }) => key === 'supervision.ladder')).toEqual({
      key: 'supervision.ladder',
      unit: 'workingDays',
      value: [0, 3, 10],
      from: '2025-01-01',
      basis: 'chosen',
      cite: { basis: 'chosen', article: [61, 62, 63, 64, 65] },
      reason: 'other cities escalate by repeated overdue in three colours',
      source: '三明市2017年的三色督办',
      lastCheck: '2026-11-24',
      expected: 'a list of 3 whole numbers of working days from 0 to 366, each larger than the one before',
      procedures: ['supervision-item'],
    });
  });

  it('with --chosen leaves out what the text or a statute gives', () => {
    const { parameters: shown } = parametersFor(undefined, { chosen: true });
    expect(new Set(shown.map(({ basis }) => basis))).toEqual(new Set(['chosen']));
    expect(shown.some(({ key }) => key === 'calendar.dayEnds' || key === 'budget.threshold')).toBe(false);
    expect(shown.length).toBeGreaterThan(150);
  });

  it('of one key, and of all that begin alike', () => {
    expect(parametersFor('leave.order', {}).parameters.map(({ key }) => key)).toEqual(['leave.order']);
    for (const asked of ['duty', 'duty.', 'duty.*'])
      expect(parametersFor(asked, {}).parameters.every(({ key }) => key.startsWith('duty.'))).toBe(true);
  });

  it.each<[string | undefined, object, string]>([
    ['nope', {}, "there is no figure 'nope'; there are calendar, "],
    ['leave.nope', {}, "there is no figure 'leave.nope'"],
    ['toString', {}, "there is no figure 'toString'"],
    [undefined, { on: '2026-02-30' }, "--on must be a day such as 2026-03-01, but is '2026-02-30'"],
    [
      'leave.order',
      { on: '2024-12-31' },
      'leave.order has no value in force on 2024-12-31; the first value holds from 2025-01-01',
    ],
    [undefined, { data: '/nowhere' }, '/nowhere holds no zhengling.yaml with a kind that zhengling knows'],
  ])('%s with %j is answered in a sentence', (key, options, sentence) => {
    expect(() => parametersFor(key, options)).toThrow(sentence);
  });

  describe('of a site', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'zhengling-law-'));
      writeFileSync(join(folder, 'zhengling.yaml'), 'kind: city\nparameters: figures.json\n');
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const figures = (content: object) => writeFileSync(join(folder, 'figures.json'), JSON.stringify(content));
    const own = { value: 3, from: '2026-03-01', reason: '本市实际', author: 'X1' };

    it('shows its own value from its day on, with author and the shipped one', () => {
      figures({ 'leave.minNotice': own });
      const on = (day: string) => parametersFor('leave.minNotice', { data: folder, on: day }).parameters[0];
      expect(on('2026-02-28')).toMatchObject({ value: 2, basis: 'chosen' });
      expect(on('2026-02-28')).not.toHaveProperty('author');
      expect(on('2026-03-01')).toMatchObject({
        value: 3,
        shipped: 2,
        reason: '本市实际',
        author: 'X1',
        from: '2026-03-01',
      });
    });

    it.each<[string, object, RegExp]>([
      [
        'a wrong value',
        { 'leave.minNotice': { ...own, value: 'soon' } },
        /figures\.json: leave\.minNotice: value must be a whole number/,
      ],
      [
        'a figure of the text',
        { 'budget.threshold': { ...own, value: '1.00' } },
        /figures\.json: budget\.threshold is given by the text/,
      ],
      [
        'no reason',
        { 'leave.minNotice': { ...own, reason: '' } },
        /figures\.json: leave\.minNotice: reason must say why/,
      ],
    ])('with %s is refused, naming file, key and expectation', (_, content, sentence) => {
      figures(content);
      expect(() => parametersFor(undefined, { data: folder })).toThrow(sentence);
    });
  });
});

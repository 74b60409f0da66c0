/** Every notice, in every form and both scripts. */
import { acknowledgeTexts, alarmNotice, noticeTexts, type Pair, renderNotice, templates } from '../../locale';
import { placeholdersOf } from '../../locale/fill';

const scripts = ['hans', 'hant'] as const;
const due = Date.parse('2026-03-21T00:00:00+08:00');
const link = 'https://example.invalid/cases/SI-2026-0001';
const data = {
  caseNo: 'SI-2026-0001',
  link,
  due,
  cite: { basis: 'stated', article: 61 },
  state: 'open.course.in-progress',
  code: 'EXPLANATION_MISSING',
  task: 'circular-decision',
  recipient: 'D07-head',
  seat: 'D32-desk',
  seats: ['D07-desk', 'D07-head'],
  ref: '示例〔2026〕1号',
  sentence: '甲。',
  remedy: '乙。',
  // What a case knows and no notice says.
  matter: '内容不得外传',
  title: '内容不得外传',
  text: '内容不得外传',
};
const all = Object.keys(templates).flatMap((id) => scripts.map((script) => [id, script] as const));
const texts: [string, Pair][] = Object.entries({ ...noticeTexts, ...acknowledgeTexts });

describe('the table', () => {
  test.each(texts)('%s is there in both scripts and speaks of the same values', (_, { hans, hant }) => {
    expect(hans.trim()).not.toBe('');
    expect(placeholdersOf(hans)).toEqual(placeholdersOf(hant));
    expect([...hans]).toHaveLength([...hant].length);
  });

  test('no text mixes the scripts', () => {
    const differing = texts.flatMap(([, { hans, hant }]) => [...hans].map((c, i) => [c, [...hant][i]] as const));
    const simplified = new Set(differing.filter(([a, b]) => a !== b).map(([a]) => a));
    const traditional = new Set(differing.filter(([a, b]) => a !== b).map(([, b]) => b));
    expect(simplified.size).toBeGreaterThan(20);
    expect(texts.filter(([, { hant }]) => [...hant].some((c) => simplified.has(c))).map(([key]) => key)).toEqual([]);
    expect(texts.filter(([, { hans }]) => [...hans].some((c) => traditional.has(c))).map(([key]) => key)).toEqual([]);
  });

  test('no template of an effect speaks of the content of its case', () => {
    const known = new Set([
      ...[
        'caseNo',
        'due',
        'state',
        'ask',
        'finding',
        'task',
        'recipient',
        'event',
        'sentence',
        'remedy',
        'passed',
        'what',
        // Who presides and is entrusted: seats, never names, and never the matter.
        ...['presider', 'standing', 'version', 'since', 'reason', 'giver', 'receiver', 'entrusted', 'until'],
        // Of the law: which version, how many figures and deadlines.
        ...['edition', 'from', 'parameters', 'moved'],
        // Of a periodic duty: which one, of which period, how much of it is done. Of a reorganisation: its paper.
        ...['obligation', 'period', 'done', 'count', 'ref'],
      ],
      ...['seat', 'seats', 'to', 'by', 'level', 'number', 'hours', 'days', 'date'],
    ]);
    const spoken = Object.entries(templates).flatMap(([id, { subject, body }]) =>
      [...placeholdersOf(subject.hans).all, ...placeholdersOf(body.hans).all].map((name) => `${id}: ${name}`),
    );
    expect(spoken.filter((one) => !known.has(one.split(': ')[1] ?? ''))).toEqual([]);
  });
});

describe('a notice', () => {
  test.each(all)(
    '%s in %s has a short text with number and link, and one to be read aloud without a link',
    (id, script) => {
      const { subject, body, short, spoken } = renderNotice(id, data, script);
      expect(short).toContain(data.caseNo);
      expect(short.endsWith(link)).toBe(true);
      expect(spoken).toContain(data.caseNo);
      expect(spoken).not.toMatch(/http|\/\//);
      // A short message has 70 characters; the address comes on top.
      expect([...short].length - link.length).toBeLessThanOrEqual(70);
      expect(subject + body + short + spoken).not.toMatch(/内容不得外传|[[\]{}]|undefined/);
    },
  );

  test.each(scripts)('says in %s where it is acknowledged, if there is such an address', (script) => {
    const acknowledge = 'https://example.invalid/acknowledge/a.b';
    const word = { hans: '签收', hant: '簽收' }[script];
    const { body, short, spoken } = renderNotice('supervision.level1', { ...data, acknowledge }, script);
    expect(body.endsWith(`\n${word}：${acknowledge}`)).toBe(true);
    expect(short + spoken).not.toContain(acknowledge);
    expect(renderNotice('supervision.level1', data, script).body).not.toContain(word);
  });

  test('keeps its mark in every form', () => {
    const { subject, short, spoken } = renderNotice('supervision.level1', { ...data, mark: '【演练】' }, 'hans');
    for (const text of [subject, short, spoken]) expect(text.startsWith('【演练】')).toBe(true);
  });

  test('that is unknown is a bug, told by name', () => {
    expect(() => renderNotice('nothing.of.the.kind', data, 'hans')).toThrow("no template 'nothing.of.the.kind'");
  });
});

describe('several as one', () => {
  test.each(scripts)('a digest in %s names the cases where there is no room for more', (script) => {
    const digest = { count: 2, list: '1. …', caseNos: ['SI-2026-0001', 'SI-2026-0002'] };
    const { short, spoken } = renderNotice('notify.digest', digest, script);
    expect(short).toBe(`2${{ hans: '项', hant: '項' }[script]}通知：SI-2026-0001、SI-2026-0002`);
    expect(spoken).toMatch(/^2[项項]通知。/);
  });

  const rung = (template: string, passed: string, article: number) => ({
    template,
    data: {
      ...data,
      link: undefined,
      mark: '【演练】',
      passed: Date.parse(`${passed}:00+08:00`),
      cite: { basis: 'derived', article },
    },
  });
  const rungs = [
    rung('supervision.level1', '2026-03-21T00:00', 61),
    rung('supervision.level2', '2026-03-24T00:00', 63),
    rung('supervision.level3', '2026-03-27T09:30', 63),
  ];

  test('deadlines that passed in an outage are named with when and by which article, and the last one in full', () => {
    const { subject, body, short } = renderNotice(
      'notify.woken',
      { caseNo: data.caseNo, link, mark: '【演练】', count: 3, rungs },
      'hans',
    );
    expect(subject).toBe('【演练】事项SI-2026-0001有3项期限已过');
    expect(short).toBe(`【演练】事项SI-2026-0001有3项期限已过。${link}`);
    expect(body.split('\n')).toEqual([
      '系统恢复运行，查得事项SI-2026-0001有3项期限已过，一并通知：',
      '1. 2026-03-20 24:00 督查事项SI-2026-0001逾期（依据：依第六十一条推定）',
      '2. 2026-03-23 24:00 督查事项SI-2026-0001逾期，升至第二级（依据：依第六十三条推定）',
      '3. 2026-03-27 09:30 督查事项SI-2026-0001逾期，升至第三级（依据：依第六十三条推定）',
      '',
      expect.stringMatching(/^现要求如下：督查事项SI-2026-0001逾期后长时间未作说明/),
      '依据：依第六十三条推定。',
      `查看和办理：${link}`,
    ]);
  });

  test('the alarm of the house itself is short and marked', () => {
    expect(alarmNotice('工作进程已5分钟无响应。', 'hans', '【演示】')).toEqual({
      subject: '【演示】政令系统告警',
      body: '工作进程已5分钟无响应。\n请值班人员立即处理。',
      short: '【演示】政令系统告警：工作进程已5分钟无响应。',
      spoken: '【演示】政令系统告警：工作进程已5分钟无响应。',
    });
  });
});

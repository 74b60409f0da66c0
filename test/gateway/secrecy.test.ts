import { classifiedMark, isMarkedName, isMarkedText } from '../../client/secrecy';

describe('a mark of classified matter', () => {
  test.each([
    ['with a star', '关于某项工作的报告 秘密★'],
    ['with a star and a period', '机密★10年'],
    ['with a period and no star', '本件为：机密 10年'],
    ['for good', '绝密★长期'],
    ['behind a star', '★绝密'],
    ['in round brackets', '关于某项工作的报告（秘密）'],
    ['in square brackets', '[机密]会议材料'],
    ['in corner brackets', '【绝密】会议材料'],
    ['in tortoise shell brackets', '会议材料〔机密〕'],
    ['as a grade in brackets', '会议材料（机密级）'],
    ['at the head of a title', '机密：会议材料'],
    ['at the head of a title, run on', '绝密会议材料'],
    ['at the head, after spaces', '   秘密 会议材料'],
    ['alone', '秘密'],
    ['behind the name of its field', '附件密级：机密，共三页'],
    ['behind the name of its field, with is', '本件密级为秘密'],
    ['on a line of its own', '会议材料\n机密\n第一项'],
    ['on a line of its own, with its period', '会议材料\n秘密 5年\n第一项'],
    ['in Traditional', '【絕密】會議材料'],
    ['in Traditional, with a star', '機密★長期'],
    ['in Traditional, behind its field', '密級：機密'],
    ['with the other form of a character', '（祕密）會議材料'],
    ['in full width brackets', '会议材料［机密］'],
    ['in full width digits', '机密★１０年'],
    ['spaced', '【 绝　密 】会议材料'],
    ['spaced with dots', '（秘·密）会议材料'],
    ['spaced with what is not seen', '【机\u200b密】会议材料'],
    ['as one round sign', '㊙ 会议材料'],
    ['with another star', '机密☆5年'],
  ])('%s is found', (_, text) => {
    expect(isMarkedText(text)).toBe(true);
  });

  test.each([
    ['a trade secret', '关于保护商业秘密的通知'],
    ['the law on state secrets', '贯彻《中华人民共和国保守国家秘密法》实施方案'],
    ['a commission', '请市国家保密局报送材料'],
    ['a secret ballot', '秘密投票情况的报告'],
    ['words quoted', '本系统不受理标注“机密”的材料'],
    ['characters that only meet', '请司机密切配合道路管制'],
    ['machines and density', '飞机密度统计'],
    ['confidential letters', '信访人个人信息应当保密'],
    ['nothing at all', ''],
  ])('%s is none', (_, text) => {
    expect(isMarkedText(text)).toBe(false);
  });
});

describe('the place of a mark', () => {
  test.each([
    ['a title', { payload: { title: '【机密】材料' } }, 'payload.title'],
    ['a list', { payload: { evidence: ['E-1', '（秘密）E-2'] } }, 'payload.evidence.1'],
    [
      'something deep inside',
      { payload: { doc: { explanation: { cause: '机密★5年' } } } },
      'payload.doc.explanation.cause',
    ],
    ['a field for it', { payload: { secrecy: 'secret' } }, 'payload.secrecy'],
    ['a field for it, in Chinese', { payload: { 密级: '机密' } }, 'payload.密级'],
    ['a field for it, in Traditional', { payload: { 密級: '普通（秘密）' } }, 'payload.密級'],
    ['a field for it, as a list', { payload: { classification: ['top secret'] } }, 'payload.classification'],
    [
      'the paper behind a leader’s word',
      { payload: {}, onWordOf: { seat: 'mayor', ref: '机密〔2026〕1号' } },
      'onWordOf.ref',
    ],
  ])('in %s is told by its path', (_, value, path) => {
    expect(classifiedMark(value)).toEqual({ path });
  });

  test('below a field of somebody’s own wording is told by what holds the field', () => {
    expect(classifiedMark({ payload: { 某项行动: { title: '【机密】材料' } } })).toEqual({ path: 'payload.title' });
  });

  test('in the name of a field is told by what holds it, which says nothing of the name', () => {
    expect(classifiedMark({ payload: { '【绝密】名单': 1 } })).toEqual({ path: 'payload' });
  });

  test.each([
    ['public matter', { payload: { secrecy: '公开', title: '材料' } }],
    ['English words elsewhere', { payload: { title: 'secret garden' } }],
    ['numbers and nothing', { payload: { percent: 40, due: null, done: true } }],
  ])('is nowhere in %s', (_, value) => {
    expect(classifiedMark(value)).toBeUndefined();
  });
});

describe('the name of a file', () => {
  test.each(['方案_机密.docx', '机密-方案.pdf', '方案（秘密）.pdf', '方案 绝密.ofd', '秘密.txt', '方案.機密.pdf'])(
    '%s is marked',
    (name) => {
      expect(isMarkedName(name)).toBe(true);
    },
  );

  test.each(['保密承诺书.docx', '商业秘密保护.pdf', '方案.pdf'])('%s is not', (name) => {
    expect(isMarkedName(name)).toBe(false);
  });
});

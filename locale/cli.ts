/** What the command line says to officials: heads of tables, short sentences. */
import { fill } from './fill';
import { type Pair, zh } from './pair';
import { calendarTexts } from './rulebook-version';

const heads = {
  list: zh('编号 状态 牵头 到期 级别 事项', '編號 狀態 牽頭 到期 級別 事項'),
  todo: zh('编号 状态 期限 逾期 事项', '編號 狀態 期限 逾期 事項'),
  done: zh('编号 状态 办理时间 台账 事项', '編號 狀態 辦理時間 台賬 事項'),
  unread: zh('消息 编号 时间 标题', '消息 編號 時間 標題'),
  refusals: zh('时间 入口 席位 事项 案件 代码', '時間 入口 席位 事項 案件 代碼'),
  readings: zh('时间 入口 席位 读者 内容 案件', '時間 入口 席位 讀者 內容 案件'),
  feed: zh('序号 时间 事件 案件 台账 状态', '序號 時間 事件 案件 台賬 狀態'),
  units: zh('牵头单位 在办 逾期 按期办结 逾期办结 无期限办结', '牽頭單位 在辦 逾期 按期辦結 逾期辦結 無期限辦結'),
  states: zh('状态 件数', '狀態 件數'),
  tells: zh('消息 件数', '消息 件數'),
  acts: zh('操作 名称 性质 办理者 依据', '操作 名稱 性質 辦理者 依據'),
  fields: zh('字段 填写 内容', '字段 填寫 內容'),
  seats: zh('席位 名称 在任', '席位 名稱 在任'),
  redated: zh('案件 期限 原定时间 新的时间', '案件 期限 原定時間 新的時間'),
  ways: zh('顺序 渠道 结果', '順序 渠道 結果'),
} satisfies Record<string, Pair>;

export type TableHead = keyof typeof heads;

const sentences = {
  ...calendarTexts,
  none: zh('没有事项', '沒有事項'),
  'none.unread': zh('没有待阅消息', '沒有待閱消息'),
  'none.rows': zh('没有记录', '沒有記錄'),
  next: zh('还有下一页：加 --after {next}', '還有下一頁：加 --after {next}'),
  counts: zh(
    '{seat}：待办 {todo} 件（逾期 {overdue}），待阅 {unread} 条',
    '{seat}：待辦 {todo} 件（逾期 {overdue}），待閱 {unread} 條',
  ),
  'state.unset': zh('未定', '未定'),
  'seat.vacant': zh('空缺', '空缺'),
  overdue: zh('逾期', '逾期'),
  acknowledged: zh('已签收', '已簽收'),
  already: zh('先前已经签收', '先前已經簽收'),
  attested: zh(
    '以 {name}（{seat}）名义办理：仅凭本机操作员 {operator} 的陈述，未经身份验证。',
    '以 {name}（{seat}）名義辦理：僅憑本機操作員 {operator} 的陳述，未經身份驗證。',
  ),
  period: zh(
    '统计期间立案 {opened} 件，办结 {closed} 件；在办逾期 {overdue} 件',
    '統計期間立案 {opened} 件，辦結 {closed} 件；在辦逾期 {overdue} 件',
  ),
  record: zh(
    '台账 {open} 件在办、{closed} 件办结；记录 {confirmed} 条，未确认 {unconfirmed} 条',
    '台賬 {open} 件在辦、{closed} 件辦結；記錄 {confirmed} 條，未確認 {unconfirmed} 條',
  ),
  whole: zh(
    '台账完好：{cases} 案，{entries} 条记录，{seals} 个日封，{signed} 个入口签名',
    '台賬完好：{cases} 案，{entries} 條記錄，{seals} 個日封，{signed} 個入口簽名',
  ),
  fact: zh('事实', '事實'),
  act: zh('操作', '操作'),
  open: zh('立项', '立項'),
  'field.required': zh('必填', '必填'),
  'field.optional': zh('可不填', '可不填'),
  'help.who': zh('办理者　{who}', '辦理者　{who}'),
  'help.before': zh('（未定之前：{who}）', '（未定之前：{who}）'),
  'help.ground': zh('依据　　{ground}', '依據　　{ground}'),
  'help.states': zh('受理于　{states}', '受理於　{states}'),
  'help.rules': zh('规则　　{rules}', '規則　　{rules}'),
  'help.example': zh('示例', '示例'),
  'help.always': zh('在办的任何状态', '在辦的任何狀態'),
  'test.subject': zh('【测试】政令渠道测试', '【測試】政令渠道測試'),
  'test.body': zh(
    '【测试】这是一条测试消息，发给 {name}（{seat}），经“{channel}”渠道发出，不涉及任何事项，无须办理。',
    '【測試】這是一條測試消息，發給 {name}（{seat}），經「{channel}」渠道發出，不涉及任何事項，無須辦理。',
  ),
  'test.sent': zh('已发出', '已發出'),
  exported: zh(
    '{case} 已导出：{file}（{bytes} 字节，记录 {links} 条，附件 {attachments} 份）\nSHA-256 {hash}',
    '{case} 已匯出：{file}（{bytes} 位元組，記錄 {links} 條，附件 {attachments} 份）\nSHA-256 {hash}',
  ),
  'test.none': zh('没有可用的渠道', '沒有可用的渠道'),
} satisfies Record<string, Pair>;

export type CliSentence = keyof typeof sentences;

export function tableHead(key: TableHead, script: keyof Pair): string[] {
  return heads[key][script].split(' ');
}

export function cliText(
  key: CliSentence,
  script: keyof Pair,
  values: { [name: string]: string | number } = {},
): string {
  const texts = Object.entries(values).map(([name, value]) => [name, String(value)]);
  return fill(sentences[key][script], Object.fromEntries(texts));
}

/** For the test that both scripts say the same. */
export const cliTexts = { heads, sentences };

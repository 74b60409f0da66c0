/** What the law command says: names of procedures, kinds and units, heads of tables, short sentences. */
import type { ProcedureName } from '../workflows/law';
import { fill } from './fill';
import { type Pair, zh } from './pair';

/** Every procedure of the rulebook, whether this version runs it or not. */
export const procedureTitles: Record<ProcedureName, Pair> = {
  'acting-authority': zh('主持工作顺位', '主持工作順位'),
  'leave-request': zh('请假报备', '請假報備'),
  'major-decision': zh('重大行政决策', '重大行政決策'),
  'public-consultation': zh('决策预公开与公众参与', '決策預公開與公眾參與'),
  'legality-review': zh('合法性审查', '合法性審查'),
  'annual-planning': zh('年度计划与目标考核', '年度計劃與目標考核'),
  'recurring-obligation': zh('定期义务', '定期義務'),
  'post-evaluation': zh('决策后评估与反馈', '決策後評估與反饋'),
  'regulation-making': zh('政府规章与地方性法规草案', '政府規章與地方性法規草案'),
  'normative-document': zh('行政规范性文件', '行政規範性文件'),
  'standing-agenda-item': zh('常务会议议题', '常務會議議題'),
  'meeting-agenda-item': zh('其他会议议题', '其他會議議題'),
  'plenary-meeting': zh('全体会议', '全體會議'),
  'party-group-meeting': zh('党组会议', '黨組會議'),
  'standing-meeting': zh('常务会议', '常務會議'),
  'mayors-office-meeting': zh('市长办公会议', '市長辦公會議'),
  'special-meeting': zh('专题会议', '專題會議'),
  'meeting-minutes': zh('会议纪要签发', '會議紀要簽發'),
  'citywide-meeting': zh('全市性会议审批', '全市性會議審批'),
  'incoming-document': zh('公文报送与呈批', '公文報送與呈批'),
  'dispute-coordination': zh('部门分歧协调与会签', '部門分歧協調與會簽'),
  'outgoing-document': zh('公文签发', '公文簽發'),
  'cooperation-agreement': zh('合作协议签署', '合作協議簽署'),
  'information-release': zh('信息发布与舆情回应', '信息發佈與輿情回應'),
  'supervision-item': zh('督查事项', '督查事項'),
  'decision-change': zh('变更或停止执行决定', '變更或停止執行決定'),
  accountability: zh('责任追究', '責任追究'),
  'proposal-handling': zh('议案、建议、提案办理', '議案、建議、提案辦理'),
  'petition-handling': zh('信访与来信办理', '信訪與來信辦理'),
  'oversight-rectification': zh('监督问题整改', '監督問題整改'),
  'emergency-report': zh('重要紧急情况报告', '重要緊急情況報告'),
  'urgent-handling': zh('紧急突发重大事件先行处置', '緊急突發重大事件先行處置'),
  'duty-watch': zh('24小时值班值守', '24小時值班值守'),
  'rulebook-version': zh('规则版本', '規則版本'),
};

/** By the number of the chapter, 1 to 13. */
export const chapterTitles: readonly Pair[] = [
  zh('总则', '總則'),
  zh('组成人员职责', '組成人員職責'),
  zh('行政职能', '行政職能'),
  zh('依法行政', '依法行政'),
  zh('政务公开', '政務公開'),
  zh('监督制度', '監督制度'),
  zh('决策机制', '決策機制'),
  zh('会议制度', '會議制度'),
  zh('公文审批', '公文審批'),
  zh('执行落实', '執行落實'),
  zh('应急管理', '應急管理'),
  zh('纪律作风', '紀律作風'),
  zh('附则', '附則'),
];

const heads = {
  articles: zh('条 标题 性质 本版本运行 尚未运行 测试', '條 標題 性質 本版本運行 尚未運行 測試'),
  transitions: zh('程序 状态 事件或时限 转入 依据', '程序 狀態 事件或時限 轉入 依據'),
  codes: zh('代码 性质 依据 程序 说明', '代碼 性質 依據 程序 說明'),
  parameters: zh('参数 名称 值 依据', '參數 名稱 值 依據'),
  allParameters: zh('参数 名称 值 依据 理由 来源 查核', '參數 名稱 值 依據 理由 來源 查核'),
  softRules: zh('规则 例外批准人 参数', '規則 例外批准人 參數'),
} satisfies Record<string, Pair>;

const words = {
  'kind.procedural': zh('程序', '程序'),
  'kind.routing': zh('权限', '權限'),
  'kind.constraint': zh('约束', '約束'),
  'kind.definition': zh('定义', '定義'),
  'kind.principle': zh('原则', '原則'),
  'code.R': zh('不予受理', '不予受理'),
  'code.F': zh('所记问题', '所記問題'),
  'code.R+F': zh('不予受理、所记问题', '不予受理、所記問題'),
  'code.O': zh('另行受理', '另行受理'),
  'basis.stated': zh('条文规定', '條文規定'),
  'basis.derived': zh('由条文推定', '由條文推定'),
  'basis.chosen': zh('本系统规定', '本系統規定'),
  'basis.statute': zh('其他法规', '其他法規'),
  'unit.minutes': zh('分钟', '分鐘'),
  'unit.hours': zh('小时', '小時'),
  'unit.days': zh('自然日', '自然日'),
  'unit.workingDays': zh('工作日', '工作日'),
  'unit.months': zh('个月', '個月'),
  'unit.quarters': zh('季度', '季度'),
  'unit.halfYears': zh('半年', '半年'),
  'unit.years': zh('年', '年'),
  'unit.people': zh('人', '人'),
  'unit.times': zh('次', '次'),
  'unit.length': zh('时长', '時長'),
  'unit.period': zh('周期', '周期'),
  'unit.clock': zh('时刻', '時刻'),
  'unit.yearDay': zh('年内日期', '年內日期'),
  'unit.date': zh('日期', '日期'),
  'unit.money': zh('元', '元'),
  'unit.flag': zh('是否', '是否'),
  'unit.choice': zh('选项', '選項'),
  'unit.seat': zh('席位', '席位'),
  'grantor.mayor': zh('市长', '市長'),
  'grantor.evm': zh('常务副市长', '常務副市長'),
  'grantor.party-secretary': zh('市委书记', '市委書記'),
  'grantor.convener': zh('会议召集人或主持人', '會議召集人或主持人'),
  'grantor.addressee': zh('收件领导', '收件領導'),
  'grantor.signer': zh('签发人', '簽發人'),
  yes: zh('是', '是'),
  no: zh('否', '否'),
  none: zh('无', '無'),
  unknown: zh('未定', '未定'),
  article: zh('{chapter}　{article}　{heading}', '{chapter}　{article}　{heading}'),
  chapter: zh('第{number}章 {title}', '第{number}章 {title}'),
  kinds: zh('性质　{kinds}', '性質　{kinds}'),
  runs: zh('本版本运行　{procedures}', '本版本運行　{procedures}'),
  later: zh('尚未运行　{procedures}', '尚未運行　{procedures}'),
  chain: zh('经逐级督促或规则涉及　{procedures}', '經逐級督促或規則涉及　{procedures}'),
  'answers.none': zh('本条没有可以执行的程序。', '本條沒有可以執行的程序。'),
  'head.transitions': zh('以本条为依据的流转', '以本條為依據的流轉'),
  'head.codes': zh('以本条为依据的答复和问题', '以本條為依據的答覆和問題'),
  'head.parameters': zh('与本条有关的参数', '與本條有關的參數'),
  'head.soft': zh('本条的原则性规定', '本條的原則性規定'),
  'head.instruments': zh('本条提到的其他文件', '本條提到的其他文件'),
  'head.tasks': zh('会议任务', '會議任務'),
  'head.tests': zh('以本条命名的测试', '以本條命名的測試'),
  'no.tests': zh('没有以本条命名的测试。', '沒有以本條命名的測試。'),
  'tests.absent': zh('本安装没有附带测试文件。', '本安裝沒有附帶測試文件。'),
  near: zh('（在本条附近，由本系统规定）', '（在本條附近，由本系統規定）'),
  hint: zh(
    '查看一条：zhengling law 条号；查看参数：zhengling law parameters。',
    '查看一條：zhengling law 條號；查看參數：zhengling law parameters。',
  ),
  edition: zh(
    '{title}，版本 {edition}{mark}；取代 {repeals}（{date}）',
    '{title}，版本 {edition}{mark}；取代 {repeals}（{date}）',
  ),
  site: zh('本单位自定的值', '本單位自定的值'),
  own: zh('本单位自定，由 {author} 负责；原为 {shipped}', '本單位自定，由 {author} 負責；原為 {shipped}'),
  exact: zh('条文已定，不得自行更改', '條文已定，不得自行更改'),
  unused: zh('本版本的程序尚未使用', '本版本的程序尚未使用'),
  period: zh('每{span} {times} 次', '每{span} {times} 次'),
  'every.months': zh('月', '月'),
  'every.quarters': zh('季度', '季度'),
  'every.halfYears': zh('半年', '半年'),
  'every.years': zh('年', '年'),
  'year.0': zh('当年', '當年'),
  'year.1': zh('次年', '次年'),
  'year.2': zh('第三年', '第三年'),
  'year.3': zh('第四年', '第四年'),
  'head.deadlines': zh('以本条为依据的时限和规则', '以本條為依據的時限和規則'),
  'kind.rule': zh('规则', '規則'),
  'kind.effect': zh('效果', '效果'),
  'kind.deadline': zh('时限', '時限'),
  'kind.function': zh('其他', '其他'),
  'parameters.hint': zh(
    '共 {count} 项，其中本系统选定 {chosen} 项，本单位自定 {own} 项。查看一项：zhengling law parameters 参数。',
    '共 {count} 項，其中本系統選定 {chosen} 項，本單位自定 {own} 項。查看一項：zhengling law parameters 參數。',
  ),
  wording: zh('条文用语　{wording}', '條文用語　{wording}'),
  reason: zh('理由　{reason}', '理由　{reason}'),
  source: zh('来源　{source}', '來源　{source}'),
  checked: zh('查核　{day}', '查核　{day}'),
  takes: zh('可填　{expected}', '可填　{expected}'),
  used: zh('使用　{procedures}', '使用　{procedures}'),
  value: zh('值　{value}　单位 {unit}　自 {from} 起', '值　{value}　單位 {unit}　自 {from} 起'),
  ground: zh('依据　{ground}', '依據　{ground}'),
  'not.chosen': zh('没有选定的参数。', '沒有選定的參數。'),
} satisfies Record<string, Pair>;

export type BookHead = keyof typeof heads;
export type BookWord = keyof typeof words;

export const bookTexts: Readonly<Record<string, Pair>> = { ...heads, ...words };

/** Heads of the columns of a table. */
export function bookHead(table: BookHead, script: keyof Pair): string[] {
  return heads[table][script].split(' ');
}

/** @throws Error when the sentence needs a value that is not given */
export function bookText(
  key: BookWord,
  script: keyof Pair,
  values: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const texts = Object.entries(values).map(([name, value]) => [name, value === undefined ? undefined : String(value)]);
  return fill(words[key][script], Object.fromEntries(texts));
}

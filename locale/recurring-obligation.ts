/** Texts of P07 定期义务. Spread into the tables of zh.ts. */
import { type Pair, zh } from './pair';
import type { Template } from './zh';

/** What is owed, by its number in the list of duties. */
const duties = {
  RO1: zh('召开全体会议', '召開全體會議'),
  RO2: zh('召开党组会议', '召開黨組會議'),
  RO3: zh('召开常务会议', '召開常務會議'),
  RO4: zh('常务会议学法', '常務會議學法'),
  RO5: zh('常务会议分析经济运行', '常務會議分析經濟運行'),
  RO6: zh('报告部门规范性文件审查情况', '報告部門規範性文件審查情況'),
  RO7: zh('清理规章和规范性文件', '清理規章和規範性文件'),
  RO8: zh('报告和通报建议提案办理情况', '報告和通報建議提案辦理情況'),
  RO9: zh('召开信访工作会议', '召開信訪工作會議'),
  RO10: zh('接待群众来访', '接待群眾來訪'),
  RO11: zh('督查分析决定事项落实情况', '督查分析決定事項落實情況'),
  RO12: zh('过问决策执行情况', '過問決策執行情況'),
  RO13: zh('向人民代表大会报告工作', '向人民代表大會報告工作'),
  RO14: zh('征询县区意见建议', '徵詢縣區意見建議'),
} satisfies Record<string, Pair>;

export const recurringLabels = {
  'recurring.title': zh('定期义务', '定期義務'),
  'recurring.state.scheduled': zh('在期内', '在期內'),
  'recurring.state.due-soon': zh('即将到期', '即將到期'),
  'recurring.state.due': zh('到期当日', '到期當日'),
  'recurring.state.overdue': zh('逾期', '逾期'),
  'recurring.state.escalated': zh('逐级督促', '逐級督促'),
  'recurring.state.fulfilled': zh('已履行', '已履行'),
  'recurring.state.fulfilled-late': zh('逾期履行', '逾期履行'),
  'recurring.state.waived': zh('说明理由免除', '說明理由免除'),
  'recurring.region': zh('义务期间', '義務期間'),
  'recurring.region.open': zh('履行进程', '履行進程'),
  // What a step waits for, besides acts and deadlines.
  'recurring.when.servesOfItself': zh('会议在期内召开，没有其他期间待履行', '會議在期內召開，沒有其他期間待履行'),
  'recurring.when.mayServeAnother': zh('会议也可能属于另一期间', '會議也可能屬於另一期間'),
  // Who acts, where it is written in the matter itself.
  'recurring.who.owner': zh('义务单位或席位', '義務單位或席位'),
  'recurring.who.besides': zh('共同义务单位', '共同義務單位'),
  'recurring.who.waivers': zh('可以免除的席位', '可以免除的席位'),
  'seat.calendar': zh('定期计划', '定期計劃'),
  'event.PERIOD_BEGAN': zh('期间开始', '期間開始'),
  'event.FULFIL': zh('报送履行凭据', '報送履行憑據'),
  'event.WAIVE': zh('说明理由免除', '說明理由免除'),
  'event.MEETING_HELD': zh('会议已经召开', '會議已經召開'),
  'task.name-period': zh('确定会议所属期间', '確定會議所屬期間'),
  'recurring.duty.RO1': duties.RO1,
  'recurring.duty.RO2': duties.RO2,
  'recurring.duty.RO3': duties.RO3,
  'recurring.duty.RO4': duties.RO4,
  'recurring.duty.RO5': duties.RO5,
  'recurring.duty.RO6': duties.RO6,
  'recurring.duty.RO7': duties.RO7,
  'recurring.duty.RO8': duties.RO8,
  'recurring.duty.RO9': duties.RO9,
  'recurring.duty.RO10': duties.RO10,
  'recurring.duty.RO11': duties.RO11,
  'recurring.duty.RO12': duties.RO12,
  'recurring.duty.RO13': duties.RO13,
  'recurring.duty.RO14': duties.RO14,
} satisfies Record<string, Pair>;

export const recurringTemplates = {
  'recurring.due-soon': {
    subject: zh('定期义务{caseNo}即将到期', '定期義務{caseNo}即將到期'),
    body: zh(
      '定期义务{caseNo}[（{obligation}，{period}）][应于{due}前履行][，已计{done}次，应为{count}次]。请及时安排，并报送履行凭据。',
      '定期義務{caseNo}[（{obligation}，{period}）][應於{due}前履行][，已計{done}次，應為{count}次]。請及時安排，並報送履行憑據。',
    ),
  },
  'recurring.due': {
    subject: zh('定期义务{caseNo}今日到期', '定期義務{caseNo}今日到期'),
    body: zh(
      '今日是履行定期义务{caseNo}[（{obligation}，{period}）]的最后一日[，已计{done}次，应为{count}次]。已经履行的，请报送履行凭据。',
      '今日是履行定期義務{caseNo}[（{obligation}，{period}）]的最後一日[，已計{done}次，應為{count}次]。已經履行的，請報送履行憑據。',
    ),
  },
  'recurring.overdue': {
    subject: zh('定期义务{caseNo}逾期未履行', '定期義務{caseNo}逾期未履行'),
    body: zh(
      '定期义务{caseNo}[（{obligation}，{period}）][已于{due}到期，]尚未履行[，已计{done}次，应为{count}次]。请督促履行；有权人认为可以不再履行的，请说明理由。',
      '定期義務{caseNo}[（{obligation}，{period}）][已於{due}到期，]尚未履行[，已計{done}次，應為{count}次]。請督促履行；有權人認為可以不再履行的，請說明理由。',
    ),
  },
  'recurring.counted': {
    subject: zh('定期义务{caseNo}计入一次', '定期義務{caseNo}計入一次'),
    body: zh(
      '定期义务{caseNo}[（{obligation}，{period}）]计入一次[，已计{done}次，应为{count}次]。',
      '定期義務{caseNo}[（{obligation}，{period}）]計入一次[，已計{done}次，應為{count}次]。',
    ),
  },
  'recurring.fulfilled': {
    subject: zh('定期义务{caseNo}已履行', '定期義務{caseNo}已履行'),
    body: zh(
      '定期义务{caseNo}[（{obligation}，{period}）]已按期履行，凭据已入记录。',
      '定期義務{caseNo}[（{obligation}，{period}）]已按期履行，憑據已入記錄。',
    ),
  },
  'recurring.fulfilled-late': {
    subject: zh('定期义务{caseNo}逾期履行', '定期義務{caseNo}逾期履行'),
    body: zh(
      '定期义务{caseNo}[（{obligation}，{period}）]逾期后已经履行，凭据已入记录。',
      '定期義務{caseNo}[（{obligation}，{period}）]逾期後已經履行，憑據已入記錄。',
    ),
  },
  'recurring.waived': {
    subject: zh('定期义务{caseNo}不再要求履行', '定期義務{caseNo}不再要求履行'),
    body: zh(
      '有权人已就定期义务{caseNo}[（{obligation}，{period}）]说明理由，本期不再要求履行；理由已入记录。',
      '有權人已就定期義務{caseNo}[（{obligation}，{period}）]說明理由，本期不再要求履行；理由已入記錄。',
    ),
  },
} satisfies Record<string, Template>;

/**
 * Every text an official reads, in Simplified (`hans`) and Traditional (`hant`) beside each other. `{name}` stands for a
 * value; `[…]` is left out as a whole where one of its values is not there. Terms follow the work rules.
 */
import { actingLabels, actingRefusals, actingTemplates } from './acting-authority';
import { codeFindings, codeOutcomes, codeRefusals } from './codes';
import { directoryLabels, directoryTemplates } from './directory';
import { exportRefusals } from './export';
import { gatewayProblems, gatewayRefusals } from './gateway';
import { leaveLabels, leaveProblems, leaveRefusals, leaveTemplates } from './leave-request';
import { type Pair, zh } from './pair';
import { recurringLabels, recurringTemplates } from './recurring-obligation';
import { rulebookLabels, rulebookRefusals, rulebookTemplates } from './rulebook-version';

export type { Pair };

/** Short names of states, acts, seats, papers. */
export const labels = {
  ...actingLabels,
  ...rulebookLabels,
  ...recurringLabels,
  ...directoryLabels,
  ...leaveLabels,
  // The supervision item: main states.
  'supervision.title': zh('督查事项', '督查事項'),
  'supervision.state.registered': zh('立项', '立項'),
  'supervision.state.assigning': zh('交办', '交辦'),
  'supervision.state.in-progress': zh('办理', '辦理'),
  'supervision.state.reviewing': zh('审核', '審核'),
  'supervision.state.improving': zh('提出改进意见', '提出改進意見'),
  'supervision.state.rectifying': zh('限期整改', '限期整改'),
  'supervision.state.overdue': zh('逾期', '逾期'),
  'supervision.state.explained': zh('已说明', '已說明'),
  'supervision.state.accepted': zh('销号', '銷號'),
  'supervision.state.closed': zh('办结', '辦結'),
  // What the receiver of a change is asked, by the state entered.
  'supervision.ask.assigning': zh(
    '请尽快明确牵头单位、牵头副市长和办理期限。',
    '請儘快明確牽頭單位、牽頭副市長和辦理期限。',
  ),
  'supervision.ask.in-progress': zh('请牵头单位抓紧办理，按期报告落实情况。', '請牽頭單位抓緊辦理，按期報告落實情況。'),
  'supervision.ask.reviewing': zh('请政府督查室及时审核，提出处理意见。', '請政府督查室及時審核，提出處理意見。'),
  'supervision.ask.improving': zh(
    '请牵头单位按改进意见办理，并书面说明未按要求落实的情况。',
    '請牽頭單位按改進意見辦理，並書面說明未按要求落實的情況。',
  ),
  'supervision.ask.rectifying': zh(
    '请牵头单位限期整改，并书面说明未按要求落实的情况。',
    '請牽頭單位限期整改，並書面說明未按要求落實的情況。',
  ),
  'supervision.ask.explained': zh(
    '请有权人研究说明，确定新期限或责令限期整改。',
    '請有權人研究說明，確定新期限或責令限期整改。',
  ),
  // Regions that run beside the main states.
  'supervision.region': zh('督查期间', '督查期間'),
  'supervision.region.course': zh('办理进程', '辦理進程'),
  'supervision.region.deadline': zh('期限', '期限'),
  'supervision.region.urging': zh('催办', '催辦'),
  'supervision.region.explanation': zh('书面说明', '書面說明'),
  'supervision.region.ladder': zh('逐级督促', '逐級督促'),
  'supervision.region.deadline.unset': zh('未定', '未定'),
  'supervision.region.deadline.running': zh('计时中', '計時中'),
  'supervision.region.deadline.passed': zh('已过', '已過'),
  'supervision.region.urging.resting': zh('暂停', '暫停'),
  'supervision.region.urging.urging': zh('催办中', '催辦中'),
  'supervision.region.urging.urging.reminders': zh('到期提醒', '到期提醒'),
  'supervision.region.urging.urging.reminders.next': zh('待提醒', '待提醒'),
  'supervision.region.urging.urging.reminders.none': zh('提醒已毕', '提醒已畢'),
  'supervision.region.urging.urging.progress': zh('进展报告', '進展報告'),
  'supervision.region.urging.urging.progress.awaited': zh('等候进展', '等候進展'),
  'supervision.region.explanation.none': zh('无须说明', '無須說明'),
  'supervision.region.explanation.owed': zh('应作说明', '應作說明'),
  'supervision.region.explanation.missing': zh('说明逾期未交', '說明逾期未交'),
  'supervision.region.ladder.level0': zh('未启动', '未啟動'),
  'supervision.region.ladder.level1': zh('第一级', '第一級'),
  'supervision.region.ladder.level2': zh('第二级', '第二級'),
  'supervision.region.ladder.level3': zh('第三级', '第三級'),
  // A desk that is pressed: the steps of a chain inside a waiting state.
  'chain.waiting': zh('等候处理', '等候處理'),
  'chain.rung1': zh('催办第一级', '催辦第一級'),
  'chain.rung2': zh('催办第二级', '催辦第二級'),
  'chain.rung3': zh('催办第三级', '催辦第三級'),
  // What a step of the machine waits for, besides acts and deadlines.
  'supervision.when.datePassed': zh('期限已过', '期限已過'),
  'supervision.when.explanationOwed': zh('应作书面说明', '應作書面說明'),
  'supervision.when.reminderLeft': zh('尚有提醒日', '尚有提醒日'),
  'supervision.when.missedTwice': zh('两次逾期', '兩次逾期'),
  'supervision.when.missedThrice': zh('三次以上逾期', '三次以上逾期'),
  // Who acts, where it is written in the matter itself.
  'supervision.who.lead': zh('牵头单位', '牽頭單位'),
  'supervision.who.supporting': zh('协办单位', '協辦單位'),
  'supervision.who.leadVms': zh('牵头副市长', '牽頭副市長'),
  // Where a matter comes from, and which level decided it.
  'supervision.source.minutes': zh('会议纪要', '會議紀要'),
  'supervision.source.document': zh('公文', '公文'),
  'supervision.source.leader-assignment': zh('领导交办', '領導交辦'),
  'supervision.source.work-report': zh('政府工作报告', '政府工作報告'),
  'supervision.source.project': zh('项目', '項目'),
  'supervision.source.mailbox': zh('信箱来信', '信箱來信'),
  'supervision.source.proposal': zh('建议提案', '建議提案'),
  'supervision.source.upper-document': zh('上级文件', '上級文件'),
  'supervision.decided-by.plenary': zh('全体会议', '全體會議'),
  'supervision.decided-by.standing': zh('常务会议', '常務會議'),
  'supervision.decided-by.mayors-office': zh('市长办公会议', '市長辦公會議'),
  'supervision.decided-by.special': zh('专题会议', '專題會議'),
  'supervision.decided-by.leader': zh('市政府领导', '市政府領導'),
  'supervision.decided-by.upper': zh('上级机关', '上級機關'),
  'supervision.decided-by.other': zh('其他', '其他'),
  // Acts and facts; one name means one kind of act everywhere.
  'event.REGISTER': zh('立项登记', '立項登記'),
  'event.ASSIGN': zh('交办', '交辦'),
  'event.DISPUTE_OWNERSHIP': zh('提出责任归属异议', '提出責任歸屬異議'),
  'event.PROGRESS': zh('报送进展', '報送進展'),
  'event.REPORT': zh('报告落实情况', '報告落實情況'),
  'event.EXPLAIN': zh('提交书面说明', '提交書面說明'),
  'event.ACCEPT': zh('销号', '銷號'),
  'event.IMPROVE': zh('提出改进意见', '提出改進意見'),
  'event.ORDER_RECTIFICATION': zh('责令限期整改', '責令限期整改'),
  'event.SET_DATE': zh('另定期限', '另定期限'),
  'event.CHANGE_REQUEST': zh('申请变更或停止执行', '申請變更或停止執行'),
  'event.OBSTACLE': zh('提请会议研究困难问题', '提請會議研究困難問題'),
  'event.VMC_REPORTS_TO_MAYOR': zh('分管副市长向市长报告', '分管副市長向市長報告'),
  'event.CHANGE_OBSERVED': zh('记录擅自变更或停止', '記錄擅自變更或停止'),
  'event.GRANT_EXCEPTION': zh('批准例外', '批准例外'),
  'event.CONFIRM_FINDING': zh('认定所记问题', '認定所記問題'),
  'event.LEADER_MEETING_CALLED': zh('召集领导会议', '召集領導會議'),
  'event.MEASURES': zh('登记会议议定措施', '登記會議議定措施'),
  'event.INQUIRED': zh('登记过问', '登記過問'),
  'event.INSPECTED': zh('登记检查', '登記檢查'),
  'event.RELEASE_CIRCULAR': zh('发布通报', '發佈通報'),
  'event.DROP_CIRCULAR': zh('决定不通报', '決定不通報'),
  'event.WITHDRAW': zh('撤回', '撤回'),
  'event.RESUBMIT': zh('重新提交', '重新提交'),
  'event.CORRECT': zh('更正', '更正'),
  'event.RECALL': zh('收回上一步', '收回上一步'),
  'event.PROPOSE_REPAIR': zh('提请修复', '提請修復'),
  'event.CONFIRM_REPAIR': zh('复核修复', '複核修復'),
  'event.CHOOSE_VERSION': zh('选择适用版本', '選擇適用版本'),
  'event.edition': zh('改用新版规则', '改用新版規則'),
  'event.woken': zh('停机后恢复', '停機後恢復'),
  'event.STOP_WAITING': zh('不再等候', '不再等候'),
  'event.date.set': zh('期限已定', '期限已定'),
  'event.onWordOf': zh('代记领导意见', '代記領導意見'),
  // Steps this version leaves to a person of the Office.
  'task.decision-change': zh('办理变更或停止执行决定的报批', '辦理變更或停止執行決定的報批'),
  'task.leader-meeting': zh('提请市长或常务副市长召集会议', '提請市長或常務副市長召集會議'),
  'task.ownership-dispute': zh('协调责任归属异议', '協調責任歸屬異議'),
  'task.circular-decision': zh('报请审定是否通报', '報請審定是否通報'),
  'task.accountability-fact-check': zh('组织追责事实核查', '組織追責事實核查'),
  // Papers the system drafts; a person decides about them.
  'paper.rectification-order': zh('限期整改通知（拟稿）', '限期整改通知（擬稿）'),
  'paper.circular': zh('通报（拟稿）', '通報（擬稿）'),
  'paper.assessment-entry': zh('考核评估记录', '考核評估記錄'),
  // Who is who, where no directory is at hand.
  'seat.mayor': zh('市长', '市長'),
  'seat.evm': zh('常务副市长', '常務副市長'),
  'seat.vm': zh('副市长', '副市長'),
  'seat.vmc': zh('分管副市长', '分管副市長'),
  'seat.sg': zh('秘书长', '秘書長'),
  'seat.party-secretary': zh('市委书记', '市委書記'),
  'seat.candidate-1': zh('副市长候选人', '副市長候選人'),
  'seat.last-actor': zh('上一步的办理席位', '上一步的辦理席位'),
  'seat.unit-head': zh('有关单位主要负责人', '有關單位主要負責人'),
  'unit.X1': zh('政府办公室', '政府辦公室'),
  'unit.X2': zh('政府督查室', '政府督查室'),
  'unit.any': zh('任一单位', '任一單位'),
  'unit.lead': zh('牵头单位', '牽頭單位'),
  'position.head': zh('主要负责人', '主要負責人'),
  'position.deputy': zh('分管负责人', '分管負責人'),
  'position.desk': zh('经办', '經辦'),
  // On what authority somebody acts.
  'basis.own': zh('本席位职权', '本席位職權'),
  'basis.entrusted': zh('受委托办理', '受委託辦理'),
  'basis.acting': zh('代为主持', '代為主持'),
  // How a decision of a meeting or paper passes to signature: the terms of the rulebook, spelled as they are written.
  'term.review-and-sign': zh('审签', '審簽'),
  'term.check-and-sign': zh('核签', '核簽'),
  'term.countersign': zh('会签', '會簽'),
  'term.attend': zh('参加', '參加'),
  // Outcomes of an act.
  'outcome.changed': zh('已受理', '已受理'),
  'outcome.unchanged': zh('无变化', '無變化'),
  'outcome.not-accepted': zh('当前不受理', '當前不受理'),
  'outcome.rule': zh('不符合规定', '不符合規定'),
  'outcome.not-entitled': zh('无权办理', '無權辦理'),
  'outcome.duplicate': zh('编号重复', '編號重複'),
  'outcome.malformed': zh('格式不符', '格式不符'),
  'outcome.closed': zh('已办结', '已辦結'),
  'mark.drill': zh('【演练】', '【演練】'),
  'mark.demo': zh('【演示】', '【演示】'),
  'mark.provisional': zh('（暂定）', '（暫定）'),
} satisfies Record<string, Pair>;

/** What a payload schema may find wrong with a value. */
export const problems = {
  missing: zh('未填写', '未填寫'),
  type: zh('应为 {type}', '應為 {type}'),
  option: zh('应为其中之一：{options}', '應為其中之一：{options}'),
  unrecognized: zh('没有这样的字段：{keys}', '沒有這樣的字段：{keys}'),
  'too-short': zh('至少 {least} 个', '至少 {least} 個'),
  'too-long': zh('至多 {most} 个', '至多 {most} 個'),
  'too-small': zh('不小于 {least}', '不小於 {least}'),
  'too-big': zh('不大于 {most}', '不大於 {most}'),
  datetime: zh('应为带时区的时间，如 2026-03-20T18:00:00+08:00', '應為帶時區的時間，如 2026-03-20T18:00:00+08:00'),
  'expected.unit': zh('应为单位编号，如 D07', '應為單位編號，如 D07'),
  'expected.seat': zh('应为席位编号，如 vm-3、D07-head', '應為席位編號，如 vm-3、D07-head'),
  'expected.date': zh('应为日期，如 2026-03-20', '應為日期，如 2026-03-20'),
  'token.malformed': zh('格式不对', '格式不對'),
  'token.algorithm': zh('签名算法不被接受', '簽名算法不被接受'),
  'token.signature': zh('签名不符', '簽名不符'),
  'token.unknown-key': zh('签发方没有公布所用的密钥', '簽發方沒有公佈所用的密鑰'),
  'token.expired': zh('已经过期', '已經過期'),
  'token.not-yet': zh('尚未生效', '尚未生效'),
  'token.issuer': zh('不是指定的签发方所签', '不是指定的簽發方所簽'),
  'token.audience': zh('不是签发给本系统的', '不是簽發給本系統的'),
  'token.claims': zh('缺少必要的内容或内容不对', '缺少必要的內容或內容不對'),
  'webhook.no-system': zh('没有登记这个系统的签名密钥', '沒有登記這個系統的簽名密鑰'),
  'webhook.headers': zh('缺少消息编号、时间或签名', '缺少消息編號、時間或簽名'),
  'webhook.signature': zh('签名不符', '簽名不符'),
  'webhook.too-old': zh('发送时间过早', '發送時間過早'),
  'webhook.in-future': zh('发送时间晚于系统时间', '發送時間晚於系統時間'),
  'expected.sha256': zh('应为十六进制的 SHA-256', '應為十六進制的 SHA-256'),
  ...gatewayProblems,
  ...leaveProblems,
} satisfies Record<string, Pair>;

/** What is wrong, and what would make it right. The citation is printed beside it, from what the refusal rests on. */
export interface Said {
  sentence: Pair;
  remedy: Pair;
}

/** A soft rule has a second way out. */
export const softRemedy = zh(
  '确有必要的，可先由有权人批准例外并记明理由，再行办理。',
  '確有必要的，可先由有權人批准例外並記明理由，再行辦理。',
);

/** Answers that come from no rule: the act met none, its stamp was wrong, its seat cannot act. */
const otherRefusals = {
  closed: {
    sentence: zh('该事项已经办结，不再受理新的操作。', '該事項已經辦結，不再受理新的操作。'),
    remedy: zh('请在台账中查阅记录；确需继续的，另行立项。', '請在台賬中查閱記錄；確需繼續的，另行立項。'),
  },
  'unknown-event': {
    sentence: zh('“{event}”不是本事项可以受理的操作。', '「{event}」不是本事項可以受理的操作。'),
    remedy: zh('请核对操作名称。[可以提交的操作：{accepted}。]', '請核對操作名稱。[可以提交的操作：{accepted}。]'),
  },
  'not-accepted-here': {
    sentence: zh('当前状态[“{state}”]不受理“{event}”。', '當前狀態[「{state}」]不受理「{event}」。'),
    remedy: zh(
      '请在事项进入相应状态后再提交。[现在可以提交：{accepted}。]',
      '請在事項進入相應狀態後再提交。[現在可以提交：{accepted}。]',
    ),
  },
  unchanged: {
    sentence: zh(
      '“{event}”在当前状态[“{state}”]下没有效果，记录没有变化。',
      '「{event}」在當前狀態[「{state}」]下沒有效果，記錄沒有變化。',
    ),
    remedy: zh('无须重复提交；情况有变化的，请选用其他操作。', '無須重複提交；情況有變化的，請選用其他操作。'),
  },
  'id-reused': {
    sentence: zh(
      '编号“{id}”已经用于另一份内容[（记录第{sequence}号）]。',
      '編號「{id}」已經用於另一份內容[（記錄第{sequence}號）]。',
    ),
    remedy: zh(
      '请为新的内容换用新编号；同一内容重复提交的，得到的是原回执。',
      '請為新的內容換用新編號；同一內容重複提交的，得到的是原回執。',
    ),
  },
  malformed: {
    sentence: zh(
      '提交的内容不合格式[，位置：{path}][，应为：{expected}][，问题：{problem}]。',
      '提交的內容不合格式[，位置：{path}][，應為：{expected}][，問題：{problem}]。',
    ),
    remedy: zh('请按该操作的格式改正后重新提交。', '請按該操作的格式改正後重新提交。'),
  },
  'not-opened': {
    sentence: zh('事项未能立案[，问题：{problem}]。', '事項未能立案[，問題：{problem}]。'),
    remedy: zh(
      '请核对立项内容后重新提交；仍不能立案的，请系统管理人员查看运行记录。',
      '請核對立項內容後重新提交；仍不能立案的，請系統管理人員查看運行記錄。',
    ),
  },
  'too-large': {
    sentence: zh(
      '提交的内容过大[，位置：{path}][（{bytes}字节，上限{limit}字节）]。',
      '提交的內容過大[，位置：{path}][（{bytes}字節，上限{limit}字節）]。',
    ),
    remedy: zh(
      '请将长文和附件存入文件系统，提交时只填编号和摘要值。',
      '請將長文和附件存入文件系統，提交時只填編號和摘要值。',
    ),
  },
  guard: {
    sentence: zh(
      '本系统的规则不允许此时办理“{event}”[（规则：{guard}）]。',
      '本系統的規則不允許此時辦理「{event}」[（規則：{guard}）]。',
    ),
    remedy: zh('请与系统管理人员核对该规则后再提交。', '請與系統管理人員核對該規則後再提交。'),
  },
  'no-exception': {
    sentence: zh('规则“{code}”不在可以批准例外之列。', '規則「{code}」不在可以批准例外之列。'),
    remedy: zh(
      '请按该规则的要求办理；只有原则性的规定可以批准例外。',
      '請按該規則的要求辦理；只有原則性的規定可以批准例外。',
    ),
  },
  'unknown-finding': {
    sentence: zh('没有编号为“{findingId}”的待认定问题。', '沒有編號為「{findingId}」的待認定問題。'),
    remedy: zh('请核对编号；已经认定的问题不再重复认定。', '請核對編號；已經認定的問題不再重複認定。'),
  },
  // The stamp and the seat it speaks for.
  'not-entitled': {
    sentence: zh('该席位[“{seat}”]无权办理此项操作[“{event}”]。', '該席位[「{seat}」]無權辦理此項操作[「{event}」]。'),
    remedy: zh(
      '请由有权席位提交。[有权席位：{entitled}。][见职权表第{row}项。]',
      '請由有權席位提交。[有權席位：{entitled}。][見職權表第{row}項。]',
    ),
  },
  'stamp-in-future': {
    sentence: zh(
      '入口[“{entrance}”]记载的受理时间[{receivedAt}]晚于系统时间[{now}]。',
      '入口[「{entrance}」]記載的受理時間[{receivedAt}]晚於系統時間[{now}]。',
    ),
    remedy: zh('请校准入口的时钟后重新提交。', '請校準入口的時鐘後重新提交。'),
  },
  'stamp-out-of-order': {
    sentence: zh(
      '入口[“{entrance}”]记载的受理时间[{receivedAt}]早于同一入口已经受理的操作。',
      '入口[「{entrance}」]記載的受理時間[{receivedAt}]早於同一入口已經受理的操作。',
    ),
    remedy: zh(
      '请按受理先后提交；入口时钟有误的，校准后重新提交。',
      '請按受理先後提交；入口時鐘有誤的，校準後重新提交。',
    ),
  },
  'stamp-too-old': {
    sentence: zh('授权凭据出具过早，不再有效[（{asOf}）]。', '授權憑據出具過早，不再有效[（{asOf}）]。'),
    remedy: zh('请从入口重新提交，由入口重新出具凭据。', '請從入口重新提交，由入口重新出具憑據。'),
  },
  'stamp-refused': {
    sentence: zh('授权凭据不被接受[，问题：{problem}]。', '授權憑據不被接受[，問題：{problem}]。'),
    remedy: zh('请从入口重新提交，由入口重新出具凭据。', '請從入口重新提交，由入口重新出具憑據。'),
  },
  'unit-unknown': {
    sentence: zh('名录中没有单位“{unit}”。', '名錄中沒有單位「{unit}」。'),
    remedy: zh('请核对单位编号；新设或更名的单位，先载入名录。', '請核對單位編號；新設或更名的單位，先載入名錄。'),
  },
  'seat-unknown': {
    sentence: zh('名录中没有席位“{seat}”。', '名錄中沒有席位「{seat}」。'),
    remedy: zh('请核对席位编号；新设的席位，先载入名录。', '請核對席位編號；新設的席位，先載入名錄。'),
  },
  'seat-unassigned': {
    sentence: zh(
      '席位“{seat}”尚未确定任职人员，需要该席位的操作不予受理。',
      '席位「{seat}」尚未確定任職人員，需要該席位的操作不予受理。',
    ),
    remedy: zh('请先在名录中登记该席位的任职人员。', '請先在名錄中登記該席位的任職人員。'),
  },
  'seat-not-held': {
    sentence: zh(
      '受理之时席位“{seat}”无人任职[（任职期间：{holders}）]。',
      '受理之時席位「{seat}」無人任職[（任職期間：{holders}）]。',
    ),
    remedy: zh(
      '请由现任人员所在席位提交；名录有误的，先更正名录。',
      '請由現任人員所在席位提交；名錄有誤的，先更正名錄。',
    ),
  },
  classified: {
    sentence: zh(
      '提交的内容带有密级标志[，位置：{path}]。绝密、机密、秘密事项不得进入本系统，所提交的内容未予保存。',
      '提交的內容帶有密級標誌[，位置：{path}]。絕密、機密、秘密事項不得進入本系統，所提交的內容未予保存。',
    ),
    remedy: zh('请通过保密渠道办理。', '請通過保密渠道辦理。'),
  },
  // Who is at the entrance.
  'not-identified': {
    sentence: zh('请求未附有效的身份凭据，不予受理。', '請求未附有效的身份憑據，不予受理。'),
    remedy: zh(
      '请先登录，以签发方的令牌提交（Authorization: Bearer）；部门系统用自己的令牌或签名。',
      '請先登錄，以簽發方的令牌提交（Authorization: Bearer）；部門系統用自己的令牌或簽名。',
    ),
  },
  'no-issuer': {
    sentence: zh(
      '本系统尚未指定令牌的签发方，任何令牌都无从核验。',
      '本系統尚未指定令牌的簽發方，任何令牌都無從核驗。',
    ),
    remedy: zh(
      '请系统管理人员在 zhengling.yaml 的 identity 中填写 issuer 和 audience。',
      '請系統管理人員在 zhengling.yaml 的 identity 中填寫 issuer 和 audience。',
    ),
  },
  'token-refused': {
    sentence: zh('令牌未通过核验[：{problem}]。', '令牌未通過核驗[：{problem}]。'),
    remedy: zh('请重新登录，取得签发给本系统的新令牌后再提交。', '請重新登錄，取得簽發給本系統的新令牌後再提交。'),
  },
  'issuer-unreachable': {
    sentence: zh('签发方此刻无法连通，令牌无从核验[（{why}）]。', '簽發方此刻無法連通，令牌無從核驗[（{why}）]。'),
    remedy: zh(
      '请稍后以原编号重新提交；持续不通的，请系统管理人员检查签发方。',
      '請稍後以原編號重新提交；持續不通的，請系統管理人員檢查簽發方。',
    ),
  },
  'subject-unknown': {
    sentence: zh(
      '令牌真实，但其主体[“{subject}”]未对应名录中的人员或登记的系统。',
      '令牌真實，但其主體[「{subject}」]未對應名錄中的人員或登記的系統。',
    ),
    remedy: zh('请系统管理人员在身份文件中登记该主体。', '請系統管理人員在身份文件中登記該主體。'),
  },
  'demo-refused': {
    sentence: zh('此处不接受演示身份。', '此處不接受演示身份。'),
    remedy: zh('请以签发方的令牌提交。', '請以簽發方的令牌提交。'),
  },
  'webhook-refused': {
    sentence: zh('签名消息未通过核验[：{problem}]。', '簽名消息未通過核驗[：{problem}]。'),
    remedy: zh(
      '请核对密钥和时钟，按 Standard Webhooks 对原文重新签名后发送。',
      '請核對密鑰和時鐘，按 Standard Webhooks 對原文重新簽名後發送。',
    ),
  },
  'webhook-replayed': {
    sentence: zh('同一消息[“{id}”]已经收过，不再受理。', '同一消息[「{id}」]已經收過，不再受理。'),
    remedy: zh(
      '未得到答复而重发的，请保留消息编号，按当前时间重新签名。',
      '未得到答覆而重發的，請保留消息編號，按當前時間重新簽名。',
    ),
  },
  'seat-not-yours': {
    sentence: zh(
      '受理之时您不在席位“{seat}”任职[（您的任职期间：{holders}）]，不得以其名义办理。',
      '受理之時您不在席位「{seat}」任職[（您的任職期間：{holders}）]，不得以其名義辦理。',
    ),
    remedy: zh(
      '请以您本人所在的席位提交；名录有误的，先更正名录。',
      '請以您本人所在的席位提交；名錄有誤的，先更正名錄。',
    ),
  },
  'seat-not-named': {
    sentence: zh('您有多个席位，请求未写明以哪一个办理。', '您有多個席位，請求未寫明以哪一個辦理。'),
    remedy: zh('请写明席位。[可用席位：{seats}。]', '請寫明席位。[可用席位：{seats}。]'),
  },
  'no-seat': {
    sentence: zh('受理之时您没有任何席位，不能办理。', '受理之時您沒有任何席位，不能辦理。'),
    remedy: zh(
      '请先在名录中登记您的任职，或在身份文件中登记您经办的席位。',
      '請先在名錄中登記您的任職，或在身份文件中登記您經辦的席位。',
    ),
  },
  'system-not-allowed': {
    sentence: zh(
      '系统[“{system}”]未获准办理此项操作[“{event}”]。',
      '系統[「{system}」]未獲准辦理此項操作[「{event}」]。',
    ),
    remedy: zh(
      '请由有权人员提交；确需由系统办理的，先在身份文件中为其登记。',
      '請由有權人員提交；確需由系統辦理的，先在身份文件中為其登記。',
    ),
  },
  'reading-refused': {
    sentence: zh(
      '您未参与、未督办也未审计事项[“{case}”]，不得查阅。',
      '您未參與、未督辦也未審計事項[「{case}」]，不得查閱。',
    ),
    remedy: zh(
      '请由参与该事项的席位查阅，或向督办方提出。[督办方：{entitled}。]',
      '請由參與該事項的席位查閱，或向督辦方提出。[督辦方：{entitled}。]',
    ),
  },
  // 收回: only one's own last act, and only while nothing has followed it.
  'recall-unknown': {
    sentence: zh(
      '本事项的记录中没有编号“{eventId}”的操作，或者该操作已久。',
      '本事項的記錄中沒有編號「{eventId}」的操作，或者該操作已久。',
    ),
    remedy: zh(
      '请核对回执或台账所载的操作编号；只能收回最后一步。',
      '請核對回執或台賬所載的操作編號；只能收回最後一步。',
    ),
  },
  'recall-passed': {
    sentence: zh(
      '该操作（记录第{sequence}号）之后已有新的一步（第{next}号[“{followed}”]），不能收回。',
      '該操作（記錄第{sequence}號）之後已有新的一步（第{next}號[「{followed}」]），不能收回。',
    ),
    remedy: zh(
      '记载有误的，请用更正；办理有误的，请另提交相应操作。',
      '記載有誤的，請用更正；辦理有誤的，請另提交相應操作。',
    ),
  },
  'recall-opening': {
    sentence: zh('立项不能收回。', '立項不能收回。'),
    remedy: zh('记载有误的，请用更正。', '記載有誤的，請用更正。'),
  },
  'recall-activity': {
    sentence: zh(
      '该操作[“{event}”]前后有系统作业正在进行，不能收回。',
      '該操作[「{event}」]前後有系統作業正在進行，不能收回。',
    ),
    remedy: zh('请待作业完成后另提交相应操作。', '請待作業完成後另提交相應操作。'),
  },
  'recall-binding': {
    sentence: zh(
      '该操作[“{event}”]已使另一事项开始或者已通知另一事项，不能收回。',
      '該操作[「{event}」]已使另一事項開始或者已通知另一事項，不能收回。',
    ),
    remedy: zh('请在相关事项中提交相应操作。', '請在相關事項中提交相應操作。'),
  },
  'recall-amendment': {
    sentence: zh('“{event}”本身不能收回。', '「{event}」本身不能收回。'),
    remedy: zh('收回有误的，请以新编号重新提交原操作。', '收回有誤的，請以新編號重新提交原操作。'),
  },
  'recall-too-large': {
    sentence: zh(
      '该事项内容过大，系统转存后未保留上一步，不能收回。',
      '該事項內容過大，系統轉存後未保留上一步，不能收回。',
    ),
    remedy: zh('请另提交相应操作。', '請另提交相應操作。'),
  },
  // 更正: a slip of the record.
  'correct-field': {
    sentence: zh('“{field}”不是可以更正的内容，或者没有这一处。', '「{field}」不是可以更正的內容，或者沒有這一處。'),
    remedy: zh(
      '[可以更正：{fields}（*为序号，从0起）。]牵头单位、期限等由相应操作改变。',
      '[可以更正：{fields}（*為序號，從0起）。]牽頭單位、期限等由相應操作改變。',
    ),
  },
  'correct-old': {
    sentence: zh('所填原值与现载不符：“{field}”现为 {stands}。', '所填原值與現載不符：「{field}」現為 {stands}。'),
    remedy: zh('请核对后按现载的值填写 old，再提交更正。', '請核對後按現載的值填寫 old，再提交更正。'),
  },
  // 修复: an operator's last resort, by two persons.
  'repair-busy': {
    sentence: zh('该事项有系统作业正在进行，此时不能修复。', '該事項有系統作業正在進行，此時不能修復。'),
    remedy: zh('请待作业结束后再提请。', '請待作業結束後再提請。'),
  },
  'repair-path': {
    sentence: zh('事项内容中没有“{where}”这一处。', '事項內容中沒有「{where}」這一處。'),
    remedy: zh(
      '请按 JSON Pointer 写明，如 /context/source/ref；上一级须已存在。',
      '請按 JSON Pointer 寫明，如 /context/source/ref；上一級須已存在。',
    ),
  },
  'repair-state': {
    sentence: zh('该程序没有“{where}”这一状态。', '該程序沒有「{where}」這一狀態。'),
    remedy: zh('请按程序页面所列的状态路径填写。', '請按程序頁面所列的狀態路徑填寫。'),
  },
  'repair-closes': {
    sentence: zh('修复不得使事项办结。', '修復不得使事項辦結。'),
    remedy: zh('请由有权席位以相应操作办结。', '請由有權席位以相應操作辦結。'),
  },
  'repair-invokes': {
    sentence: zh(
      '状态“{where}”一经进入即开始系统作业，不能由修复进入。',
      '狀態「{where}」一經進入即開始系統作業，不能由修復進入。',
    ),
    remedy: zh('请修复到其前一状态，再以相应操作进入。', '請修復到其前一狀態，再以相應操作進入。'),
  },
  'repair-restless': {
    sentence: zh(
      '照此修复，事项将立即离开状态“{where}”，停不住。',
      '照此修復，事項將立即離開狀態「{where}」，停不住。',
    ),
    remedy: zh('请改定状态，或者一并修复其所依据的内容。', '請改定狀態，或者一併修復其所依據的內容。'),
  },
  'repair-context': {
    sentence: zh(
      '修复后的内容不合格式[，位置：{path}][，问题：{problem}]。',
      '修復後的內容不合格式[，位置：{path}][，問題：{problem}]。',
    ),
    remedy: zh('请改正所填的值后重新提请。', '請改正所填的值後重新提請。'),
  },
  'repair-fails': {
    sentence: zh('照此修复，程序无法运行[：{problem}]。', '照此修復，程序無法運行[：{problem}]。'),
    remedy: zh('请改定状态或所填的值后重新提请。', '請改定狀態或所填的值後重新提請。'),
  },
  'repair-unknown': {
    sentence: zh('没有待复核的修复提请[（第{proposal}号）]。', '沒有待複核的修復提請[（第{proposal}號）]。'),
    remedy: zh('请先由一人提请修复，再由另一人按其记录编号复核。', '請先由一人提請修復，再由另一人按其記錄編號複核。'),
  },
  'repair-moved': {
    sentence: zh(
      '提请（第{sequence}号）之后，拟修复之处已经变化。',
      '提請（第{sequence}號）之後，擬修復之處已經變化。',
    ),
    remedy: zh('请核对现状后重新提请。', '請核對現狀後重新提請。'),
  },
  'repair-one-person': {
    sentence: zh(
      '修复须由两人以两个席位办理，提请人和复核人不得为同一人。',
      '修復須由兩人以兩個席位辦理，提請人和複核人不得為同一人。',
    ),
    remedy: zh('请由另一席位的另一人复核。', '請由另一席位的另一人複核。'),
  },
  'repair-not-proven': {
    sentence: zh(
      '提请人和复核人之一经过身份验证，另一人仅凭本机操作员陈述。',
      '提請人和複核人之一經過身份驗證，另一人僅憑本機操作員陳述。',
    ),
    remedy: zh('请两人都以身份凭据办理。', '請兩人都以身份憑據辦理。'),
  },
  'not-available-yet': {
    sentence: zh('“{what}”尚未开通，不予受理。', '「{what}」尚未開通，不予受理。'),
    remedy: zh(
      '现阶段请由有权席位以自身职权、按原有方式办理，待开通后再提交。',
      '現階段請由有權席位以自身職權、按原有方式辦理，待開通後再提交。',
    ),
  },
} satisfies Record<string, Said>;

export const refusals = {
  ...codeRefusals,
  ...rulebookRefusals,
  ...otherRefusals,
  ...exportRefusals,
  ...gatewayRefusals,
  ...leaveRefusals,
  ...actingRefusals,
};

/** Facts that stand and are recorded, and what they ask for. */
export const findings = codeFindings;

/** What was taken in another form than it was handed in, and how to go on from there. */
export const outcomes = codeOutcomes;

export interface Template {
  subject: Pair;
  body: Pair;
}

/** Messages carry number, deadline, what is asked and a link; the matter itself is read in the inbox only. */
export const templates = {
  ...rulebookTemplates,
  ...recurringTemplates,
  ...directoryTemplates,
  ...leaveTemplates,
  ...actingTemplates,
  'supervision.assigned': {
    subject: zh('督查事项{caseNo}已交办', '督查事項{caseNo}已交辦'),
    body: zh(
      '督查事项{caseNo}已交办。请牵头单位在{due}前报告落实情况；协办单位按分工配合，通过牵头单位报告。',
      '督查事項{caseNo}已交辦。請牽頭單位在{due}前報告落實情況；協辦單位按分工配合，通過牽頭單位報告。',
    ),
  },
  'supervision.state': {
    subject: zh('督查事项{caseNo}：{state}', '督查事項{caseNo}：{state}'),
    body: zh(
      '督查事项{caseNo}现处于“{state}”。[{ask}][期限：{due}。]',
      '督查事項{caseNo}現處於「{state}」。[{ask}][期限：{due}。]',
    ),
  },
  'supervision.closed': {
    subject: zh('督查事项{caseNo}已销号办结', '督查事項{caseNo}已銷號辦結'),
    body: zh(
      '督查事项{caseNo}经审核销号，已经办结，不再催办。完成情况载入考核评估记录。',
      '督查事項{caseNo}經審核銷號，已經辦結，不再催辦。完成情況載入考核評估記錄。',
    ),
  },
  'supervision.reminder': {
    subject: zh('督查事项{caseNo}即将到期', '督查事項{caseNo}即將到期'),
    body: zh(
      '督查事项{caseNo}的期限为{due}。请牵头单位按期报告落实情况。',
      '督查事項{caseNo}的期限為{due}。請牽頭單位按期報告落實情況。',
    ),
  },
  'supervision.redated': {
    subject: zh('督查事项{caseNo}另定期限', '督查事項{caseNo}另定期限'),
    body: zh(
      '督查事项{caseNo}已另定期限，新期限为{due}。请牵头单位按新期限报告落实情况。',
      '督查事項{caseNo}已另定期限，新期限為{due}。請牽頭單位按新期限報告落實情況。',
    ),
  },
  'supervision.progress-asked': {
    subject: zh('督查事项{caseNo}请报进展', '督查事項{caseNo}請報進展'),
    body: zh(
      '督查事项{caseNo}已较长时间没有进展报告。请牵头单位报送进展。[期限：{due}。]',
      '督查事項{caseNo}已較長時間沒有進展報告。請牽頭單位報送進展。[期限：{due}。]',
    ),
  },
  'supervision.level1': {
    subject: zh('督查事项{caseNo}逾期', '督查事項{caseNo}逾期'),
    body: zh(
      '督查事项{caseNo}到期未报告落实情况。[期限：{due}。]请牵头单位立即报告，并提交书面详细说明。',
      '督查事項{caseNo}到期未報告落實情況。[期限：{due}。]請牽頭單位立即報告，並提交書面詳細說明。',
    ),
  },
  'supervision.level2': {
    subject: zh('督查事项{caseNo}逾期，升至第二级', '督查事項{caseNo}逾期，升至第二級'),
    body: zh(
      '督查事项{caseNo}逾期后未作说明，或者再次逾期。[期限：{due}。]请分管副市长、秘书长决定是否责令限期整改、是否通报；文稿已由系统拟出，未经决定不会发出。请分管副市长将此情况报告市长。牵头单位仍须立即报告并书面说明。',
      '督查事項{caseNo}逾期後未作說明，或者再次逾期。[期限：{due}。]請分管副市長、秘書長決定是否責令限期整改、是否通報；文稿已由系統擬出，未經決定不會發出。請分管副市長將此情況報告市長。牽頭單位仍須立即報告並書面說明。',
    ),
  },
  'supervision.level3': {
    subject: zh('督查事项{caseNo}逾期，升至第三级', '督查事項{caseNo}逾期，升至第三級'),
    body: zh(
      '督查事项{caseNo}逾期后长时间未作说明，或者多次逾期。[期限：{due}。]请常务副市长、市长过问；涉及多位副市长的复杂问题，可以召集会议研究。追责事实核查已列入政府办公室待办。牵头单位仍须立即报告并书面说明。',
      '督查事項{caseNo}逾期後長時間未作說明，或者多次逾期。[期限：{due}。]請常務副市長、市長過問；涉及多位副市長的複雜問題，可以召集會議研究。追責事實核查已列入政府辦公室待辦。牽頭單位仍須立即報告並書面說明。',
    ),
  },
  'supervision.mayor-report': {
    subject: zh('督查事项{caseNo}：分管副市长报告', '督查事項{caseNo}：分管副市長報告'),
    body: zh(
      '分管副市长就督查事项{caseNo}落实中的重要情况向市长报告。[期限：{due}。]请市长阅示；事项继续督办。',
      '分管副市長就督查事項{caseNo}落實中的重要情況向市長報告。[期限：{due}。]請市長閱示；事項繼續督辦。',
    ),
  },
  'desk.overdue': {
    subject: zh('督查事项{caseNo}待处理超时', '督查事項{caseNo}待處理超時'),
    body: zh(
      '督查事项{caseNo}[（“{state}”）]等候处理已超过时限。请承担该步骤的席位立即处理，请上级席位督促。',
      '督查事項{caseNo}[（「{state}」）]等候處理已超過時限。請承擔該步驟的席位立即處理，請上級席位督促。',
    ),
  },
  finding: {
    subject: zh('督查事项{caseNo}记录问题', '督查事項{caseNo}記錄問題'),
    body: zh('督查事项{caseNo}记录以下问题：{finding}', '督查事項{caseNo}記錄以下問題：{finding}'),
  },
  recalled: {
    subject: zh('{caseNo}：前发通知作废', '{caseNo}：前發通知作廢'),
    body: zh(
      '{caseNo}的一项操作[“{event}”]已由办理席位收回，此前据其发出的通知作废，事项恢复到该操作之前。',
      '{caseNo}的一項操作[「{event}」]已由辦理席位收回，此前據其發出的通知作廢，事項恢復到該操作之前。',
    ),
  },
  task: {
    subject: zh('督查事项{caseNo}有待办', '督查事項{caseNo}有待辦'),
    body: zh(
      '督查事项{caseNo}有一项须由政府办公室办理：{task}。',
      '督查事項{caseNo}有一項須由政府辦公室辦理：{task}。',
    ),
  },
  'notify.unassigned': {
    subject: zh('{caseNo}的通知无人可送：{recipient}', '{caseNo}的通知無人可送：{recipient}'),
    body: zh(
      '案件{caseNo}的一项通知应送{recipient}，但该席位现无人担任。请明确人选；明确后该通知将自动送达。',
      '案件{caseNo}的一項通知應送{recipient}，但該席位現無人擔任。請明確人選；明確後該通知將自動送達。',
    ),
  },
  refused: {
    subject: zh('督查事项{caseNo}：提交未被受理', '督查事項{caseNo}：提交未被受理'),
    body: zh(
      '对督查事项{caseNo}提交的[“{event}”]操作未被受理。{sentence}{remedy}',
      '對督查事項{caseNo}提交的[「{event}」]操作未被受理。{sentence}{remedy}',
    ),
  },
} satisfies Record<string, Template>;

/** Before every subject and after every body. */
/** Several messages for one person sent as one: each item brings its own ground and link. */
export const digest = {
  subject: zh('[{mark}]{count}项通知', '[{mark}]{count}項通知'),
  body: zh('以下{count}项通知请一并处理。\n\n{list}', '以下{count}項通知請一併處理。\n\n{list}'),
};

export const frame = {
  subject: zh('[{mark}]', '[{mark}]'),
  body: zh('\n[依据：{cite}。\n]查看和办理：{link}', '\n[依據：{cite}。\n]查看和辦理：{link}'),
};

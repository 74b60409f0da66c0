/** 請假報備: its labels, what it answers where no rule of the catalogue speaks, and its messages. */
import { type Pair, zh } from './pair';
import type { Said, Template } from './zh';

export const leaveLabels = {
  'leave.title': zh('请假报备', '請假報備'),
  'leave.state.drafted': zh('拟请', '擬請'),
  'leave.state.checking': zh('核查', '核查'),
  'leave.state.exclusion-hold': zh('等候错开', '等候錯開'),
  'leave.state.awaiting-approvals': zh('待批准', '待批准'),
  'leave.state.approved': zh('已批准', '已批准'),
  'leave.state.filing': zh('报备案', '報備案'),
  'leave.state.on-leave': zh('离石', '離石'),
  'leave.state.overstayed': zh('逾期未归', '逾期未歸'),
  'leave.state.recalled': zh('召回', '召回'),
  'leave.state.observed': zh('未经请假离石', '未經請假離石'),
  'leave.state.returned': zh('已返回', '已返回'),
  'leave.state.closed': zh('办结', '辦結'),
  'leave.state.rejected': zh('未批准', '未批准'),
  'leave.state.withdrawn': zh('撤回', '撤回'),
  'leave.region': zh('请假报备', '請假報備'),
  'leave.region.open': zh('请假期间', '請假期間'),
  'leave.region.open.on-leave.away': zh('在外', '在外'),
  'leave.region.open.on-leave.reserving': zh('续假核查', '續假核查'),
  'leave.region.open.on-leave.asking': zh('续假待批准', '續假待批准'),
  // What a step of the machine waits for, besides acts and deadlines.
  'leave.when.withoutRequest': zh('未提出请假', '未提出請假'),
  'leave.when.noReservationAwaited': zh('无须等候时间核查', '無須等候時間核查'),
  'leave.when.reservationIsThis': zh('答复的是这一段时间', '答覆的是這一段時間'),
  'leave.when.excepted': zh('已批准例外', '已批准例外'),
  'leave.when.wayIsFree': zh('时间已经错开', '時間已經錯開'),
  'leave.when.allAgreed': zh('审批人全部同意', '審批人全部同意'),
  'leave.when.extensionAgreed': zh('续假的审批人全部同意', '續假的審批人全部同意'),
  'leave.when.heldAndAgreed': zh('已批准例外且审批人全部同意', '已批准例外且審批人全部同意'),
  'leave.when.mustFile': zh('须报两处备案', '須報兩處備案'),
  'leave.when.mustFileByScope': zh('按第七十四条适用，须报两处备案', '按第七十四條適用，須報兩處備案'),
  'leave.when.coveredByLeave': zh('在已获批准并备案的假期之内', '在已獲批准並備案的假期之內'),
  'leave.when.onlyFilingMissing': zh('已获批准，只缺备案', '已獲批准，只缺備案'),
  'leave.when.receiptsIn': zh('备案回执已齐', '備案回執已齊'),
  // Who acts, where it is written in the matter itself.
  'leave.who.seats': zh('请假人', '請假人'),
  'leave.who.office': zh('请假人所在单位的经办', '請假人所在單位的經辦'),
  'leave.who.approvers': zh('审批人', '審批人'),
  'leave.who.openedBy': zh('拟请的席位', '擬請的席位'),
  'leave.kind.visit': zh('出访', '出訪'),
  'leave.kind.business': zh('出差', '出差'),
  'leave.kind.holiday': zh('休假', '休假'),
  'leave.body.regional-committee': zh('自治区党委', '自治區黨委'),
  'leave.body.regional-government': zh('自治区政府', '自治區政府'),
  'leave.body.municipal-committee': zh('市委', '市委'),
  'leave.source.office': zh('政府办公室', '政府辦公室'),
  'leave.source.duty-room': zh('值班室', '值班室'),
  'leave.source.meeting-roll': zh('会议签到', '會議簽到'),
  'seat.party-office': zh('市委办公室', '市委辦公室'),
  'seat.government-office': zh('政府办公室', '政府辦公室'),
  'event.DRAFT_LEAVE': zh('拟请假', '擬請假'),
  'event.SUBMIT_LEAVE': zh('提交请假', '提交請假'),
  'event.APPROVE_LEAVE': zh('同意请假', '同意請假'),
  'event.REJECT_LEAVE': zh('不同意请假', '不同意請假'),
  'event.RECORD_EXTERNAL_APPROVAL': zh('登记上级批准', '登記上級批准'),
  'event.HOLD_FOR_EXCLUSION': zh('转入等候错开', '轉入等候錯開'),
  'event.RECORD_FILING': zh('登记备案回执', '登記備案回執'),
  'event.START_LEAVE': zh('登记离石', '登記離石'),
  'event.ABSENCE_OBSERVED': zh('登记不在石', '登記不在石'),
  'event.EXTEND_LEAVE': zh('申请续假', '申請續假'),
  'event.CALL_BACK': zh('召回', '召回'),
  'event.RETURNED': zh('登记返回', '登記返回'),
  'event.NOT_TAKEN': zh('登记未成行', '登記未成行'),
  'event.RESERVE_ABSENCE': zh('核查外出时间', '核查外出時間'),
  'event.RELEASE_RESERVATION': zh('释放外出时间', '釋放外出時間'),
  'event.ABSENCE_RESERVED': zh('外出时间可用', '外出時間可用'),
  'event.ABSENCE_OVERLAPS': zh('外出时间重叠', '外出時間重疊'),
  'event.ABSENCE_PLANNED': zh('已批准外出', '已批准外出'),
  'event.ABSENCE_CANCELLED': zh('外出取消', '外出取消'),
  'event.ABSENCE_STARTED': zh('已离石', '已離石'),
  'event.ABSENCE_ENDED': zh('已返石', '已返石'),
  'event.return.recorded': zh('返回已登记', '返回已登記'),
  'task.meeting-leave': zh('办理会议请假', '辦理會議請假'),
  'paper.leave-sheet': zh('请假审批单', '請假審批單'),
  'paper.filing-receipt': zh('备案回执', '備案回執'),
  'paper.return-record': zh('返回记录', '返回記錄'),
} satisfies Record<string, Pair>;

export const leaveProblems = {
  'expected.person': zh('应为人员编号，如 person-04', '應為人員編號，如 person-04'),
} satisfies Record<string, Pair>;

export const leaveRefusals = {
  'person-unknown': {
    sentence: zh(
      '名录中没有人员[“{person}”]，或者其没有任何席位。',
      '名錄中沒有人員[「{person}」]，或者其沒有任何席位。',
    ),
    remedy: zh('请核对人员编号；新任人员，先在名录中登记其任职。', '請核對人員編號；新任人員，先在名錄中登記其任職。'),
  },
  'applicant-seat': {
    sentence: zh('席位“{seat}”不由请假人担任。', '席位「{seat}」不由請假人擔任。'),
    remedy: zh('请只填请假人本人的席位；名录有误的，先更正名录。', '請只填請假人本人的席位；名錄有誤的，先更正名錄。'),
  },
  'leave-not-regulated': {
    sentence: zh(
      '该人员不在须向市委书记、市长请假的范围之内，本程序不予受理。',
      '該人員不在須向市委書記、市長請假的範圍之內，本程序不予受理。',
    ),
    remedy: zh('请按其所在单位的请假规定办理。', '請按其所在單位的請假規定辦理。'),
  },
  'leave-other-person': {
    sentence: zh('本事项是另一人的请假。', '本事項是另一人的請假。'),
    remedy: zh('请在该人员自己的请假事项中提交，或者另行拟请。', '請在該人員自己的請假事項中提交，或者另行擬請。'),
  },
  'vmc-unassigned': {
    sentence: zh(
      '单位“{unit}”尚未确定分管副市长，无从征求其意见。',
      '單位「{unit}」尚未確定分管副市長，無從徵求其意見。',
    ),
    remedy: zh(
      '请先在名录中登记分管副市长；由市长直接分管的，按参数由市长代行。',
      '請先在名錄中登記分管副市長；由市長直接分管的，按參數由市長代行。',
    ),
  },
  'term-not-open': {
    sentence: zh(
      '主持工作顺位尚未建立，市长与常务副市长的外出时间无从核对。',
      '主持工作順位尚未建立，市長與常務副市長的外出時間無從核對。',
    ),
    remedy: zh('请政府办公室先建立本届主持工作顺位，再提交请假。', '請政府辦公室先建立本屆主持工作順位，再提交請假。'),
  },
  'nothing-to-hold': {
    sentence: zh('外出时间没有与他人重叠，无须等候。', '外出時間沒有與他人重疊，無須等候。'),
    remedy: zh('请直接提交请假。', '請直接提交請假。'),
  },
  'word-given': {
    sentence: zh(
      '席位“{seat}”已经对此表明意见，每个席位只表明一次。',
      '席位「{seat}」已經對此表明意見，每個席位只表明一次。',
    ),
    remedy: zh(
      '请由尚未表明意见的审批人办理；意见有误的，用收回。',
      '請由尚未表明意見的審批人辦理；意見有誤的，用收回。',
    ),
  },
  'word-not-next': {
    sentence: zh(
      '审批按顺序进行，此时应由席位“{seat}”先表明意见。',
      '審批按順序進行，此時應由席位「{seat}」先表明意見。',
    ),
    remedy: zh('请待其表明意见之后再审批。', '請待其表明意見之後再審批。'),
  },
  'extension-is-a-request': {
    sentence: zh('本系统设定为不续假，延长外出须另行请假。', '本系統設定為不續假，延長外出須另行請假。'),
    remedy: zh('请在假期届满之前另行拟请。', '請在假期屆滿之前另行擬請。'),
  },
  'filed-already': {
    sentence: zh('该处备案回执已经登记。', '該處備案回執已經登記。'),
    remedy: zh('请登记另一处的回执；文号有误的，用更正。', '請登記另一處的回執；文號有誤的，用更正。'),
  },
  'no-external-approval': {
    sentence: zh('上级批准只用于市长请假。', '上級批准只用於市長請假。'),
    remedy: zh('请由本事项的审批人表明意见。', '請由本事項的審批人表明意見。'),
  },
} satisfies Record<string, Said>;

/** Number, what is asked and a link. Who travels where is read in the inbox only. */
export const leaveTemplates = {
  'leave.drafted': {
    subject: zh('请假事项{caseNo}已拟稿', '請假事項{caseNo}已擬稿'),
    body: zh(
      '请假事项{caseNo}已经拟稿[，假期至{due}]。请核对后提交；未提交的，不进入审批。',
      '請假事項{caseNo}已經擬稿[，假期至{due}]。請核對後提交；未提交的，不進入審批。',
    ),
  },
  'leave.submitted': {
    subject: zh('请假事项{caseNo}已提交审批', '請假事項{caseNo}已提交審批'),
    body: zh(
      '请假事项{caseNo}已提交审批[，假期至{due}]。审批人全部同意之前，不得离开。',
      '請假事項{caseNo}已提交審批[，假期至{due}]。審批人全部同意之前，不得離開。',
    ),
  },
  'leave.notice': {
    subject: zh('请假事项{caseNo}：请提前提交', '請假事項{caseNo}：請提前提交'),
    body: zh(
      '请假事项{caseNo}的开始时间临近，尚未提交。请尽早提交，以便审批人有时间研究；未经批准不得离开。',
      '請假事項{caseNo}的開始時間臨近，尚未提交。請儘早提交，以便審批人有時間研究；未經批准不得離開。',
    ),
  },
  'leave.approval-asked': {
    subject: zh('请假事项{caseNo}请审批', '請假事項{caseNo}請審批'),
    body: zh(
      '请假事项{caseNo}等候审批。请表明是否同意；各审批人的意见缺一不可，逾期不视为同意。',
      '請假事項{caseNo}等候審批。請表明是否同意；各審批人的意見缺一不可，逾期不視為同意。',
    ),
  },
  'leave.external-asked': {
    subject: zh('请假事项{caseNo}待登记上级批准', '請假事項{caseNo}待登記上級批准'),
    body: zh(
      '请假事项{caseNo}按上级有关规定报批。请政府办公室在取得批准后登记批准机关和文号。',
      '請假事項{caseNo}按上級有關規定報批。請政府辦公室在取得批准後登記批准機關和文號。',
    ),
  },
  'leave.approval-overdue': {
    subject: zh('请假事项{caseNo}审批超时', '請假事項{caseNo}審批超時'),
    body: zh(
      '请假事项{caseNo}等候审批已超过时限。[尚未表明意见：{seats}。]请承担该步骤的席位立即办理，请秘书长协调。',
      '請假事項{caseNo}等候審批已超過時限。[尚未表明意見：{seats}。]請承擔該步驟的席位立即辦理，請秘書長協調。',
    ),
  },
  'leave.held': {
    subject: zh('请假事项{caseNo}等候错开', '請假事項{caseNo}等候錯開'),
    body: zh(
      '请假事项{caseNo}与市长或常务副市长的外出时间重叠，已转入等候。请市委书记研究是否批准例外；时间错开的，继续办理。',
      '請假事項{caseNo}與市長或常務副市長的外出時間重疊，已轉入等候。請市委書記研究是否批准例外；時間錯開的，繼續辦理。',
    ),
  },
  'leave.overlaps': {
    subject: zh('请假事项{caseNo}时间重叠，退回', '請假事項{caseNo}時間重疊，退回'),
    body: zh(
      '请假事项{caseNo}与同时提出的另一请假时间重叠：市长与常务副市长一般不同时外出。请调整时间后重新提交，或者转入等候，由市委书记研究。',
      '請假事項{caseNo}與同時提出的另一請假時間重疊：市長與常務副市長一般不同時外出。請調整時間後重新提交，或者轉入等候，由市委書記研究。',
    ),
  },
  'leave.meeting': {
    subject: zh('请假事项{caseNo}：另须办理会议请假', '請假事項{caseNo}：另須辦理會議請假'),
    body: zh(
      '请假事项{caseNo}期间有应当出席的会议。外出请假不代替会议请假，请在会前另行请假。',
      '請假事項{caseNo}期間有應當出席的會議。外出請假不代替會議請假，請在會前另行請假。',
    ),
  },
  'leave.approved': {
    subject: zh('请假事项{caseNo}已获批准', '請假事項{caseNo}已獲批准'),
    body: zh(
      '请假事项{caseNo}的审批人已全部同意[，假期至{due}]。离开时请登记；须备案的，先向市委办公室、政府办公室备案。',
      '請假事項{caseNo}的審批人已全部同意[，假期至{due}]。離開時請登記；須備案的，先向市委辦公室、政府辦公室備案。',
    ),
  },
  'leave.rejected': {
    subject: zh('请假事项{caseNo}未获批准', '請假事項{caseNo}未獲批准'),
    body: zh(
      '请假事项{caseNo}有审批人不同意。请按计划在岗；确需外出的，调整后另行请假。',
      '請假事項{caseNo}有審批人不同意。請按計劃在崗；確需外出的，調整後另行請假。',
    ),
  },
  'leave.withdrawn': {
    subject: zh('请假事项{caseNo}已撤回', '請假事項{caseNo}已撤回'),
    body: zh('请假事项{caseNo}已由提出一方撤回，不再需要办理。', '請假事項{caseNo}已由提出一方撤回，不再需要辦理。'),
  },
  'leave.not-taken': {
    subject: zh('请假事项{caseNo}未成行', '請假事項{caseNo}未成行'),
    body: zh(
      '请假事项{caseNo}的外出没有成行，假期取消，原有工作安排照常。',
      '請假事項{caseNo}的外出沒有成行，假期取消，原有工作安排照常。',
    ),
  },
  'leave.filing-asked': {
    subject: zh('请假事项{caseNo}请予备案', '請假事項{caseNo}請予備案'),
    body: zh(
      '请假事项{caseNo}已获批准，须向市委办公室、政府办公室两处备案。请政府办公室登记两处的备案回执；回执未齐，不得离开。',
      '請假事項{caseNo}已獲批准，須向市委辦公室、政府辦公室兩處備案。請政府辦公室登記兩處的備案回執；回執未齊，不得離開。',
    ),
  },
  'leave.filed': {
    subject: zh('请假事项{caseNo}备案已齐', '請假事項{caseNo}備案已齊'),
    body: zh(
      '请假事项{caseNo}的两处备案回执均已登记。离开时请登记。',
      '請假事項{caseNo}的兩處備案回執均已登記。離開時請登記。',
    ),
  },
  'leave.departure-ask': {
    subject: zh('请假事项{caseNo}：是否已经离石', '請假事項{caseNo}：是否已經離石'),
    body: zh(
      '请假事项{caseNo}的计划开始时间已过，尚无离石记录。请登记已经离石，或者登记未成行；未登记的，视为在石。',
      '請假事項{caseNo}的計劃開始時間已過，尚無離石記錄。請登記已經離石，或者登記未成行；未登記的，視為在石。',
    ),
  },
  'leave.started': {
    subject: zh('请假事项{caseNo}：已离石', '請假事項{caseNo}：已離石'),
    body: zh('请假事项{caseNo}的请假人已离石[，假期至{due}]。', '請假事項{caseNo}的請假人已離石[，假期至{due}]。'),
  },
  'leave.observed': {
    subject: zh('{caseNo}：登记不在石', '{caseNo}：登記不在石'),
    body: zh(
      '{caseNo}登记到有关人员不在石，而请假手续不全。主持工作、会议和值班按其不在石安排；返回后请登记。',
      '{caseNo}登記到有關人員不在石，而請假手續不全。主持工作、會議和值班按其不在石安排；返回後請登記。',
    ),
  },
  'leave.finding': {
    subject: zh('{caseNo}记录问题', '{caseNo}記錄問題'),
    body: zh('{caseNo}记录以下问题：[{finding}]', '{caseNo}記錄以下問題：[{finding}]'),
  },
  'leave.return-due': {
    subject: zh('请假事项{caseNo}假期届满', '請假事項{caseNo}假期屆滿'),
    body: zh(
      '请假事项{caseNo}的假期[于{due}]届满。请返回后登记；确需续假的，须在届满之前提出。',
      '請假事項{caseNo}的假期[於{due}]屆滿。請返回後登記；確需續假的，須在屆滿之前提出。',
    ),
  },
  'leave.overstayed': {
    subject: zh('请假事项{caseNo}逾期未归', '請假事項{caseNo}逾期未歸'),
    body: zh(
      '请假事项{caseNo}的假期已经届满[（{due}）]，未见返回记录。请请假人立即返回并登记，请上级席位督促。',
      '請假事項{caseNo}的假期已經屆滿[（{due}）]，未見返回記錄。請請假人立即返回並登記，請上級席位督促。',
    ),
  },
  'leave.called-back': {
    subject: zh('请假事项{caseNo}：召回', '請假事項{caseNo}：召回'),
    body: zh(
      '请假事项{caseNo}的审批人要求请假人提前返回。请立即返回并登记。',
      '請假事項{caseNo}的審批人要求請假人提前返回。請立即返回並登記。',
    ),
  },
  'leave.extension-asked': {
    subject: zh('请假事项{caseNo}续假请审批', '請假事項{caseNo}續假請審批'),
    body: zh(
      '请假事项{caseNo}申请续假。请表明是否同意；未获全部同意之前，假期[仍至{due}]不变，逾期不视为同意。',
      '請假事項{caseNo}申請續假。請表明是否同意；未獲全部同意之前，假期[仍至{due}]不變，逾期不視為同意。',
    ),
  },
  'leave.extended': {
    subject: zh('请假事项{caseNo}已续假', '請假事項{caseNo}已續假'),
    body: zh(
      '请假事项{caseNo}的续假已获全部同意[，假期至{due}]。',
      '請假事項{caseNo}的續假已獲全部同意[，假期至{due}]。',
    ),
  },
  'leave.extension-refused': {
    subject: zh('请假事项{caseNo}续假未获批准', '請假事項{caseNo}續假未獲批准'),
    body: zh(
      '请假事项{caseNo}的续假有审批人不同意。请请假人按原定时间[（{due}）]返回。',
      '請假事項{caseNo}的續假有審批人不同意。請請假人按原定時間[（{due}）]返回。',
    ),
  },
  'leave.returned': {
    subject: zh('请假事项{caseNo}：已返石', '請假事項{caseNo}：已返石'),
    body: zh(
      '请假事项{caseNo}的请假人已返石。备案回执尚缺的，请补登；补齐即办结。',
      '請假事項{caseNo}的請假人已返石。備案回執尚缺的，請補登；補齊即辦結。',
    ),
  },
} satisfies Record<string, Template>;

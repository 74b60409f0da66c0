/** 主持工作順位: its labels, what it and the stamps answer where no rule of the catalogue speaks, and its messages. */
import { type Pair, zh } from './pair';
import type { Said, Template } from './zh';

export const actingLabels = {
  'acting.title': zh('主持工作顺位', '主持工作順位'),
  'acting.state.mayor-presiding': zh('市长主持', '市長主持'),
  'acting.state.evm-presiding': zh('常务副市长主持', '常務副市長主持'),
  'acting.state.ranked-vm-presiding': zh('副市长按序主持', '副市長按序主持'),
  'acting.state.awaiting-entrustment': zh('等候委托', '等候委託'),
  'acting.state.unresolved': zh('无人主持', '無人主持'),
  'acting.state.term-closed': zh('本届结束', '本屆結束'),
  'acting.region': zh('本届在任', '本屆在任'),
  'acting.region.course': zh('主持情况', '主持情況'),
  'acting.region.pressing': zh('提请委托或处置', '提請委託或處置'),
  'acting.region.pressing.resting': zh('无须提请', '無須提請'),
  'acting.region.pressing.awaited': zh('提请市长委托', '提請市長委託'),
  'acting.region.pressing.nobody': zh('提请处置无人主持', '提請處置無人主持'),
  'acting.region.turns': zh('委托和任职的起止', '委託和任職的起止'),
  'acting.region.turns.none': zh('没有将至的起止', '沒有將至的起止'),
  'acting.region.turns.ahead': zh('等候起止', '等候起止'),
  'acting.region.reminders': zh('外出前提醒', '外出前提醒'),
  'acting.region.reminders.none': zh('无须提醒', '無須提醒'),
  'acting.region.reminders.ahead': zh('等候提醒', '等候提醒'),
  // What a step of the machine waits for, besides acts and deadlines.
  'acting.when.mayorPresides': zh('市长在石', '市長在石'),
  'acting.when.executivePresides': zh('市长不在石，常务副市长在石并受委托', '市長不在石，常務副市長在石並受委託'),
  'acting.when.rankedPresides': zh('市长、常务副市长均不在石', '市長、常務副市長均不在石'),
  'acting.when.nobodyEntrusted': zh('市长不在石，常务副市长在石而未受委托', '市長不在石，常務副市長在石而未受委託'),
  'acting.when.nobodyPresides': zh('依次序无人可以主持', '依次序無人可以主持'),
  'acting.when.entrustmentOwed': zh('委托尚未作出', '委託尚未作出'),
  'acting.when.turnAhead': zh('有将至的委托或任职起止', '有將至的委託或任職起止'),
  'acting.when.uncoveredAhead': zh('有未作委托的预定外出', '有未作委託的預定外出'),
  // Who acts, where it is written in the matter itself.
  'acting.who.viceMayors': zh('在任副市长', '在任副市長'),
  'acting.reason.mayor-vacant': zh('市长空缺', '市長空缺'),
  'acting.reason.order-missing': zh('没有任职排序', '沒有任職排序'),
  'acting.reason.nobody-here': zh('副市长均不在石', '副市長均不在石'),
  'entrusted.preside': zh('主持市人民政府工作', '主持市人民政府工作'),
  'entrusted.chair-standing': zh('召集和主持常务会议', '召集和主持常務會議'),
  'entrusted.chair-party-group': zh('召集和主持党组会议', '召集和主持黨組會議'),
  'entrusted.hold-special': zh('召集专题会议', '召集專題會議'),
  'entrusted.task': zh('专项工作', '專項工作'),
  'seat.pg-secretary': zh('政府党组书记', '政府黨組書記'),
  'event.TERM_OPENED': zh('建立本届主持工作顺位', '建立本屆主持工作順位'),
  'event.SEAT_CHANGED': zh('登记任免', '登記任免'),
  'event.ORDER_SET': zh('登记任职排序', '登記任職排序'),
  'event.ENTRUST': zh('委托', '委託'),
  'event.REVOKE_ENTRUSTMENT': zh('收回委托', '收回委託'),
  'event.CONFIRM_NOTICE': zh('核对主持通知', '核對主持通知'),
  'event.CLOSE_TERM': zh('结束本届', '結束本屆'),
  'event.clocks.set': zh('重新计时', '重新計時'),
  'event.PRESIDER_CHANGED': zh('主持情况变更', '主持情況變更'),
  'event.ENTRUSTMENT_CHANGED': zh('委托变更', '委託變更'),
  'paper.presider-notice': zh('主持工作通知', '主持工作通知'),
} satisfies Record<string, Pair>;

export const actingRefusals = {
  'stamp-standing-old': {
    sentence: zh('授权凭据出具后主持情况已经变更，凭据不再有效。', '授權憑據出具後主持情況已經變更，憑據不再有效。'),
    remedy: zh('请从入口重新提交，由入口重新出具凭据。', '請從入口重新提交，由入口重新出具憑據。'),
  },
  'facts-old': {
    sentence: zh('提交时所附的情况早于本事项已经收到的通知。', '提交時所附的情況早於本事項已經收到的通知。'),
    remedy: zh('请从入口重新提交，由入口重新核对情况。', '請從入口重新提交，由入口重新核對情況。'),
  },
  'term-open': {
    sentence: zh(
      '本届主持工作顺位已经建立，即事项{case}，同一时间只有一个。',
      '本屆主持工作順位已經建立，即事項{case}，同一時間只有一個。',
    ),
    remedy: zh(
      '请在该事项中登记任免、排序和委托；换届的，先结束原有一届。',
      '請在該事項中登記任免、排序和委託；換屆的，先結束原有一屆。',
    ),
  },
  'entrustment-mode': {
    sentence: zh('本系统未开放这种方式的委托。', '本系統未開放這種方式的委託。'),
    remedy: zh('请改为所开放的委托方式（mode）后重新提交。', '請改為所開放的委託方式（mode）後重新提交。'),
  },
  'receiver-not-eligible': {
    sentence: zh('席位“{seat}”不能接受这项委托。', '席位「{seat}」不能接受這項委託。'),
    remedy: zh(
      '专题会议委托副秘书长，党组会议委托党组副书记；请更正受委托席位后重新提交。',
      '專題會議委託副秘書長，黨組會議委託黨組副書記；請更正受委託席位後重新提交。',
    ),
  },
  'no-such-entrustment': {
    sentence: zh('席位“{seat}”没有这样一项有效的委托。', '席位「{seat}」沒有這樣一項有效的委託。'),
    remedy: zh('请核对受委托席位、事项和委托编号。', '請核對受委託席位、事項和委託編號。'),
  },
  'notice-outdated': {
    sentence: zh(
      '所核对的通知不是当前版本[，当前为第{version}版]。',
      '所核對的通知不是當前版本[，當前為第{version}版]。',
    ),
    remedy: zh('请按当前版本的主持人和版本号重新核对。', '請按當前版本的主持人和版本號重新核對。'),
  },
} satisfies Record<string, Said>;

/** Who presides is no secret among those who work under it: seats, never names. */
export const actingTemplates = {
  'acting.presider': {
    subject: zh('主持工作情况变更（{caseNo}）', '主持工作情況變更（{caseNo}）'),
    body: zh(
      '[自{since}起，][由{presider}主持市人民政府工作。][现为“{standing}”，第{version}版。]需由主持人办理的事项，以事项{caseNo}所载为准。',
      '[自{since}起，][由{presider}主持市人民政府工作。][現為「{standing}」，第{version}版。]需由主持人辦理的事項，以事項{caseNo}所載為準。',
    ),
  },
  'acting.entrustment-awaited': {
    subject: zh('请市长作出主持工作的委托（{caseNo}）', '請市長作出主持工作的委託（{caseNo}）'),
    body: zh(
      '市长不在石，常务副市长在石，主持工作的委托尚未记载。请作出委托并附凭据文号；本系统不作推定。',
      '市長不在石，常務副市長在石，主持工作的委託尚未記載。請作出委託並附憑據文號；本系統不作推定。',
    ),
  },
  'acting.entrustment-lead': {
    subject: zh('外出前请作出主持工作的委托（{caseNo}）', '外出前請作出主持工作的委託（{caseNo}）'),
    body: zh(
      '市长预定[于{from}]外出，届时没有委托涵盖。请在外出前作出主持工作的委托并附凭据文号。',
      '市長預定[於{from}]外出，屆時沒有委託涵蓋。請在外出前作出主持工作的委託並附憑據文號。',
    ),
  },
  'acting.unresolved': {
    subject: zh('当前无人主持市人民政府工作（{caseNo}）', '當前無人主持市人民政府工作（{caseNo}）'),
    body: zh(
      '依任职排序，当前没有人可以主持市人民政府工作[（{reason}）]。请立即核实在石情况，登记返回、任免或任职排序。',
      '依任職排序，當前沒有人可以主持市人民政府工作[（{reason}）]。請立即核實在石情況，登記返回、任免或任職排序。',
    ),
  },
  'acting.entrusted': {
    subject: zh('委托已经记载（{caseNo}）', '委託已經記載（{caseNo}）'),
    body: zh(
      '委托已经记载。[{giver}委托{receiver}：{entrusted}。][至{until}止。]',
      '委託已經記載。[{giver}委託{receiver}：{entrusted}。][至{until}止。]',
    ),
  },
  'acting.entrustment-ended': {
    subject: zh('委托已经结束（{caseNo}）', '委託已經結束（{caseNo}）'),
    body: zh(
      '委托已经结束。[{giver}对{receiver}的委托：{entrusted}。]',
      '委託已經結束。[{giver}對{receiver}的委託：{entrusted}。]',
    ),
  },
} satisfies Record<string, Template>;

/** What the commands `term` and `presider` say. */
export const termTexts = {
  'term.none': zh('本届主持工作顺位尚未建立。', '本屆主持工作順位尚未建立。'),
  'term.unassigned': zh('名录中尚未确定：{what}', '名錄中尚未確定：{what}'),
  'term.order': zh('任职排序：{order}', '任職排序：{order}'),
  'term.refused': zh('不能建立：{sentence}{remedy}', '不能建立：{sentence}{remedy}'),
  'term.ready': zh('可以建立（未建立，因为只是预览）。', '可以建立（未建立，因為只是預覽）。'),
  'term.what.order': zh('任职排序', '任職排序'),
  'presider.now': zh('{standing}[：{presider}]（{ground}）', '{standing}[：{presider}]（{ground}）'),
  'presider.version': zh('第{version}版，自{since}起', '第{version}版，自{since}起'),
  'presider.reason': zh('原因：{reason}', '原因：{reason}'),
  'presider.awaited': zh('常务副市长已返石，主持工作的委托尚未作出', '常務副市長已返石，主持工作的委託尚未作出'),
  'presider.away': zh('不在石：{seats}', '不在石：{seats}'),
  'presider.entrusted': zh('委托：{receiver}　{entrusted}', '委託：{receiver}　{entrusted}'),
  'presider.plan': zh(
    '{from}起[至{until}止]：{standing}[，{presider}]',
    '{from}起[至{until}止]：{standing}[，{presider}]',
  ),
  'presider.unknown': zh('当时的主持情况没有记载。', '當時的主持情況沒有記載。'),
} satisfies Record<string, Pair>;

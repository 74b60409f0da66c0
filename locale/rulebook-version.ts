/** The rulebook's own versions and calendars: what they are called, what is told of them, why an act about them is refused. */
import { fill } from './fill';
import { type Pair, zh } from './pair';
import type { Said, Template } from './zh';

export const rulebookLabels = {
  'rulebook.title': zh('规则版本', '規則版本'),
  'rulebook.state.draft': zh('草案', '草案'),
  'rulebook.state.approved': zh('已批准', '已批准'),
  'rulebook.state.published': zh('施行中', '施行中'),
  'rulebook.state.superseded': zh('已被取代', '已被取代'),
  'rulebook.state.withdrawn': zh('已撤回', '已撤回'),
  'rulebook.region': zh('版本进程', '版本進程'),
  'rulebook.region.open': zh('版本进程', '版本進程'),
  'unit.D06': zh('司法局', '司法局'),
  'rulebook.when.supersededByIt': zh('后公布的版本', '後公佈的版本'),
  'event.DRAFT_VERSION': zh('起草版本', '起草版本'),
  'event.SET_PARAMETER': zh('设定参数', '設定參數'),
  'event.APPROVE': zh('批准', '批准'),
  'event.PUBLISH': zh('公布施行', '公佈施行'),
  'event.VERSION_CHANGED': zh('规则版本变更', '規則版本變更'),
  'event.CALENDAR_CHANGED': zh('工作日历变更', '工作日曆變更'),
  'event.version.choice': zh('选择适用版本', '選擇適用版本'),
} satisfies Record<string, Pair>;

export const rulebookTemplates = {
  'rulebook.approved': {
    subject: zh('规则版本{caseNo}已获批准，待公布', '規則版本{caseNo}已獲批准，待公佈'),
    body: zh(
      '规则版本{caseNo}已获批准。请政府办公室明确施行日期和文号，及时公布。',
      '規則版本{caseNo}已獲批准。請政府辦公室明確施行日期和文號，及時公佈。',
    ),
  },
  'rulebook.published': {
    subject: zh('规则版本{caseNo}[（{number}）]已公布施行', '規則版本{caseNo}[（{number}）]已公佈施行'),
    body: zh(
      '规则版本{caseNo}[（{number}）][自{from}起]施行[，设定参数{parameters}项]。在办事项已完成的步骤有效，后续步骤按新版本办理；办理程序变化的，由政府办公室逐件选择。版本内容和参数见系统。',
      '規則版本{caseNo}[（{number}）][自{from}起]施行[，設定參數{parameters}項]。在辦事項已完成的步驟有效，後續步驟按新版本辦理；辦理程序變化的，由政府辦公室逐件選擇。版本內容和參數見系統。',
    ),
  },
  'rulebook.superseded': {
    subject: zh('规则版本{caseNo}已被新版本取代', '規則版本{caseNo}已被新版本取代'),
    body: zh('规则版本{caseNo}已被新公布的版本取代，归档备查。', '規則版本{caseNo}已被新公佈的版本取代，歸檔備查。'),
  },
  'law.changed': {
    subject: zh('事项{caseNo}改按新版规则办理', '事項{caseNo}改按新版規則辦理'),
    body: zh(
      '规则版本已变更[为{edition}]。事项{caseNo}已完成的步骤有效，后续步骤按新版本办理[；重新计算期限{moved}项]。请核对期限。',
      '規則版本已變更[為{edition}]。事項{caseNo}已完成的步驟有效，後續步驟按新版本辦理[；重新計算期限{moved}項]。請核對期限。',
    ),
  },
  'law.calendar': {
    subject: zh('事项{caseNo}的期限按新公布的工作日历重新计算', '事項{caseNo}的期限按新公佈的工作日曆重新計算'),
    body: zh(
      '工作日历已公布，事项{caseNo}[有{moved}项]期限随之重新计算。请核对。',
      '工作日曆已公佈，事項{caseNo}[有{moved}項]期限隨之重新計算。請核對。',
    ),
  },
  'law.choose': {
    subject: zh('请为事项{caseNo}选择适用的规则版本', '請為事項{caseNo}選擇適用的規則版本'),
    body: zh(
      '新公布的规则版本[（{edition}）]改变了办理程序。事项{caseNo}在选择之前按原版本继续办理。请政府办公室选择：继续适用原版本，或者改用新版本。',
      '新公佈的規則版本[（{edition}）]改變了辦理程序。事項{caseNo}在選擇之前按原版本繼續辦理。請政府辦公室選擇：繼續適用原版本，或者改用新版本。',
    ),
  },
} satisfies Record<string, Template>;

export const rulebookRefusals = {
  'parameter-unknown': {
    sentence: zh('没有所写的参数[“{key}”]。', '沒有所寫的參數[「{key}」]。'),
    remedy: zh('请核对参数名称；现有参数可查阅参数表。', '請核對參數名稱；現有參數可查閱參數表。'),
  },
  'parameter-unit': {
    sentence: zh('参数[“{key}”]的单位不符，应为“{expected}”。', '參數[「{key}」]的單位不符，應為「{expected}」。'),
    remedy: zh('请按规定的单位填写后重新提交。', '請按規定的單位填寫後重新提交。'),
  },
  'parameter-value': {
    sentence: zh('参数[“{key}”]的数值不符合要求：{expected}。', '參數[「{key}」]的數值不符合要求：{expected}。'),
    remedy: zh('请按要求填写数值后重新提交。', '請按要求填寫數值後重新提交。'),
  },
  'version-unknown': {
    sentence: zh('此刻无法确认现行的规则版本，未予公布。', '此刻無法確認現行的規則版本，未予公佈。'),
    remedy: zh('请稍后重新提交。', '請稍後重新提交。'),
  },
} satisfies Record<string, Said>;

/** A step by which other law came to hold for a case, as its record is printed. */
export const lawTexts = {
  law: zh(
    '适用规则：{from} → {to}[，未采用 {left}][；期限重新计算：{deadlines}]',
    '適用規則：{from} → {to}[，未採用 {left}][；期限重新計算：{deadlines}]',
  ),
  'law.asked': zh('请政府办公室选择：{from} 或 {to}', '請政府辦公室選擇：{from} 或 {to}'),
} satisfies Record<string, Pair>;

/** In words. */
export function lawChangeText(
  { type, from, to, left, deadlines }: { [key: string]: unknown },
  script: keyof Pair,
  print: (instant: number) => string,
): string {
  const moved = ((deadlines ?? []) as { label: string; from: string; to: string }[])
    .map((one) => `${one.label} ${print(Date.parse(one.from))} → ${print(Date.parse(one.to))}`)
    .join('；');
  const values = {
    from: String(from),
    to: String(to),
    left: left as string | undefined,
    deadlines: moved || undefined,
  };
  return fill((type === 'ask' ? lawTexts['law.asked'] : lawTexts.law)[script], values);
}

/** What `zhengling calendar` says. */
export const calendarTexts = {
  'calendar.year': zh('{year}年：{state}', '{year}年：{state}'),
  'calendar.published': zh('依{notice}', '依{notice}'),
  'calendar.provisional': zh('尚未公布，按法定节假日暂定', '尚未公佈，按法定節假日暫定'),
  'calendar.off': zh('放假：{days}', '放假：{days}'),
  'calendar.on': zh('上班：{days}', '上班：{days}'),
  'calendar.none': zh('无', '無'),
  'calendar.fits': zh('{file}：{year}年工作日历（{notice}）无误', '{file}：{year}年工作日曆（{notice}）無誤'),
  'calendar.told': zh(
    '{year}年工作日历已公布；已通知在办事项{sent}件，其间办结{closed}件',
    '{year}年工作日曆已公佈；已通知在辦事項{sent}件，其間辦結{closed}件',
  ),
  'calendar.failed': zh('未能通知事项{case}：{error}', '未能通知事項{case}：{error}'),
  'calendar.again': zh('请再次运行同一命令，已通知的不会重复。', '請再次運行同一命令，已通知的不會重複。'),
  'calendar.nothing': zh('没有期限因此变动；未作任何改动', '沒有期限因此變動；未作任何改動'),
  'calendar.unsaid': zh('事项{case}所用的版本不能预告变动', '事項{case}所用的版本不能預告變動'),
} satisfies Record<string, Pair>;

/** What the HTTP gateway says. Spread into the one table of refusals (zh.ts). */
import { formatDeadline, type Instant } from '../workflows/law';
import { fill } from './fill';
import { type Pair, zh } from './pair';
import type { Said } from './zh';

export const gatewayRefusals = {
  'no-such-case': {
    sentence: zh('没有编号为“{case}”的事项。', '沒有編號為「{case}」的事項。'),
    remedy: zh('请核对编号；刚刚立案的，请稍后再查。', '請核對編號；剛剛立案的，請稍後再查。'),
  },
  'no-such-page': {
    sentence: zh('没有这个地址。', '沒有這個地址。'),
    remedy: zh('请查阅 /openapi.json 所列的地址。', '請查閱 /openapi.json 所列的地址。'),
  },
  'no-such-cursor': {
    sentence: zh('没有这样的分页位置。', '沒有這樣的分頁位置。'),
    remedy: zh(
      '请使用上一页给出的 next；从头读取的，不填 after。',
      '請使用上一頁給出的 next；從頭讀取的，不填 after。',
    ),
  },
  'word-without-paper': {
    sentence: zh(
      '记载领导的意见，须同时注明领导席位（onWordOf）和凭据文件（ref）。',
      '記載領導的意見，須同時註明領導席位（onWordOf）和憑據文件（ref）。',
    ),
    remedy: zh(
      '请补齐另一项后重新提交；以本席位名义办理的，两项都不填。',
      '請補齊另一項後重新提交；以本席位名義辦理的，兩項都不填。',
    ),
  },
  'no-such-method': {
    sentence: zh('该地址不支持此方法。[可用的方法：{methods}。]', '該地址不支持此方法。[可用的方法：{methods}。]'),
    remedy: zh('请改用可用的方法。', '請改用可用的方法。'),
  },
  'no-such-procedure': {
    sentence: zh('本系统没有名为“{procedure}”的程序。', '本系統沒有名為「{procedure}」的程序。'),
    remedy: zh('请在 /v1/procedures 中查阅现有程序。', '請在 /v1/procedures 中查閱現有程序。'),
  },
  'no-such-message': {
    sentence: zh('没有这条通知，或者它尚未生效。', '沒有這條通知，或者它尚未生效。'),
    remedy: zh('请从待阅清单中取用通知编号。', '請從待閱清單中取用通知編號。'),
  },
  'message-not-yours': {
    sentence: zh('这条通知不是发给席位“{seat}”的，不能代为签收。', '這條通知不是發給席位「{seat}」的，不能代為簽收。'),
    remedy: zh('请由收件席位本人签收。', '請由收件席位本人簽收。'),
  },
  'not-reached': {
    sentence: zh('事项“{case}”的记录第{sequence}号尚未载入台账。', '事項「{case}」的記錄第{sequence}號尚未載入台賬。'),
    remedy: zh('请稍后以同样的请求再查。', '請稍後以同樣的請求再查。'),
  },
  'cannot-reach': {
    sentence: zh('办理系统此刻没有应答，未能确认是否已经办理。', '辦理系統此刻沒有應答，未能確認是否已經辦理。'),
    remedy: zh(
      '请稍后以同一编号（Idempotency-Key）重新提交，不会重复办理。[编号：{id}。]',
      '請稍後以同一編號（Idempotency-Key）重新提交，不會重複辦理。[編號：{id}。]',
    ),
  },
  'ledger-away': {
    sentence: zh('台账此刻不能读写。', '台賬此刻不能讀寫。'),
    remedy: zh('请稍后再试；持续如此的，请通知系统管理人员。', '請稍後再試；持續如此的，請通知系統管理人員。'),
  },
  'storage-away': {
    sentence: zh('附件存储此刻不能使用，附件未予保存或不能取出。', '附件存儲此刻不能使用，附件未予保存或不能取出。'),
    remedy: zh('请稍后再试；持续如此的，请通知系统管理人员。', '請稍後再試；持續如此的，請通知系統管理人員。'),
  },
  'wrong-host': {
    sentence: zh('请求所用的主机名不是本系统的名称。', '請求所用的主機名不是本系統的名稱。'),
    remedy: zh(
      '请使用本系统公布的地址；经代理访问的，由管理人员设置 gateway.publicUrl。',
      '請使用本系統公佈的地址；經代理訪問的，由管理人員設置 gateway.publicUrl。',
    ),
  },
  'foreign-origin': {
    sentence: zh('请求来自其他网站的页面，不予受理。', '請求來自其他網站的頁面，不予受理。'),
    remedy: zh('请从本系统的页面或程序提交。', '請從本系統的頁面或程序提交。'),
  },
  'too-many-requests': {
    sentence: zh('请求过于频繁。', '請求過於頻繁。'),
    remedy: zh('请在{seconds}秒后再提交。', '請在{seconds}秒後再提交。'),
  },
  'too-many-streams': {
    sentence: zh('事件流的连接已满（{limit}个）。', '事件流的連接已滿（{limit}個）。'),
    remedy: zh('请关闭不用的连接，或者改用分页读取。', '請關閉不用的連接，或者改用分頁讀取。'),
  },
  'media-type': {
    sentence: zh('不接受这种内容类型[，应为 {expected}]。', '不接受這種內容類型[，應為 {expected}]。'),
    remedy: zh('请按所列类型和 UTF-8 编码提交。', '請按所列類型和 UTF-8 編碼提交。'),
  },
  'attachment-kind': {
    sentence: zh(
      '附件的内容不是本系统接受的类型（按内容判断，不看文件名）。',
      '附件的內容不是本系統接受的類型（按內容判斷，不看文件名）。',
    ),
    remedy: zh('请改为下列类型之一：{kinds}。', '請改為下列類型之一：{kinds}。'),
  },
  'attachment-missing': {
    sentence: zh('请求中没有一份完整的附件[（{problem}）]。', '請求中沒有一份完整的附件[（{problem}）]。'),
    remedy: zh(
      '请以 multipart/form-data 提交一个带文件名的 file 字段。',
      '請以 multipart/form-data 提交一個帶文件名的 file 字段。',
    ),
  },
  'no-such-attachment': {
    sentence: zh('没有这份附件。', '沒有這份附件。'),
    remedy: zh('请核对摘要值（SHA-256）。', '請核對摘要值（SHA-256）。'),
  },
  'attachment-refused': {
    sentence: zh('您无权取阅这份附件。', '您無權取閱這份附件。'),
    remedy: zh(
      '附件由能够查阅其所属事项的席位取阅；尚未归入事项的，仅由提交的席位取阅。',
      '附件由能夠查閱其所屬事項的席位取閱；尚未歸入事項的，僅由提交的席位取閱。',
    ),
  },
  'attachment-damaged': {
    sentence: zh('所存附件与其摘要值不符，不予提供。', '所存附件與其摘要值不符，不予提供。'),
    remedy: zh('请系统管理人员从备份恢复该附件。', '請系統管理人員從備份恢復該附件。'),
  },
  'no-such-subscription': {
    sentence: zh('没有这项订阅，或者它不是您的。', '沒有這項訂閱，或者它不是您的。'),
    remedy: zh('请在 /v1/subscriptions 中查阅您的订阅。', '請在 /v1/subscriptions 中查閱您的訂閱。'),
  },
  'receiver-not-allowed': {
    sentence: zh('不得向“{host}”推送事件。', '不得向「{host}」推送事件。'),
    remedy: zh(
      '请由管理人员将该主机列入 gateway.webhookHosts；除本机外须用 https。',
      '請由管理人員將該主機列入 gateway.webhookHosts；除本機外須用 https。',
    ),
  },
  'too-many-subscriptions': {
    sentence: zh('订阅已达上限（{limit}项）。', '訂閱已達上限（{limit}項）。'),
    remedy: zh('请先取消不用的订阅。', '請先取消不用的訂閱。'),
  },
  'internal-fault': {
    sentence: zh('系统内部出错，请求未能完成。', '系統內部出錯，請求未能完成。'),
    remedy: zh('请将本次请求的编号告知系统管理人员。', '請將本次請求的編號告知系統管理人員。'),
  },
} satisfies Record<string, Said>;

export const gatewayProblems = {
  'body.empty': zh('没有内容', '沒有內容'),
  'body.json': zh('不是完整的 JSON', '不是完整的 JSON'),
  'body.encoding': zh('不是 UTF-8 编码', '不是 UTF-8 編碼'),
  'body.characters': zh('含有控制字符、残缺字符，或者嵌套过深', '含有控制字符、殘缺字符，或者嵌套過深'),
  'request.unreadable': zh('请求本身不合 HTTP 格式', '請求本身不合 HTTP 格式'),
  'attachment.empty': zh('文件是空的', '文件是空的'),
  'attachment.two': zh('一次只能提交一份', '一次只能提交一份'),
  pattern: zh('不合规定的写法', '不合規定的寫法'),
} satisfies Record<string, Pair>;

/** What an answer is called, by its HTTP status. */
const titles = {
  400: zh('格式不符', '格式不符'),
  401: zh('身份未确认', '身份未確認'),
  403: zh('无权办理', '無權辦理'),
  404: zh('查无此项', '查無此項'),
  405: zh('不支持该方法', '不支持該方法'),
  409: zh('当前不受理', '當前不受理'),
  410: zh('已办结', '已辦結'),
  413: zh('内容过大', '內容過大'),
  415: zh('类型不符', '類型不符'),
  421: zh('地址不符', '地址不符'),
  422: zh('不符合规定', '不符合規定'),
  429: zh('请求过多', '請求過多'),
  500: zh('系统错误', '系統錯誤'),
  503: zh('暂不可用', '暫不可用'),
} satisfies Record<number, Pair>;

export function statusTitle(status: number, script: keyof Pair): string {
  return (titles[status as keyof typeof titles] ?? titles[500])[script];
}

/** What the duty room hears when no worker takes up what is sent, and when one does again. */
const alarms = {
  away: zh(
    '办理程序已有{minutes}分钟无人处理（自{since}起，队列 {taskQueue}）：提交的操作会保留，但不会办理，期限照常计算。请立即启动 worker。',
    '辦理程序已有{minutes}分鐘無人處理（自{since}起，隊列 {taskQueue}）：提交的操作會保留，但不會辦理，期限照常計算。請立即啟動 worker。',
  ),
  over: zh('办理程序已于{at}恢复处理（队列 {taskQueue}）。', '辦理程序已於{at}恢復處理（隊列 {taskQueue}）。'),
};

export function workersAway(
  { taskQueue, minutes, since }: { taskQueue: string; minutes: number; since: Instant },
  script: keyof Pair,
): string {
  return fill(alarms.away[script], { taskQueue, minutes: String(minutes), since: formatDeadline(since) });
}

export function outageOver({ taskQueue, at }: { taskQueue: string; at: Instant }, script: keyof Pair): string {
  return fill(alarms.over[script], { taskQueue, at: formatDeadline(at) });
}

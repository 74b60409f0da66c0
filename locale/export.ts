/** The package of a closed case: why there is none, and the words of its readable record. */
import { fill, type Values } from './fill';
import { type Pair, zh } from './pair';
import type { Script } from './speak';
import type { Said } from './zh';

/** Spread into the one table of refusals (zh.ts). */
export const exportRefusals = {
  'export-open': {
    sentence: zh('事项“{case}”尚未办结，不能导出档案包。', '事項「{case}」尚未辦結，不能導出檔案包。'),
    remedy: zh('请在办结后导出；未办结的，可查阅其记录。', '請在辦結後導出；未辦結的，可查閱其記錄。'),
  },
  'export-unconfirmed': {
    sentence: zh(
      '事项“{case}”的记录自第{sequence}号起尚未确认，不能导出。',
      '事項「{case}」的記錄自第{sequence}號起尚未確認，不能導出。',
    ),
    remedy: zh(
      '通常一分钟内即获确认，请稍后再试；持续如此的，请运行 zhengling ledger rebuild。',
      '通常一分鐘內即獲確認，請稍後再試；持續如此的，請運行 zhengling ledger rebuild。',
    ),
  },
  'export-broken': {
    sentence: zh(
      '事项“{case}”的记录第{sequence}号与其散列不符或没有接续前一号，不能导出。',
      '事項「{case}」的記錄第{sequence}號與其散列不符或沒有接續前一號，不能導出。',
    ),
    remedy: zh(
      '请保全现场，运行 zhengling ledger verify，并从备份中查明原记录。',
      '請保全現場，運行 zhengling ledger verify，並從備份中查明原記錄。',
    ),
  },
  'export-attachment-lost': {
    sentence: zh(
      '事项“{case}”的附件“{name}”（{hash}）不在附件存储中，档案包不能完整。',
      '事項「{case}」的附件「{name}」（{hash}）不在附件存儲中，檔案包不能完整。',
    ),
    remedy: zh('请从备份中恢复该附件后再导出。', '請從備份中恢復該附件後再導出。'),
  },
  'export-file-exists': {
    sentence: zh('文件“{file}”已经存在，未作改写。', '文件「{file}」已經存在，未作改寫。'),
    remedy: zh('请另定文件名，或者移开原文件。', '請另定文件名，或者移開原文件。'),
  },
} satisfies Record<string, Said>;

export const exportTexts = {
  title: zh('办理记录', '辦理記錄'),
  case: zh('编号', '編號'),
  matter: zh('事项', '事項'),
  procedure: zh('程序', '程序'),
  edition: zh('规则版本', '規則版本'),
  opened: zh('立案', '立案'),
  closed: zh('办结', '辦結'),
  ending: zh('结果', '結果'),
  head: zh('末环散列', '末環散列'),
  seal: zh('日封', '日封'),
  unsealed: zh('导出时尚无覆盖末环的日封', '導出時尚無覆蓋末環的日封'),
  sealed: zh('{day} 日封 {hash}', '{day} 日封 {hash}'),
  record: zh('记录', '記錄'),
  sequence: zh('号', '號'),
  time: zh('时间', '時間'),
  what: zh('事由', '事由'),
  by: zh('办理', '辦理'),
  state: zh('办后状态', '辦後狀態'),
  ground: zh('依据', '依據'),
  content: zh('内容', '內容'),
  effects: zh('由此', '由此'),
  hash: zh('散列', '散列'),
  due: zh('到期：{name}', '到期：{name}'),
  times: zh('发生 {happened}　收到 {received}　记录 {recorded}', '發生 {happened}　收到 {received}　記錄 {recorded}'),
  onWordOf: zh('据 {seat} 意见（{ref}）', '據 {seat} 意見（{ref}）'),
  actor: zh('经办人标识 {actor}', '經辦人標識 {actor}'),
  signed: zh('入口 {entrance} 以密钥 {key} 签名', '入口 {entrance} 以密鑰 {key} 簽名'),
  told: zh('告知 {seats}（{template}）', '告知 {seats}（{template}）'),
  found: zh('发现问题：{finding}', '發現問題：{finding}'),
  asked: zh('转办：{task}', '轉辦：{task}'),
  drafted: zh('拟稿：{paper}', '擬稿：{paper}'),
  deliveries: zh('告知与签收', '告知與簽收'),
  recipient: zh('收件席位', '收件席位'),
  subject: zh('内容', '內容'),
  delivered: zh('送达', '送達'),
  acknowledged: zh('签收', '簽收'),
  attachments: zh('附件', '附件'),
  name: zh('名称', '名稱'),
  bytes: zh('字节', '字節'),
  none: zh('无', '無'),
  note: zh(
    '本页供阅读；证据是 record/ 中的文件，核对方法见 README.txt。',
    '本頁供閱讀；證據是 record/ 中的文件，核對方法見 README.txt。',
  ),
} satisfies Record<string, Pair>;

export type ExportText = keyof typeof exportTexts;

export function exportText(key: ExportText, script: Script, values: Values = {}): string {
  return fill(exportTexts[key][script], values);
}

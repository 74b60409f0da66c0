/** The pages behind a link of acknowledgement (签收). They need no script and no style, and show numbers only. */
import { fill, type Values } from './fill';
import { type Pair, zh } from './pair';
import type { Script, SpeakOptions } from './speak';

export const acknowledgeTexts = {
  title: zh('签收通知', '簽收通知'),
  asked: zh('席位“{seat}”收到关于{caseNos}的通知。', '席位「{seat}」收到關於{caseNos}的通知。'),
  button: zh('签收', '簽收'),
  note: zh('仅打开本页不视为签收。', '僅打開本頁不視為簽收。'),
  acknowledged: zh('已签收。', '已簽收。'),
  already: zh('此前已经签收，无须重复。', '此前已經簽收，無須重複。'),
  expired: zh('本链接已过有效期。请登录系统，在待阅中签收。', '本鏈接已過有效期。請登錄系統，在待閱中簽收。'),
  forged: zh(
    '本链接无效。请核对地址是否完整，或登录系统，在待阅中签收。',
    '本鏈接無效。請核對地址是否完整，或登錄系統，在待閱中簽收。',
  ),
  spent: zh('本链接已经使用过，只能使用一次。', '本鏈接已經使用過，只能使用一次。'),
  unknown: zh(
    '本链接所指的通知不存在，或者不是发给该席位的。请登录系统，在待阅中查看。',
    '本鏈接所指的通知不存在，或者不是發給該席位的。請登錄系統，在待閱中查看。',
  ),
  unavailable: zh('系统暂时无法登记签收，请稍后再次打开本链接。', '系統暫時無法登記簽收，請稍後再次打開本鏈接。'),
} satisfies Record<string, Pair>;

export type AcknowledgeAnswer = 'acknowledged' | 'already' | 'expired' | 'forged' | 'spent' | 'unknown' | 'unavailable';

export interface AcknowledgeQuestion {
  /** Numbers of the cases. */
  cases: readonly string[];
  seat: string;
  /** 【演示】 or 【演练】 where it is not the real thing. */
  mark?: string | undefined;
}

/** Asks whether a notice is acknowledged; its button posts to the address it was opened at. */
export function acknowledgePage(
  { cases, seat, mark }: AcknowledgeQuestion,
  script: Script,
  { nameOf }: SpeakOptions = {},
): string {
  const text = said(script);
  const asked = text('asked', { seat: nameOf?.(seat, script) ?? seat, caseNos: cases.join('、') });
  const form = `<form method="post"><button type="submit">${text('button')}</button></form>`;
  return page(script, mark, `<p>${asked}</p>${form}<p>${text('note')}</p>`);
}

/** What came of it, or why the link is good for nothing. */
export function acknowledgeAnswerPage(answer: AcknowledgeAnswer, script: Script, mark?: string): string {
  return page(script, mark, `<p>${said(script)(answer)}</p>`);
}

const said =
  (script: Script) =>
  (key: keyof typeof acknowledgeTexts, values: Values = {}): string =>
    escaped(fill(acknowledgeTexts[key][script], values));

function page(script: Script, mark: string | undefined, content: string): string {
  const title = escaped(mark ?? '') + said(script)('title');
  return [
    '<!doctype html>',
    `<html lang="${script === 'hans' ? 'zh-Hans' : 'zh-Hant'}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">',
    `<title>${title}</title></head>`,
    `<body><main><h1>${title}</h1>${content}</main></body></html>`,
    '',
  ].join('\n');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** Notices as they leave the house: beside subject and body a short text and one to be read aloud, and what tells several as one. */
import { formatDeadline } from '../workflows/law';
import { fill } from './fill';
import { type Pair, zh } from './pair';
import { citationText, render, renderDigest, type Script, type SpeakOptions, type TemplateData } from './speak';

export interface Notice {
  subject: string;
  body: string;
  /** Number and link, for short messages. */
  short: string;
  /** Number without link, to be read aloud. */
  spoken: string;
}

/** What stands around the subject and body of every notice. */
export const noticeTexts = {
  short: zh('{subject}。[{link}]', '{subject}。[{link}]'),
  spoken: zh('{subject}。请登录系统查看和办理。', '{subject}。請登錄系統查看和辦理。'),
  acknowledge: zh('{body}[\n签收：{acknowledge}]', '{body}[\n簽收：{acknowledge}]'),
  /** To whoever presides, of what was told to somebody who is away. */
  standsFor: zh(
    '{body}\n（{seats}离石，本消息同时送现主持政府工作的负责人，不改变原办理职责。）',
    '{body}\n（{seats}離石，本消息同時送現主持政府工作的負責人，不改變原辦理職責。）',
  ),
  'digest.short': zh('{subject}：{caseNos}', '{subject}：{caseNos}'),
  'woken.subject': zh('[{mark}]事项{caseNo}有{count}项期限已过', '[{mark}]事項{caseNo}有{count}項期限已過'),
  'woken.rung': zh('{number}. {passed} {subject}[（依据：{cite}）]', '{number}. {passed} {subject}[（依據：{cite}）]'),
  'woken.body': zh(
    '系统恢复运行，查得事项{caseNo}有{count}项期限已过，一并通知：\n{list}\n\n现要求如下：{last}',
    '系統恢復運行，查得事項{caseNo}有{count}項期限已過，一併通知：\n{list}\n\n現要求如下：{last}',
  ),
  'alarm.subject': zh('[{mark}]政令系统告警', '[{mark}]政令系統告警'),
  'alarm.body': zh('{sentence}\n请值班人员立即处理。', '{sentence}\n請值班人員立即處理。'),
  'alarm.short': zh('{subject}：{sentence}', '{subject}：{sentence}'),
} satisfies Record<string, Pair>;

/** One deadline of several that are told as one. */
interface Rung {
  template: string;
  data: TemplateData;
}

/**
 * A notice in words; `notify.digest` (`count`, `list`, `caseNos`) and `notify.woken` (`count`, `rungs`) as well as every
 * template of an effect. With `acknowledge`, the address where it is acknowledged stands below the text.
 *
 * @throws Error when the template is unknown or lacks a value it cannot do without
 */
export function renderNotice(template: string, data: TemplateData, script: Script, options: SpeakOptions = {}): Notice {
  if (template === 'notify.digest') return digestNotice(data, script);
  const { subject, body } =
    template === 'notify.woken' ? wokenText(data, script, options) : render(template, data, script, options);
  const { link, acknowledge, standsFor = [] } = data as { link?: string; acknowledge?: string; standsFor?: string[] };
  const seats = standsFor.map((seat) => options.nameOf?.(seat, script) ?? seat).join('、');
  const said = seats === '' ? body : fill(noticeTexts.standsFor[script], { body, seats });
  return {
    subject,
    body: fill(noticeTexts.acknowledge[script], { body: said, acknowledge }),
    short: fill(noticeTexts.short[script], { subject, link }),
    spoken: fill(noticeTexts.spoken[script], { subject }),
  };
}

/** What the system says of itself to the duty room. */
export function alarmNotice(sentence: string, script: Script, mark?: string): Notice {
  const subject = fill(noticeTexts['alarm.subject'][script], { mark });
  const short = fill(noticeTexts['alarm.short'][script], { subject, sentence });
  return { subject, body: fill(noticeTexts['alarm.body'][script], { sentence }), short, spoken: short };
}

function digestNotice(data: TemplateData, script: Script): Notice {
  const { subject, body } = renderDigest(data as never, script);
  const caseNos = (data.caseNos as string[]).join('、');
  const short = fill(noticeTexts['digest.short'][script], { subject, caseNos });
  return { subject, body, short, spoken: fill(noticeTexts.spoken[script], { subject }) };
}

/** Every deadline with its own due instant and ground, and in full what the last of them asks. */
function wokenText(data: TemplateData, script: Script, options: SpeakOptions): { subject: string; body: string } {
  const { caseNo, count, mark, link, rungs } = data as {
    caseNo: string;
    count: number;
    mark?: string;
    link: string;
    rungs: Rung[];
  };
  const texts = rungs.map(({ template, data: { mark: _, ...rung } }) => ({
    ...render(template, { ...rung, link }, script, options),
    passed: formatDeadline(rung.passed as number),
    cite: rung.cite ? citationText(rung.cite as never, script) : undefined,
  }));
  const list = texts.map(({ subject, passed, cite }, i) =>
    fill(noticeTexts['woken.rung'][script], { number: String(i + 1), subject, passed, cite }),
  );
  const values = { caseNo, count: String(count), mark };
  return {
    subject: fill(noticeTexts['woken.subject'][script], values),
    body: fill(noticeTexts['woken.body'][script], {
      ...values,
      list: list.join('\n'),
      last: texts.at(-1)?.body,
    }),
  };
}

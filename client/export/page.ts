/** The record of a closed case for people: one page without script, without network, without names. */
import {
  citationText,
  type ExportText,
  eventLabel,
  exportText,
  findingText,
  isCitation,
  labelOr,
  lawChangeText,
  mainStateLabel,
  type Script,
} from '../../locale';
import { formatDeadline } from '../../workflows/law';
import { eventOf } from '../../workflows/procedures';
import type { Effect, Json, RecordEntry } from '../../workflows/runtime/workflow';
import type { Gathered } from './gathered';

export interface PageOptions {
  script: Script;
  /** Of seats and units, as the directory has them. */
  nameOf(id: string): string;
}

type Say = (key: ExportText, values?: Record<string, string>) => string;
type Summary = { [key: string]: Json | undefined };

interface Style extends PageOptions {
  say: Say;
}

export function recordPage(gathered: Gathered, options: PageOptions): string {
  const style: Style = { ...options, say: (key, values = {}) => exportText(key, options.script, values) };
  const { say, script } = style;
  const summary = objectOf(gathered.view.summary);
  const marks = Array.isArray(summary.marks) ? summary.marks.join('') : '';
  const title = `${marks}${say('title')} ${gathered.view.case}`;
  return [
    '<!doctype html>',
    `<html lang="${script === 'hans' ? 'zh-Hans' : 'zh-Hant'}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style></head>`,
    `<body><h1>${escaped(title)}</h1><p>${escaped(say('note'))}</p>`,
    table([], factsOf(gathered, summary, style)),
    heading(say('record')),
    ...gathered.entries.map((entry) => section(entry, style)),
    heading(say('deliveries')),
    deliveries(gathered, style),
    heading(say('attachments')),
    attachments(gathered, style),
    '</body></html>',
    '',
  ].join('\n');
}

const STYLE = [
  'body{font-family:"Noto Serif CJK SC",SimSun,serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.6}',
  'table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.2rem .5rem;text-align:left;vertical-align:top}',
  'th{white-space:nowrap}code{overflow-wrap:anywhere}section{break-inside:avoid;margin:1rem 0}pre{white-space:pre-wrap;margin:0}',
].join('');

function factsOf({ view, entries, sealed }: Gathered, summary: Summary, style: Style): string[][] {
  const { say, script } = style;
  const [first, last] = [entries[0]!, entries.at(-1)!];
  const [procedure, edition = ''] = view.machine.split('@');
  const seal = sealed ? say('sealed', { day: sealed.seal.day, hash: sealed.seal.hash }) : say('unsealed');
  return [
    [say('case'), escaped(view.case)],
    [say('matter'), escaped(textOf(summary.matter))],
    [say('procedure'), escaped(`${textOf(summary.title)} ${procedure}`)],
    [say('edition'), escaped(edition)],
    [say('opened'), escaped(first.happenedAt)],
    [say('closed'), escaped(last.happenedAt)],
    [say('ending'), escaped(stateOf(last, script))],
    [say('head'), `<code>${last.hash}</code>`],
    [say('seal'), `<code>${escaped(seal)}</code>`],
  ];
}

function section(entry: RecordEntry, style: Style): string {
  const { say, script } = style;
  const { sequence, happenedAt: happened, receivedAt: received, recordedAt: recorded, trigger, hash } = entry;
  const name = eventOf(entry);
  const what = trigger.kind === 'timer' ? say('due', { name }) : eventLabel(name, script);
  const rows = [
    [say('sequence'), String(sequence)],
    [say('what'), escaped(what)],
    [say('time'), escaped(say('times', { happened, received, recorded }))],
    [say('by'), lines(byLines(entry, style))],
    [say('state'), escaped(stateOf(entry, script))],
    [say('ground'), escaped(groundsOf(entry, script))],
    [say('content'), contentOf(trigger.payload)],
    [say('effects'), lines(entry.effects.map((effect) => effectText(effect, style)))],
    [say('hash'), `<code>${hash}</code>`],
  ];
  return `<section>${table(
    [],
    rows.filter(([, content]) => content !== ''),
  )}</section>`;
}

function byLines({ by }: RecordEntry, { say, script, nameOf }: Style): string[] {
  const { seat, basis, entrance, actor, onWordOf, signature } = objectOf(by);
  if (typeof seat !== 'string') return [];
  const word = objectOf(onWordOf);
  const { key } = objectOf(signature);
  return [
    `${nameOf(seat)}（${seat}）　${labelOr(`basis.${basis}`, textOf(basis), script)}`,
    ...(typeof word.seat === 'string' ? [say('onWordOf', { seat: nameOf(word.seat), ref: textOf(word.ref) })] : []),
    ...(typeof actor === 'string' ? [say('actor', { actor })] : []),
    ...(typeof key === 'string' ? [say('signed', { entrance: textOf(entrance), key })] : []),
  ];
}

function effectText(effect: Effect, { say, script, nameOf }: Style): string {
  const cite = isCitation(effect.cite) ? ` · ${citationText(effect.cite, script)}` : '';
  switch (effect.kind) {
    case 'tell': {
      const to = Array.isArray(effect.to) ? effect.to.map((id) => nameOf(textOf(id))).join('、') : '';
      return say('told', { seats: to, template: textOf(effect.template) }) + cite;
    }
    case 'finding':
      return say('found', { finding: findingOr(textOf(effect.code), script) }) + cite;
    case 'task':
      return say('asked', { task: labelOr(`task.${effect.task}`, textOf(effect.task), script) }) + cite;
    case 'paper':
      return say('drafted', { paper: labelOr(`paper.${effect.paper}`, textOf(effect.paper), script) }) + cite;
    case 'law':
      return lawChangeText(effect, script, formatDeadline) + cite;
    default:
      return JSON.stringify(effect);
  }
}

function deliveries({ tells }: Gathered, { say, nameOf }: Style): string {
  if (tells.length === 0) return `<p>${say('none')}</p>`;
  const head = [say('sequence'), say('recipient'), say('subject'), say('delivered'), say('acknowledged')];
  const rows = tells.map(({ sequence, recipient, template, state, deliveredAt, channel, seat, acknowledged }) => [
    String(sequence),
    escaped(nameOf(recipient)),
    escaped(template),
    escaped(deliveredAt === undefined ? state : `${formatDeadline(deliveredAt)} ${channel ?? ''} ${seat ?? ''}`),
    escaped(acknowledged ? `${formatDeadline(acknowledged.at)} ${nameOf(acknowledged.by)} ${acknowledged.how}` : ''),
  ]);
  return table(head, rows);
}

function attachments({ attachments: all }: Gathered, { say }: Style): string {
  if (all.length === 0) return `<p>${say('none')}</p>`;
  const rows = all.map(({ hash, name, bytes }) => [
    `<a href="attachments/${hash}">${escaped(name)}</a>`,
    String(bytes),
    `<code>${hash}</code>`,
  ]);
  return table([say('name'), say('bytes'), say('hash')], rows);
}

/** The rows' cells are HTML already. */
function table(head: readonly string[], rows: readonly string[][]): string {
  const top = head.length > 0 ? `<tr>${head.map((cell) => `<th>${escaped(cell)}</th>`).join('')}</tr>` : '';
  const cell = (content: string, i: number) =>
    head.length === 0 && i === 0 ? `<th>${escaped(content)}</th>` : `<td>${content}</td>`;
  return `<table>${top}${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}</table>`;
}

const heading = (text: string): string => `<h2>${escaped(text)}</h2>`;
const lines = (texts: readonly string[]): string => texts.map(escaped).join('<br>');
const contentOf = (payload: Json | undefined): string =>
  payload === undefined ? '' : `<pre>${escaped(JSON.stringify(payload, null, 1))}</pre>`;

/** The state of the main region in words; the paths as they are where the table has none. */
const stateOf = ({ state, machine }: RecordEntry, script: Script): string =>
  mainStateLabel(state, script, machine) ?? state.join('、');

function groundsOf({ steps }: RecordEntry, script: Script): string {
  const cites = steps.flatMap(({ cite }) => (isCitation(cite) ? [citationText(cite, script)] : []));
  return [...new Set(cites)].join('、');
}

function findingOr(code: string, script: Script): string {
  try {
    return findingText(code, script).sentence;
  } catch {
    return code;
  }
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const objectOf = (value: Json | undefined): { [key: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

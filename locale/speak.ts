/** The table, spoken: labels, refusals, findings, messages, in one script at a time. */
import { articlesOf, type Citation, chineseNumber, formatDeadline } from '../workflows/law';
import { fill, type Values } from './fill';
import { problemText } from './problems';
import { digest, findings, frame, labels, type Pair, refusals, type Said, softRemedy, templates } from './zh';

/** Simplified or Traditional. */
export type Script = keyof Pair;
export type LabelKey = keyof typeof labels;
export type RefusalCode = keyof typeof refusals;
export type FindingCode = keyof typeof findings;
export type TemplateId = keyof typeof templates;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** What the runtime answers when an act was not done; the shape is the runtime's, the words are ours. */
export interface RefusalToSay {
  code: string;
  cite?: Json | Citation;
  params?: { [key: string]: Json | undefined };
  soft?: boolean;
  state?: string[];
  accepted?: string[];
  entitled?: string[];
  path?: string;
}

export interface RefusalText {
  /** What is wrong, and where. */
  sentence: string;
  /** What would make it right. */
  remedy: string;
  /** What the refusal rests on; absent where no rule spoke. Never an article where the basis is chosen. */
  citation?: string;
}

export interface SpeakOptions {
  /** Names of seats and units, from a directory; without it they are named by their position. */
  nameOf?: (id: string, script: Script) => string;
}

/** Data of a message: `caseNo` and `link` always; instants in milliseconds; the rest as the template asks. */
export type TemplateData = { readonly [key: string]: unknown };

export function label(key: LabelKey, script: Script): string {
  return entry<Pair>(labels, key, 'label')[script];
}

/**
 * Sentence, remedy and citation of a refusal.
 * @throws Error when the table has no text for the code
 */
export function refusalText(refusal: RefusalToSay, script: Script, options: SpeakOptions = {}): RefusalText {
  const said = entry<Said>(refusals, refusal.code, 'refusal');
  const { code: _, params, cite, soft, ...about } = refusal;
  const values = spoken({ ...params, ...about }, script, options);
  const citation = isCitation(cite) ? { citation: citationText(cite, script) } : {};
  const remedy = fill(said.remedy[script], values) + (soft ? softRemedy[script] : '');
  return { sentence: fill(said.sentence[script], values), remedy, ...citation };
}

/** What was found, and what it asks for. @throws Error when the table has no text for the code */
export function findingText(code: string, script: Script): { sentence: string; remedy: string } {
  const { sentence, remedy } = entry<Said>(findings, code, 'finding');
  return { sentence: sentence[script], remedy: remedy[script] };
}

/**
 * A message in words. `data` takes the fields of the effect and of the case as they are: state paths, codes, citations and
 * instants are put into words here.
 * @throws Error when the template is unknown or lacks a value it cannot do without
 */
export function render(
  template: string,
  data: TemplateData,
  script: Script,
  options: SpeakOptions = {},
): { subject: string; body: string } {
  const { subject, body } = entry<{ subject: Pair; body: Pair }>(templates, template, 'template');
  const values = spoken(data, script, options);
  return {
    subject: fill(frame.subject[script] + subject[script], values),
    body: fill(body[script] + frame.body[script], values),
  };
}

/** Several messages for one person as one. `list` holds their texts. */
export function renderDigest(
  data: { count: number; list: string; mark?: string },
  script: Script,
): { subject: string; body: string } {
  const values = { ...data, count: String(data.count) };
  return { subject: fill(digest.subject[script], values), body: fill(digest.body[script], values) };
}

/** `第六十一条`, `依第六十一条推定`, `《…》第十一条`, or that this system says so, without an article. */
export function citationText(citation: Citation, script: Script): string {
  const { basis, instrument, paragraph } = citation;
  const words = citationWords[script];
  if (basis === 'chosen' || (basis === 'statute' && !instrument)) return words.chosen;
  const articles = articlesOf(citation).map((n) => `第${chineseNumber(n)}${words.article}`);
  const where = articles.join('、') + (paragraph === undefined ? '' : `第${chineseNumber(paragraph)}款`);
  if (basis === 'statute') return `《${instrument}》${where}`;
  return basis === 'derived' ? `依${where}推定` : where;
}

const citationWords: Record<Script, { chosen: string; article: string }> = {
  hans: { chosen: '本系统规定', article: '条' },
  hant: { chosen: '本系統規定', article: '條' },
};

/** The first word of a procedure's labels. */
const labelled: Record<string, string> = {
  'supervision-item': 'supervision',
  'leave-request': 'leave',
  'acting-authority': 'acting',
  'recurring-obligation': 'recurring',
  'rulebook-version': 'rulebook',
};

/**
 * The label of the main state among state paths such as `open.course.in-progress`; undefined where none has one.
 * @param machine `name@edition` or the name of the procedure; left out, the first procedure that has such a state counts
 */
export function mainStateLabel(
  paths: string | readonly string[],
  script: Script,
  machine?: string,
): string | undefined {
  const own = labelled[machine?.split('@')[0] ?? ''];
  for (const first of own === undefined ? Object.values(labelled) : [own]) {
    const name = mainStateOf(first, paths);
    if (name !== undefined) return label(`${first}.state.${name}` as LabelKey, script);
  }
  return undefined;
}

/** States may be nested (`open.course.reviewing.rung1`): the innermost name that is a main state counts. */
function mainStateOf(first: string, paths: string | readonly string[]): string | undefined {
  const names = (typeof paths === 'string' ? [paths] : paths).flatMap((path) => path.split('.').reverse());
  return names.find((one) => Object.hasOwn(labels, `${first}.state.${one}`));
}

/** What an act is called; a name the table does not know is given back as it came. */
export function eventLabel(type: string, script: Script): string {
  return labelOr(`event.${type}`, type, script);
}

/** How each field is put into words; a field not named here must be text or a number already. */
const words: Record<string, (value: unknown, script: Script, options: SpeakOptions) => string | undefined> = {
  state: (value, script) => mainStateLabel(value as string | string[], script),
  event: (value, script) => eventLabel(String(value), script),
  followed: (value, script) => eventLabel(String(value), script),
  accepted: (value, script) => actsOf(value, script),
  entitled: (value, script, options) => (value as string[]).map((id) => who(id, script, options)).join('、'),
  seat: (value, script, options) => who(String(value), script, options),
  seats: (value, script, options) => (value as string[]).map((id) => who(id, script, options)).join('、'),
  presider: (value, script, options) => who(String(value), script, options),
  giver: (value, script, options) => who(String(value), script, options),
  receiver: (value, script, options) => who(String(value), script, options),
  standing: (value, script) => labelOr(`acting.state.${value}`, String(value), script),
  entrusted: (value, script) => labelOr(`entrusted.${value}`, String(value), script),
  reason: (value, script) => labelOr(`acting.reason.${value}`, String(value), script),
  since: instant,
  from: instant,
  missing: (value, script, options) =>
    Array.isArray(value) ? value.map((id) => who(String(id), script, options)).join('、') : String(value),
  until: instant,
  what: (value, script) => labelOr(`basis.${value}`, eventLabel(String(value), script), script),
  task: (value, script) => label(`task.${value}` as LabelKey, script),
  obligation: (value, script) => label(`recurring.duty.${value}` as LabelKey, script),
  cite: (value, script) => (isCitation(value) ? citationText(value, script) : String(value)),
  due: instant,
  problem: (value, script) => problemText(String(value), script),
  recipient: (value, script, options) => who(String(value), script, options),
  receivedAt: instant,
  now: instant,
  asOf: instant,
};

function spoken(data: TemplateData, script: Script, options: SpeakOptions): Values {
  const values: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined && value !== null) values[name] = inWords(name, value, script, options);
  }
  return { ...values, ...derived(data, script) };
}

function inWords(name: string, value: unknown, script: Script, options: SpeakOptions): string | undefined {
  const say = words[name];
  if (say) return say(value, script, options);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Words that follow from other fields: what a state asks, what a finding says, what is spoken of, a provisional deadline. */
function derived({ state, code, due, provisional, event, what }: TemplateData, script: Script): Values {
  const main = typeof state === 'string' || Array.isArray(state) ? mainStateOf('supervision', state) : undefined;
  const ask = main && labelOr(`supervision.ask.${main}`, '', script);
  const found = typeof code === 'string' && Object.hasOwn(findings, code) ? findingText(code, script) : undefined;
  const marked =
    provisional === true && typeof due === 'number' ? instant(due) + label('mark.provisional', script) : undefined;
  return {
    ...(ask ? { ask } : {}),
    ...(what === undefined && typeof event === 'string' ? { what: eventLabel(event, script) } : {}),
    ...(found ? { finding: found.sentence + found.remedy } : {}),
    ...(marked ? { due: marked } : {}),
  };
}

function instant(value: unknown): string {
  return typeof value === 'number' ? formatDeadline(value) : String(value);
}

/** Outside names are UPPER_SNAKE; what a machine tells itself is nobody's to send. */
function actsOf(value: unknown, script: Script): string {
  const types = (value as string[]).filter((type) => /^[A-Z][A-Z_]*$/.test(type));
  return types.map((type) => eventLabel(type, script)).join('、');
}

/** A seat or unit by its name in the directory, else by its position: `D07-head` is the principal of D07. */
function who(id: string, script: Script, { nameOf }: SpeakOptions): string {
  const named = nameOf?.(id, script);
  if (named !== undefined && named !== id) return named;
  const [, unit, position] = /^([A-Z]\d{1,3}|lead)-(head|deputy|desk)$/.exec(id) ?? [];
  if (unit !== undefined)
    return labelOr(`unit.${unit}`, unit, script) + label(`position.${position}` as LabelKey, script);
  if (/^vm-\d+$/.test(id)) return `${label('seat.vm', script)}（${id}）`;
  return labelOr(`unit.${id}`, labelOr(`seat.${id}`, id, script), script);
}

/** The label of a key; `otherwise` where the table has none. */
export function labelOr(key: string, otherwise: string, script: Script): string {
  return Object.hasOwn(labels, key) ? label(key as LabelKey, script) : otherwise;
}

export function isCitation(value: unknown): value is Citation {
  return typeof value === 'object' && value !== null && typeof (value as { basis?: unknown }).basis === 'string';
}

function entry<T>(table: { readonly [key: string]: T }, key: string, what: string): T {
  if (!Object.hasOwn(table, key)) throw new Error(`the locale table has no ${what} '${key}'; add it to locale/zh.ts`);
  return table[key] as T;
}

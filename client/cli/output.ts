/** Answers, views and records in words. */
import { citationText, cliText, eventLabel, labelOr, lawChangeText, mainStateLabel, type Script } from '../../locale';
import { type Article, articlesOf, type Citation, formatDeadline } from '../../workflows/law';
import type { Deadline, Effect, RecordEntry } from '../../workflows/runtime/workflow';
import type { Answer } from '../city';
import type { Recorded, ShownCase } from './entrance';
import { columns, type Out } from './out';

export function answerText(out: Out, answer: Answer): string {
  const outcome = labelOr(`outcome.${answer.outcome}`, answer.outcome, out.script);
  const where = answer.case ? ` ${answer.case}` : '';
  if (answer.said) {
    const { sentence, remedy, citation } = answer.said;
    return [`${outcome}${where}：${sentence}${citation ? `（${citation}）` : ''}`, remedy].filter(Boolean).join('\n');
  }
  const state = mainStateLabel(answer.state, out.script) ?? answer.state.join('、');
  const pending = answer.recorded === 'pending' ? '（台账暂不能写入，恢复后补记）' : '';
  const repeated = answer.repeated ? '（同一编号已受理，此为首次回执）' : '';
  return [
    `${out.marks}${outcome}${where}：${state}，台账第 ${answer.sequence} 号${pending}${repeated}`,
    ...deadlineLines(answer.deadlines, out),
  ].join('\n');
}

function deadlineLines(deadlines: readonly Pick<Deadline, 'label' | 'dueAt' | 'cite'>[], { script }: Out): string[] {
  return deadlines.map((d) => `  ${d.label} ${formatDeadline(d.dueAt)} · ${citationText(d.cite as Citation, script)}`);
}

export function viewText(out: Out, view: ShownCase): string {
  const { title, lead, leadVms, openedBy } = view.context as {
    title?: string;
    lead?: string;
    leadVms?: string[];
    openedBy?: string | { seat: string };
  };
  const unset = cliText('state.unset', out.script);
  // Only some procedures have somebody in the lead.
  const leading = leadVms
    ? [`牵头 ${lead ? out.nameOf(lead) : unset}`, `分管 ${leadVms.map(out.nameOf).join('、') || unset}`]
    : [];
  const opener = typeof openedBy === 'string' ? openedBy : openedBy?.seat;
  const accepts = view.accepts.map(({ type, label, entitled }) => [label, type, entitled.map(out.nameOf).join('、')]);
  return [
    `${view.marks}${view.case} ${title ?? view.title}`,
    [
      `状态 ${view.stateLabel ?? view.state.join('、')}`,
      ...leading,
      ...(opener === undefined ? [] : [`立项 ${out.nameOf(opener)}`]),
    ].join('　'),
    `台账 ${view.head.sequence} 号（已记 ${view.recorded}）　${view.head.hash.slice(0, 16)}`,
    view.deadlines.length > 0 ? `期限\n${deadlineLines(view.deadlines as Deadline[], out).join('\n')}` : '期限　无',
    accepts.length > 0 ? `可办理\n${columns(accepts).replace(/^/gm, '  ')}` : '已办结，不再受理',
  ].join('\n');
}

export function recordText(out: Out, entries: readonly Recorded[]): string {
  return entries.map(({ entry, confirmed }) => entryText(out, entry, confirmed)).join('\n');
}

function entryText(out: Out, entry: RecordEntry, confirmed: boolean): string {
  const { script } = out;
  const cites = citationsText(
    entry.steps.flatMap((step) => (step.cite ? [step.cite as unknown as Citation] : [])),
    script,
  );
  const state = mainStateLabel(entry.state, script, entry.machine) ?? entry.state.join('、');
  const what =
    entry.trigger.kind === 'timer'
      ? `到期 ${entry.trigger.type}`
      : `${eventLabel(eventOf(entry), script)} ${eventOf(entry)}`;
  return [
    `${out.marks}${String(entry.sequence).padStart(3)}  ${entry.happenedAt}  ${what} → ${state}${confirmed ? '' : '（未确认）'}`,
    `     依据 ${cites || '—'}`,
    ...whenLines(entry),
    ...byLine(out, entry),
    ...entry.effects.map((effect) => `     ${effectText(out, effect)}`),
    `     散列 ${entry.hash}`,
  ].join('\n');
}

/** Each ground once: what is stated together, then what is derived, then that the rest is ours. */
export function citationsText(citations: readonly Citation[], script: Script): string {
  const stated = citations.filter((c) => c.basis === 'stated').flatMap((c) => articlesOf(c));
  const articles = [...new Set(stated)].sort((a, b) => a - b) as Article[];
  const together = articles.length > 0 ? [citationText({ basis: 'stated', article: articles }, script)] : [];
  const others = citations.filter((c) => c.basis !== 'stated').map((c) => citationText(c, script));
  return [...together, ...new Set(others)].join('、');
}

/** Loads the procedures, which only a record needs. */
const eventOf = (entry: RecordEntry): string =>
  (require('../../workflows/procedures') as typeof import('../../workflows/procedures')).eventOf(entry);

function whenLines({ happenedAt, receivedAt, recordedAt }: RecordEntry): string[] {
  if (happenedAt === receivedAt && receivedAt === recordedAt) return [];
  return [`     发生 ${happenedAt}　收到 ${receivedAt}　记录 ${recordedAt}`];
}

function byLine(out: Out, { by }: RecordEntry): string[] {
  if (typeof by !== 'object' || by === null || Array.isArray(by)) return [];
  const { seat, basis, entrance, onWordOf } = by as {
    seat?: string;
    basis?: string;
    entrance?: string;
    onWordOf?: { seat: string; ref: string };
  };
  if (!seat) return [];
  const word = onWordOf ? `　据 ${out.nameOf(onWordOf.seat)} 意见（${onWordOf.ref}）` : '';
  return [
    `     办理 ${out.nameOf(seat)}（${seat}）　${labelOr(`basis.${basis}`, basis ?? '', out.script)}　入口 ${entrance ?? ''}${word}`,
  ];
}

function effectText(out: Out, effect: Effect): string {
  const cite = effect.cite ? ` · ${citationText(effect.cite as unknown as Citation, out.script)}` : '';
  switch (effect.kind) {
    case 'tell':
      return `告知 ${(effect.to as string[]).map(out.nameOf).join('、')}（${effect.template}，定于 ${formatDeadline(effect.deliverAt as number)} 发出）`;
    case 'finding':
      return `发现问题 ${effect.code}${cite}`;
    case 'task':
      return `转办 ${labelOr(`task.${effect.task}`, String(effect.task), out.script)}${cite}`;
    case 'paper':
      return `拟稿 ${labelOr(`paper.${effect.paper}`, String(effect.paper), out.script)}${cite}`;
    case 'law':
      return lawChangeText(effect, out.script, formatDeadline) + cite;
    default:
      return JSON.stringify(effect);
  }
}

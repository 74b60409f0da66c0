/** How a case looks in the Temporal UI and in lists. Short, Chinese, nothing personal. */
import type { AnyMachineSnapshot } from 'xstate';
import {
  type Citation,
  calendarFrom,
  dateOf,
  formatDeadline,
  isProvisional,
  printCitation,
  workingDaysLeft,
} from '../../law/machine';
import {
  type AttributeValue,
  type CaseView,
  caseData,
  type Deadline,
  type Presentation,
  type Stands,
} from '../../runtime/workflow';
import type { CaseData } from './case-data';
import type { ProcedureSpec, Summary } from './define-procedure';
import { chooses } from './law-change';

export interface DeadlineLabel {
  label: string;
  cite: Citation;
  /** Counted in working days: provisional while it reaches a year without a State Council notice. */
  counted?: true;
  hidden?: true;
}

type Spec = ProcedureSpec;

export function timerSummary(spec: Spec): (deadline: Deadline) => string {
  return (deadline) => `${deadline.label} ${printDue(spec, deadline)} · ${printCitation(deadline.cite as Citation)}`;
}

function printDue(spec: Spec, { name, dueAt }: Deadline): string {
  const { law } = caseData<CaseData>();
  const provisional = spec.deadlines[name]?.counted === true && isProvisional(calendarFrom(law), dateOf(dueAt - 1));
  return formatDeadline(dueAt, provisional);
}

export function presentation(spec: Spec): (view: CaseView, snapshot: AnyMachineSnapshot) => Presentation {
  return (view, snapshot) => {
    const data = caseData<CaseData>();
    const main = mainState(spec, view.state);
    const summary = chosenFor(data, spec.summary(snapshot.context as never, { main, state: view.state }));
    return {
      details: details(spec, view, data, main, summary),
      attributes: attributes(spec, view, main, summary, data),
      summary: { procedure: spec.name, title: spec.title, mainState: main, marks: marksOf(data), ...summary },
    };
  };
}

/** A case that is asked which version it goes on under waits for the Office too. */
function chosenFor({ choice }: CaseData, summary: Summary): Summary {
  if (!choice) return summary;
  const awaiting = [...new Set([...summary.awaiting, ...chooses])];
  return { ...summary, awaiting, choice: { from: choice.from, to: choice.to } };
}

/** Whom a case waits for, as those who are told: a unit by its desk. */
export function awaitedDesks(spec: Spec): (stands: Stands) => string[] {
  return ({ snapshot, state }) => {
    const { awaiting } = spec.summary(snapshot.context as never, { main: mainState(spec, state), state });
    return awaiting.map((one) => (/^[A-Z]\d{1,2}$/.test(one) ? `${one}-desk` : one));
  };
}

/** The state of the main region: `open.course.overdue` of region `open.course` is `overdue`. */
export function mainState({ mainRegion }: Pick<Spec, 'mainRegion'>, state: readonly string[]): string {
  const path = state.find((p) => p.startsWith(`${mainRegion}.`));
  return path ? path.slice(mainRegion.length + 1).split('.')[0]! : (state[0] ?? '').split('.').at(-1)!;
}

const marksOf = ({ law, mark }: CaseData): string[] => [...(mark ? [mark] : []), ...law.marks];

function details(spec: Spec, view: CaseView, data: CaseData, main: string, summary: Summary): string {
  const calendar = calendarFrom(data.law);
  const name = (id: string): string => data.names[id] ?? id;
  const rows = view.deadlines.map((deadline) => {
    const left =
      deadline.dueAt > view.now ? `剩 ${workingDaysLeft(calendar, view.now, deadline.dueAt)} 个工作日` : '已到期';
    return `| ${deadline.label} | ${printDue(spec, deadline)} | ${left} | ${printCitation(deadline.cite as Citation)} |`;
  });
  return [
    `## ${marksOf(data).join('')} ${spec.title} ${view.case}`,
    `**${summary.matter}**`,
    `| 状态 | 承办 | 到期 | 督办级别 | 待办 |\n|-|-|-|-|-|\n| ${spec.states[main] ?? main} | ${summary.unit ? name(summary.unit) : '未定'} | ${
      summary.due === undefined ? '未定' : formatDeadline(summary.due)
    } | ${summary.level || '—'} | ${summary.awaiting.map(name).join('、') || '—'} |`,
    rows.length > 0 ? `| 期限 | 时间 | 剩余 | 依据 |\n|-|-|-|-|\n${rows.join('\n')}` : '无期限在计',
  ].join('\n\n');
}

function attributes(spec: Spec, view: CaseView, main: string, summary: Summary, data: CaseData): AttributeValue[] {
  const keyword = (name: string, value: string | null): AttributeValue => ({ name, type: 'KEYWORD', value });
  return [
    keyword('Procedure', spec.name),
    keyword('Edition', data.law.edition),
    keyword('CaseNo', view.case),
    keyword('Matter', summary.matter),
    keyword('Unit', summary.unit ?? null),
    keyword('Urgency', summary.urgency ?? null),
    keyword('Drill', data.mark ?? null),
    { name: 'State', type: 'KEYWORD_LIST', value: [main] },
    { name: 'Awaiting', type: 'KEYWORD_LIST', value: [...summary.awaiting] },
    { name: 'Articles', type: 'KEYWORD_LIST', value: spec.articles.map(String) },
    { name: 'OpenedAt', type: 'DATETIME', value: new Date(view.openedAt) },
    { name: 'DueAt', type: 'DATETIME', value: summary.due === undefined ? null : new Date(summary.due) },
    { name: 'Overdue', type: 'BOOL', value: summary.overdue },
    { name: 'EscalationLevel', type: 'INT', value: summary.level },
  ];
}

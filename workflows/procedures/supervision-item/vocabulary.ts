/** The words the machine is written in: its guards, delays and actions. */
import { and, assign, enqueueActions, raise, setup } from 'xstate';
import { type Citation, type Code, chosen, citationOf, derived, stated } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { draftPaper, found, type LawMeta, opened, press, recordFinding, recordTask, type Tell, tell } from '../kit';
import { delays, nextReminder } from './delays';
import type { Register } from './events';
import { type Context, dueReached, type Event, rules } from './rules';
import { audience, type Level, levelAudience, mayor, office } from './told';
import { applied, becameOverdue, foundShort, leftOverdue } from './updates';

type Found = { code: Code; about: 'unit' | 'leader'; cite?: Citation; unless?: 'mayor-told' };
type Asked = {
  task: 'decision-change' | 'leader-meeting' | 'ownership-dispute' | 'circular-decision' | 'accountability-fact-check';
  cite: Citation;
};

/** Every message of the item names its date. */
function inform({ due }: Context, { data, ...message }: Tell): void {
  tell({ ...message, data: { ...data, ...(due === undefined ? {} : { due }) } });
}

const levelRests: Record<Level, Citation> = { 1: stated([10, 61, 62]), 2: stated(63), 3: stated([6, 7]) };

export const vocabulary = setup({
  types: {
    context: {} as Context,
    input: {} as Register & Pick<Context, 'openedBy'>,
    events: {} as Event | { type: 'date.set' },
    transitionMeta: {} as LawMeta,
  },
  delays,
  guards: {
    ...rules,
    mayAssign: and([rules.oneLeadUnit, rules.oneLeadVm, rules.deadlineSet]),
    mayRedate: and([rules.notSetByDecision, rules.vmcNoteGiven, rules.dateAhead]),
    mayRedateOverdue: and([rules.notSetByDecision, rules.explainedFirst]),
    mayImprove: and([rules.passedDateReplaced, rules.dateAhead]),
    datePassed: ({ context }) => dueReached(context),
    explanationOwed: ({ context }) => context.explanation === 'owed',
    reminderLeft: ({ context }) => nextReminder(context) !== undefined,
    missedTwice: ({ context }) => context.missed === 2,
    missedThrice: ({ context }) => context.missed >= 3,
  },
  actions: {
    apply: assign(({ context, event }) => applied(context, event)),
    becomeOverdue: assign(({ context }) => becameOverdue(context)),
    leaveOverdue: assign(() => leftOverdue()),
    setClocks: raise({ type: 'date.set' }),
    findShort: assign(({ context }) => foundShort(context)),
    countProgressAnew: assign(() => ({ progressFrom: now() })),
    tellChange: ({ context }, { state }: { state: string }) =>
      inform(context, {
        to: audience.change(context),
        template: 'supervision.state',
        cite: derived(62),
        data: { state },
      }),
    tellAssigned: ({ context }) =>
      inform(context, {
        to: audience.assignment(context),
        template: 'supervision.assigned',
        cite: stated([58, 61, 62]),
      }),
    tellClosed: ({ context }) =>
      inform(context, { to: audience.closing(context), template: 'supervision.closed', cite: stated([59, 61]) }),
    tellMayor: ({ context }) =>
      inform(context, { to: [mayor], template: 'supervision.mayor-report', cite: derived(7) }),
    tellRedated: ({ context }) =>
      inform(context, { to: audience.change(context), template: 'supervision.redated', cite: chosen(61) }),
    remind: ({ context }) =>
      inform(context, { to: audience.reminder(context), template: 'supervision.reminder', cite: stated(62) }),
    askProgress: ({ context }) =>
      inform(context, { to: audience.progress(context), template: 'supervision.progress-asked', cite: stated(62) }),
    tellLevel: ({ context }, { level, fromBelow }: { level: Level; fromBelow?: boolean }) =>
      inform(context, {
        to: levelAudience(context, level, fromBelow),
        template: `supervision.level${level}`,
        cite: levelRests[level],
      }),
    press: (_, rung: Parameters<typeof press>[0]) => press(rung),
    draft: (_, { paper, cite }: { paper: 'rectification-order' | 'circular' | 'assessment-entry'; cite: Citation }) =>
      draftPaper(paper, cite),
    find: enqueueActions(({ context, event, enqueue }, { code, about, cite = citationOf(code), unless }: Found) => {
      if (unless === 'mayor-told' && context.reportedToMayor) return;
      const evidence = (event as { evidence?: string }).evidence;
      const concerns = about === 'unit' ? { unit: context.lead! } : { seat: context.leadVms[0]! };
      const finding = { code, cite, ...concerns, ...(evidence === undefined ? {} : { evidence }) };
      enqueue.assign(({ context: now }) => ({ findings: found(now.findings, finding) }));
      enqueue(({ context: now }) => {
        recordFinding(now.findings.at(-1)!);
        tell({
          to: about === 'unit' ? audience.unitFinding(now) : audience.leaderFinding(now),
          template: 'finding',
          cite,
          data: { code },
        });
      });
    }),
    askOffice: enqueueActions(({ enqueue }, { task, cite }: Asked) => {
      enqueue.assign(({ context }) => ({ tasks: opened(context.tasks, { task, cite }) }));
      enqueue(() => {
        recordTask(task, cite);
        tell({ to: [office], template: 'task', cite, data: { task } });
      });
    }),
  },
});

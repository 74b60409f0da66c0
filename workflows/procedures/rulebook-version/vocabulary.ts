/** The words the machine is written in: its guards, delays and actions. */
import { and, assign, setup } from 'xstate';
import { chosen, stated } from '../../law/machine';
import { caseId, now } from '../../runtime/workflow';
import { type LawMeta, notifyCases, press, tell } from '../kit';
import { delays } from './delays';
import type { Draft, VersionEvents } from './events';
import { type Context, type Event, isLater, rules, versionInForce } from './rules';
import { everybody, officeDesk } from './told';
import { applied } from './updates';

export const vocabulary = setup({
  types: {
    context: {} as Context,
    input: {} as Draft & Pick<Context, 'openedBy'>,
    events: {} as Event | Extract<VersionEvents, { type: 'VERSION_CHANGED' }>,
    transitionMeta: {} as LawMeta,
  },
  delays,
  guards: {
    ...rules,
    mayPublish: and([rules.effectiveDateGiven, rules.begunByNow, rules.afterTheOneBefore]),
    supersededByIt: ({ context, event }) => event.type === 'VERSION_CHANGED' && isLater(context, event),
  },
  actions: {
    apply: assign(({ context, event }) => applied(context, event)),
    noteSuccessor: assign(({ event }) => ({ supersededBy: (event as { to: string }).to })),
    /** One act: every open case hears of it, the version that was in force among them. */
    announce: ({ context: { kind }, event }) => {
      const from = versionInForce((event as Event).stamp)!.edition;
      const payload = { from, to: caseId(), kind, at: now() };
      notifyCases({ to: { every: true }, type: 'VERSION_CHANGED', payload, cite: chosen(75) });
    },
    tellPublished: ({ context: { published, parameters } }) =>
      tell({
        to: everybody(),
        template: 'rulebook.published',
        cite: stated(75),
        data: { number: published!.number, from: published!.effectiveFrom, parameters: parameters.length },
      }),
    tellOffice: (_, { template }: { template: 'rulebook.approved' | 'rulebook.superseded' }) =>
      template === 'rulebook.approved'
        ? tell({ to: [officeDesk], template: 'rulebook.approved', cite: chosen(75) })
        : tell({ to: [officeDesk], template: 'rulebook.superseded', cite: chosen(75) }),
    press: (_, rung: Parameters<typeof press>[0]) => press(rung),
  },
});

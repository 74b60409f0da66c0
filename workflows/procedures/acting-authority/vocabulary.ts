/** The words the machine is written in: its guards, delays and actions. */
import { and, assign, enqueueActions, raise, setup } from 'xstate';
import { stated } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { type LawMeta, notifyCases } from '../kit';
import { decide, nextUncovered } from './decide';
import { delays } from './delays';
import type { AuthorityNotices, Term } from './events';
import { type Context, type Event, type NoticeEvent, rules } from './rules';
import { announce, announceEnd, announceTerm, pressEntrustment, pressEverybody, remindEntrustment } from './told';
import { applied, isReserved, overlapsOf } from './updates';

type Asking = Extract<AuthorityNotices, { type: 'RESERVE_ABSENCE' }>;

export const vocabulary = setup({
  types: {
    context: {} as Context,
    input: {} as Term & Pick<Context, 'openedBy'>,
    events: {} as Event | NoticeEvent | { type: 'clocks.set' },
    transitionMeta: {} as LawMeta,
  },
  delays,
  guards: {
    ...rules,
    maySetOrder: and([rules.onlyViceMayors, rules.orderComplete]),
    mayEntrust: and([rules.notToHimself, rules.receiverInOffice, rules.receiverIsExecutive, rules.periodAhead]),
    mayorPresides: ({ context }) => context.decided.state === 'mayor-presiding',
    executivePresides: ({ context }) => context.decided.state === 'evm-presiding',
    rankedPresides: ({ context }) => context.decided.state === 'ranked-vm-presiding',
    nobodyEntrusted: ({ context }) => context.decided.state === 'awaiting-entrustment',
    nobodyPresides: ({ context }) => context.decided.state === 'unresolved',
    entrustmentOwed: ({ context: { decided } }) => decided.state === 'awaiting-entrustment' || decided.awaited === true,
    turnAhead: ({ context }) => context.turnAt !== undefined,
    uncoveredAhead: ({ context }) => context.uncoveredAt !== undefined,
  },
  actions: {
    apply: assign(({ context, event }) => applied(context, event)),
    evaluate: enqueueActions(({ context, enqueue }) => {
      const next = decide(context, now());
      const before = context.standing;
      enqueue.assign(() => next);
      enqueue(() => announce(before, next));
      enqueue(raise({ type: 'clocks.set' }));
    }),
    announceTerm: ({ context }) => announceTerm(context),
    endTerm: enqueueActions(({ enqueue }) => {
      enqueue.assign(({ context: { standing } }) => {
        const { presider: _, ...rest } = standing;
        return { standing: { ...rest, state: 'term-closed', column: 'A', version: rest.version + 1, asOf: now() } };
      });
      enqueue(({ context }) => announceEnd(context.standing));
    }),
    pressEntrustment: ({ context }) => pressEntrustment(context),
    pressEverybody: ({ context }) => pressEverybody(context),
    remindEntrustment: enqueueActions(({ context, enqueue }) => {
      const from = context.uncoveredAt;
      if (from === undefined) return;
      enqueue.assign(({ context: { plan, reminded } }) => {
        const known = [...reminded, from];
        return { reminded: known, uncoveredAt: nextUncovered({ plan, reminded: known }, now()) };
      });
      enqueue(() => remindEntrustment(context, from));
    }),
    /** Asked before it is written down: of two in one moment the second finds the first. */
    answerReservation: ({ context, event }) => {
      const asking = event as Asking;
      const cite = stated(71);
      const to = { case: asking.case };
      const { from, to: until } = asking.interval;
      const interval = until === undefined ? { from } : { from, to: until };
      if (isReserved(context, asking)) notifyCases({ to, type: 'ABSENCE_RESERVED', payload: { interval }, cite });
      else {
        const overlaps = overlapsOf(context, { ...asking, interval });
        notifyCases({ to, type: 'ABSENCE_OVERLAPS', payload: { interval, overlaps }, cite });
      }
    },
  },
});

/** The words the machine is written in: its guards, delays and actions. */
import { and, assign, enqueueActions, raise, setup } from 'xstate';
import { type Citation, type Code, chosen, citationOf, covers, derived, parseInstant, stated } from '../../law/machine';
import { now } from '../../runtime/workflow';
import {
  type ApplicantFact,
  type AuthorityStamp,
  draftPaper,
  found,
  type LawMeta,
  opened,
  recordFinding,
  recordTask,
  type Stamped,
  type Tell,
  tell,
} from '../kit';
import { askReservation, releaseExtension, releaseReservation, tellAbsence } from './absence';
import { delays } from './delays';
import type { LeaveEvents, Observation, Request } from './events';
import { meetingsIn } from './facts';
import {
  asked,
  type Context,
  type Event,
  externalMissing,
  inOrder,
  intervalOf,
  isApproved,
  isExtensionApproved,
  isFiled,
  mustFile,
  type NoticeEvent,
  owesReceipts,
  rules,
} from './rules';
import { above, audience, holders, officeDesk, overstayed } from './told';
import { applied, extended, lifted, observed, overlapsWithout } from './updates';

/** What opens a case: a draft, or an absence that somebody saw. */
export type Opened = { openedBy: string; applicant: ApplicantFact } & (
  | { request: Request; observation?: never }
  | { observation: Omit<Observation, 'person'>; request?: never }
);

type Seen = Extract<LeaveEvents, { type: 'ABSENCE_OBSERVED' }>;

/** Messages name the end of the leave where it has one. */
function inform({ to }: Context, { data, ...message }: Tell): void {
  tell({ ...message, data: { ...data, ...(to === undefined ? {} : { due: to }) } });
}

/** Each apart, so that each is asked, and pressed, for itself. */
function informEach(context: Context, seats: readonly string[], message: Omit<Tell, 'to'>): void {
  for (const seat of seats) inform(context, { ...message, to: [seat] });
}

const asksFor = (context: Context): string => (context.extension ? 'leave.extension-asked' : 'leave.approval-asked');

type Audience = keyof typeof audience;
type Said = { whom: Audience; template: `leave.${string}`; cite: Citation };

export const vocabulary = setup({
  types: {
    context: {} as Context,
    input: {} as Opened,
    events: {} as
      | Event
      | NoticeEvent
      | { type: 'return.recorded' }
      | ({ type: 'GRANT_EXCEPTION' | 'CONFIRM_FINDING' } & Stamped),
    transitionMeta: {} as LawMeta,
  },
  delays,
  guards: {
    ...rules,
    maySubmit: and([rules.timesInOrder, rules.askedBefore, rules.dutyCovered, rules.notAwayTogether]),
    mayHold: and([rules.timesInOrder, rules.askedBefore, rules.dutyCovered]),
    mayStart: and([rules.approversComplete, rules.filedWithBoth, rules.dutyCovered, rules.leaveBegun]),
    mayStartUnchecked: and([rules.approversComplete, rules.notHeld, rules.filedWithBoth, rules.leaveBegun]),
    mayExtend: and([rules.askedBefore, rules.timesInOrder, rules.dutyCovered, rules.notAwayTogether]),
    withoutRequest: ({ context }) => context.from === undefined,
    noReservationAwaited: ({ context }) => context.reservation !== 'asked',
    reservationIsThis: ({ context, event }) => {
      const { interval } = event as Extract<NoticeEvent, { type: 'ABSENCE_RESERVED' }>;
      const { from, to } = context.extension ? { from: context.to, to: context.extension.to } : context;
      return interval.from === from && interval.to === to;
    },
    excepted: ({ context }) => context.excepted,
    wayIsFree: ({ context, event }) => overlapsWithout(context, event).length === 0,
    allAgreed: ({ context }) => isApproved(context),
    extensionAgreed: ({ context }) => isExtensionApproved(context),
    heldAndAgreed: ({ context }) => context.excepted && isApproved(context),
    mustFile: ({ context }) => mustFile(context),
    /** For a unit that article 71 does not name. */
    mustFileByScope: ({ context }) => mustFile(context) && context.units.some(({ affiliated }) => affiliated),
    /** A granted leave covers the moment, and what must be filed is filed. */
    coveredByLeave: ({ context, event }) => isCovered(context, event as Seen) && isFiled(context),
    onlyFilingMissing: ({ context, event }) => isCovered(context, event as Seen) && !isFiled(context),
    receiptsIn: ({ context }) => !owesReceipts(context),
  },
  actions: {
    apply: assign(({ context, event }) => applied(context, event)),
    lift: assign(({ context, event }) => lifted(context, event as unknown as Parameters<typeof lifted>[1])),
    extend: assign(({ context }) => extended(context)),
    /** The way is free again: asked of P01 once more. */
    askAnew: assign(({ context }) => ({ reservation: context.notWith.length > 0 ? 'asked' : 'none' })),
    dropExtension: assign(() => ({ extension: undefined })),
    observe: assign(({ context, event }) => observed(context, event as Seen)),
    goOnLeave: assign(() => ({ awayBy: 'leave' as const })),
    goUnasked: assign(() => ({ awayBy: 'observed' as const })),
    recordReturn: raise({ type: 'return.recorded' }),

    tell: ({ context }, { whom, template, cite }: Said) =>
      inform(context, { to: audience[whom](context), template, cite }),
    tellDrafted: ({ context }) => {
      if (context.from !== undefined)
        inform(context, { to: audience.applicant(context), template: 'leave.drafted', cite: stated(71) });
    },
    remindNotice: ({ context }) =>
      inform(context, { to: audience.draft(context), template: 'leave.notice', cite: chosen(71) }),
    askApprovers: ({ context }) => {
      informEach(context, asked(context), { template: asksFor(context), cite: stated(71) });
      if (externalMissing(context))
        inform(context, { to: [officeDesk], template: 'leave.external-asked', cite: stated(71) });
    },
    /** Where they are asked one after the other. */
    askNext: ({ context }) => {
      const next = inOrder() ? asked(context) : [];
      informEach(context, next, { template: asksFor(context), cite: stated(71) });
    },
    pressApprovers: ({ context }, { cite }: { cite: Citation }) =>
      informEach(context, holders(context), { template: 'leave.approval-overdue', cite }),
    pressAbove: ({ context }, { cite }: { cite: Citation }) => {
      const next = above(context);
      for (const seat of next === undefined ? [] : holders(context))
        inform(context, { to: [next], template: 'leave.approval-overdue', cite, data: { seats: [seat] } });
    },
    askDeparture: ({ context }) =>
      inform(context, { to: audience.departure(context), template: 'leave.departure-ask', cite: derived(9) }),
    askReturn: ({ context }) =>
      inform(context, { to: audience.applicant(context), template: 'leave.return-due', cite: derived(71) }),
    tellOverstayed: ({ context }, { rung, cite }: { rung: keyof typeof overstayed; cite: Citation }) =>
      inform(context, { to: overstayed[rung](context), template: 'leave.overstayed', cite }),

    reserve: ({ context }) => {
      if (context.reservation !== 'asked') return;
      const added = context.extension && { from: context.to ?? 0, to: context.extension.to };
      askReservation(context, added ?? intervalOf(context));
    },
    release: ({ context }) => {
      if (context.notWith.length > 0 && context.askedAt !== undefined) releaseReservation(context, intervalOf(context));
    },
    releaseAdded: ({ context }) => {
      if (context.notWith.length > 0) releaseExtension(context, intervalOf(context));
    },
    planned: ({ context }) =>
      tellAbsence(context, 'ABSENCE_PLANNED', { interval: intervalOf(context), basis: 'leave' }),
    cancelled: ({ context }) =>
      tellAbsence(context, 'ABSENCE_CANCELLED', { interval: intervalOf(context), basis: 'leave' }),
    started: ({ context }) => {
      const { leftAt = 0, awayBy = 'observed' } = context;
      const interval = awayBy === 'leave' ? intervalOf({ ...context, from: leftAt }) : { from: leftAt };
      tellAbsence(context, 'ABSENCE_STARTED', { interval, basis: awayBy });
    },
    ended: ({ context }) => {
      const { leftAt = 0, returnedAt = leftAt, awayBy = 'observed' } = context;
      tellAbsence(context, 'ABSENCE_ENDED', { interval: { from: leftAt, to: returnedAt }, basis: awayBy });
    },

    draft: (_, { paper, cite }: { paper: 'leave-sheet' | 'filing-receipt' | 'return-record'; cite: Citation }) =>
      draftPaper(paper, cite),
    find: enqueueActions(
      ({ context: { groups }, enqueue }, { code, cite = citationOf(code) }: { code: Code; cite?: Citation }) => {
        // Whom article 71 does not oblige to ask has not failed to.
        if (groups.length === 0) return;
        enqueue.assign(({ context }) => {
          const { unit, seats, findings, observations } = context;
          const evidence = observations.at(-1)?.source;
          const concerns = { seat: seats[0]!, ...(unit === undefined ? {} : { unit }) };
          return { findings: found(findings, { code, cite, ...concerns, ...(evidence ? { evidence } : {}) }) };
        });
        enqueue(({ context }) => {
          recordFinding(context.findings.at(-1)!);
          inform(context, { to: audience.finding(context), template: 'leave.finding', cite, data: { code } });
        });
      },
    ),
    /** Leave from a meeting is another approval than leave to travel (49). */
    askMeetingLeave: enqueueActions(({ context, event, enqueue }) => {
      const { facts } = (event as unknown as { stamp: AuthorityStamp }).stamp;
      const known = context.tasks.map(({ ref }) => ref);
      const inside = meetingsIn(facts).filter(
        ({ case: meeting, from }) => covers(intervalOf(context), from) && !known.includes(meeting),
      );
      for (const { case: meeting } of inside) {
        const cite = stated(49);
        enqueue.assign(({ context }) => ({
          tasks: opened(context.tasks, { task: 'meeting-leave', cite, ref: meeting }),
        }));
        enqueue(({ context }) => {
          recordTask('meeting-leave', cite);
          inform(context, { to: audience.departure(context), template: 'leave.meeting', cite });
        });
      }
    }),
  },
});

const isCovered = (context: Context, { from }: Seen): boolean =>
  isApproved(context) && covers(intervalOf(context), parseInstant(from)) && parseInstant(from) <= now();

/**
 * 請假報備: whoever heads the government, a unit or a county asks before he travels, files, leaves and reports back
 * (article 71; spec 2.2). That somebody is away is a fact of its own, whether he was allowed to or not.
 */
import { chosen, derived, stated } from '../../law/machine';
import { by, emptyCommon } from '../kit';
import { applicantOf } from './facts';
import {
  APPROVE_LEAVE,
  approverChain,
  CALL_BACK,
  departureChain,
  draft,
  extensionRefused,
  extensionTakesEffect,
  NOT_TAKEN,
  RECORD_FILING,
  REJECT_LEAVE,
  RETURNED,
  record,
  START_LEAVE,
  START_UNCHECKED,
  seenAgain,
  seenOnLeave,
  seenUnasked,
  seenUnfiled,
  told,
  WITHDRAW,
} from './steps';
import { observed, requested } from './updates';
import { vocabulary } from './vocabulary';

/** The leave that stands in the way has another time now, or none. */
const otherChanged = [
  { target: 'checking', guard: 'wayIsFree', actions: ['apply', 'askAnew', 'reserve'], meta: by(stated(71)) },
  { actions: 'apply', meta: by(stated(71)) },
] as const;

const open = vocabulary.createStateConfig({
  initial: { target: 'drafted', actions: 'tellDrafted' },
  on: { CONFIRM_FINDING: record(chosen()) },
  states: {
    drafted: {
      always: {
        target: 'observed',
        guard: 'withoutRequest',
        actions: [
          'goUnasked',
          'started',
          { type: 'find', params: { code: 'LEAVE_NOT_PRIOR' } },
          told('concerned', 'leave.observed', derived(9)),
        ],
        meta: by(derived([9, 71])),
      },
      after: { minNotice: { actions: 'remindNotice', meta: by(chosen(71)) } },
      on: {
        SUBMIT_LEAVE: {
          target: 'checking',
          guard: 'maySubmit',
          actions: ['apply', 'reserve', 'askMeetingLeave'],
          meta: by(stated([67, 71])),
        },
        HOLD_FOR_EXCLUSION: {
          target: 'exclusion-hold',
          guard: 'mayHold',
          actions: ['apply', told('hold', 'leave.held')],
          meta: by(stated(71)),
        },
        GRANT_EXCEPTION: record(),
        ABSENCE_OBSERVED: seenUnasked,
        START_LEAVE: START_UNCHECKED,
        WITHDRAW,
      },
    },
    checking: {
      always: { target: 'awaiting-approvals', guard: 'noReservationAwaited', meta: by(stated([67, 71])) },
      on: {
        ABSENCE_RESERVED: {
          target: 'awaiting-approvals',
          guard: 'reservationIsThis',
          actions: 'apply',
          meta: by(stated(71)),
        },
        ABSENCE_OVERLAPS: [
          { target: 'awaiting-approvals', guard: 'excepted', actions: 'apply', meta: by(stated(71)) },
          { target: 'drafted', actions: ['apply', told('draft', 'leave.overlaps')], meta: by(stated(71)) },
        ],
        STOP_WAITING: { target: 'awaiting-approvals', actions: 'apply', meta: by(chosen(71)) },
        ABSENCE_OBSERVED: seenUnasked,
        START_LEAVE: START_UNCHECKED,
        WITHDRAW,
      },
    },
    'exclusion-hold': {
      always: [
        { target: 'approved', guard: 'heldAndAgreed', actions: 'reserve', meta: by(chosen(71)) },
        { target: 'awaiting-approvals', guard: 'excepted', actions: 'reserve', meta: by(chosen(71)) },
      ],
      on: {
        APPROVE_LEAVE,
        REJECT_LEAVE,
        RECORD_EXTERNAL_APPROVAL: record(),
        GRANT_EXCEPTION: { actions: 'lift', meta: by(stated(71)) },
        SUBMIT_LEAVE: {
          target: 'checking',
          guard: 'maySubmit',
          actions: ['apply', 'reserve', 'askMeetingLeave'],
          meta: by(stated([67, 71])),
        },
        ABSENCE_CANCELLED: otherChanged,
        ABSENCE_STARTED: otherChanged,
        ABSENCE_ENDED: otherChanged,
        ABSENCE_OBSERVED: seenUnasked,
        START_LEAVE: START_UNCHECKED,
        WITHDRAW,
      },
    },
    'awaiting-approvals': {
      entry: ['askApprovers', told('departure', 'leave.submitted')],
      always: { target: 'approved', guard: 'allAgreed', meta: by(stated(71)) },
      on: {
        APPROVE_LEAVE,
        REJECT_LEAVE,
        RECORD_EXTERNAL_APPROVAL: record(),
        ABSENCE_OBSERVED: seenUnasked,
        START_LEAVE,
        WITHDRAW,
      },
      ...approverChain,
    },
    approved: {
      entry: ['planned', draft('leave-sheet'), told('concerned', 'leave.approved')],
      always: [
        { target: 'filing', guard: 'mustFileByScope', meta: by(stated([71, 74])) },
        { target: 'filing', guard: 'mustFile', meta: by(stated(71)) },
      ],
      on: { START_LEAVE, NOT_TAKEN, ABSENCE_OBSERVED: [seenOnLeave, seenUnasked] },
      ...departureChain,
    },
    filing: {
      entry: told('filing', 'leave.filing-asked'),
      on: {
        RECORD_FILING,
        START_LEAVE,
        NOT_TAKEN,
        ABSENCE_OBSERVED: [seenOnLeave, seenUnfiled, seenUnasked],
      },
      ...departureChain,
    },
    'on-leave': {
      id: 'on-leave',
      initial: 'away',
      after: {
        returnDue: { actions: 'askReturn', meta: by(derived(71)) },
        returnGrace: { target: 'overstayed', meta: by(chosen(71)) },
      },
      on: { RETURNED, CALL_BACK, RECORD_FILING, GRANT_EXCEPTION: record(), ABSENCE_OBSERVED: seenAgain },
      states: {
        away: {
          on: {
            EXTEND_LEAVE: {
              target: 'reserving',
              guard: 'mayExtend',
              actions: ['apply', 'reserve'],
              meta: by(chosen(71)),
            },
          },
        },
        reserving: {
          always: { target: 'asking', guard: 'noReservationAwaited', meta: by(chosen(71)) },
          on: {
            ABSENCE_RESERVED: { target: 'asking', guard: 'reservationIsThis', actions: 'apply', meta: by(stated(71)) },
            ABSENCE_OVERLAPS: [
              { target: 'asking', guard: 'excepted', actions: 'apply', meta: by(stated(71)) },
              {
                target: 'away',
                actions: ['apply', 'dropExtension', told('draft', 'leave.overlaps')],
                meta: by(stated(71)),
              },
            ],
            STOP_WAITING: { target: 'asking', actions: 'apply', meta: by(chosen(71)) },
          },
        },
        asking: {
          entry: 'askApprovers',
          always: extensionTakesEffect,
          on: {
            APPROVE_LEAVE,
            REJECT_LEAVE: { ...extensionRefused, target: 'away' },
            RECORD_EXTERNAL_APPROVAL: record(),
          },
          ...approverChain,
        },
      },
    },
    overstayed: {
      entry: { type: 'tellOverstayed', params: { rung: 'atOnce', cite: chosen(71) } },
      always: extensionTakesEffect,
      initial: 'waiting',
      states: {
        waiting: {
          after: {
            overstayStep: {
              target: 'rung1',
              actions: { type: 'tellOverstayed', params: { rung: 'later', cite: chosen(71) } },
              meta: by(chosen(71)),
            },
          },
        },
        rung1: {
          after: {
            overstayStep: {
              target: 'rung1',
              reenter: true,
              actions: { type: 'tellOverstayed', params: { rung: 'later', cite: chosen(71) } },
              meta: by(chosen(71)),
            },
          },
        },
      },
      on: {
        RETURNED,
        CALL_BACK,
        RECORD_FILING,
        APPROVE_LEAVE,
        REJECT_LEAVE: extensionRefused,
        RECORD_EXTERNAL_APPROVAL: record(),
        // Too late: it is asked before the end.
        EXTEND_LEAVE: { target: 'on-leave', guard: 'mayExtend', actions: 'apply', meta: by(chosen(71)) },
        ABSENCE_OBSERVED: seenAgain,
      },
    },
    recalled: {
      id: 'recalled',
      after: { recallGrace: { target: 'overstayed', meta: by(chosen(71)) } },
      on: { RETURNED, RECORD_FILING, ABSENCE_OBSERVED: seenAgain },
    },
    observed: {
      id: 'observed',
      on: {
        RETURNED,
        RECORD_FILING,
        APPROVE_LEAVE: record(derived(71)),
        REJECT_LEAVE: { actions: ['apply', told('concerned', 'leave.rejected')], meta: by(stated(71)) },
        RECORD_EXTERNAL_APPROVAL: record(derived(71)),
        ABSENCE_OBSERVED: seenAgain,
      },
    },
    returned: {
      id: 'returned',
      on: {
        'return.recorded': { target: '#closed', guard: 'receiptsIn', meta: by(derived([9, 71])) },
        RECORD_FILING: { ...RECORD_FILING, actions: [...RECORD_FILING.actions, 'recordReturn'] },
      },
    },
  },
});

export const leaveRequest = vocabulary.createMachine({
  id: 'leave-request@draft-2026',
  context: ({ input: { openedBy, applicant, request, observation } }) => ({
    ...emptyCommon(),
    openedBy,
    person: applicant.person,
    ...applicantOf(applicant),
    replacements: [],
    approvals: [],
    externallyApproved: false,
    externalApprovals: [],
    filed: [],
    receipts: [],
    reservation: 'none',
    excepted: false,
    overlaps: [],
    observations: [],
    callBacks: [],
    extension: undefined,
    extended: [],
    ...(request ? requested(request) : {}),
    ...(observation ? observed({ observations: [] }, observation) : {}),
  }),
  initial: 'open',
  states: {
    open,
    closed: { id: 'closed', type: 'final' },
    rejected: { id: 'rejected', type: 'final' },
    withdrawn: { id: 'withdrawn', type: 'final' },
  },
});

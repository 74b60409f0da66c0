/** The steps of a leave case that several of its states take alike, with what each rests on. */
import { chosen, derived, stated } from '../../law/machine';
import { by } from '../kit';

export const told = (
  whom: 'concerned' | 'departure' | 'draft' | 'filed' | 'filing' | 'hold',
  template: `leave.${string}`,
  cite = stated(71),
) => ({ type: 'tell', params: { whom, template, cite } }) as const;
export const draft = (paper: 'leave-sheet' | 'filing-receipt' | 'return-record', cite = stated(71)) =>
  ({ type: 'draft', params: { paper, cite } }) as const;

/** Given; where they are asked one after the other, the next is asked. */
export const APPROVE_LEAVE = { actions: ['apply', 'askNext'], meta: by(stated(71)) } as const;

export const record = (cite = stated(71)) => ({ actions: 'apply', meta: by(cite) }) as const;

/** Asked for in vain before all have agreed: refused by the rule that says who or what is missing. */
export const START_LEAVE = {
  target: '#on-leave',
  guard: 'mayStart',
  actions: ['apply', 'started', told('concerned', 'leave.started', derived(9))],
  meta: by(stated([67, 71])),
} as const;

/** Before the request is through: whatever was agreed to, the hold stands. */
export const START_UNCHECKED = { ...START_LEAVE, guard: 'mayStartUnchecked' } as const;

export const WITHDRAW = {
  target: '#withdrawn',
  actions: ['apply', 'release', told('concerned', 'leave.withdrawn', chosen(71))],
  meta: by(chosen(71)),
} as const;

export const NOT_TAKEN = {
  target: '#withdrawn',
  actions: ['apply', 'cancelled', told('concerned', 'leave.not-taken', chosen(71))],
  meta: by(chosen(71)),
} as const;

export const REJECT_LEAVE = {
  target: '#rejected',
  actions: ['apply', 'release', told('concerned', 'leave.rejected')],
  meta: by(stated(71)),
} as const;

const gone = (code: 'LEAVE_NOT_PRIOR' | 'LEAVE_NOT_FILED') =>
  [
    'observe',
    'goUnasked',
    'started',
    { type: 'find', params: { code } },
    told('concerned', 'leave.observed', derived(9)),
  ] as const;

/** Away before it was granted. */
export const seenUnasked = {
  target: '#observed',
  guard: 'observedNotAhead',
  actions: gone('LEAVE_NOT_PRIOR'),
  meta: by(derived([9, 71])),
} as const;

/** Away on a granted leave, the start of which nobody recorded. */
export const seenOnLeave = {
  target: '#on-leave',
  guard: 'coveredByLeave',
  actions: ['observe', 'goOnLeave', 'started', told('concerned', 'leave.started', derived(9))],
  meta: by(derived(9)),
} as const;

export const seenUnfiled = {
  target: '#observed',
  guard: 'onlyFilingMissing',
  actions: gone('LEAVE_NOT_FILED'),
  meta: by(derived([9, 71])),
} as const;

/** Seen once more; away is away. */
export const seenAgain = { guard: 'observedNotAhead', actions: 'observe', meta: by(derived(9)) } as const;

export const RECORD_FILING = {
  actions: ['apply', draft('filing-receipt'), told('filed', 'leave.filed')],
  meta: by(stated(71)),
} as const;

export const RETURNED = {
  target: '#returned',
  guard: 'returnAfterLeaving',
  actions: [
    'apply',
    'ended',
    draft('return-record', derived(9)),
    told('concerned', 'leave.returned', derived(9)),
    'recordReturn',
  ],
  meta: by(derived(9)),
} as const;

export const CALL_BACK = {
  target: '#recalled',
  actions: ['apply', told('departure', 'leave.called-back', chosen(71))],
  meta: by(chosen(71)),
} as const;

/** Each missing approver apart: he himself at the limit, then whoever leads the Office, again and again. */
export const approverChain = {
  initial: 'waiting',
  states: {
    waiting: {
      after: {
        approvalLimit: {
          target: 'rung1',
          actions: { type: 'pressApprovers', params: { cite: stated(71) } },
          meta: by(stated(71)),
        },
      },
    },
    rung1: {
      after: {
        approvalStep: {
          target: 'rung2',
          actions: { type: 'pressAbove', params: { cite: stated(8) } },
          meta: by(stated(8)),
        },
      },
    },
    rung2: {
      after: {
        approvalStep: {
          target: 'rung2',
          reenter: true,
          actions: { type: 'pressAbove', params: { cite: stated(8) } },
          meta: by(stated(8)),
        },
      },
    },
  },
} as const;

/** At the planned start nobody is taken for gone: a while later it is asked whether he is. */
export const departureChain = {
  initial: 'waiting',
  states: {
    waiting: { after: { departureAsk: { target: 'rung1', actions: 'askDeparture', meta: by(derived(9)) } } },
    rung1: {
      after: { departureStep: { target: 'rung1', reenter: true, actions: 'askDeparture', meta: by(derived(9)) } },
    },
  },
} as const;

export const extensionTakesEffect = {
  target: '#on-leave',
  reenter: true,
  guard: 'extensionAgreed',
  actions: ['extend', 'started', told('concerned', 'leave.extended')],
  meta: by(stated(71)),
} as const;

export const extensionRefused = {
  actions: ['apply', 'releaseAdded', 'started', told('concerned', 'leave.extension-refused')],
  meta: by(stated(71)),
} as const;

/**
 * 督查事项: a matter the government decided is registered, assigned, done, reviewed and struck off, or its lateness climbs
 * to the mayor (articles 58 to 64; spec 2.25). Opened by the Office or the supervision office.
 */
import { and, not, or, stateIn } from 'xstate';
import { chosen, derived, endOfDay, stated } from '../../law/machine';
import { by, chain, emptyCommon } from '../kit';
import { dispatchDesk, reviewDesk } from './told';
import { vocabulary } from './vocabulary';

const inProgress = stateIn({ open: { course: 'in-progress' } });
const improving = stateIn({ open: { course: 'improving' } });
const rectifying = stateIn({ open: { course: 'rectifying' } });
const overdue = stateIn({ open: { course: 'overdue' } });
const working = or([inProgress, improving, rectifying]);

const setsDate = ['apply', 'setClocks'] as const;
const ask = {
  CHANGE_REQUEST: {
    actions: { type: 'askOffice', params: { task: 'decision-change', cite: stated(60) } },
    meta: by(stated(60)),
  },
  OBSTACLE: {
    actions: { type: 'askOffice', params: { task: 'leader-meeting', cite: stated(63) } },
    meta: by(stated(63)),
  },
  DISPUTE_OWNERSHIP: {
    actions: { type: 'askOffice', params: { task: 'ownership-dispute', cite: stated(58) } },
    meta: by(stated(58)),
  },
} as const;
const REPORT = { target: 'reviewing', guard: 'explanationGiven', actions: 'apply', meta: by(stated(61)) } as const;
const PROGRESS = { actions: 'apply', meta: by(stated(62)) } as const;
const SET_DATE = { guard: 'mayRedate', actions: [...setsDate, 'tellRedated'], meta: by(chosen(61)) } as const;
const ORDER_RECTIFICATION = {
  target: 'rectifying',
  guard: 'dateAhead',
  actions: setsDate,
  meta: by(stated(61)),
} as const;
const fallsOverdue = {
  target: 'overdue',
  guard: 'datePassed',
  actions: 'becomeOverdue',
  meta: by(stated(61)),
} as const;

const course = vocabulary.createStateConfig({
  initial: 'registered',
  states: {
    registered: { always: { target: 'assigning', meta: by(stated(62)) } },
    assigning: {
      entry: { type: 'tellChange', params: { state: 'assigning' } },
      on: {
        ASSIGN: {
          target: 'in-progress',
          guard: 'mayAssign',
          actions: [...setsDate, 'tellAssigned'],
          meta: by(stated([58, 61])),
        },
        DISPUTE_OWNERSHIP: ask.DISPUTE_OWNERSHIP,
      },
      ...chain('dispatchLimit', 'dispatchStep', dispatchDesk),
    },
    'in-progress': {
      always: fallsOverdue,
      on: { PROGRESS, REPORT, SET_DATE, ...ask },
    },
    reviewing: {
      entry: { type: 'tellChange', params: { state: 'reviewing' } },
      on: {
        ACCEPT: { target: 'accepted', guard: 'evidenceGiven', actions: 'apply', meta: by(stated(61)) },
        IMPROVE: {
          target: 'improving',
          guard: 'mayImprove',
          actions: ['findShort', ...setsDate],
          meta: by(stated(61)),
        },
        ORDER_RECTIFICATION: { ...ORDER_RECTIFICATION, actions: ['findShort', ...setsDate] },
      },
      ...chain('reviewLimit', 'deskStep', reviewDesk),
    },
    improving: {
      entry: { type: 'tellChange', params: { state: 'improving' } },
      always: fallsOverdue,
      on: { PROGRESS, REPORT, SET_DATE, EXPLAIN: { actions: 'apply', meta: by(stated(61)) }, ...ask },
    },
    rectifying: {
      entry: { type: 'tellChange', params: { state: 'rectifying' } },
      always: fallsOverdue,
      on: { PROGRESS, REPORT, SET_DATE, EXPLAIN: { actions: 'apply', meta: by(stated(61)) }, ...ask },
    },
    overdue: {
      exit: 'leaveOverdue',
      on: {
        REPORT,
        EXPLAIN: { target: 'explained', actions: 'apply', meta: by(stated(61)) },
        ORDER_RECTIFICATION,
        SET_DATE: { guard: 'mayRedateOverdue', actions: setsDate, meta: by(chosen(61)) },
        ...ask,
      },
    },
    explained: {
      entry: { type: 'tellChange', params: { state: 'explained' } },
      on: {
        REPORT,
        ORDER_RECTIFICATION,
        SET_DATE: {
          ...SET_DATE,
          target: 'in-progress',
          actions: [...setsDate, { type: 'tellChange', params: { state: 'in-progress' } }],
        },
        ...ask,
      },
      ...chain('reviewLimit', 'deskStep', reviewDesk),
    },
    accepted: {
      entry: { type: 'draft', params: { paper: 'assessment-entry', cite: stated(59) } },
      always: { target: '#closed', actions: 'tellClosed', meta: by(stated([59, 61])) },
    },
  },
});

const deadline = vocabulary.createStateConfig({
  initial: 'unset',
  on: { 'date.set': { target: '.running', meta: by(stated(61)) } },
  states: {
    unset: {},
    running: { after: { due: { target: 'passed', meta: by(stated(61)) } } },
    passed: {},
  },
});

const urging = vocabulary.createStateConfig({
  initial: 'resting',
  states: {
    resting: { always: { target: 'urging', guard: working, meta: by(stated(62)) } },
    urging: {
      type: 'parallel',
      always: { target: 'resting', guard: not(working), meta: by(stated(62)) },
      on: { 'date.set': { target: 'urging', reenter: true, meta: by(stated(62)) } },
      states: {
        reminders: {
          initial: 'next',
          states: {
            next: {
              always: { target: 'none', guard: not('reminderLeft'), meta: by(stated(62)) },
              after: { reminder: { target: 'next', reenter: true, actions: 'remind', meta: by(stated(62)) } },
            },
            none: {},
          },
        },
        progress: {
          initial: 'awaited',
          states: {
            awaited: {
              on: { PROGRESS: { target: 'awaited', reenter: true, meta: by(stated(62)) } },
              after: {
                progress: {
                  target: 'awaited',
                  reenter: true,
                  actions: ['countProgressAnew', 'askProgress'],
                  meta: by(stated(62)),
                },
              },
            },
          },
        },
      },
    },
  },
});

const explanation = vocabulary.createStateConfig({
  initial: 'none',
  states: {
    none: { always: { target: 'owed', guard: 'explanationOwed', meta: by(stated(61)) } },
    owed: {
      always: { target: 'none', guard: not('explanationOwed'), meta: by(stated(61)) },
      after: {
        explanation: {
          target: 'missing',
          actions: { type: 'find', params: { code: 'EXPLANATION_MISSING', about: 'unit' } },
          meta: by(stated(61)),
        },
      },
    },
    missing: { always: { target: 'none', guard: not('explanationOwed'), meta: by(stated(61)) } },
  },
});

const draftsOrder = [
  { type: 'draft', params: { paper: 'rectification-order', cite: stated(61) } },
  { type: 'draft', params: { paper: 'circular', cite: stated([61, 64]) } },
  { type: 'askOffice', params: { task: 'circular-decision', cite: stated([61, 64]) } },
] as const;
const factCheck = {
  type: 'askOffice',
  params: { task: 'accountability-fact-check', cite: stated([64, 65, 73]) },
} as const;
const opensFactCheck = [
  { type: 'find', params: { code: 'REPORT_TO_MAYOR_MISSING', about: 'leader', cite: stated(7), unless: 'mayor-told' } },
  factCheck,
] as const;
const at = (level: 1 | 2 | 3, fromBelow = false) => ({ type: 'tellLevel', params: { level, fromBelow } }) as const;
const answered = { target: 'level0', guard: not(overdue), meta: by(stated(61)) } as const;

const ladder = vocabulary.createStateConfig({
  initial: 'level0',
  states: {
    level0: {
      always: [
        {
          target: 'level3',
          guard: and([overdue, 'missedThrice']),
          actions: [at(3, true), ...opensFactCheck],
          meta: by(stated([6, 10, 61, 62, 63, 64, 65, 73])),
        },
        {
          target: 'level2',
          guard: and([overdue, 'missedTwice']),
          actions: [at(2, true), ...draftsOrder],
          meta: by(stated([10, 61, 62, 63, 64])),
        },
        { target: 'level1', guard: overdue, actions: at(1), meta: by(stated([10, 61, 62])) },
      ],
    },
    level1: {
      always: answered,
      after: {
        level2: { target: 'level2', actions: [at(2), ...draftsOrder], meta: by(stated([61, 63, 64])) },
        repeat: { target: 'level1', reenter: true, actions: at(1), meta: by(stated(62)) },
      },
    },
    level2: {
      always: answered,
      after: {
        level3: { target: 'level3', actions: [at(3), ...opensFactCheck], meta: by(stated([6, 64, 65, 73])) },
        repeat: { target: 'level2', reenter: true, actions: at(2), meta: by(stated(63)) },
      },
    },
    level3: {
      always: answered,
      after: { repeat: { target: 'level3', reenter: true, actions: at(3), meta: by(stated(6)) } },
    },
  },
});

export const supervisionItem = vocabulary.createMachine({
  id: 'supervision-item@draft-2026',
  context: ({ input: { due, ...registered } }) => ({
    ...registered,
    ...(due === undefined ? {} : { due: endOfDay(due) }),
    ...emptyCommon(),
    supporting: [],
    leadVms: [],
    missed: 0,
    counted: false,
    overdueSince: undefined,
    explanation: 'none',
    reportedToMayor: false,
    reports: [],
    explanations: [],
    dates: [],
    evidence: [],
  }),
  initial: 'open',
  states: {
    open: {
      type: 'parallel',
      states: { course, deadline, urging, explanation, ladder },
      on: {
        VMC_REPORTS_TO_MAYOR: { actions: ['apply', 'tellMayor'], meta: by(derived(7)) },
        GRANT_EXCEPTION: { actions: 'apply', meta: by(chosen(58)) },
        CONFIRM_FINDING: { actions: 'apply', meta: by(chosen()) },
        CHANGE_OBSERVED: {
          actions: [
            { type: 'find', params: { code: 'UNAUTHORISED_CHANGE', about: 'unit' } },
            { type: 'askOffice', params: { task: 'accountability-fact-check', cite: stated([60, 65]) } },
          ],
          meta: by(stated([60, 65])),
        },
      },
    },
    closed: { id: 'closed', type: 'final' },
  },
});

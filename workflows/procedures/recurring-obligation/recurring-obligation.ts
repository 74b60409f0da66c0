/**
 * 定期义务: what is owed in every month, half-year or year is reminded of before its period ends, and climbs to the mayor
 * when it was missed (spec 2.7). One case per obligation, owner and period, opened by the calendar.
 */
import { and } from 'xstate';
import { type Article, chosen, stated } from '../../law/machine';
import { by } from '../kit';
import { obligationIds, obligations, owingArticles } from './obligations';
import { opened } from './updates';
import { vocabulary } from './vocabulary';

const owedBy = (article: Article) => ({ type: 'owedBy', params: { article } }) as const;
const ends = (as: 'fulfilled' | 'fulfilled-late') => ['apply', { type: 'tellEnd', params: { as } }, 'rollOn'] as const;

/** Articles that owe a meeting of a kind that tells of itself. */
const owingMeetings = owingArticles.filter((article) =>
  obligationIds.some((id) => obligations[id].article === article && obligations[id].meeting),
);

/** One piece of several, and the one that fulfils. What fulfils rests on the article that owes it. */
const counted = { guard: 'countsOne', actions: ['apply', 'tellCounted'], meta: by(chosen()) } as const;
const FULFIL = [
  counted,
  ...owingArticles.map(
    (article) =>
      ({
        guard: and(['evidenceFits', owedBy(article)]),
        target: '#fulfilled',
        actions: ends('fulfilled'),
        meta: by(stated(article)),
      }) as const,
  ),
];
const FULFIL_LATE = [
  counted,
  { guard: 'enteredLate', target: '#fulfilled', actions: ends('fulfilled'), meta: by(chosen()) } as const,
  ...owingArticles.map(
    (article) =>
      ({
        guard: and(['evidenceFits', owedBy(article)]),
        target: '#fulfilled-late',
        actions: ends('fulfilled-late'),
        meta: by(stated(article)),
      }) as const,
  ),
];
const MEETING_HELD = [
  { guard: 'mayServeAnother', actions: 'askOffice', meta: by(chosen([42, 43, 44])) } as const,
  {
    guard: and(['servesOfItself', 'moreOwed']),
    actions: ['apply', 'tellCounted'],
    meta: by(chosen()),
  } as const,
  ...owingMeetings.map(
    (article) =>
      ({
        guard: and(['servesOfItself', owedBy(article)]),
        target: '#fulfilled',
        actions: ends('fulfilled'),
        meta: by(stated(article)),
      }) as const,
  ),
];

/** A reason lets a period pass that was missed; it is recorded with whoever gave it. */
const WAIVE = {
  guard: 'reasonGiven',
  target: '#waived',
  actions: ['apply', { type: 'tellEnd', params: { as: 'waived' } }, 'rollOn'],
  meta: by(chosen([42, 43, 44])),
} as const;
const late = { FULFIL: FULFIL_LATE, WAIVE };

/** Each rung is a step of ours; the persons on it rest on the articles that the message names. */
const climbs = { target: 'escalated', actions: ['climb', 'press'], meta: by(chosen()) } as const;

export const recurringObligation = vocabulary.createMachine({
  id: 'recurring-obligation@draft-2026',
  context: ({ input }) => opened(input),
  initial: 'open',
  states: {
    open: {
      initial: 'scheduled',
      on: { FULFIL, MEETING_HELD },
      states: {
        scheduled: { after: { dueSoon: { target: 'due-soon', actions: 'remind', meta: by(chosen()) } } },
        'due-soon': { after: { lastDay: { target: 'due', actions: 'tellDue', meta: by(chosen()) } } },
        due: {
          after: {
            overdue: owingArticles.map(
              (article) =>
                ({
                  guard: owedBy(article),
                  target: 'overdue',
                  actions: ['climb', 'press'],
                  meta: by(stated(article)),
                }) as const,
            ),
          },
        },
        overdue: { on: late, after: { step: climbs } },
        escalated: { on: late, after: { step: { ...climbs, reenter: true } } },
      },
    },
    fulfilled: { id: 'fulfilled', type: 'final' },
    'fulfilled-late': { id: 'fulfilled-late', type: 'final' },
    waived: { id: 'waived', type: 'final' },
  },
});

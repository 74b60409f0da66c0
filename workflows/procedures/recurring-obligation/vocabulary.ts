/** The words the machine is written in: its guards, delays and actions. */
import { and, assign, enqueueActions, setup } from 'xstate';
import { type Citation, chosen, dateOf, rollingAfter, stated } from '../../law/machine';
import { type LawMeta, opened as openedTask, recordTask, startCase, tell } from '../kit';
import { delays } from './delays';
import type { PeriodBegan } from './events';
import { obligations } from './obligations';
import { type Context, type Event, mayServeAnother, rules, servesOfItself } from './rules';
import { office, owners, ownersAndSg, rungOf } from './told';
import { applied, doneLast, offered } from './updates';

type Ending = 'fulfilled' | 'fulfilled-late' | 'waived';

/** What every message of the case names. */
const about = ({ obligation, owner, period, count, evidence, end }: Context) => ({
  obligation,
  owner,
  period: period.id,
  due: end,
  ...(count > 1 ? { done: evidence.length, count } : {}),
});

const owed = ({ obligation }: Context): Citation => stated(obligations[obligation].article);

const fits = [
  rules.evidenceGiven,
  rules.evidenceOfKind,
  rules.timeAllowed,
  rules.evidenceOfPeriod,
  rules.evidenceUnused,
] as const;

export const vocabulary = setup({
  types: {
    context: {} as Context,
    input: {} as PeriodBegan,
    events: {} as Event,
    transitionMeta: {} as LawMeta,
  },
  delays,
  guards: {
    ...rules,
    evidenceFits: and([...fits]),
    countsOne: and([...fits, rules.moreOwed]),
    enteredLate: and([...fits, rules.enteredLater]),
    servesOfItself,
    mayServeAnother,
  },
  actions: {
    apply: assign(({ context, event }) => applied(context, event)),
    climb: assign(({ context }) => ({ rung: context.rung + 1 })),
    remind: ({ context }) =>
      tell({ to: owners(context), template: 'recurring.due-soon', cite: chosen(), data: about(context) }),
    tellDue: ({ context }) =>
      tell({ to: owners(context), template: 'recurring.due', cite: owed(context), data: about(context) }),
    tellCounted: ({ context }) =>
      tell({ to: owners(context), template: 'recurring.counted', cite: chosen(), data: about(context) }),
    tellEnd: ({ context }, { as }: { as: Ending }) =>
      tell({
        to: ownersAndSg(context),
        template: `recurring.${as}`,
        cite: as === 'waived' ? chosen() : owed(context),
        data: about(context),
      }),
    press: ({ context }) => {
      const { to, cite } = rungOf(context, context.rung);
      tell({ to, template: 'recurring.overdue', cite, data: { ...about(context), rung: context.rung } });
    },
    /** A meeting that may serve two periods: the Office says which. */
    askOffice: enqueueActions(({ enqueue }) => {
      const cite = chosen([42, 43, 44]);
      enqueue.assign(({ context, event }) => ({
        ...offered(context, event),
        tasks: openedTask(context.tasks, { task: 'name-period', cite }),
      }));
      enqueue(() => {
        recordTask('name-period', cite);
        tell({ to: [office], template: 'task', cite, data: { task: 'name-period' } });
      });
    }),
    /** A window that rolls: the next one begins when this one is served, or has passed. */
    rollOn: ({ context }) => {
      const { obligation, owner, count, period } = context;
      if (period.rolling === undefined) return;
      const { rolling } = period;
      const next = { ...rollingAfter({ every: rolling, unit: 'months' }, dateOf(doneLast(context))), rolling };
      startCase({
        procedure: 'recurring-obligation',
        key: keyOf({ obligation, owner, period: next }),
        seat: office,
        payload: { obligation, owner, count, period: next },
        cite: chosen(),
      });
    },
  },
});

/** A period is opened once under it. */
export const keyOf = ({
  obligation,
  owner,
  period,
}: Pick<PeriodBegan, 'obligation' | 'owner'> & { period: { id: string } }): string =>
  `${obligation}/${owner}/${period.id}`;

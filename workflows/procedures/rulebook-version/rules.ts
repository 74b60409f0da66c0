import { dateOf, rule } from '../../law/machine';
import { caseId, now } from '../../runtime/workflow';
import { type Asked, type AuthorityStamp, type CommonContext, reader, type Stamped, type VersionFact } from '../kit';
import type { Draft, ParameterSet, VersionEvents } from './events';

export interface Context extends CommonContext, Draft {
  openedBy: { seat: string; unit?: string };
  parameters: (ParameterSet & { by: string; at: number })[];
  approval?: { ref: string; by: string; at: number };
  published?: { effectiveFrom: string; number: string; by: string; at: number; before: string };
  /** The version that took its place. */
  supersededBy?: string;
}

export type Event = Exclude<VersionEvents, { type: 'VERSION_CHANGED' }> & Stamped;

type Args = Asked<Context>;
const as = reader<Event>();

export const versionInForce = (stamp: AuthorityStamp): VersionFact | undefined => stamp.facts?.version;

/** Figures alone: nothing is repealed, nothing goes another way. */
export const parametersAlone = ({ kind, repeals }: Pick<Context, 'kind' | 'repeals'>): boolean =>
  kind === 'limits' && repeals.length === 0;

export const rules = {
  basisGiven: rule({
    code: 'PARAMETER_WITHOUT_BASIS',
    check: ({ event }: Args) => {
      const { basis, source, reason } = as(event, 'SET_PARAMETER');
      return (basis === 'chosen' ? reason : source) !== undefined;
    },
  }),

  effectiveDateGiven: rule({
    code: 'EFFECTIVE_DATE_MISSING',
    check: ({ event }: Args) => as(event, 'PUBLISH').effectiveFrom !== undefined,
  }),

  /** In force from publication: never later than today; entered late, it may have begun before. */
  begunByNow: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ event }: Args) => as(event, 'PUBLISH').effectiveFrom! <= dateOf(now()),
  }),

  /** Two versions never cover one day in the wrong order. */
  afterTheOneBefore: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ event }: Args) => {
      const { effectiveFrom, stamp } = as(event, 'PUBLISH');
      const before = versionInForce(stamp)?.effectiveFrom;
      return before === undefined || effectiveFrom! >= before;
    },
  }),
};

/** Whether a notice speaks of a version published after this one. Of two in one moment the higher number is the later. */
export function isLater({ published }: Context, { to, at }: { to: string; at?: number | undefined }): boolean {
  const own = caseId();
  if (to === own || !published) return false;
  const other = at ?? published.at;
  return other > published.at || (other === published.at && to > own);
}

/** What each act writes into the version. */
import { now } from '../../runtime/workflow';
import { actingSeat } from '../kit';
import { type Context, type Event, versionInForce } from './rules';

type Changes = Partial<Context>;
type Updates = { [K in Event['type']]?: (context: Context, event: Extract<Event, { type: K }>) => Changes };

const updates: Updates = {
  /** A figure set again for the same day takes the place of the first: it is a draft. */
  SET_PARAMETER: ({ parameters }, { type: _, stamp, at: __, ...set }) => ({
    parameters: [
      ...parameters.filter(({ key, from }) => key !== set.key || from !== set.from),
      { ...set, by: actingSeat(stamp).seat, at: now() },
    ],
  }),
  APPROVE: (_, { ref, stamp }) => ({ approval: { ref, by: actingSeat(stamp).seat, at: now() } }),
  PUBLISH: (_, { effectiveFrom, number, stamp }) => ({
    published: {
      effectiveFrom: effectiveFrom!,
      number,
      by: actingSeat(stamp).seat,
      at: now(),
      before: versionInForce(stamp)!.edition,
    },
  }),
};

export function applied(context: Context, event: { type: string }): Changes {
  const update = updates[event.type as Event['type']] as ((context: Context, event: unknown) => Changes) | undefined;
  if (!update) throw new Error(`nothing is written for ${event.type}`);
  return update(context, event);
}

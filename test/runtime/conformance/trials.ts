import { activities } from './machines/activities';
import { data } from './machines/data';
import { events } from './machines/events';
import { structure } from './machines/structure';
import { timers } from './machines/timers';
import type { Trial } from './trial';

/** The conformance list: every piece of XState that the runtime says it carries, by name. */
export const trials: readonly Trial[] = [...timers, ...events, ...structure, ...data, ...activities];

export function trialOf(id: string): Trial {
  const found = trials.find((one) => one.id === id);
  if (!found) throw new Error(`there is no trial '${id}'`);
  return found;
}

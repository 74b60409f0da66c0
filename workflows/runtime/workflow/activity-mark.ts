/** How the runtime knows activities among actors, and how many of a case are at work. Knows nothing of Temporal. */
const ACTIVITY = Symbol.for('zhengling.activity');

/** Activities that have not ended, those of states left meanwhile included. Keyed by XState's actor system. */
const inFlight = new WeakMap<object, number>();

export function asActivity<Logic extends object>(logic: Logic, name: string): Logic {
  return Object.assign(logic, { [ACTIVITY]: name });
}

export function isActivity(logic: unknown): boolean {
  return typeof logic === 'object' && logic !== null && ACTIVITY in logic;
}

export function activitiesInFlight(system: object): number {
  return inFlight.get(system) ?? 0;
}

export function countActivity(system: object, change: 1 | -1): void {
  inFlight.set(system, activitiesInFlight(system) + change);
}

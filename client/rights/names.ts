import type { Instant } from '../../workflows/runtime/workflow';
import type { RightsDirectory } from './rights';

/**
 * Everything that means a seat: itself, its unit, the functions it has now, and the same seat of units that went into its
 * own, to which something may have been told.
 */
export function namesOf(seat: string, { directory }: { directory: RightsDirectory }, at: Instant): string[] {
  const unit = directory.seat(seat)?.unit;
  const led = directory.units.filter(({ id }) => directory.vmcOf(id, at) === seat).map(({ id }) => `vmc:${id}`);
  const before = unit === undefined ? [] : (directory.predecessorsOf?.(unit, at) ?? []);
  return [
    seat,
    ...(unit === undefined ? [] : [unit]),
    ...before.flatMap((old) => [`${old}${seat.slice(unit!.length)}`, old]),
    ...(directory.seatOf('evm', at) === seat ? ['evm'] : []),
    ...led,
  ];
}

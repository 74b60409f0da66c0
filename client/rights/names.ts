import type { Instant } from '../../workflows/runtime/workflow';
import type { RightsDirectory } from './rights';

/** Everything that means a seat: itself, its unit, and the functions it has now. */
export function namesOf(seat: string, { directory }: { directory: RightsDirectory }, at: Instant): string[] {
  const unit = directory.seat(seat)?.unit;
  const led = directory.units.filter(({ id }) => directory.vmcOf(id, at) === seat).map(({ id }) => `vmc:${id}`);
  return [
    seat,
    ...(unit === undefined ? [] : [unit]),
    ...(directory.seatOf('evm', at) === seat ? ['evm'] : []),
    ...led,
  ];
}

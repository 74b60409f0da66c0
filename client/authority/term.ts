/** What a term of the government begins with, as the directory has it, and what the directory leaves open. */
import { type Instant, inOrder, isViceMayor, MAYOR, type Ranked } from '../../workflows/law/machine';

export interface TermDirectory {
  readonly seats: readonly { id: string; kind: string }[];
  holderOf(seat: string, at: Instant): { person: { id: string } } | undefined;
  seatOf(recipient: string, at: Instant): string | undefined;
  appointmentOrder(at: Instant): readonly string[] | undefined;
}

export type TermPayload = {
  mayor?: string;
  evm?: string;
  order: Ranked[];
  absences: never[];
};

export type Unassigned = 'mayor' | 'evm' | 'order' | { seat: string };

export function termOf(directory: TermDirectory, at: Instant): { payload: TermPayload; unassigned: Unassigned[] } {
  const mayor = directory.holderOf(MAYOR, at)?.person.id;
  const evm = directory.seatOf('evm', at);
  const known = directory.appointmentOrder(at) ?? [];
  const order = known.flatMap((seat): Omit<Ranked, 'rank'>[] => {
    const person = directory.holderOf(seat, at)?.person.id;
    return person === undefined ? [] : [{ seat, person }];
  });
  const viceMayors = directory.seats.filter(({ id, kind }) => kind === 'vm' && isViceMayor(id)).map(({ id }) => id);
  const vacant = viceMayors.filter((seat) => !directory.holderOf(seat, at)).map((seat) => ({ seat }));
  return {
    payload: {
      ...(mayor === undefined ? {} : { mayor }),
      ...(evm === undefined ? {} : { evm }),
      order: inOrder(order.map((one, i) => ({ ...one, rank: i + 1 }))),
      absences: [],
    },
    unassigned: [
      ...(mayor === undefined ? (['mayor'] as const) : []),
      ...(evm === undefined ? (['evm'] as const) : []),
      ...(known.length === 0 ? (['order'] as const) : []),
      ...vacant,
    ],
  };
}

/** Who is told, and who is called when a period was missed (spec 2.7 "Escalation"; 2.0 for the chains). */
import { type Citation, stated } from '../../law/machine';
import type { ChainRung } from '../kit';
import { isUnit } from '../kit/payload';
import { type ChainKind, obligations, seatsOf } from './obligations';
import type { Context } from './rules';

export const office = 'X1-desk';
const secretaryGeneral = 'sg';
const executiveViceMayor = 'evm';
const mayor = 'mayor';

type Of = Pick<Context, 'obligation' | 'owner' | 'besides'>;

/** Whoever owes it. */
export const owners = ({ owner, besides }: Of): string[] => [owner, ...besides].flatMap(seatsOf);
export const ownersAndSg = (c: Of): string[] => [...owners(c), secretaryGeneral];

/** The vice mayor in charge, of a unit; a leader has none. */
const inCharge = ({ owner }: Of): string[] => (isUnit(owner) ? [`vmc:${owner}`] : []);

const to = (seats: readonly string[], cite: Citation): ChainRung => ({ to: seats, cite });

const chains: Record<ChainKind, (c: Of) => ChainRung[]> = {
  meet: () => [
    to([office], stated(48)),
    to([secretaryGeneral], stated(8)),
    to([executiveViceMayor], stated([6, 44])),
    to([mayor], stated([42, 44])),
  ],
  prep: (c) => [
    to(owners(c), stated([10, 73])),
    to([...inCharge(c), secretaryGeneral], stated([7, 8])),
    to([executiveViceMayor], stated(6)),
    to([mayor], stated([6, 7])),
  ],
  over: (c) => [
    to(owners(c), stated([10, 73])),
    to([...inCharge(c), secretaryGeneral], stated(63)),
    to([mayor], stated(6)),
  ],
  office: (c) => [
    to([...owners(c), office], stated([8, 73])),
    to([secretaryGeneral], stated(8)),
    to([executiveViceMayor], stated(6)),
  ],
  leader: (c) => [to(owners(c), stated(63)), to([secretaryGeneral], stated([8, 63])), to([mayor], stated([6, 63]))],
};

/** The chain of a case. Who stands on two rungs is called on the first; a rung without anybody is passed over. */
export function chainOf(c: Of): ChainRung[] {
  const called = new Set<string>();
  return chains[obligations[c.obligation].chain](c)
    .map(({ to: seats, cite }) => {
      const fresh = [...new Set(seats)].filter((seat) => !called.has(seat));
      for (const seat of fresh) called.add(seat);
      return to(fresh, cite);
    })
    .filter((rung) => rung.to.length > 0);
}

/** The rung that is called for the n-th time; the last one again and again. */
export function rungOf(c: Of, n: number): ChainRung {
  const chain = chainOf(c);
  return chain[Math.min(n, chain.length) - 1]!;
}

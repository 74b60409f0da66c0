import { type Entrustment, type Matter, running } from './standing';

export interface InCharge {
  unit?: string;
  subject?: string;
  case?: string;
}

/** Who is in charge, and by which entrustment where it is not by portfolio. */
export interface Charge {
  seat: string;
  entrustment?: Entrustment;
}

/**
 * The vice mayor in charge (7, 8): whoever is entrusted with the case, the subject or the unit while that runs, else by
 * portfolio. Of several entrustments the narrowest counts, then the latest.
 */
export function chargeOf(
  asked: InCharge,
  at: number,
  entrustments: readonly Entrustment[],
  portfolio: (unitOrSubject: string) => string | undefined,
): Charge | undefined {
  const narrowestFirst: ((matter: Matter) => boolean)[] = [
    (matter) => asked.case !== undefined && matter.case === asked.case,
    (matter) => asked.subject !== undefined && matter.subject === asked.subject,
    (matter) => asked.unit !== undefined && matter.units?.includes(asked.unit) === true,
  ];
  const tasks = running(entrustments, at).filter(({ act, matter }) => act === 'task' && matter !== undefined);
  for (const isFor of narrowestFirst) {
    const [latest] = tasks.filter(({ matter }) => isFor(matter!)).sort((one, other) => other.givenAt - one.givenAt);
    if (latest) return { seat: latest.receiver, entrustment: latest };
  }
  const field = asked.unit ?? asked.subject;
  const seat = field === undefined ? undefined : portfolio(field);
  return seat === undefined ? undefined : { seat };
}

/** The seat of the vice mayor in charge, one way or the other. */
export const vmcOf = (...asked: Parameters<typeof chargeOf>): string | undefined => chargeOf(...asked)?.seat;

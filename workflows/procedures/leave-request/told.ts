/** Who hears of what (spec 2.2 "Escalation", 2.37). Seats. */
import { mayor, partySecretary } from './facts';
import { asked, type Context, externalMissing, isFiled } from './rules';

/** The Office's inbox: it records what bodies outside the system said. */
export const officeDesk = 'X1-desk';
/** 市委辦公室. */
const partyOffice = 'party-office';
const secretaryGeneral = 'sg';

type Seats = string[];

export const applicant = ({ seats }: Context): Seats => seats.slice(0, 1);

/** Those whose word is out, each apart; the Office for a body outside the system. */
export const holders = (context: Context): Seats => [
  ...asked(context),
  ...(externalMissing(context) ? [officeDesk] : []),
];

export const audience = {
  applicant,
  /** Whoever draws the request up for him hears of it as well. */
  draft: (c: Context): Seats => [...new Set([...applicant(c), c.openedBy])],
  hold: (c: Context): Seats => [partySecretary, ...applicant(c), ...c.approvers, officeDesk],
  /** Once both receipts are in: he may leave. */
  filed: (c: Context): Seats => (isFiled(c) && c.leftAt === undefined ? audience.departure(c) : []),
  filing: (): Seats => [officeDesk, partyOffice],
  /** Of leaving, coming back, the end of a request: whoever agreed or was asked, and the Office. */
  concerned: (c: Context): Seats =>
    c.askedAt === undefined && c.leftAt === undefined
      ? audience.draft(c)
      : [...applicant(c), ...c.approvers, officeDesk],
  departure: (c: Context): Seats => [...applicant(c), officeDesk],
  finding: (c: Context): Seats => [...applicant(c), officeDesk],
};

/** At the end of grace applicant, secretary-general and, of a unit, the vice mayor in charge; the mayor a step later. */
export const overstayed = {
  atOnce: (c: Context): Seats => [
    ...applicant(c),
    ...[secretaryGeneral, ...c.units.flatMap(({ vmc }) => (vmc === undefined ? [] : [vmc]))].filter(
      (seat) => !c.seats.includes(seat),
    ),
  ],
  later: (c: Context): Seats => [mayor].filter((seat) => !c.seats.includes(seat)),
};

/** The next above whoever lets an approval lie: none where that is the secretary-general's own leave or word. */
export const above = (c: Context): string | undefined =>
  c.seats.includes(secretaryGeneral) ? undefined : secretaryGeneral;

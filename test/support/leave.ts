import { type Absence, dateOf, edition, formatInstant, lawData, parseInstant } from '../../workflows/law';
import type { ApplicantFact, AuthorityStamp, CaseData, Facts } from '../../workflows/procedures/kit';
import { leaveRequestProcedure as procedure } from '../../workflows/procedures/leave-request';
import { Play } from '../../workflows/runtime/testing';
import type { Effect, Json, Receipt } from '../../workflows/runtime/workflow';

const head = (unit: string, vmc: string | undefined, more: object = {}): ApplicantFact => ({
  person: `test-${unit.toLowerCase()}`,
  seats: [`${unit}-head`],
  groups: ['C'],
  units: [{ unit, ...(vmc === undefined ? {} : { vmc }) }],
  notWith: [],
  ...more,
});

/** Applicants as the entrance would know them. Seats, nobody of the city. */
export const applicants = {
  mayor: { person: 'test-mayor', seats: ['mayor'], groups: ['A'], units: [], notWith: ['vm-1'] },
  evm: { person: 'test-vm-1', seats: ['vm-1'], groups: ['B'], units: [], notWith: ['mayor'] },
  viceMayor: { person: 'test-vm-3', seats: ['vm-3'], groups: ['B'], units: [], notWith: [] },
  secretaryGeneral: { person: 'test-sg', seats: ['sg'], groups: ['B'], units: [], notWith: [] },
  bureauHead: head('D07', 'vm-1'),
  countyMayor: head('C3', 'vm-5'),
  zoneHead: head('A1', 'vm-6', { groups: [], units: [{ unit: 'A1', vmc: 'vm-6', affiliated: true }] }),
  /** Vice mayor 3 heads the public security bureau, which is in his own charge. */
  viceMayorAndHead: {
    person: 'test-vm-3',
    seats: ['vm-3', 'D04-head'],
    groups: ['B', 'C'],
    units: [{ unit: 'D04', vmc: 'vm-3' }],
    notWith: [],
  },
  mayorAndHead: {
    person: 'test-mayor',
    seats: ['mayor', 'D05-head'],
    groups: ['A', 'C'],
    units: [{ unit: 'D05', vmc: 'vm-7' }],
    notWith: ['vm-1'],
  },
  ofUnitWithoutVmc: head('D31', undefined),
  /** Article 71 does not name him. */
  deputy: { person: 'test-d07-deputy', seats: ['D07-deputy'], groups: [], units: [], notWith: [] },
} satisfies Record<string, ApplicantFact>;
export type Who = keyof typeof applicants;

const unitOf = (seat: string): { unit?: string } => (/^[A-Z]\d+-/.test(seat) ? { unit: seat.split('-')[0]! } : {});

export interface Beside {
  /** Whose list of absences P01 keeps: undefined while no term is open. */
  absences?: Absence[] | undefined;
  duty?: Json[];
  meetings?: Json[];
  onWordOf?: string;
  applicant?: ApplicantFact;
}

const STANDING = {
  case: 'AA-2026-0001',
  version: 1,
  state: 'mayor-presiding',
  column: 'A',
  presider: 'mayor',
  evm: 'vm-1',
  away: [],
  since: 0,
  entrustments: [],
} as const;

export function factsOf(asOf: number, { absences, duty = [], meetings = [], applicant }: Beside): Facts {
  const { case: term, version } = STANDING;
  const standing = STANDING as unknown as NonNullable<Facts['acting']>['standing'];
  return {
    asOf,
    duty,
    meetings,
    ...(absences ? { acting: { case: term, version, absences, standing } } : {}),
    ...(applicant ? { applicant } : {}),
  };
}

export function stampOf(seat: string, at: number, beside: Beside = {}): AuthorityStamp {
  const { onWordOf } = beside;
  return {
    receivedAt: at,
    entrance: 'test',
    seat,
    ...unitOf(seat),
    basis: 'own',
    facts: factsOf(at, beside),
    ...(onWordOf ? { onWordOf: { seat: onWordOf, ...unitOf(onWordOf), ref: 'W-1' } } : {}),
  };
}

const laws = new Map<string, CaseData>();

/** Gathered once for a day and what it changes. */
export function data(at: string, overrides: { [key: string]: unknown } = {}): CaseData {
  const day = dateOf(parseInstant(at));
  const key = JSON.stringify([day, overrides]);
  const known = laws.get(key);
  if (known) return known;
  const law = lawData(edition, procedure.parameters, day);
  const changed = Object.entries(overrides).map(([name, value]) => {
    const carried = law.parameters[name]!;
    return [
      name,
      { ...carried, values: carried.values.map((entry) => ({ ...entry, value: value as never })) },
    ] as const;
  });
  const made = { law: { ...law, parameters: { ...law.parameters, ...Object.fromEntries(changed) } }, names: {} };
  laws.set(key, made);
  return made;
}

export interface Planned {
  from?: string;
  to?: string;
  /** When the draft is made. */
  at?: string;
  parameters?: { [key: string]: unknown };
  id?: string;
}

export const MONDAY = '2026-03-02T09:00:00+08:00';

/** A leave played on an owned clock; instants as text with offset. Drafted on Monday for Wednesday to Friday of next week. */
export class Leave {
  readonly play: Play;
  readonly who: ApplicantFact;
  readonly #asked: { from: string; to: string };

  constructor(who: Who | ApplicantFact, planned: Planned = {}, seen?: { from: string; source: string }) {
    const {
      from = '2026-03-11T08:00:00+08:00',
      to = '2026-03-13T18:00:00+08:00',
      at = MONDAY,
      parameters = {},
      id,
    } = planned;
    this.who = typeof who === 'string' ? applicants[who] : who;
    this.#asked = { from, to };
    const openedBy = seen ? 'X1-desk' : this.who.seats[0]!;
    const stamp = stampOf(openedBy, parseInstant(at), { applicant: this.who });
    const input = seen
      ? procedure.alsoOpens![0]!.input({ person: this.who.person, ...seen } as never, stamp)
      : procedure.opening.input(this.request() as never, stamp);
    this.play = new Play(procedure.definition, {
      input,
      stamp,
      data: data(at, parameters) as unknown as Json,
      ...(id === undefined ? {} : { id }),
    });
  }

  static submitted(who: Who, planned: Planned = {}, beside: Beside = {}): Leave {
    const leave = new Leave(who, planned);
    const receipt = leave.submit({}, beside);
    if (receipt.outcome !== 'changed') throw new Error(JSON.stringify(receipt.refusal));
    return leave;
  }

  static approved(who: Who, planned: Planned = {}): Leave {
    const leave = Leave.submitted(who, planned);
    for (const seat of leave.approvers) leave.approve(seat);
    return leave;
  }

  /** Approved, filed where it must be, and left at the planned start. */
  static away(who: Who, planned: Planned = {}): Leave {
    const leave = Leave.approved(who, planned);
    leave.file('party-office');
    leave.file('government-office');
    leave.until(leave.#asked.from);
    const receipt = leave.send(leave.who.seats[0]!, 'START_LEAVE');
    if (receipt.outcome !== 'changed') throw new Error(JSON.stringify(receipt.refusal));
    return leave;
  }

  static observed(who: Who, from: string, at: string = from, planned: Planned = {}): Leave {
    return new Leave(who, { ...planned, at }, { from, source: 'duty-room' });
  }

  request(more: object = {}): { [key: string]: Json } {
    const { person, seats } = this.who;
    return { person, seats, kind: 'business', destination: '银川', interval: { ...this.#asked }, ...more };
  }

  get context(): { [key: string]: Json } & { approvers: string[] } {
    return this.play.subject.snapshot.context as never;
  }

  get approvers(): string[] {
    return this.context.approvers;
  }

  get state(): string {
    const [first] = this.play.state;
    return first!.split('.')[1] ?? first!;
  }

  get summary(): { awaiting: string[]; overdue: boolean; level: number; absence?: Absence; [key: string]: unknown } {
    return this.play.subject.present(this.play.now, 0).summary as never;
  }

  until(at: string): this {
    this.play.until(parseInstant(at));
    return this;
  }

  send(seat: string, type: string, payload: Json = {}, beside: Beside = {}, extra: object = {}): Receipt {
    return this.play.send(type, payload, stampOf(seat, this.play.now, beside), extra);
  }

  submit(more: object = {}, beside: Beside = {}): Receipt {
    return this.send(this.who.seats[0]!, 'SUBMIT_LEAVE', this.request(more), { applicant: this.who, ...beside });
  }

  approve(seat: string): Receipt {
    return this.send(seat, 'APPROVE_LEAVE', { asSeat: seat });
  }

  file(office: string): Receipt {
    return this.send('X1-desk', 'RECORD_FILING', { office, ref: `R-${office}` });
  }

  observe(from: string, source = 'duty-room'): Receipt {
    return this.send('X1-desk', 'ABSENCE_OBSERVED', { person: this.who.person, from, source });
  }

  #seq = 0;

  notice(type: string, payload: Json, from = 'AA-2026-0001'): boolean {
    this.#seq += 1;
    const taken = this.play.subject.notice(
      { id: `n-${this.#seq}`, from, seq: this.#seq, type, payload },
      this.play.now,
    );
    this.play.oversleep(this.play.now);
    return taken;
  }

  /** Who was told by a template, in order. */
  told(template: string): string[][] {
    return this.effects('tell')
      .filter((e) => e.template === template)
      .map((e) => e.to as string[]);
  }

  /** When something was told, by what was told at all. */
  toldAt(template: string): string[] {
    return this.play.entries
      .filter(({ effects }) => effects.some((e) => e.template === template))
      .map(({ happenedAt }) => happenedAt);
  }

  effects(kind: string): Effect[] {
    return this.play.effects(kind);
  }

  get found(): string[] {
    return this.effects('finding').map(({ code }) => code as string);
  }

  /** Notices named for one procedure or case: type and interval. */
  notified(to: string): { type: string; from: string; to?: string }[] {
    return this.effects('notifyCase')
      .filter((e) => Object.values(e.to as object).includes(to))
      .map((e) => {
        const { interval } = e.payload as { interval: { from: number; to?: number } };
        const end = interval.to === undefined ? {} : { to: formatInstant(interval.to) };
        return { type: e.type as string, from: formatInstant(interval.from), ...end };
      });
  }
}

export const absence = (seat: string, from: string, to: string | undefined, more: Partial<Absence> = {}): Absence => ({
  person: `test-${seat}`,
  seats: [seat],
  interval: to === undefined ? { from: parseInstant(from) } : { from: parseInstant(from), to: parseInstant(to) },
  basis: 'leave',
  case: 'LR-2026-0900',
  state: 'granted',
  ...more,
});

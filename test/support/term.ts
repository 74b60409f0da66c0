import { dateOf, edition, formatInstant, lawData, parseInstant, type Standing } from '../../workflows/law';
import { actingAuthorityProcedure as procedure } from '../../workflows/procedures/acting-authority';
import type { CaseData } from '../../workflows/procedures/kit';
import { Play } from '../../workflows/runtime/testing';
import type { Effect, Json, Receipt } from '../../workflows/runtime/workflow';

export const MONDAY = '2026-03-02T09:00:00+08:00';

const unitOf = (seat: string): { unit?: string } => (/^[A-Z]\d+-/.test(seat) ? { unit: seat.split('-')[0]! } : {});
export const as = (seat: string) => ({ seat, ...unitOf(seat), basis: 'own' as const });

/** Seats in an order unlike their numbers; the first is the executive vice mayor's. Persons are stand-ins. */
export const ORDER = ['vm-1', 'vm-3', 'vm-2', 'vm-5', 'vm-4'];
export const personOf = (seat: string): string => `test-${seat}`;
export const ranked = (seats: readonly string[] = ORDER) =>
  seats.map((seat, i) => ({ seat, person: personOf(seat), rank: i + 1 }));

export const termPayload = (more: { [key: string]: Json | undefined } = {}): { [key: string]: Json | undefined } => ({
  mayor: personOf('mayor'),
  evm: 'vm-1',
  order: ranked(),
  absences: [],
  ...more,
});

const NAMES = { D07: '财政局', D10: '生态环境局', X1: '政府办公室' };

export const data = (at: string, overrides: { [key: string]: unknown } = {}): CaseData => {
  const law = lawData(edition, procedure.parameters, dateOf(parseInstant(at)));
  const changed = Object.entries(overrides).map(([key, value]) => {
    const carried = law.parameters[key]!;
    return [key, { ...carried, values: carried.values.map((entry) => ({ ...entry, value: value as never })) }] as const;
  });
  return { law: { ...law, parameters: { ...law.parameters, ...Object.fromEntries(changed) } }, names: NAMES };
};

interface Options {
  at?: string;
  parameters?: { [key: string]: unknown };
}

/** A term of the government played on an owned clock; instants as text with offset. */
export class Term {
  readonly play: Play;

  constructor(payload: { [key: string]: Json | undefined } = {}, { at = MONDAY, parameters = {} }: Options = {}) {
    const input = { ...termPayload(payload), openedBy: { seat: 'X1-desk', unit: 'X1' } };
    const stamp = { receivedAt: parseInstant(at), entrance: 'test', ...as('X1-desk') };
    this.play = new Play(procedure.definition, {
      id: 'AA-2026-0001',
      input: input as Json,
      stamp,
      data: data(at, parameters) as unknown as Json,
    });
  }

  get context() {
    return this.play.subject.snapshot.context as never as {
      standing: Standing;
      decided: { awaited?: true; reason?: string };
      plan: { from: number; to?: number; state: string; presider?: string }[];
      absences: { state: string; seats: string[]; case: string }[];
      entrustments: { id: string; endedAt?: number }[];
    };
  }

  get standing(): Standing {
    return this.context.standing;
  }

  get state(): string {
    return this.play.state.find((s) => s.startsWith('open.course.'))?.split('.')[2] ?? this.play.state[0]!;
  }

  /** State, presider and version in one line. */
  get now(): string {
    const { presider = '-', version } = this.standing;
    return `${this.state} ${presider} v${version}`;
  }

  until(at: string): this {
    this.play.until(parseInstant(at));
    return this;
  }

  send(seat: string, type: string, payload: Json, more: object = {}): Receipt {
    return this.play.send(type, payload, as(seat), more);
  }

  /** As {@link send}, where anything but a change is a slip of the test. */
  must(seat: string, type: string, payload: Json): this {
    const receipt = this.send(seat, type, payload);
    if (receipt.outcome !== 'changed') throw new Error(JSON.stringify(receipt));
    return this;
  }

  entrust(receiver: string, act: string, more: { [key: string]: Json } = {}, by = 'mayor'): Receipt {
    const period = { from: formatInstant(this.play.now) };
    return this.send(by, 'ENTRUST', { receiver, act, mode: 'standing', period, ref: 'W-1', ...more });
  }

  /** Told by a leave case, of the person in a seat. */
  absence(type: string, seat: string, { from = this.play.now, to, case: leave, ...more }: Absent = {}): this {
    const interval = to === undefined ? { from } : { from, to };
    const payload = { person: personOf(seat), seats: [seat], interval, basis: 'observed', case: leave ?? `LR-${seat}` };
    this.play.notify(type, { ...payload, ...more }, { from: leave ?? `LR-${seat}` });
    return this;
  }

  leaves(...seats: string[]): this {
    for (const seat of seats) this.absence('ABSENCE_STARTED', seat);
    return this;
  }

  returns(...seats: string[]): this {
    for (const seat of seats) this.absence('ABSENCE_ENDED', seat);
    return this;
  }

  /** Who was told by a template, in order. */
  told(template: string): string[][] {
    return this.tells(template).map((e) => e.to as string[]);
  }

  tells(template: string): Effect[] {
    return this.play.effects('tell').filter((e) => e.template === template);
  }

  /** What other cases were told, of a type. */
  notices(type: string): { to: Json; payload: { [key: string]: Json } }[] {
    return this.play.effects('notifyCase').filter((e) => e.type === type) as never;
  }
}

interface Absent {
  from?: number;
  to?: number;
  case?: string;
  [key: string]: Json | undefined;
}

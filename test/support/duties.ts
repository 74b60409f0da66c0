import {
  dateOf,
  edition,
  type LawData,
  lawData,
  parameter,
  parseInstant,
  periodOf,
  type SiteLaw,
} from '../../workflows/law';
import type { CaseData } from '../../workflows/procedures/kit';
import {
  type ObligationId,
  obligations,
  recurringObligationProcedure as procedure,
} from '../../workflows/procedures/recurring-obligation';
import { Play } from '../../workflows/runtime/testing';
import type { Json, Receipt } from '../../workflows/runtime/workflow';
import { as } from './supervision';

export const calendarStamp = { ...as('X1-desk'), entrance: 'calendar', system: 'calendar' };

/** The payload with which the calendar opens the period in which a day lies. */
export function began(obligation: ObligationId, owner: string, day: string, more: { [key: string]: Json } = {}) {
  const figure = parameter(obligations[obligation].figure).at(day);
  return { obligation, owner, period: periodOf(figure, day), count: figure.times, ...more };
}

export const minutes = (ref: string, at: string) => ({ evidence: { kind: 'minutes', ref }, at });
export const report = (ref: string, at: string) => ({ evidence: { kind: 'report', ref }, at });
export const visit = (ref: string, at: string) => ({ evidence: { kind: 'visit', ref }, at });

/** One period of one obligation, played on an owned clock; instants as text with offset. */
export class Duty {
  readonly play: Play;
  readonly law: LawData;

  constructor(input: ReturnType<typeof began>, { at, site }: { at?: string; site?: SiteLaw } = {}) {
    const opened = at ?? `${input.period.first}T00:00:00+08:00`;
    this.law = lawData(edition, procedure.parameters, dateOf(parseInstant(opened)), site);
    const data: CaseData = { law: this.law, names: {} };
    const stamp = { receivedAt: parseInstant(opened), ...calendarStamp };
    this.play = new Play(procedure.definition, { input, stamp, data: data as unknown as Json });
  }

  static of(obligation: ObligationId, owner: string, day: string, more?: { [key: string]: Json }): Duty {
    return new Duty(began(obligation, owner, day, more));
  }

  get state(): string {
    return this.play.state[0]!.split('.').at(-1)!;
  }

  until(at: string): this {
    this.play.until(parseInstant(at));
    return this;
  }

  send(seat: string, type: string, payload: Json, more: object = {}): Receipt {
    return this.play.send(type, payload, { ...as(seat), ...more });
  }

  /** A meeting tells that it was held. */
  held(kind: string, at: string, ref: string): boolean {
    return this.play.notify('MEETING_HELD', { kind, at: parseInstant(at), minutes: ref }, { from: `${ref}-sitting` });
  }

  /** Who was told by a template, with when, in order. */
  told(template: string): string[] {
    return this.play.entries.flatMap((entry) =>
      entry.effects
        .filter((effect) => effect.kind === 'tell' && effect.template === template)
        .map((effect) => `${entry.happenedAt.slice(0, 16)} ${(effect.to as string[]).join(',')}`),
    );
  }

  /** Every change of state, with when. */
  get course(): string[] {
    return this.play.entries
      .filter((entry, i, all) => i === 0 || entry.state.join() !== all[i - 1]!.state.join())
      .map((entry) => `${entry.happenedAt.slice(0, 16)} ${entry.state[0]!.split('.').at(-1)}`);
  }
}

import { dateOf, edition, lawData, parseInstant } from '../../workflows/law';
import type { CaseData } from '../../workflows/procedures/kit';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import { Play } from '../../workflows/runtime/testing';
import type { Json, Receipt } from '../../workflows/runtime/workflow';

export const hash = 'a'.repeat(64);
export const doc = (ref: string) => ({ ref, hash });

const unitOf = (seat: string): { unit?: string } => (/^[A-Z]\d+-/.test(seat) ? { unit: seat.split('-')[0]! } : {});
export const as = (seat: string) => ({ seat, ...unitOf(seat), basis: 'own' });

export const data = (at: string): CaseData => ({
  law: lawData(edition, procedure.parameters, dateOf(parseInstant(at))),
  names: {},
});

/** A supervised matter played on an owned clock; instants as text with offset. */
export class Matter {
  readonly play: Play;

  constructor(at = '2026-03-02T09:00:00+08:00', input: { [key: string]: Json } = {}) {
    const registered = {
      category: 3,
      source: { kind: 'minutes', ref: 'M-1' },
      title: '测试事项',
      content: 'C-1',
      decidedBy: 'standing',
      openedBy: { seat: 'X2-desk', unit: 'X2' },
      ...input,
    };
    const stamp = { receivedAt: parseInstant(at), entrance: 'test', ...as('X2-desk') };
    this.play = new Play(procedure.definition, { input: registered, stamp, data: data(at) as unknown as Json });
  }

  /** Assigned to the finance bureau under vice mayor 2, due at the end of `due`. */
  static assigned(due: string, more: { [key: string]: Json } = {}, at?: string): Matter {
    const matter = new Matter(at);
    const receipt = matter.send('X2-desk', 'ASSIGN', {
      leadUnits: ['D07'],
      supporting: [],
      leadVms: ['vm-2'],
      due,
      dueSetBy: 'SupO',
      ...more,
    });
    if (receipt.outcome !== 'changed') throw new Error(JSON.stringify(receipt));
    return matter;
  }

  get state(): string {
    return this.play.state.find((s) => s.startsWith('open.course.'))?.split('.')[2] ?? this.play.state[0]!;
  }

  get level(): number {
    return Number(this.play.state.find((s) => s.startsWith('open.ladder.'))?.at(-1) ?? 0);
  }

  until(at: string): this {
    this.play.until(parseInstant(at));
    return this;
  }

  send(seat: string, type: string, payload: Json, more: object = {}): Receipt {
    return this.play.send(type, payload, as(seat), more);
  }

  /** Who was told by a template, in order. */
  told(template: string): string[][] {
    return this.play
      .effects('tell')
      .filter((e) => e.template === template)
      .map((e) => e.to as string[]);
  }

  /** Findings raised, by code, with the instant at which. */
  get found(): { code: string; at: string }[] {
    return this.play.entries.flatMap((entry) =>
      entry.effects.filter((e) => e.kind === 'finding').map((e) => ({ code: e.code as string, at: entry.happenedAt })),
    );
  }
}

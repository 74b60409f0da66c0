import { dateOf, edition, isParameterKey, lawData, parameters, parseInstant } from '../../workflows/law';
import type { CaseData } from '../../workflows/procedures/kit';
import { rulebookVersionProcedure as procedure } from '../../workflows/procedures/rulebook-version';
import { Play } from '../../workflows/runtime/testing';
import type { Json, Receipt } from '../../workflows/runtime/workflow';
import { as } from './supervision';

export const drafted = {
  repeals: [{ number: '石政发〔2019〕53号', date: '2019-09-19' }],
  basis: ['中华人民共和国宪法'],
  scope: ['departments', 'dispatched-agencies', 'affiliated-institutions'],
  kind: 'limits',
};
export const alone = { ...drafted, repeals: [] };
export const figure = {
  key: 'supervision.progressEvery',
  value: 5,
  unit: 'workingDays',
  basis: 'chosen',
  reason: '进展按周掌握',
  author: 'X1-desk',
  from: '2026-03-05',
};

/** What the entrance puts beside an act, as client/lawbook does. */
export function parameterFact(payload: { key: string; value: Json }) {
  const { key } = payload;
  if (!isParameterKey(key)) return { key };
  const { shape } = parameters[key];
  return { key, unit: shape.unit, expected: shape.expected, fits: shape.accepts(payload.value) };
}

/** A version of the rulebook played on an owned clock. */
export class Version {
  readonly play: Play;
  inForce: { edition: string; case?: string; effectiveFrom?: string } | undefined = { edition: edition.id };

  constructor(draft: { [key: string]: Json } = drafted, at = '2026-03-02T09:00:00+08:00', id = 'RV-2026-0001') {
    const input = { ...draft, openedBy: { seat: 'X1-desk', unit: 'X1' } };
    const stamp = { receivedAt: parseInstant(at), entrance: 'test', ...as('X1-desk') };
    const law = lawData(edition, procedure.parameters, dateOf(stamp.receivedAt));
    const data: CaseData = { law, names: { D06: '司法局', D07: '财政局', sg: '秘书长' } };
    this.play = new Play(procedure.definition, { id, input, stamp, data: data as unknown as Json });
  }

  static approved(draft: { [key: string]: Json } = drafted, at?: string, id?: string): Version {
    const version = new Version(draft, at, id);
    expectChanged(version.send('mayor', 'APPROVE', { ref: 'P-1' }));
    return version;
  }

  static published(effectiveFrom: string, draft?: { [key: string]: Json }, at?: string, id?: string): Version {
    const version = Version.approved(draft, at, id);
    expectChanged(version.send('X1-desk', 'PUBLISH', { effectiveFrom, number: '测试〔2026〕1号' }));
    return version;
  }

  get state(): string {
    return this.play.state[0]!.replace(/^open\./, '').split('.')[0]!;
  }

  until(at: string): this {
    this.play.until(parseInstant(at));
    return this;
  }

  send(seat: string, type: string, payload: { [key: string]: Json }, more: object = {}): Receipt {
    const facts = {
      asOf: this.play.now,
      ...(type === 'SET_PARAMETER' ? { parameter: parameterFact(payload as never) } : {}),
      ...(type === 'PUBLISH' && this.inForce ? { version: this.inForce } : {}),
    };
    return this.play.send(type, payload, { ...as(seat), facts, ...more });
  }

  told(template: string): string[][] {
    return this.play
      .effects('tell')
      .filter((effect) => effect.template === template)
      .map((effect) => effect.to as string[]);
  }
}

function expectChanged(receipt: Receipt): void {
  if (receipt.outcome !== 'changed') throw new Error(JSON.stringify(receipt));
}

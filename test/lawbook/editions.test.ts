import {
  edition,
  editionAt,
  editionFaults,
  editionOf,
  lawData,
  NoEditionInForce,
  NoRuleInForce,
  type PublishedVersion,
  parameter,
  parametersOf,
  versionAt,
  withVersions,
} from '../../workflows/law';
import { parameters } from '../../workflows/law/parameters';

const figure = {
  key: 'supervision.progressEvery',
  value: 5,
  basis: 'chosen',
  reason: '按周掌握',
  author: 'X1-desk',
  from: '2026-03-01',
} as const;
const version = (id: string, effectiveFrom: string, more: Partial<PublishedVersion> = {}): PublishedVersion => ({
  id,
  number: `${id}号`,
  effectiveFrom,
  publishedAt: Date.parse(`${effectiveFrom}T10:00:00+08:00`),
  kind: 'limits',
  parametersAlone: true,
  repeals: [],
  figures: [],
  ...more,
});

describe('which edition is in force', () => {
  it.each([
    { what: 'nothing published', versions: [], id: 'draft-2026', number: undefined, marked: true },
    {
      what: 'figures alone: the rulebook is still not confirmed',
      versions: [version('RV-1', '2026-03-01')],
      id: 'RV-1',
      number: undefined,
      marked: true,
    },
    {
      what: 'a rulebook',
      versions: [version('RV-1', '2026-03-01', { parametersAlone: false })],
      id: 'RV-1',
      number: 'RV-1号',
      marked: false,
    },
    {
      what: 'a rulebook, then figures',
      versions: [version('RV-1', '2026-03-01', { parametersAlone: false }), version('RV-2', '2026-04-01')],
      id: 'RV-2',
      number: 'RV-1号',
      marked: false,
    },
  ])('$what', ({ versions, id, number, marked }) => {
    const inForce = editionOf(versions);
    expect(inForce).toMatchObject({ id, number });
    expect(lawData(inForce, [], '2026-05-04').marks).toEqual(marked ? ['【规则版本待确认】'] : []);
  });

  it('names what it repeals, and where the rulebook came from stays as it was', () => {
    const repeals = [{ number: '石政发〔2019〕53号', date: '2019-09-19' }];
    expect(editionOf([version('RV-1', '2026-03-01', { parametersAlone: false, repeals })]).repeals).toEqual(repeals[0]);
    expect(editionOf([version('RV-1', '2026-03-01')]).repeals).toEqual(edition.repeals);
  });

  it.each([
    {
      editions: [version('RV-1', '2026-03-01'), version('RV-2', '2026-02-28')],
      fault: /RV-2 from 2026-02-28 overlaps .*RV-1/,
    },
    { editions: [version('RV-1', '2026-03-01'), version('RV-1', '2026-04-01')], fault: /RV-1 is there twice/ },
  ])('refuses what overlaps: $fault', ({ editions, fault }) => {
    expect(editionFaults(editions)).toEqual([expect.stringMatching(fault)]);
    expect(() => editionOf(editions)).toThrow(fault);
    expect(() => editionAt(editions, '2026-05-01')).toThrow(fault);
  });

  it('changes at midnight of its first day', () => {
    const two = [version('RV-1', '2026-03-01'), version('RV-2', '2026-04-01')];
    expect(['2026-03-01', '2026-03-31', '2026-04-01'].map((day) => versionAt(two, day).id)).toEqual([
      'RV-1',
      'RV-1',
      'RV-2',
    ]);
  });

  it('names the day that lies outside of every edition, and stands by the draft where there is one', () => {
    expect(() => versionAt([version('RV-1', '2026-03-01')], '2026-02-28')).toThrow(NoEditionInForce);
    expect(() => versionAt([version('RV-1', '2026-03-01')], '2026-02-28')).toThrow(
      /2026-02-28; the first, RV-1, holds from 2026-03-01/,
    );
    expect(() => versionAt([], '2026-02-28')).toThrow(/on 2026-02-28: there is none/);
    expect(editionAt([edition, version('RV-1', '2026-03-01')], '2026-02-28').id).toBe('draft-2026');
  });

  it('names key and day where a figure has no value yet', () => {
    expect(() => lawData(edition, ['supervision.reviewSla'], '2024-12-31')).toThrow(NoRuleInForce);
    expect(() => lawData(edition, ['supervision.reviewSla'], '2024-12-31')).toThrow(/on 2024-12-31/);
  });
});

describe('figures of versions', () => {
  const valueOn = (versions: PublishedVersion[], day: string, overrides = [] as never[]) =>
    parameter('supervision.progressEvery', parametersOf({ overrides, versions })).entryAt(day);

  it.each([
    { day: '2026-02-28', value: 10 },
    { day: '2026-03-01', value: 5 },
  ])('hold from their day on: $day', ({ day, value }) => {
    expect(valueOn([version('RV-1', '2026-03-01', { figures: [figure] })], day).value).toBe(value);
  });

  it('do not hold before the version does', () => {
    const early = version('RV-1', '2026-03-10', { figures: [figure] });
    expect(['2026-03-09', '2026-03-10'].map((day) => valueOn([early], day).value)).toEqual([10, 5]);
  });

  it('stay in force under later versions that say nothing of them, and yield to those that do', () => {
    const first = version('RV-1', '2026-03-01', { figures: [figure, { ...figure, value: 6, from: '2027-01-01' }] });
    const silent = version('RV-2', '2026-04-01');
    const later = version('RV-3', '2026-05-01', { figures: [{ ...figure, value: 8, from: '2026-05-01' }] });
    expect(valueOn([first, silent], '2027-01-01').value).toBe(6);
    expect(valueOn([first, silent, later], '2026-04-30').value).toBe(5);
    expect(valueOn([first, silent, later], '2027-01-01').value).toBe(8);
  });

  it('go before what a file of the site says', () => {
    const site = { key: 'supervision.progressEvery', value: 7, from: '2026-01-01', reason: 'r', author: 'a' } as never;
    const versions = [version('RV-1', '2026-03-01', { figures: [figure] })];
    expect(valueOn(versions, '2026-02-28', [site]).value).toBe(7);
    expect(valueOn(versions, '2026-03-01', [site]).value).toBe(5);
  });

  it.each([
    { basis: 'chosen', reason: '按周', cite: { basis: 'chosen', article: 62 } },
    { basis: 'statute', source: '政府督查工作条例', cite: { basis: 'statute', instrument: '政府督查工作条例' } },
    { basis: 'stated', source: '第六十二条', cite: { basis: 'stated', article: 62 } },
  ] as const)('keep their ground and their author: $basis', ({ cite, ...ground }) => {
    const { reason: _, ...bare } = figure;
    const set = { ...bare, ...ground };
    const entry = valueOn([version('RV-1', '2026-03-01', { figures: [set] })], '2026-03-01');
    expect(entry).toMatchObject({ value: 5, author: 'X1-desk' });
    expect({ ...entry.cite, article: [entry.cite.article ?? []].flat()[0] }).toMatchObject(cite);
  });

  it.each([
    [{ ...figure, value: 0 }, /RV-1: the value of supervision.progressEvery must be a whole number/],
    [{ ...figure, key: 'no.such' }, /RV-1 sets no.such, which is no parameter/],
  ])('are refused by version and key where they do not fit', (set, fault) => {
    expect(() => withVersions(parameters, [version('RV-1', '2026-03-01', { figures: [set] })])).toThrow(fault);
  });
});

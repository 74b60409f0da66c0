import {
  onUnitChanged,
  reorganised,
  restored,
  UNIT_CHANGED,
  type UnitChange,
  unfit,
} from '../../workflows/procedures/kit/reorganise';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import { doc, Matter } from '../support/supervision';

const ids = { D07: 'D32', 'D07-head': 'D32-head', 'D07-deputy': 'D32-deputy', 'D07-desk': 'D32-desk' };
const payload = {
  batch: 'R1-1',
  reorganisation: 'R1',
  ref: '测试〔2026〕2号',
  by: 'X1-desk',
  ids,
  names: { D32: '新财政局' },
};
const report = { doc: doc('R-1'), evidence: ['E-1'], claims: 'done' };
const noTexts = { correctable: [] };

const moved = (matter: Matter, more: object = {}) => matter.play.notify(UNIT_CHANGED, { ...payload, ...more });
const changesOf = (matter: Matter) =>
  matter.play.effects('units-changed').at(-1)?.changes as unknown as UnitChange[] | undefined;

describe('a unit that goes into another while a matter is under way', () => {
  const matter = Matter.assigned('2026-03-20', { supporting: ['D07', 'D20'] }).until('2026-03-09T09:00:00+08:00');
  const before = matter.play.subject.deadlines();
  const head = matter.play.subject.head.sequence;
  moved(matter);

  it('is one recorded step, on our own ground, that says what took the place of what', () => {
    const [entry, ...more] = matter.play.entries.slice(head);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      trigger: {
        kind: 'notice',
        type: UNIT_CHANGED,
        payload: { batch: 'R1-1', ref: '测试〔2026〕2号', by: 'X1-desk' },
      },
      steps: [{ from: '(root)', cite: { basis: 'chosen' } }],
    });
    expect(changesOf(matter)).toEqual([
      { at: '/supporting', before: ['D07', 'D20'], after: ['D32', 'D20'] },
      { at: '/lead', before: 'D07', after: 'D32' },
    ]);
  });

  it('leaves the state and every deadline as they were', () => {
    expect(matter.state).toBe('in-progress');
    expect(matter.play.subject.deadlines()).toEqual(before);
  });

  it('tells the new unit, once, and nobody else', () => {
    expect(matter.told('units.changed')).toEqual([['D32-desk', 'D32-head']]);
  });

  it('lets the new unit act and the old one no longer', () => {
    expect(matter.send('D07-desk', 'REPORT', report)).toMatchObject({ outcome: 'not-entitled' });
    expect(matter.send('D32-desk', 'REPORT', report)).toMatchObject({ outcome: 'changed' });
  });

  it('bars the new unit from striking off what is now its own', () => {
    expect(matter.send('D32-head', 'ACCEPT', { evidence: ['E-1'] }).refusal?.code).toBe('SELF_ACCEPTANCE');
  });
});

it('a due date passes at its own instant after the change: the last moment before, and that moment', () => {
  const matter = Matter.assigned('2026-03-20').until('2026-03-20T23:59:59.998+08:00');
  moved(matter);
  matter.until('2026-03-20T23:59:59.999+08:00');
  expect(matter.state).toBe('in-progress');
  matter.until('2026-03-21T00:00:00+08:00');
  expect(matter.state).toBe('overdue');
  expect(matter.told('supervision.level1')).toEqual([['D32-desk', 'D32-head']]);
});

it('the same again, by the same or a later notice, changes nothing and writes nothing', () => {
  const matter = Matter.assigned('2026-03-20');
  expect(moved(matter)).toBe(true);
  const { length } = matter.play.entries;
  expect(matter.play.notify(UNIT_CHANGED, payload, { seq: 1 })).toBe(true);
  expect(moved(matter)).toBe(false);
  expect(matter.play.entries).toHaveLength(length);
});

it('a matter that does not name the unit is left alone', () => {
  const matter = Matter.assigned('2026-03-20', { leadUnits: ['D20'] });
  expect(moved(matter)).toBe(false);
});

it.each([
  ['a payload that is none', { ids: ['D07'] }],
  ['one without the paper that orders it', { ref: '' }],
])('%s is left aside', (_, more) => {
  const matter = Matter.assigned('2026-03-20');
  expect(moved(matter, more)).toBe(false);
  expect(matter.play.subject.view(matter.play.now, 0).context).toMatchObject({ lead: 'D07' });
});

it('names, texts and papers are not touched, though they read like a unit', () => {
  const matter = new Matter('2026-03-02T09:00:00+08:00', { title: 'D07', content: 'D07' });
  expect(moved(matter)).toBe(false);
});

describe('taken back', () => {
  it('everything is as it was, by one more step', () => {
    const matter = Matter.assigned('2026-03-20', { supporting: ['D07', 'D20'] });
    const before = matter.play.subject.snapshot.context;
    moved(matter);
    moved(matter, { restore: changesOf(matter) });
    expect(matter.play.subject.snapshot.context).toEqual(before);
    expect(matter.play.effects('units-changed').at(-1)).toMatchObject({ undone: true });
  });

  it('what was given to somebody else since stays there', () => {
    const changes = [
      { at: '/lead', before: 'D07', after: 'D32' },
      { at: '/supporting', before: ['D07'], after: ['D32'] },
    ];
    expect(restored({ lead: 'D20', supporting: ['D32'] }, changes)).toEqual({
      context: { lead: 'D20', supporting: ['D07'] },
      changes: [{ at: '/supporting', before: ['D32'], after: ['D07'] }],
    });
  });
});

describe('wherever a context names a unit or a seat of it', () => {
  const into = (context: unknown, more: object = {}) => reorganised(context, ids, { ...noTexts, ...more });

  it.each([
    ['a seat', { owner: 'D07-head' }, { owner: 'D32-head' }],
    ['the vice mayor in charge of it', { asks: 'vmc:D07' }, { asks: 'vmc:D32' }],
    ['deep in lists', { rows: [{ unit: 'D07' }, { unit: 'D20' }] }, { rows: [{ unit: 'D32' }, { unit: 'D20' }] }],
    ['as a key', { answers: { 'D07-head': { at: 1 } } }, { answers: { 'D32-head': { at: 1 } } }],
    ['twice after a merger', { with: ['D32', 'D07'] }, { with: ['D32'] }],
  ])('%s', (_, context, expected) => {
    const { context: next, changes } = into(context);
    expect(next).toEqual(expected);
    expect(restored(next, changes).context).toEqual(context);
  });

  it('longer ids, texts that contain it, instants and nothing are left', () => {
    const context = { a: 'D070', b: 'D07 的报告', c: 7, d: undefined, e: null, f: new Date(0) };
    expect(into(context)).toEqual({ context, changes: [] });
    expect(into(context).context).toBe(context);
  });

  it('a key whose place is taken stays beside the other', () => {
    const context = { answers: { 'D07-head': 1, 'D32-head': 2 } };
    expect(into(context)).toEqual({ context, changes: [] });
  });

  it('what a procedure keeps stays, with all below it', () => {
    const context = { applicant: { seats: ['D07-head'] }, steps: [{ by: 'D07-desk', unit: 'D07' }] };
    const { context: next } = into(context, { unitsKept: ['applicant', 'steps.*.by'] });
    expect(next).toEqual({ applicant: { seats: ['D07-head'] }, steps: [{ by: 'D07-desk', unit: 'D32' }] });
  });
});

it('a context that would become none of its procedure stays as it is, and why is said', () => {
  const matter = Matter.assigned('2026-03-20');
  const notice = { id: 'n', from: 'directory', seq: 1, type: UNIT_CHANGED, payload };
  const { context } = matter.play.subject.snapshot;
  const { contextSchema } = procedure.definition;
  const data = { names: { X1: '政府办公室' } };
  expect(onUnitChanged(notice, data, context, { contextSchema, correctable: [] })).toMatchObject({
    data: { names: { X1: '政府办公室', D32: '新财政局' } },
  });
  const broken = { ...context, missed: 'twice' };
  expect(onUnitChanged(notice, data, broken, { contextSchema, correctable: [] })).toBeUndefined();
  expect(unfit(broken, { contextSchema, correctable: [] })).toContain('missed');
});

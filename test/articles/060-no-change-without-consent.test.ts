import { doc, Matter } from '../support/supervision';

const redate = { date: '2026-04-10', reason: '设备延迟到货', vmcNote: 'N-1' };

describe('article 60: a decision is carried out as decided until the government consents to change it', () => {
  it.each([
    { who: 'the unit itself', seat: 'D07-head', payload: redate, code: 'UNAUTHORISED_CHANGE' },
    {
      who: 'the supervision office without the vice mayor',
      seat: 'X2-desk',
      payload: { ...redate, vmcNote: undefined },
      code: 'CONSENT_LEVEL_TOO_LOW',
    },
    {
      who: 'the Office, to a day that is over',
      seat: 'X1-desk',
      payload: { ...redate, date: '2026-03-01' },
      code: 'TIME_NOT_ALLOWED',
    },
  ])('refuses a new date by $who: $code', ({ seat, payload, code }) => {
    const matter = Matter.assigned('2026-03-20');
    const receipt = matter.send(seat, 'SET_DATE', JSON.parse(JSON.stringify(payload)));
    expect(receipt).toMatchObject({ outcome: 'rule', refusal: { code } });
    expect(matter.play.subject.deadlines().find((d) => d.name === 'due')?.dueAt).toBe(
      Date.parse('2026-03-21T00:00:00+08:00'),
    );
  });

  it('refuses a new date where the decision itself set the old one, and offers the way by which it is changed', () => {
    const matter = Matter.assigned('2026-03-20', { dueSetBy: 'decision' });
    expect(matter.send('X2-desk', 'SET_DATE', redate).refusal?.code).toBe('CONSENT_LEVEL_TOO_LOW');
    expect(matter.send('D07-head', 'CHANGE_REQUEST', { wish: 'change', grounds: 'G-2' }).outcome).toBe('changed');
    expect(matter.play.effects('task')).toEqual([expect.objectContaining({ task: 'decision-change', owner: 'X1' })]);
    expect(matter.state).toBe('in-progress');
  });

  it('moves the due date by the supervision office with the note of the vice mayor', () => {
    const matter = Matter.assigned('2026-03-20');
    expect(matter.send('X2-desk', 'SET_DATE', redate).outcome).toBe('changed');
    matter.until('2026-04-10T23:59:59+08:00');
    expect(matter.state).toBe('in-progress');
    expect(matter.until('2026-04-11T00:00:00+08:00').state).toBe('overdue');
  });

  it('refuses a later date for an overdue item until it is explained', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-23T09:00:00+08:00');
    const later = { ...redate, date: '2026-04-30' };
    expect(matter.send('X2-desk', 'SET_DATE', later).refusal?.code).toBe('EXTENSION_AFTER_DUE_WITHOUT_EXPLANATION');
    expect(matter.send('D07-head', 'EXPLAIN', { doc: doc('X-1'), cause: '征地未完成' }).outcome).toBe('changed');
    expect(matter.state).toBe('explained');
    expect(matter.send('X2-desk', 'SET_DATE', later).outcome).toBe('changed');
    expect(matter.state).toBe('in-progress');
  });

  it('records a change made without consent as a finding; the item stays open and facts are to be checked', () => {
    const matter = Matter.assigned('2026-03-20');
    const seen = { what: '擅自停止施工', since: '2026-03-05T09:00:00+08:00', evidence: 'E-7' };
    expect(matter.send('X2-desk', 'CHANGE_OBSERVED', seen).outcome).toBe('changed');
    expect(matter.found.map((f) => f.code)).toEqual(['UNAUTHORISED_CHANGE']);
    expect(matter.play.effects('task')).toEqual([expect.objectContaining({ task: 'accountability-fact-check' })]);
    expect(matter.state).toBe('in-progress');
  });

  it('lets a person of the offices, never of the unit concerned, say whether a finding stands', () => {
    const matter = Matter.assigned('2026-03-20');
    matter.send('X2-desk', 'CHANGE_OBSERVED', { what: '停工', since: '2026-03-05T09:00:00+08:00', evidence: 'E-7' });
    const verdict = { findingId: 'F1', stands: false, reason: '经核实系检修' };
    expect(matter.send('D07-head', 'CONFIRM_FINDING', verdict).outcome).toBe('not-entitled');
    expect(matter.send('X1-desk', 'CONFIRM_FINDING', { ...verdict, findingId: 'F9' })).toMatchObject({
      refusal: { code: 'unknown-finding' },
    });
    expect(matter.send('X1-desk', 'CONFIRM_FINDING', verdict).outcome).toBe('changed');
    expect(matter.send('X1-desk', 'CONFIRM_FINDING', verdict)).toMatchObject({ refusal: { code: 'unknown-finding' } });
  });
});

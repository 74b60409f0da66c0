import { Matter } from '../support/supervision';

const assignment = { leadUnits: ['D07'], supporting: ['D08'], leadVms: ['vm-2'], due: '2026-03-20', dueSetBy: 'SupO' };
const exception = { code: 'LEAD_NOT_UNIQUE', reason: '跨两位副市长分管', ref: 'P-9' };

describe('article 58: one lead unit, in principle one lead vice mayor', () => {
  it.each([
    { what: 'two lead units', more: { leadUnits: ['D07', 'D08'] }, soft: undefined },
    { what: 'no lead unit', more: { leadUnits: [] }, soft: undefined },
    { what: 'two lead vice mayors', more: { leadVms: ['vm-2', 'vm-3'] }, soft: true },
    { what: 'no lead vice mayor', more: { leadVms: [] }, soft: true },
  ])('refuses $what and assigns nothing', ({ more, soft }) => {
    const matter = new Matter();
    const receipt = matter.send('X2-desk', 'ASSIGN', { ...assignment, ...more });
    expect(receipt).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'LEAD_NOT_UNIQUE', cite: { article: 58, basis: 'stated' } },
    });
    expect(receipt.refusal?.soft).toBe(soft);
    expect(matter.state).toBe('assigning');
  });

  it('takes two lead vice mayors once the mayor granted the exception, and uses it up', () => {
    const matter = new Matter();
    expect(matter.send('mayor', 'GRANT_EXCEPTION', exception).outcome).toBe('changed');
    expect(matter.send('X2-desk', 'ASSIGN', { ...assignment, leadVms: ['vm-2', 'vm-3'] }).outcome).toBe('changed');
    const { exceptions } = matter.play.subject.snapshot.context as { exceptions: { usedAt?: number }[] };
    expect(exceptions).toEqual([
      expect.objectContaining({ code: 'LEAD_NOT_UNIQUE', grantedBy: 'mayor', usedAt: matter.play.now }),
    ]);
  });

  it('never takes two lead units, whatever the exception', () => {
    const matter = new Matter();
    matter.send('mayor', 'GRANT_EXCEPTION', exception);
    expect(matter.send('X2-desk', 'ASSIGN', { ...assignment, leadUnits: ['D07', 'D08'] }).refusal?.code).toBe(
      'LEAD_NOT_UNIQUE',
    );
  });

  it.each([
    {
      who: 'anyone but the mayor',
      seat: 'vm-2',
      code: 'LEAD_NOT_UNIQUE',
      expected: { outcome: 'not-entitled', refusal: { entitled: ['mayor'] } },
    },
    {
      who: 'the mayor for a hard rule',
      seat: 'mayor',
      code: 'DEADLINE_MISSING',
      expected: { outcome: 'rule', refusal: { code: 'no-exception' } },
    },
  ])('takes no exception from $who', ({ seat, code, expected }) => {
    expect(new Matter().send(seat, 'GRANT_EXCEPTION', { ...exception, code })).toMatchObject(expected);
  });

  it('makes a dispute about ownership a task of the Office; the item stays', () => {
    const matter = Matter.assigned('2026-03-20');
    expect(matter.send('D07-head', 'DISPUTE_OWNERSHIP', { grounds: 'G-1' }).outcome).toBe('changed');
    expect(matter.told('task')).toEqual([['X1-desk']]);
    expect(matter.state).toBe('in-progress');
  });
});

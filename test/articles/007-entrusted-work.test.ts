/** Article 7: a vice mayor entrusted with a matter has charge of it while the entrustment runs; articles 43 and 46 beside it. */
import { vmcOf } from '../../workflows/law';
import { MONDAY, Term } from '../support/term';

const matter = { units: ['D07'] };

it('is told to the vice mayor, and to cases that wait on him, when it begins and when it ends', () => {
  const term = new Term();
  term.entrust('vm-2', 'task', { matter, period: { from: MONDAY, to: '2026-03-04T00:00:00+08:00' } });
  expect(term.told('acting.entrusted')).toEqual([['vm-2', 'mayor', 'sg', 'X1-desk']]);
  const [told] = term.notices('ENTRUSTMENT_CHANGED');
  expect(told).toMatchObject({
    to: { awaiting: ['vm-2', 'mayor'] },
    payload: { ended: false, entrustment: { receiver: 'vm-2', act: 'task', giver: 'mayor' }, standing: { version: 1 } },
  });
  term.until('2026-03-03T23:59:59.999+08:00');
  expect(term.told('acting.entrustment-ended')).toEqual([]);
  term.until('2026-03-04T00:00:00+08:00');
  expect(term.told('acting.entrustment-ended')).toHaveLength(1);
  expect(term.notices('ENTRUSTMENT_CHANGED').at(-1)!.payload).toMatchObject({ ended: true });
});

it('makes him the vice mayor in charge, before any portfolio, as long as it runs', () => {
  const term = new Term();
  term.entrust('vm-2', 'task', { matter, period: { from: MONDAY, to: '2026-03-04T00:00:00+08:00' } });
  const inCharge = (at: number) => vmcOf({ unit: 'D07' }, at, term.standing.entrustments, () => 'vm-1');
  expect(inCharge(Date.parse('2026-03-03T23:59:59.999+08:00'))).toBe('vm-2');
  expect(inCharge(Date.parse('2026-03-04T00:00:00+08:00'))).toBe('vm-1');
});

it('changes nobody who presides', () => {
  const term = new Term();
  term.entrust('vm-2', 'task', { matter });
  expect(term.now).toBe('mayor-presiding mayor v1');
});

it('may be given from afar', () => {
  const term = new Term().leaves('mayor');
  expect(term.entrust('vm-2', 'task', { matter }).outcome).toBe('changed');
});

it('the Party group is entrusted by its secretary to his deputy (43)', () => {
  const term = new Term();
  expect(term.entrust('pg-deputy', 'chair-party-group', {}, 'pg-secretary').outcome).toBe('changed');
  expect(term.entrust('vm-2', 'chair-party-group', {}, 'pg-secretary').refusal?.code).toBe('receiver-not-eligible');
});

it.each(['mayor', 'vm-2', 'sg'])('a special meeting is entrusted to a deputy secretary-general by %s (46)', (by) => {
  const term = new Term();
  expect(term.entrust('dsg-1', 'hold-special', { matter: { text: '-' } }, by).outcome).toBe('changed');
  expect(term.standing.entrustments).toMatchObject([{ giver: by, receiver: 'dsg-1' }]);
});

import { vmcOf } from '../../workflows/law';
import { given } from '../support/standing';

const portfolio = (unit: string) => ({ D07: 'vm-1', D10: 'vm-4' })[unit];
const at = 10;

describe('the vice mayor in charge', () => {
  it('is whoever has the unit in his portfolio', () => {
    expect(vmcOf({ unit: 'D07' }, at, [], portfolio)).toBe('vm-1');
    expect(vmcOf({ unit: 'D08' }, at, [], portfolio)).toBeUndefined();
    expect(vmcOf({ subject: 'water' }, at, [], portfolio)).toBeUndefined();
  });

  const matters = {
    unit: given('task', 'vm-2', { id: 'E1', matter: { units: ['D07', 'D08'] } }),
    subject: given('task', 'vm-3', { id: 'E2', matter: { subject: 'water' } }),
    case: given('task', 'vm-5', { id: 'E3', matter: { case: 'SI-2026-0001' } }),
    words: given('task', 'vm-6', { id: 'E4', matter: { text: 'the flood' } }),
  };
  const all = Object.values(matters);

  it.each([
    ['entrusted with the unit', { unit: 'D07' }, 'vm-2'],
    ['entrusted with the unit, which has no portfolio', { unit: 'D08' }, 'vm-2'],
    ['entrusted with the subject', { unit: 'D07', subject: 'water' }, 'vm-3'],
    ['entrusted with the case', { unit: 'D07', subject: 'water', case: 'SI-2026-0001' }, 'vm-5'],
    ['by portfolio where another case is entrusted', { unit: 'D10', case: 'SI-2026-0002' }, 'vm-4'],
  ])('is, before any portfolio, whoever is %s', (_, asked, seat) => {
    expect(vmcOf(asked, at, all, portfolio)).toBe(seat);
  });

  it.each([
    ['has not begun', { period: { from: at + 1 } }],
    ['is over', { period: { from: 0, to: at } }],
    ['was revoked', { endedAt: 5 }],
    ['is one to preside', { act: 'preside' as const }],
  ])('is by portfolio while an entrustment %s', (_, more) => {
    expect(vmcOf({ unit: 'D07' }, at, [{ ...matters.unit, ...more }], portfolio)).toBe('vm-1');
  });

  it('of two entrusted with the same, is the one entrusted last', () => {
    const later = given('task', 'vm-4', { id: 'E9', matter: { units: ['D07'] }, givenAt: 3 });
    expect(vmcOf({ unit: 'D07' }, at, [later, matters.unit], portfolio)).toBe('vm-4');
  });
});

import fc from 'fast-check';
import { type Listed, membersOf, type OfficeKind, quorum } from '../../workflows/law';

const listed = (kinds: OfficeKind[][], inOffice = true): Listed[] =>
  kinds.map((each, i) => ({ person: `p-${i}`, kinds: each, inOffice }));
const some = (n: number, kind: OfficeKind): OfficeKind[][] => Array.from({ length: n }, () => [kind]);
const present = (n: number, from = 0) => Array.from({ length: n }, (_, i) => ({ person: `p-${from + i}` }));
const strict = { inclusive: false, remoteCounts: false };
const inclusive = { inclusive: true, remoteCounts: false };

/** As the page has it: one mayor, seven vice mayors, one secretary-general. */
const today = listed([['mayor'], ...some(7, 'vm'), ['sg']]);
const afterAppointment = listed([['mayor'], ...some(8, 'vm'), ['sg']]);

describe('the quorum of the standing meeting (44)', () => {
  it.each([
    ['nine members, inclusive', today, inclusive, 5],
    ['nine members, strict', today, strict, 5],
    ['ten members, inclusive: exactly half is enough', afterAppointment, inclusive, 5],
    ['ten members, strict', afterAppointment, strict, 6],
  ])('%s', (_, all, by, needed) => {
    expect(quorum('standing', all, present(needed - 1), by)).toMatchObject({ needed, met: false });
    expect(quorum('standing', all, present(needed), by)).toMatchObject({ needed, met: true, present: needed });
  });

  it.each<OfficeKind>([
    'dsg',
    'candidate',
    'unit-head',
    'unit-deputy',
    'legal-adviser',
    'pg-member',
    'invited',
    'other',
  ])('does not count a %s', (kind) => {
    const all = [...today, { person: 'p-99', kinds: [kind], inOffice: true }];
    expect(quorum('standing', all, [...present(4), { person: 'p-99' }], inclusive)).toMatchObject({
      denominator: 9,
      present: 4,
      met: false,
    });
  });

  it('leaves out a member who is not in office on the day, and keeps one on leave', () => {
    const all = today.map((one, i) => (i === 3 ? { ...one, inOffice: false } : one));
    expect(quorum('standing', all, present(3), inclusive)).toMatchObject({ denominator: 8, needed: 4, met: false });
  });

  it('counts video only where that is allowed', () => {
    const video = [...present(4), { person: 'p-5', remote: true }];
    expect(quorum('standing', today, video, inclusive)).toMatchObject({ present: 4, met: false });
    expect(quorum('standing', today, video, { ...inclusive, remoteCounts: true })).toMatchObject({ met: true });
  });

  it('counts somebody with two offices once', () => {
    const all: Listed[] = [
      { person: 'p-0', kinds: ['vm'], inOffice: true },
      { person: 'p-0', kinds: ['sg'], inOffice: true },
    ];
    expect(membersOf('standing', all)).toEqual(['p-0']);
  });

  it('is never met where nobody is a member', () => {
    expect(quorum('standing', [], [], inclusive)).toMatchObject({ denominator: 0, met: false });
  });
});

describe('the quorum of the Party group (43)', () => {
  const group = listed([
    ['pg-secretary', 'mayor'],
    ['pg-deputy', 'vm'],
    ['pg-member', 'vm'],
    ['pg-member', 'candidate'],
  ]);

  it('counts its members, a candidate among them, and no vice mayor who is none', () => {
    const all = [...group, { person: 'p-9', kinds: ['vm' as const, 'invited' as const], inOffice: true }];
    expect(quorum('party-group', all, [...present(1), { person: 'p-9' }], inclusive)).toMatchObject({
      denominator: 4,
      needed: 2,
      present: 1,
      met: false,
    });
  });
});

it.each(['plenary', 'mayors-office', 'special'] as const)('the text names none for %s', (kind) => {
  expect(quorum(kind, today, [], inclusive)).toBeUndefined();
});

it('at least half, or more than half, for any number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 40 }), (n, here) => {
      const all = listed(some(n, 'vm'));
      const counted = Math.min(here, n);
      expect(quorum('standing', all, present(here), inclusive)!.met).toBe(2 * counted >= n);
      expect(quorum('standing', all, present(here), strict)!.met).toBe(2 * counted > n);
    }),
  );
});

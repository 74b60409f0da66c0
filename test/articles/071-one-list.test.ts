/** Article 71: absences of mayor and executive vice mayor stand on one list, so that of two requests only one gets through. */
import { parseInstant } from '../../workflows/law';
import { MONDAY, Term } from '../support/term';

const at = (day: number): number => parseInstant(MONDAY) + day * 86_400_000;
const may = { from: at(10), to: at(14) };

const answers = (term: Term) => [
  ...term.notices('ABSENCE_RESERVED').map(({ to, payload }) => ({ to, payload, is: 'reserved' })),
  ...term.notices('ABSENCE_OVERLAPS').map(({ to, payload }) => ({ to, payload, is: 'overlaps' })),
];

it('the first request is reserved, the second in the same moment is told what it overlaps', () => {
  const term = new Term();
  term.absence('RESERVE_ABSENCE', 'mayor', { ...may, case: 'LR-1' });
  term.absence('RESERVE_ABSENCE', 'vm-1', { from: at(13), to: at(16), case: 'LR-2' });
  expect(answers(term)).toMatchObject([
    { is: 'reserved', to: { case: 'LR-1' }, payload: { interval: may } },
    {
      is: 'overlaps',
      to: { case: 'LR-2' },
      payload: {
        interval: { from: at(13), to: at(16) },
        overlaps: [{ case: 'LR-1', state: 'asked', seats: ['mayor'], interval: may }],
      },
    },
  ]);
  expect(term.context.absences).toHaveLength(1);
});

it.each([
  ['the other way round', 'vm-1', 'mayor'],
  ['by the mayor first', 'mayor', 'vm-1'],
])('in both directions, granted and begun as well as asked: %s', (_, first, second) => {
  for (const type of ['RESERVE_ABSENCE', 'ABSENCE_PLANNED', 'ABSENCE_STARTED']) {
    const term = new Term();
    term.absence(type, first, { ...may, case: 'LR-1', basis: 'leave' });
    term.absence('RESERVE_ABSENCE', second, { from: at(13), to: at(16), case: 'LR-2' });
    expect(term.notices('ABSENCE_OVERLAPS')).toHaveLength(1);
  }
});

it('open-ended absences run on; what ends when the other begins does not overlap', () => {
  const open = new Term().leaves('mayor');
  open.absence('RESERVE_ABSENCE', 'vm-1', { from: at(300), to: at(301), case: 'LR-2' });
  expect(open.notices('ABSENCE_OVERLAPS')).toHaveLength(1);
  const after = new Term();
  after.absence('RESERVE_ABSENCE', 'mayor', { ...may, case: 'LR-1' });
  after.absence('RESERVE_ABSENCE', 'vm-1', { from: at(14), to: at(16), case: 'LR-2' });
  expect(after.notices('ABSENCE_RESERVED')).toHaveLength(2);
});

it('an exception is reserved in spite of it; a release makes room', () => {
  const term = new Term();
  term.absence('RESERVE_ABSENCE', 'mayor', { ...may, case: 'LR-1' });
  term.absence('RESERVE_ABSENCE', 'vm-1', { ...may, case: 'LR-2', excepted: true });
  expect(term.notices('ABSENCE_RESERVED')).toHaveLength(2);
  const released = new Term();
  released.absence('RESERVE_ABSENCE', 'mayor', { ...may, case: 'LR-1' });
  released.absence('RELEASE_RESERVATION', 'mayor', { ...may, case: 'LR-1' });
  released.absence('RESERVE_ABSENCE', 'vm-1', { ...may, case: 'LR-2' });
  expect(released.notices('ABSENCE_OVERLAPS')).toEqual([]);
});

it('concerns nobody but the two: another vice mayor is reserved at once', () => {
  const term = new Term();
  term.absence('RESERVE_ABSENCE', 'mayor', { ...may, case: 'LR-1' });
  term.absence('RESERVE_ABSENCE', 'vm-1', { ...may, case: 'LR-1b' });
  expect(term.notices('ABSENCE_OVERLAPS')).toHaveLength(1);
  term.absence('ABSENCE_PLANNED', 'vm-2', { ...may, case: 'LR-3', basis: 'leave' });
  expect(term.context.absences.map(({ case: leave }) => leave)).toEqual(['LR-1', 'LR-3']);
});

import type { Json } from '../../workflows/runtime/workflow';
import { fetching, Handled, HOUR, lending, shelving, T0 } from './amendable';

const lent = () => new Handled(lending);
const correct = (loan: Handled, field: string, old: Json | undefined, value: Json) =>
  loan.do('CORRECT', { field, ...(old === undefined ? {} : { old }), new: value, reason: 'misread' });

describe('a slip of the record is put right', () => {
  it('where it stands, and nothing else changes: no state, no deadline', () => {
    const loan = lent().until(T0 + HOUR);
    const { state, table } = loan.standing as { state: unknown; table: unknown };
    expect(correct(loan, 'days', 1, 14)).toMatchObject({ outcome: 'changed', sequence: 2, state: ['lent'] });
    expect(loan.subject.snapshot.context).toEqual({ days: 14, renewals: 0, told: [] });
    expect(loan.standing).toMatchObject({ state, table });
  });

  it('by a link with old and new value, who and why', () => {
    const loan = lent();
    correct(loan, 'renewals', 0, 1);
    expect(loan.last).toMatchObject({
      trigger: { type: 'CORRECT', payload: { field: 'renewals', old: 0, new: 1, reason: 'misread' } },
      by: { seat: 'reader' },
      steps: [{ from: '(root)', to: ['lent'], cite: 'rule 9' }],
      effects: [],
    });
  });

  it('in every state, deadlines running or not, and in the very instant before one falls due', () => {
    const loan = lent().until(T0 + 24 * HOUR - 1);
    expect(correct(loan, 'days', 1, 2).outcome).toBe('changed');
    loan.until(T0 + 24 * HOUR);
    expect(loan.subject.state()).toEqual(['overdue']);
    expect(correct(loan, 'days', 2, 3).state).toEqual(['overdue']);
    expect(loan.subject.deadlines()).toMatchObject([{ name: 'reminder', dueAt: T0 + 36 * HOUR }]);
  });

  it('where nothing stood, and at a place of a list; what it stands beside is shared', () => {
    const loan = lent();
    expect(correct(loan, 'told.0', undefined, 'x').outcome).toBe('changed');
    expect(correct(loan, 'told.0', 'x', 'y').outcome).toBe('changed');
    expect(correct(loan, 'told.1', null, 'z').outcome).toBe('changed');
    expect(loan.subject.snapshot.context.told).toEqual(['y', 'z']);
  });

  it('and the machine goes on with the value put right, after continue-as-new too', () => {
    const loan = lent();
    correct(loan, 'renewals', 0, 2);
    expect(loan.hop().do('RENEW')).toMatchObject({ outcome: 'rule', refusal: { code: 'RENEWED_TWICE' } });
  });

  it('beside an activity at work, whose result is still taken in', async () => {
    let arrive = () => {};
    fetching.done = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const shelf = new Handled(shelving);
    for (const type of ['UP', 'AWAY', 'FETCH']) shelf.do(type);
    expect(correct(shelf, 'place.row', 1, 9).outcome).toBe('changed');
    arrive();
    await new Promise(setImmediate);
    expect(shelf.subject.state()).toEqual(['list.open', 'shelf.low']);
    expect(shelf.subject.snapshot.context.place).toEqual({ row: 9 });
  });
});

describe('a correction is refused', () => {
  it.each<{ what: string; field: string; old?: Json; value: Json; outcome: string; refusal: object }>([
    {
      what: 'of a field that is not correctable',
      field: 'name',
      value: 'x',
      outcome: 'malformed',
      refusal: {
        code: 'correct-field',
        path: 'payload.field',
        params: { field: 'name', fields: 'renewals, days, told.*, place.row' },
      },
    },
    {
      what: 'beyond the end of a list',
      field: 'told.1',
      value: 'x',
      outcome: 'malformed',
      refusal: { code: 'correct-field' },
    },
    {
      what: 'of the length of a list',
      field: 'told.length',
      value: 5,
      outcome: 'malformed',
      refusal: { code: 'correct-field' },
    },
    {
      what: 'of what lies behind every object',
      field: '__proto__',
      value: 'x',
      outcome: 'malformed',
      refusal: { code: 'correct-field' },
    },
    {
      what: 'of another value than stands there, which it names',
      field: 'days',
      old: 7,
      value: 14,
      outcome: 'rule',
      refusal: { code: 'correct-old', path: 'payload.old', params: { field: 'days', stands: '1' } },
    },
    {
      what: 'of something into nothing known',
      field: 'days',
      value: 14,
      outcome: 'rule',
      refusal: { code: 'correct-old' },
    },
    {
      what: 'to a value that does not fit',
      field: 'renewals',
      old: 0,
      value: -1,
      outcome: 'malformed',
      refusal: { code: 'malformed', path: 'payload.new' },
    },
    {
      what: 'to what stands there already',
      field: 'days',
      old: 1,
      value: 1,
      outcome: 'unchanged',
      refusal: { code: 'unchanged' },
    },
  ])('$what', ({ field, old, value, outcome, refusal }) => {
    const loan = lent();
    const { standing, subject } = loan;
    const { head } = subject;
    expect(correct(loan, field, old, value)).toMatchObject({ outcome, refusal });
    expect(loan.standing).toEqual(standing);
    expect(subject.head).toEqual(head);
  });

  it('once the case is closed', () => {
    const loan = lent();
    loan.do('RETURN', { condition: 'good' });
    expect(correct(loan, 'days', 1, 2).outcome).toBe('closed');
  });
});

test('corrections are shown among what may be done', () => {
  expect(
    lent()
      .subject.view(T0, 0)
      .accepts.map(({ type }) => type),
  ).toEqual(['RENEW', 'RETURN', 'LOOK', 'CORRECT']);
});

import { z } from 'zod';
import type { Json } from '../../workflows/runtime/workflow';
import { checkEnvelope } from '../../workflows/runtime/workflow/envelope';
import { Handled, HOUR, lending, shelving, T0 } from './amendable';

const shelf = () => new Handled(shelving);
const wanted = (more: object): Json => ({ reason: 'lost in the flood', second: 'keeper', ...more });
const propose = (one: Handled, more: object, seat = 'reader') => one.do('PROPOSE', wanted(more), seat);
const confirm = (one: Handled, proposal: number, seat = 'keeper', person = seat) =>
  one.do('CONFIRM', { proposal }, seat, { person });

describe('a repair', () => {
  it('changes nothing until a second person confirms it', () => {
    const one = shelf();
    const { standing } = one;
    const { outcome, sequence } = propose(one, {
      state: ['shelf.high'],
      set: [{ at: '/context/place/row', value: 4 }],
    });
    expect({ outcome, sequence }).toEqual({ outcome: 'changed', sequence: 2 });
    expect(one.standing).toEqual(standing);
    expect(confirm(one, 2)).toMatchObject({ outcome: 'changed', state: ['list.open', 'shelf.high.front'] });
    expect(one.subject.snapshot.context).toMatchObject({ place: { row: 4 } });
  });

  it('shows what it would change, which deadlines end by it and which begin', () => {
    const one = shelf().until(T0 + HOUR);
    propose(one, { state: ['shelf.high', 'list.held'], set: [{ at: '/context/place/row', value: 4 }] });
    expect(one.subject.view(T0 + 2 * HOUR, 0).proposal).toEqual({
      sequence: 2,
      reason: 'lost in the flood',
      second: 'keeper',
      by: expect.objectContaining({ seat: 'reader' }),
      changes: [
        { at: '/state', before: ['list.open', 'shelf.low'], after: ['list.held', 'shelf.high.front'] },
        { at: '/context/place/row', before: 1, after: 4 },
      ],
      ends: ['dusty'],
      begins: [
        { name: 'gather', dueAt: T0 + 5 * HOUR },
        { name: 'settle', dueAt: T0 + 4 * HOUR },
        { name: 'hold', dueAt: T0 + 6 * HOUR },
      ],
    });
  });

  it('is one link with reason, both persons, and hashes of what was and what is', () => {
    const one = shelf();
    const proposed = propose(one, { set: [{ at: '/context/note', value: 'dry' }] });
    confirm(one, 2);
    expect(one.last).toMatchObject({
      trigger: { kind: 'act', type: 'CONFIRM', payload: { proposal: 2 } },
      by: { seat: 'keeper' },
      steps: [{ from: '(root)', cite: 'rule 10' }],
    });
    expect(one.last.effects).toEqual([
      {
        kind: 'repaired',
        proposal: { sequence: 2, hash: proposed.recordHash },
        proposedBy: expect.objectContaining({ seat: 'reader' }),
        reason: 'lost in the flood',
        changes: [
          {
            at: '/context/note',
            before: expect.stringMatching(/^[0-9a-f]{64}$/),
            after: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        ],
        ends: [],
        begins: [],
      },
    ]);
  });

  it('begins deadlines of states it enters, ends those of states it leaves, and lets the others stand', () => {
    const one = shelf();
    one.do('UP');
    one.until(T0 + HOUR);
    propose(one, { state: ['shelf.high.behind', 'list.held'] });
    confirm(one, 3);
    expect(one.subject.deadlines().map(({ name, dueAt }) => [name, (dueAt - T0) / HOUR])).toEqual([
      ['hold', 2],
      ['gather', 3],
    ]);
    one.until(T0 + 2 * HOUR);
    expect(one.subject.state()).toEqual(['list.open', 'shelf.high.behind']);
  });

  it('keeps the histories', () => {
    const one = shelf();
    for (const type of ['UP', 'PUSH', 'AWAY']) one.do(type);
    propose(one, { state: ['shelf.low'] });
    confirm(one, 5);
    for (const type of ['UP', 'AWAY']) one.do(type);
    expect(one.do('BACK').state).toContain('shelf.high.front');
  });

  it('may wait for its second person through continue-as-new and other steps, while what it saw stands', () => {
    const one = shelf();
    propose(one, { set: [{ at: '/context/place/row', value: 2 }] });
    one.do('NOTE', { text: 'seen' });
    one.until(T0 + HOUR).hop();
    expect(confirm(one, 2).outcome).toBe('changed');
    expect(one.subject.snapshot.context).toMatchObject({ note: 'seen', place: { row: 2 } });
  });

  it.each([
    ['without its link', { link: null }],
    ['without what was asked', { asked: 'everything' }],
    ['without what it saw', { before: undefined }],
  ])('is not taken up from an envelope that holds it %s', (_, change) => {
    const one = shelf();
    propose(one, { state: ['shelf.high'] });
    const envelope = one.subject.carry(T0);
    const proposal = { ...envelope.memory.proposal!, ...change } as never;
    const damaged = { ...envelope, memory: { ...envelope.memory, proposal } };
    expect(() => checkEnvelope(damaged, shelving.machine)).toThrow('the repair proposed for it is damaged');
    expect(checkEnvelope(envelope, shelving.machine)).toBe(envelope);
  });

  it('is not taken back, nor is its proposal', () => {
    const one = shelf();
    const proposed = propose(one, { set: [{ at: '/context/note', value: 'x' }] });
    expect(one.recall(proposed.id).refusal?.code).toBe('recall-amendment');
    const confirmed = confirm(one, 2);
    expect(one.recall(confirmed.id, 'keeper').refusal?.code).toBe('recall-amendment');
  });
});

describe('a repair is refused', () => {
  it.each<{ what: string; more: object; code: string; params?: object }>([
    {
      what: 'that enters a state the machine has not',
      more: { state: ['shelf.top'] },
      code: 'repair-state',
      params: { where: 'shelf.top' },
    },
    { what: 'that enters a history', more: { state: ['shelf.high.last'] }, code: 'repair-state' },
    { what: 'that would set an activity to work', more: { state: ['shelf.fetching'] }, code: 'repair-invokes' },
    {
      what: 'into a state where no case rests',
      more: { state: ['shelf.passing'] },
      code: 'repair-restless',
      params: { where: 'shelf.passing' },
    },
    {
      what: 'of a place that is not there',
      more: { set: [{ at: '/context/gone/row', value: 1 }] },
      code: 'repair-path',
    },
    { what: 'of a place outside the context', more: { set: [{ at: '/memory/head', value: 1 }] }, code: 'repair-path' },
    { what: 'of the context as a whole', more: { set: [{ at: '/context', value: {} }] }, code: 'repair-path' },
    { what: 'beyond the end of a list', more: { set: [{ at: '/context/marks/2', value: 'x' }] }, code: 'repair-path' },
    { what: 'by a value of another kind', more: { set: [{ at: '/context/note', value: 7 }] }, code: 'repair-context' },
    {
      what: 'with which its deadlines cannot be kept',
      more: { state: ['list.held'], set: [{ at: '/context/place/row', value: -1 }] },
      code: 'repair-fails',
    },
    { what: 'that changes nothing', more: { state: ['shelf.low'] }, code: 'unchanged' },
    { what: 'without a reason', more: { reason: ' ', state: ['shelf.high'] }, code: 'malformed' },
  ])('$what: $code', ({ more, code, params }) => {
    const one = shelf();
    const { standing } = one;
    expect(propose(one, more).refusal).toMatchObject({ code, ...(params ? { params } : {}) });
    expect(one.standing).toEqual(standing);
    expect(one.subject.head.sequence).toBe(1);
  });

  it('while an activity is at work', () => {
    const one = shelf();
    for (const type of ['UP', 'AWAY', 'FETCH']) one.do(type);
    expect(propose(one, { state: ['shelf.low'] }).refusal?.code).toBe('repair-busy');
  });

  it('that would close the case', () => {
    const loan = new Handled(lending);
    expect(propose(loan, { state: ['back'] }).refusal?.code).toBe('repair-closes');
  });

  it('that does not fit the schema of the context, at its path', () => {
    const contextSchema = () => z.object({ days: z.number().max(30), renewals: z.int(), told: z.array(z.number()) });
    const loan = new Handled({ ...lending, contextSchema });
    expect(propose(loan, { set: [{ at: '/context/days', value: 31 }] }).refusal).toMatchObject({
      code: 'repair-context',
      path: '/context.days',
    });
    expect(propose(loan, { set: [{ at: '/context/days', value: 30 }] }).outcome).toBe('changed');
  });

  it('that leaves the case where the host cannot show it', () => {
    const present = (_: unknown, { context }: { context: { note: string } }) => ({
      details: context.note.slice(0, 3),
      attributes: [],
      summary: null,
    });
    const contextSchema = () => z.unknown() as z.ZodType;
    const one = new Handled({ ...shelving, present, contextSchema } as never);
    expect(propose(one, { set: [{ at: '/context/note', value: null }] }).refusal?.code).toBe('repair-fails');
  });
});

describe('the second person', () => {
  const proposed = () => {
    const one = shelf();
    propose(one, { set: [{ at: '/context/note', value: 'x' }] });
    return one;
  };

  it.each([
    { what: 'is not the first one in the other seat', seat: 'keeper', person: 'reader', code: 'repair-one-person' },
    { what: 'is not the first seat', seat: 'reader', person: 'other', code: 'not-entitled' },
    { what: 'is nobody but the one that was named', seat: 'warden', person: 'warden', code: 'not-entitled' },
  ])('$what', ({ seat, person, code }) => {
    const one = proposed();
    const { standing } = one;
    expect(confirm(one, 2, seat, person).refusal?.code).toBe(code);
    expect(one.standing).toEqual(standing);
    expect(confirm(one, 2).outcome).toBe('changed');
  });

  it('names the proposal, confirms it once, and not one that another has replaced', () => {
    const one = proposed();
    expect(confirm(one, 1).refusal).toMatchObject({ code: 'repair-unknown', params: { proposal: '1' } });
    propose(one, { set: [{ at: '/context/note', value: 'y' }] });
    expect(confirm(one, 2).refusal?.code).toBe('repair-unknown');
    expect(confirm(one, 3).outcome).toBe('changed');
    expect(confirm(one, 3).refusal?.code).toBe('repair-unknown');
    expect(one.subject.snapshot.context.note).toBe('y');
  });

  it('confirms nothing where what was to be changed has changed meanwhile, and the view says so', () => {
    const one = proposed();
    one.do('NOTE', { text: 'written since' });
    expect(one.subject.view(T0, 0).proposal).toMatchObject({ changes: [], refused: { code: 'repair-moved' } });
    expect(confirm(one, 2)).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'repair-moved', params: { sequence: 2 } },
    });
  });
});

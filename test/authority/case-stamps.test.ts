/** What a case makes of the authority in a stamp, by what it has heard of who presides. */
import { setup } from 'xstate';
import { z } from 'zod';
import { dateOf, edition, lawData, parseInstant, type Standing, seatsFor, stated } from '../../workflows/law';
import { type AuthorityStamp, by, defineProcedure, type Facts, type LawMeta } from '../../workflows/procedures/kit';
import { supervisionItemProcedure } from '../../workflows/procedures/supervision-item';
import { Play } from '../../workflows/runtime/testing';
import { type Json, MachineRefused } from '../../workflows/runtime/workflow';
import { given, standing } from '../support/standing';

const AT = parseInstant('2026-03-02T09:00:00+08:00');
const meta = by(stated(55));

interface Context {
  standing?: Standing;
  noticedAt?: number;
  signed: number;
}

const words = setup({
  types: { context: {} as Context, events: {} as { type: string }, transitionMeta: {} as LawMeta },
  actions: { note: () => {} },
});
const machine = words.createMachine({
  id: 'upward-paper@draft-2026',
  context: { signed: 0 },
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        SIGN: { target: 'signed', meta },
        ASK: { actions: 'note', meta },
        PRESIDER_CHANGED: { target: 'waiting', reenter: true, actions: 'note', meta },
        TOLD: { actions: 'note', meta },
      },
    },
    signed: { on: { ASK: { actions: 'note', meta } } },
  },
});

const none = z.strictObject({});
const procedure = defineProcedure<Context, unknown>({
  name: 'upward-paper',
  title: '上行文',
  series: 'UP',
  articles: [55],
  machine,
  opening: { type: 'OPEN', schema: none, who: ['X1'], refuse: () => undefined, input: () => ({}) },
  acts: {
    SIGN: { kind: 'act', schema: none, row: 20, who: (_, now) => seatsFor(20, { standing: now, at: AT }) },
    ASK: { kind: 'act', schema: none, facts: ['acting'], who: () => ['X1'] },
    PRESIDER_CHANGED: { kind: 'notice', schema: z.looseObject({}), who: () => [] },
    TOLD: { kind: 'notice', schema: none, who: () => [] },
  },
  correctable: [],
  contextSchema: () => z.strictObject({ signed: z.int() }),
  later: [],
  parameters: [],
  deadlines: {},
  states: { waiting: '待签', signed: '已签' },
  mainRegion: '',
  summary: () => ({ matter: '', overdue: false, level: 0, awaiting: [] }),
});

const versioned = (of: string, version: number, more: Partial<Standing> = {}): Standing =>
  standing(of, [], { version, since: AT + version, asOf: AT + version, ...more });

const stampOf = (seat: string, now: Standing | undefined, more: Partial<AuthorityStamp> = {}) => ({
  seat,
  ...(seat.startsWith('X') ? { unit: seat.slice(0, 2) } : {}),
  basis: 'own' as const,
  ...(now ? { standing: now } : {}),
  ...more,
});

function paper(definition = procedure.definition): Play {
  const data = { law: lawData(edition, [], dateOf(AT)), names: {} } as unknown as Json;
  return new Play(definition, {
    input: {},
    stamp: { receivedAt: AT, entrance: 'test', ...stampOf('X1-desk', undefined) },
    data,
  });
}

function heard(of: string, version: number, more: Partial<Standing> = {}): Play {
  const play = paper();
  play.notify('PRESIDER_CHANGED', { ...versioned(of, version, more) });
  return play;
}

const acting = { basis: 'acting' } as const;

describe('an act done in the place of the mayor', () => {
  it('is taken from whoever presides by its stamp', () => {
    expect(paper().send('SIGN', {}, stampOf('vm-3', versioned('C', 1), acting)).outcome).toBe('changed');
  });

  it('is NOT_PRESIDING from anybody else', () => {
    expect(paper().send('SIGN', {}, stampOf('vm-2', versioned('C', 1), acting))).toMatchObject({
      outcome: 'rule',
      refusal: {
        code: 'NOT_PRESIDING',
        cite: { basis: 'derived', article: [9, 55] },
        params: { seat: 'vm-2', presider: 'vm-3' },
      },
    });
  });

  it('is NOT_PRESIDING with no word of who presides', () => {
    expect(paper().send('SIGN', {}, stampOf('vm-3', undefined, acting)).refusal?.code).toBe('NOT_PRESIDING');
  });

  it('is judged by the newest the case holds: its stamp was overtaken by a notice', () => {
    expect(heard('A', 2).send('SIGN', {}, stampOf('vm-3', versioned('C', 1), acting)).refusal).toMatchObject({
      code: 'NOT_PRESIDING',
      params: { presider: 'mayor' },
    });
  });

  it('is judged by the stamp where that is newer than the notice', () => {
    expect(heard('A', 1).send('SIGN', {}, stampOf('vm-3', versioned('C', 2), acting)).outcome).toBe('changed');
  });

  it('is NOT_PRESIDING for an act that the table gives to the mayor himself', () => {
    const now = versioned('A', 1);
    expect(paper().send('SIGN', {}, stampOf('mayor', now, acting)).refusal?.code).toBe('NOT_PRESIDING');
    expect(paper().send('SIGN', {}, stampOf('mayor', now)).outcome).toBe('changed');
  });
});

describe('an act by entrustment', () => {
  const by = (id: string) => ({ basis: 'entrusted', entrustment: id }) as const;
  const now = standing('A', [given('task', 'vm-2')]);

  it.each([
    ['of another', stampOf('vm-3', now, by('E-task-vm-2'))],
    ['that the stamp does not hold', stampOf('vm-2', now, by('E-other'))],
    ['without one', stampOf('vm-2', now, { basis: 'entrusted' })],
    [
      'that is over',
      stampOf('vm-2', standing('A', [given('task', 'vm-2', { period: { from: 0, to: AT } })]), by('E-task-vm-2')),
    ],
  ])('%s is refused', (_, stamp) => {
    expect(paper().send('SIGN', {}, stamp).refusal?.code).toBe('no-such-entrustment');
  });
});

describe('an act by own office', () => {
  it('is refused with whoever may, where the column gives it to another', () => {
    expect(paper().send('SIGN', {}, stampOf('mayor', versioned('C', 1)))).toMatchObject({
      outcome: 'not-entitled',
      refusal: { entitled: ['vm-3'], params: { row: 20 } },
    });
  });

  it('of an older version than the case has heard is refused, and nothing changes', () => {
    const play = heard('A', 3);
    const { head } = play.subject;
    for (const now of [versioned('A', 2), versioned('A', 3, { asOf: AT }), undefined])
      expect(play.send('SIGN', {}, stampOf('mayor', now))).toMatchObject({
        outcome: 'malformed',
        refusal: { code: 'stamp-standing-old', params: { version: 3 } },
      });
    expect(play.subject.head).toEqual(head);
    expect(play.send('SIGN', {}, stampOf('mayor', versioned('A', 3))).outcome).toBe('changed');
  });

  it('under a new term is taken though its versions begin anew; after the end of the term without any', () => {
    const next = versioned('A', 1, { case: 'AA-2026-0002', asOf: AT + 100 });
    expect(heard('A', 9).send('SIGN', {}, stampOf('mayor', next)).outcome).toBe('changed');
    const closed = heard('A', 9, { state: 'term-closed' });
    expect(closed.send('SIGN', {}, stampOf('mayor', undefined)).outcome).toBe('changed');
  });
});

describe('facts beside an act', () => {
  const facts = (asOf: number): Facts => ({ asOf });
  const ask = (play: Play, asOf: number) => play.send('ASK', {}, stampOf('X1-desk', undefined, { facts: facts(asOf) }));

  it('from before a notice the case holds are stale: the last moment and the moment after', () => {
    const play = paper();
    play.until(AT + 1_000);
    play.notify('TOLD', {});
    expect(ask(play, AT + 999).refusal).toMatchObject({ code: 'facts-old', path: 'stamp.facts' });
    expect(ask(play, AT + 1_000).outcome).toBe('changed');
  });

  it('are not asked of acts that carry none', () => {
    const play = heard('A', 1);
    expect(play.send('SIGN', {}, stampOf('mayor', versioned('A', 1))).outcome).toBe('changed');
  });
});

describe('a case hears who presides', () => {
  const contextOf = (play: Play) => play.subject.snapshot.context as Context;

  it('in whatever its machine makes of the notice', () => {
    expect(contextOf(heard('B', 4))).toMatchObject({ standing: { version: 4, presider: 'vm-1' }, noticedAt: AT });
  });

  it('in a state that takes no such notice itself, with a citation that says the convention is ours', () => {
    const play = paper();
    play.send('SIGN', {}, stampOf('mayor', undefined));
    play.notify('PRESIDER_CHANGED', { ...versioned('B', 4) });
    expect(contextOf(play).standing?.version).toBe(4);
    expect(play.entries.at(-1)!.steps).toEqual([{ from: '(root)', to: ['(root)'], cite: { basis: 'chosen' } }]);
    play.notify('ENTRUSTMENT_CHANGED', {
      entrustment: given('task', 'vm-2'),
      ended: false,
      standing: versioned('B', 5, { entrustments: [given('task', 'vm-2')] }),
    } as unknown as Json);
    expect(contextOf(play).standing).toMatchObject({ version: 5, entrustments: [{ receiver: 'vm-2' }] });
  });

  it('and shows by it who may act', () => {
    const entitled = (play: Play) => play.subject.view(AT, 0).accepts.find(({ type }) => type === 'SIGN')!.entitled;
    expect(entitled(paper())).toEqual(['mayor']);
    expect(entitled(heard('C', 2))).toEqual(['vm-3']);
  });

  it('in every procedure, though it declares nothing of it', () => {
    expect(Object.keys(supervisionItemProcedure.acts)).toEqual(
      expect.arrayContaining(['PRESIDER_CHANGED', 'ENTRUSTMENT_CHANGED']),
    );
    expect(supervisionItemProcedure.definition.events.PRESIDER_CHANGED?.kind).toBe('notice');
  });

  it('and a context put in by hand may hold it', () => {
    const schema = procedure.definition.contextSchema!() as {
      '~standard': { validate: (v: unknown) => { issues?: unknown } };
    };
    const issues = (value: unknown) => schema['~standard'].validate(value).issues;
    expect(issues({ signed: 1, standing: versioned('A', 1), noticedAt: 5 })).toBeUndefined();
    expect(issues({ signed: 1, standing: { version: 1 } })).toBeDefined();
    expect(issues({ signed: 'x' })).toBeDefined();
  });
});

it('a procedure may be opened in several ways, none of which is announced for later', () => {
  const open = procedure.opening;
  expect(() =>
    defineProcedure({ ...procedure, machine, acts: {}, alsoOpens: [{ ...open, type: 'SEEN' }], later: ['SEEN'] }),
  ).toThrow(MachineRefused);
});

import { setup } from 'xstate';
import { z } from 'zod';
import { stated } from '../../workflows/law';
import { by, defineProcedure, type ProcedureSpec } from '../../workflows/procedures/kit';
import { MachineRefused } from '../../workflows/runtime/workflow';
import { small } from './support/small';

const meta = by(stated(61));
const go = { GO: { target: 'b', meta } };
const machine = (a: object, implementations: object = {}) =>
  small({ initial: 'a', states: { a, b: {} } }, implementations);

const spec: ProcedureSpec = {
  name: 'small',
  title: '小事项',
  series: 'XX',
  articles: [61],
  machine: machine({ on: go }),
  opening: { type: 'OPEN', schema: z.strictObject({}), who: ['X1'], refuse: () => undefined, input: () => ({}) },
  acts: { GO: { kind: 'act', schema: z.strictObject({}), who: () => ['X1'] } },
  correctable: [{ path: 'title', label: '名称', schema: z.string().min(1), who: () => ['X1'] }],
  later: ['WAIT'],
  parameters: [],
  deadlines: {},
  states: { a: '甲', b: '乙' },
  mainRegion: '',
  summary: () => ({ matter: '', overdue: false, level: 0, awaiting: [] }),
};

test('a procedure with nothing missing is taken', () => {
  expect(defineProcedure(spec).edition).toBe('1');
});

test('a procedure may say that nothing of its record is correctable', () => {
  expect(defineProcedure({ ...spec, correctable: [] }).acts).toHaveProperty('CORRECT');
});

describe('a procedure is refused, by machine and place, for', () => {
  const due = { delays: { due: 1 } };
  const deadlines = { due: { label: '期限', cite: stated(61) } };
  const cases: [string, Partial<ProcedureSpec>, string][] = [
    [
      'an act without citation',
      { machine: machine({ on: { GO: 'b' } }) },
      "state 'a', event 'GO': a transition without citation",
    ],
    [
      'a deadline without citation',
      { machine: machine({ on: go, after: { due: 'b' } }, due), deadlines },
      'a transition without citation',
    ],
    [
      'a transition taken of itself without citation',
      { machine: machine({ on: go, always: { target: 'b' } }) },
      "state 'a', event '': a transition without citation",
    ],
    [
      'meta that holds no citation',
      { machine: machine({ on: { GO: { target: 'b', meta: { label: '办' } } } }) },
      'a transition without citation',
    ],
    [
      'an event without schema and owner',
      { machine: machine({ on: { ...go, STOP: { target: 'b', meta } } }) },
      "event 'STOP' has neither schema nor owner",
    ],
    [
      'an event that no state takes',
      { acts: { ...spec.acts, STOP: spec.acts.GO! } },
      "event 'STOP' is declared and no state takes it",
    ],
    ['an event both carried and announced', { later: ['GO'] }, "event 'GO' is carried and announced for later"],
    [
      'a delay without label',
      { machine: machine({ on: go, after: { due: { target: 'b', meta } } }, due) },
      "delay 'due' has no label",
    ],
    [
      'silence on what may be corrected',
      { correctable: undefined as never },
      'it does not say what of its record may be corrected',
    ],
    [
      'a correctable field that is no path',
      { correctable: [{ ...spec.correctable[0]!, path: 'reports[0]' }] },
      "'reports[0]' is no path of a context",
    ],
    [
      'a field declared correctable twice',
      { correctable: [spec.correctable[0]!, spec.correctable[0]!] },
      "'title' is declared correctable twice",
    ],
    [
      'a correction of its own',
      {
        machine: machine({ on: { ...go, CORRECT: { target: 'b', meta } } }),
        acts: { ...spec.acts, CORRECT: spec.acts.GO! },
      },
      "event 'CORRECT' is the kit's, alike in every procedure",
    ],
    ['a recall announced for later', { later: ['RECALL'] }, "event 'RECALL' is the kit's, alike in every procedure"],
    ['a machine of another name', { name: 'other' }, "its machine is called 'small@1', not 'other@<edition>'"],
  ];

  it.each(cases)('%s', (_, change, problem) => {
    const define = () => defineProcedure({ ...spec, ...change });
    expect(define).toThrow(MachineRefused);
    expect(define).toThrow("machine 'small@1' cannot run");
    expect(define).toThrow(problem);
  });
});

test('setup takes a citation as meta and refuses another shape at compile time', () => {
  const typed = setup({ types: { events: {} as { type: 'GO' }, transitionMeta: {} as typeof meta } });
  typed.createMachine({ id: 'small@1', on: { GO: { meta } } });
  // @ts-expect-error an article that the rulebook does not have
  typed.createMachine({ id: 'small@1', on: { GO: { meta: { cite: { basis: 'stated', article: 76 } } } } });
});

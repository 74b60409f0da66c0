import { createActor, setup } from 'xstate';
import {
  type Code,
  type CodeEntry,
  citationOf,
  codes,
  derived,
  isCode,
  printCitation,
  rule,
  ruleOf,
  stated,
} from '../../workflows/law';

describe('the catalogue of codes', () => {
  test.each<[Code, string, CodeEntry['kind']]>([
    ['CATEGORY_MISSING', '依第四十四条、第六十二条推定', 'R'],
    ['CLASSIFIED_NOT_ACCEPTED', '本系统规定', 'R'],
    ['CONSENT_LEVEL_TOO_LOW', '本系统规定', 'R'],
    ['DEADLINE_MISSING', '依第六十一条推定', 'R'],
    ['EVIDENCE_MISSING', '本系统规定', 'R'],
    ['EXPLANATION_MISSING', '第六十一条', 'R+F'],
    ['EXTENSION_AFTER_DUE_WITHOUT_EXPLANATION', '本系统规定', 'R'],
    ['LEAD_NOT_UNIQUE', '第五十八条', 'R'],
    ['REPORT_TO_MAYOR_MISSING', '第七条、第四十一条', 'R+F'],
    ['SELF_ACCEPTANCE', '依第六十一条、第六十二条推定', 'R'],
    ['TIME_NOT_ALLOWED', '本系统规定', 'R'],
    ['UNAUTHORISED_CHANGE', '第六十条、第六十五条', 'R+F'],
  ])('%s rests on %s (%s)', (code, shown, kind) => {
    expect([printCitation(citationOf(code)), codes[code].kind]).toEqual([shown, kind]);
  });

  test('only its own names are codes', () => {
    expect([isCode('DEADLINE_MISSING'), isCode('NO_SUCH_CODE'), isCode('toString'), isCode(1)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a rule', () => {
  const closed = () => false;

  test('takes its citation from the catalogue', () => {
    expect(rule({ code: 'DEADLINE_MISSING', check: closed }).rule).toEqual({
      code: 'DEADLINE_MISSING',
      cite: derived(61),
      soft: false,
    });
  });

  test('may cite more narrowly than its code', () => {
    expect(rule({ code: 'CATEGORY_MISSING', cite: derived(62), check: closed }).rule.cite).toEqual(derived(62));
  });

  test('with a code that is soft in part must say whether it is soft', () => {
    expect(() => rule({ code: 'LEAD_NOT_UNIQUE', check: closed })).toThrow('must say whether it is soft');
    expect(rule({ code: 'LEAD_NOT_UNIQUE', soft: true, check: closed }).rule.soft).toBe(true);
    expect(rule({ code: 'LEAD_NOT_UNIQUE', soft: false, check: closed }).rule.soft).toBe(false);
  });

  test('with a code the catalogue does not have is a compile error', () => {
    // @ts-expect-error no such code
    expect(() => rule({ code: 'NO_SUCH_CODE', check: closed })).toThrow();
  });

  test('keeps its own ground when two rules share one check', () => {
    const evidence = rule({ code: 'EVIDENCE_MISSING', check: closed });
    const acceptance = rule({ code: 'SELF_ACCEPTANCE', check: closed });
    expect([ruleOf(evidence)?.code, ruleOf(acceptance)?.code]).toEqual(['EVIDENCE_MISSING', 'SELF_ACCEPTANCE']);
  });

  test('is told from a plain guard', () => {
    expect([ruleOf(closed), ruleOf('stateIn'), ruleOf(undefined)]).toEqual([undefined, undefined, undefined]);
  });

  interface Item {
    due: string | null;
  }
  type ItemEvent = { type: 'ASSIGN'; leadUnits: string[] } | { type: 'ASK' };

  const machine = setup({
    types: { context: {} as Item, events: {} as ItemEvent, input: {} as Item },
    guards: {
      hasDeadline: rule({ code: 'DEADLINE_MISSING', check: ({ context }: { context: Item }) => context.due !== null }),
      oneLeadUnit: rule({
        code: 'LEAD_NOT_UNIQUE',
        soft: false,
        cite: stated(58),
        check: ({ event }: { event: ItemEvent }, params: { most: number }) =>
          event.type === 'ASSIGN' && event.leadUnits.length === params.most,
      }),
    },
  }).createMachine({
    context: ({ input }) => input,
    initial: 'assigning',
    states: {
      assigning: {
        on: {
          ASSIGN: {
            target: 'assigned',
            guard: { type: 'oneLeadUnit', params: { most: 1 } },
          },
          ASK: { target: 'asked', guard: 'hasDeadline' },
        },
      },
      assigned: {},
      asked: {},
    },
  });

  test.each<[string, Item, ItemEvent, string]>([
    ['lets through what it allows', { due: null }, { type: 'ASSIGN', leadUnits: ['D01'] }, 'assigned'],
    ['stops what it forbids', { due: null }, { type: 'ASSIGN', leadUnits: ['D01', 'D02'] }, 'assigning'],
    ['reads the context', { due: '2026-03-20' }, { type: 'ASK' }, 'asked'],
    ['stops on the context', { due: null }, { type: 'ASK' }, 'assigning'],
  ])('%s as a guard of a machine', (_, input, event, state) => {
    const actor = createActor(machine, { input }).start();
    actor.send(event);
    expect(actor.getSnapshot().value).toBe(state);
  });

  test('stays readable on the machine that uses it', () => {
    expect(ruleOf(machine.implementations.guards.oneLeadUnit)).toEqual({
      code: 'LEAD_NOT_UNIQUE',
      cite: stated(58),
      soft: false,
    });
  });
});

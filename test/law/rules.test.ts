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
  type Row = [Code, string, CodeEntry['kind'], CodeEntry['soft']?];
  const catalogue: Row[] = [
    ['RANK_SKIPPED', '第九条', 'R'],
    ['CANDIDATE_NOT_ELIGIBLE', '依第九条、第四十四条推定', 'R'],
    ['ENTRUSTMENT_NOT_BY_MAYOR', '第九条、第四十四条', 'R'],
    ['ORDER_AMBIGUOUS', '依第九条推定', 'R'],
    ['NOT_PRESIDING', '依第九条、第五十五条推定', 'R'],
    ['LEAVE_NOT_PRIOR', '第七十一条', 'R+F'],
    ['MUTUAL_EXCLUSION', '第七十一条', 'R', true],
    ['APPROVER_MISSING', '第七十一条', 'R'],
    ['LEAVE_NOT_FILED', '第七十一条', 'R+F'],
    ['DUTY_CONFLICT', '依第六十七条推定', 'R'],
    ['SELF_APPROVAL', '依第七十一条推定', 'R'],
    ['FORUM_NOT_ALLOWED', '第三十七条、第四十一条、第四十四条、第四十五条、第四十六条', 'R'],
    ['STABILITY_ASSESSMENT_MISSING', '第三十五条、第三十八条', 'R'],
    ['LEGALITY_REVIEW_MISSING', '第三十五条、第三十八条、第五十五条', 'R'],
    ['LEGALITY_FAILED', '依第三十五条、第三十八条推定', 'R'],
    ['PUBLIC_PARTICIPATION_MISSING', '第二十四条、第三十五条、第三十八条', 'R'],
    ['COUNTY_NOT_CONSULTED', '第三十八条', 'R'],
    ['DEPT_NOT_CONSULTED', '第三十八条、第二十条', 'R'],
    ['PARTY_REPORT_MISSING', '第三十九条', 'R'],
    ['NOT_SIGNED_BY_PRINCIPAL', '第五十二条', 'R'],
    ['WINDOW_NOT_ELAPSED', '本系统规定', 'R'],
    ['SECRECY_BASIS_MISSING', '依第二十三条、第二十四条推定', 'R'],
    ['ADOPTION_NOT_PUBLISHED', '第二十四条', 'R'],
    ['WRONG_REVIEWER', '第二十条、第二十一条、第五十五条', 'R'],
    ['OPINION_WITHOUT_GROUNDS', '本系统规定', 'R'],
    ['CATALOGUE_NOT_PUBLISHED', '第四十条', 'R'],
    ['MEETING_NOT_MERGED', '第五十一条', 'R'],
    ['EVIDENCE_MISSING', '本系统规定', 'R'],
    ['WAIVER_WITHOUT_REASON', '本系统规定', 'R'],
    ['EVALUATION_WITHOUT_FINDINGS', '本系统规定', 'R'],
    ['SIGNER_NOT_MAYOR', '第五十四条', 'R'],
    ['NOT_FILED', '第二十条、第二十七条', 'R+F'],
    ['INTERPRETATION_NOT_SYNCED', '依第二十五条推定', 'R', 'in part'],
    ['SINGLE_DEPT_NOT_ALLOWED', '第二十条', 'R'],
    ['PRIOR_REQUEST_MISSING', '第二十条、第六十九条', 'R+F'],
    ['ALREADY_CLEAR_IN_LAW', '第五十六条', 'R'],
    ['STEP_OUT_OF_ORDER', '第四十七条、第五十条', 'R'],
    ['NOT_COORDINATED', '第四十七条', 'R', true],
    ['PRESENCE_REQUIRED', '第四十九条', 'R', true],
    ['APPROVER_NOT_AUTHORISED', '第四十七条', 'R'],
    ['PREREQUISITE_MISSING', '第三十八条、第三十九条', 'R'],
    ['CATEGORY_MISSING', '依第四十四条、第六十二条推定', 'R'],
    ['SPECIAL_MEETING_FUNDING', '第四十七条', 'R', true],
    ['SPECIAL_MEETING_STAFFING', '第四十七条', 'R', true],
    ['SUGGESTER_NOT_MEMBER', '第四十七条', 'R'],
    ['DETERMINER_NOT_AUTHORISED', '第四十七条', 'R'],
    ['QUORUM_NOT_MET', '第四十三条、第四十四条', 'R'],
    ['CHAIR_NOT_AUTHORISED', '第四十二条、第四十三条、第四十四条、第四十五条、第四十六条', 'R'],
    ['LEAVE_AFTER_START', '第四十九条', 'R'],
    ['LEAVE_WRONG_APPROVER', '第四十九条', 'R'],
    ['NO_SUBSTITUTE_NAMED', '第四十九条', 'R'],
    ['ITEM_NOT_LISTED', '依第四十七条推定', 'R'],
    ['ALREADY_ON_AGENDA', '本系统规定', 'R'],
    ['AGENDA_NOT_APPROVED', '第四十七条', 'R'],
    ['SIGNER_NOT_AUTHORISED', '第五十条、第五十五条', 'R'],
    ['MAYOR_CONSENT_MISSING', '第五十条', 'R'],
    ['PRESS_NOT_APPROVED', '第五十条、第六十九条', 'R+F'],
    ['PUBLICITY_REQUIRED', '第二十六条、第五十条', 'R'],
    ['DECISION_WITHOUT_OWNER', '依第五十八条、第六十一条推定', 'R'],
    ['NOT_IN_PLAN', '第五十一条', 'R'],
    ['TOO_MANY_PEOPLE', '第五十一条', 'R', true],
    ['TOO_LONG', '第五十一条', 'R', true],
    ['SPEECH_TOO_LONG', '第五十一条', 'R', true],
    ['DEPT_MEETING_IN_GOV_NAME', '第五十一条', 'R'],
    ['COUNTY_HEADS_INVITED', '第五十一条', 'R'],
    ['YEARLY_LIMIT_REACHED', '第五十一条', 'R'],
    ['VM_ATTENDANCE_NOT_ALLOWED', '第五十一条', 'R', 'in part'],
    ['PRINCIPALS_NOT_REQUIRED', '第五十一条', 'R', true],
    ['GROUP_DISCUSSION_NOT_ALLOWED', '第五十一条', 'R', true],
    ['USE_LIGHTER_FORM', '第五十一条', 'R'],
    ['FORMAT_INVALID', '第五十二条', 'R'],
    ['DIRECT_TO_LEADER', '第五十二条', 'R', true],
    ['CLASSIFIED_NOT_ACCEPTED', '本系统规定', 'R'],
    ['DISPUTE_FILE_INCOMPLETE', '第五十二条', 'R'],
    ['MAJOR_NEEDS_MAYOR', '第五十三条、第五十五条', 'R'],
    ['DEPARTMENT_MATTER_FORWARDING', '第五十六条', 'R'],
    ['ROUTED_OUTSIDE_PORTFOLIO', '第五十三条', 'R'],
    ['NOT_CONFORMING', '第七十三条', 'R'],
    ['LEAD_DID_NOT_CONSULT', '第五十二条', 'R'],
    ['COUNTERSIGN_NOT_BY_HEAD', '第五十二条', 'R'],
    ['MAYORS_OFFICE_NOT_NEEDED', '依第四十五条推定', 'R'],
    ['REVIEW_MISSING', '第五十五条', 'R'],
    ['NO_SUBSTANCE', '第五十六条', 'R'],
    ['SIGNED_BEFORE_APPROVAL', '第五十五条', 'R'],
    ['SECRECY_CHECK_MISSING', '依第二十三条、第七十条推定', 'R+F'],
    ['CONTRADICTS_DECISION', '第六十九条', 'R+F'],
    ['DEADLINE_MISSING', '依第六十一条推定', 'R'],
    ['LEAD_NOT_UNIQUE', '第五十八条', 'R', 'in part'],
    ['SELF_ACCEPTANCE', '依第六十一条、第六十二条推定', 'R'],
    ['EXPLANATION_MISSING', '第六十一条', 'R+F'],
    ['UNAUTHORISED_CHANGE', '第六十条、第六十五条', 'R+F'],
    ['EXTENSION_AFTER_DUE_WITHOUT_EXPLANATION', '本系统规定', 'R'],
    ['CONSENT_LEVEL_TOO_LOW', '本系统规定', 'R'],
    ['CAUSE_MISSING', '本系统规定', 'R'],
    ['UNIT_NOT_HEARD', '本系统规定', 'R'],
    ['SEVERITY_NOT_SHOWN', '第六十五条、第七十三条', 'R'],
    ['PROPOSER_NOT_CONTACTED', '依第二十八条推定', 'R'],
    ['RESULT_NOT_PUBLISHED', '第二十八条、第三十条', 'R'],
    ['LEADER_READING_MISSING', '第三十一条', 'R'],
    ['REPLY_MISSING', '本系统规定', 'R'],
    ['REPORT_TO_GOVERNMENT_MISSING', '第三十二条、第六十四条', 'R+F'],
    ['JUDGMENT_NOT_PERFORMED', '第三十二条', 'R+F'],
    ['REPORT_WITHOUT_ESSENTIALS', '本系统规定', 'R'],
    ['REPORT_INCOMPLETE', '本系统规定', 'F'],
    ['REPORT_LATE', '第六十七条', 'F'],
    ['REPORT_FALSE', '第六十七条', 'F'],
    ['REPORT_CONCEALED', '第六十七条', 'F'],
    ['REPORT_OMITTED', '第六十七条', 'F'],
    ['CLOSED_WITHOUT_FINAL_REPORT', '本系统规定', 'R'],
    ['FACT_OVERWRITTEN', '本系统规定', 'R'],
    ['DUPLICATE_EVENT', '本系统规定', 'O'],
    ['NOT_URGENT', '第四十一条', 'R'],
    ['HANDLER_NOT_VMC', '第四十一条、第七条', 'R+F'],
    ['REPORT_TO_MAYOR_MISSING', '第七条、第四十一条', 'R+F'],
    ['ROSTER_GAP', '第六十七条', 'R+F'],
    ['PERSON_ON_LEAVE', '依第六十七条、第七十一条推定', 'R'],
    ['LEADER_NOT_NAMED', '第六十七条', 'R'],
    ['CHECK_ANSWERED_BY_OTHER', '依第六十七条推定', 'F'],
    ['CHECK_MISSED', '依第六十七条推定', 'F'],
    ['LEFT_WITHOUT_REPORT', '第六十七条、第七十一条', 'F'],
    ['TIME_NOT_ALLOWED', '本系统规定', 'R'],
    ['EFFECTIVE_DATE_MISSING', '本系统规定', 'R'],
    ['PARAMETER_WITHOUT_BASIS', '本系统规定', 'R'],
  ];

  const rows = catalogue.map(([code, shown, kind, soft]) => ({ code, shown, kind, soft }));
  test.each(rows)('$code rests on $shown ($kind)', ({ code, shown, kind, soft }) => {
    const entry: CodeEntry = codes[code];
    expect([printCitation(citationOf(code)), entry.kind, entry.soft]).toEqual([shown, kind, soft]);
  });

  test('holds no other', () => {
    expect(Object.keys(codes).sort()).toEqual(catalogue.map(([code]) => code).sort());
  });

  test('what another instrument says is shown as ours until an operator enters its name', () => {
    expect(codes.REPLY_MISSING.basis).toBe('statute');
    expect(citationOf('REPLY_MISSING')).toEqual({ basis: 'chosen', article: 31 });
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

import fc from 'fast-check';
import { parameterNames, parameterValueText } from '../../locale';
import {
  articlesOf,
  type Basis,
  chosen,
  type DatedValue,
  edition,
  isDate,
  NoRuleInForce,
  type Override,
  type Parameter,
  type ParameterKey,
  parameter,
  parameters,
  parseOverrides,
  printCitation,
  withOverrides,
} from '../../workflows/law';

const all = Object.entries(parameters) as [ParameterKey, Parameter<unknown>][];

describe('the shipped figures', () => {
  type Row = [key: ParameterKey, unit: string, value: unknown, basis: Basis, near: number[]];
  const shipped: Row[] = [
    ['calendar.working', 'choice', 'national', 'chosen', []],
    ['calendar.dayEnds', 'clock', '24:00', 'statute', [201, 203]],
    ['calendar.officeHours', 'clock', { from: '08:30', to: '18:00' }, 'chosen', []],
    ['calendar.noticeHour', 'clock', '09:00', 'chosen', []],
    ['stamp.maxAge', 'hours', 72, 'chosen', []],
    ['escalation.unitStep', 'workingDays', 3, 'chosen', [6, 7, 8, 10, 73]],
    ['escalation.prepStep', 'workingDays', 3, 'chosen', [6, 7, 8, 10, 73]],
    ['escalation.deskStep', 'workingDays', 1, 'chosen', [6, 7, 8, 10, 73]],
    ['escalation.meetStep', 'workingDays', 1, 'chosen', [6, 7, 8, 10, 73]],
    ['escalation.overStep', 'workingDays', 5, 'chosen', [6, 7, 8, 10, 73]],
    ['recurring.plenary', 'period', { times: 1, every: 1, unit: 'halfYears' }, 'stated', [42]],
    ['recurring.partyGroup', 'period', { times: 1, every: 1, unit: 'months' }, 'stated', [43]],
    ['recurring.standing', 'period', { times: 2, every: 1, unit: 'months' }, 'stated', [44]],
    ['recurring.law', 'period', { times: 1, every: 1, unit: 'quarters' }, 'chosen', [44]],
    ['recurring.economy', 'period', { times: 1, every: 1, unit: 'months' }, 'chosen', [44]],
    ['recurring.jbReport', 'period', { times: 1, every: 1, unit: 'halfYears' }, 'chosen', [20]],
    ['recurring.cleanup', 'period', { times: 1, every: 24, unit: 'months' }, 'chosen', [21]],
    ['recurring.npcReport', 'period', { times: 1, every: 1, unit: 'halfYears' }, 'chosen', [28]],
    ['recurring.petitionMeeting', 'period', { times: 1, every: 1, unit: 'months' }, 'chosen', [31]],
    ['recurring.leaderReception', 'period', { times: 1, every: 1, unit: 'months' }, 'chosen', [31]],
    ['recurring.supervisionAnalysis', 'period', { times: 1, every: 1, unit: 'months' }, 'chosen', [61]],
    ['recurring.leaderCheck', 'period', { times: 1, every: 1, unit: 'months' }, 'chosen', [63]],
    ['recurring.workReport', 'period', { times: 1, every: 1, unit: 'years' }, 'chosen', [27, 44]],
    ['recurring.countyOpinions', 'period', { times: 1, every: 1, unit: 'halfYears' }, 'chosen', [33]],
    ['recurring.window', 'choice', 'calendar', 'chosen', [42, 43, 44]],
    ['recurring.dueSoon', 'days', 10, 'chosen', [42, 43, 44]],
    ['recurring.grace', 'days', 0, 'chosen', [42, 43, 44]],
    ['version.openCasePolicy', 'choice', 'done-stays-next-new', 'chosen', [75]],
    ['rulebook.effectiveFrom', 'date', 'unknown', 'chosen', [75]],
    ['units.memberSet', 'choice', 'all', 'chosen', [52, 71]],
    ['scope.affiliated', 'choice', ['leave', 'duty', 'documents', 'supervision'], 'chosen', [74]],
    ['portfolio.mayorDirect', 'flag', true, 'chosen', [47, 49, 53, 71]],
    ['remoteActs', 'flag', { signature: true, consent: true, chairing: false }, 'chosen', [44, 55]],
    ['acting.entrustmentLead', 'hours', 2, 'chosen', [9]],
    ['acting.entrustmentMode', 'choice', ['each-time', 'standing'], 'chosen', [9]],
    ['acting.onEvmReturn', 'choice', 'ranked-continues', 'chosen', [9]],
    ['acting.onHigherReturn', 'choice', 'switch', 'chosen', [9]],
    ['absence.minHours', 'hours', 0, 'chosen', [9, 71]],
    ['evm.waiverByMayor', 'flag', false, 'chosen', [9, 47, 55]],
    ['standing.presidingEntrustmentSuffices', 'flag', true, 'chosen', [9, 44]],
    ['standing.rankedVmMayChair', 'flag', false, 'chosen', [9, 44, 47, 50]],
    ['sg.deputyPositionId', 'seat', 'none', 'chosen', [47, 49, 50, 55]],
    ['quorum.inclusive', 'flag', true, 'chosen', [43, 44]],
    ['quorum.remoteCounts', 'flag', false, 'chosen', [43, 44]],
    ['quorum.recheck', 'choice', 'each-decision', 'chosen', [43, 44]],
    ['leave.minNotice', 'workingDays', 2, 'chosen', [71]],
    ['leave.approvalSla', 'workingDays', 1, 'chosen', [71]],
    ['leave.returnGrace', 'hours', 4, 'chosen', [71]],
    ['leave.departureAsk', 'hours', 1, 'chosen', [9]],
    ['leave.order', 'choice', 'parallel', 'chosen', [71]],
    ['leave.exclusionGrantor', 'choice', 'PSec', 'chosen', [71]],
    ['leave.filingBefore', 'flag', true, 'chosen', [71]],
    ['leave.extension', 'choice', 'same-approvers', 'chosen', [71]],
    ['major.deptConsult', 'workingDays', 5, 'chosen', [38]],
    ['major.countyConsult', 'workingDays', 10, 'chosen', [38]],
    ['major.stageStall', 'workingDays', 15, 'chosen', [61, 73]],
    ['major.partyReportLead', 'workingDays', 3, 'chosen', [39]],
    ['major.partyReplyRequired', 'flag', false, 'chosen', [39]],
    [
      'major.classifier',
      'choice',
      { keeps: ['JB', 'Office'], raises: ['VMC', 'SG', 'mayor'], lowers: ['mayor'] },
      'chosen',
      [41, 53, 54, 55],
    ],
    ['major.documentForum', 'choice', 'agenda', 'chosen', [41, 53]],
    ['public.windowDays', 'days', 30, 'chosen', [24]],
    ['public.minDaysIfShortened', 'workingDays', 7, 'chosen', [24]],
    ['public.hearingNotice', 'days', 10, 'chosen', [24, 38]],
    ['public.resultPublish', 'workingDays', 10, 'chosen', [24, 38]],
    ['public.form', 'choice', 'drafter-chooses', 'chosen', [24, 38]],
    ['public.scopeTest', 'choice', 'any', 'chosen', [24]],
    ['public.adoptionPublished', 'choice', 'before-decision', 'chosen', [24]],
    ['ssra.days', 'workingDays', 20, 'chosen', [35]],
    ['ssra.art38', 'choice', 'any', 'chosen', [38]],
    ['legal.reviewDays', 'workingDays', { term: 10, least: 7, extension: 10 }, 'chosen', [38]],
    ['legal.correction', 'workingDays', 5, 'chosen', [38]],
    ['legal.reviewer', 'choice', 'JB', 'chosen', [38]],
    ['normative.filingDays', 'days', 15, 'chosen', [20]],
    ['normative.npcFilingDays', 'days', 30, 'chosen', [27]],
    ['normative.opinions', 'workingDays', 5, 'chosen', [20]],
    ['normative.filingReview', 'workingDays', 15, 'chosen', [20]],
    ['normative.legalityReview', 'flag', true, 'chosen', [20, 35, 38]],
    ['normative.priorRequestScope', 'choice', 'all', 'chosen', [20]],
    ['normative.importance', 'choice', 'as-major', 'chosen', [44, 46]],
    ['rule.filingDays', 'days', 30, 'chosen', [27]],
    ['rule.jbDraftNeedsReview', 'flag', true, 'chosen', [21, 38]],
    ['rule.interpretationApproval', 'choice', 'mayor', 'chosen', [21]],
    ['interpretation.strength', 'choice', 'soft', 'chosen', [25]],
    ['interpretation.kinds', 'choice', ['normative', 'policy'], 'chosen', [25]],
    ['evaluation.after', 'months', 12, 'chosen', [19, 40]],
    ['evaluation.feedbackEvery', 'quarters', 1, 'chosen', [40]],
    ['catalogue.publishBy', 'yearDay', { yearsAfter: 0, day: '03-31' }, 'chosen', [40]],
    ['catalogue.partyConsent', 'flag', true, 'chosen', [37, 40]],
    ['catalogue.owners', 'choice', ['government', 'departments', 'agencies', 'institutions'], 'chosen', [40, 74]],
    ['meetingPlan.by', 'yearDay', { yearsAfter: 0, day: '01-31' }, 'chosen', [51]],
    ['workPlan.by', 'yearDay', { yearsAfter: 0, day: '01-31' }, 'chosen', [57]],
    ['assessment.by', 'yearDay', { yearsAfter: 1, day: '02-last' }, 'chosen', [59]],
    ['budget.threshold', 'money', '2000000.00', 'stated', [44]],
    ['budget.splitWindow', 'months', 12, 'chosen', [44]],
    ['agenda.stepSla', 'workingDays', { dsg: 2, vm: 2, first: 2, collation: 1, sg: 1, final: 1 }, 'chosen', [47]],
    ['agenda.materialCutoff', 'workingDays', 3, 'chosen', [47, 48]],
    ['agenda.presenceConfirm', 'hours', 24, 'chosen', [49]],
    ['agenda.presenceMode', 'choice', 'in-person-unless-allowed', 'chosen', [49]],
    ['agenda.presenceExceptionBy', 'choice', { special: 'convener', others: 'mayor' }, 'chosen', [49]],
    ['agenda.offListAlertAfter', 'times', 3, 'chosen', [49]],
    ['agenda.finalApproval', 'choice', 'both-if-present', 'chosen', [47]],
    ['agenda.firstApprovalSelf', 'choice', 'allowed', 'chosen', [47]],
    ['agenda.uncoordinatedScope', 'choice', ['standing'], 'chosen', [47]],
    ['agenda.sgReviewKinds', 'choice', ['plenary', 'mayors-office', 'special'], 'chosen', [47]],
    [
      'meeting.outcomes',
      'choice',
      ['adopted', 'adopted-with-changes', 'submit-upward', 'revise', 'deferred', 'not-adopted'],
      'chosen',
      [6, 35],
    ],
    [
      'meeting.noticeLead',
      'length',
      { ordinary: { amount: 2, unit: 'workingDays' }, urgent: { amount: 2, unit: 'hours' } },
      'chosen',
      [48],
    ],
    ['meeting.attendanceDeadline', 'workingDays', 1, 'chosen', [49]],
    ['meeting.leaveGrantorAway', 'choice', 'mayor-remote', 'chosen', [49]],
    ['meeting.memberLeave', 'choice', { plenary: 'SG', partyGroup: 'convener' }, 'chosen', [42, 43, 49]],
    ['meeting.quorumWait', 'minutes', 30, 'chosen', [43, 44]],
    ['minutes.draft', 'workingDays', 1, 'chosen', [50]],
    ['minutes.review', 'workingDays', 1, 'chosen', [50]],
    ['minutes.issue', 'workingDays', 5, 'chosen', [50]],
    ['minutes.dsgSigner', 'choice', 'entruster', 'chosen', [46, 50]],
    ['minutes.changedChair', 'choice', 'mayor', 'chosen', [44, 50]],
    ['pg.minutesSigner', 'choice', 'mayor-or-evm', 'chosen', [43, 50]],
    ['plenary.evmMayChair', 'flag', false, 'chosen', [42, 50]],
    ['mayorsOffice.evmMayChair', 'flag', false, 'chosen', [45, 50]],
    ['special.entruster', 'choice', ['mayor', 'VM', 'SG'], 'chosen', [46]],
    ['special.dsgTasks', 'choice', ['1', '2-named'], 'chosen', [46]],
    ['special.fiscalExemptsStaffing', 'flag', false, 'chosen', [47]],
    ['press.afterMeeting', 'workingDays', 1, 'chosen', [50]],
    ['citywide.approval', 'workingDays', 5, 'chosen', [51]],
    ['citywide.approver', 'choice', 'mayor', 'chosen', [51]],
    ['citywide.maxPeople', 'people', 150, 'stated', [51]],
    ['citywide.halfDayHours', 'hours', 4, 'chosen', [51]],
    ['citywide.speechMin', 'minutes', 60, 'stated', [51]],
    ['citywide.deptPerYear', 'times', 1, 'stated', [51]],
    ['citywide.specialCaseCovers', 'choice', ['yearly-limit'], 'chosen', [51]],
    [
      'doc.intake',
      'length',
      {
        urgent: { amount: 2, unit: 'hours' },
        express: { amount: 1, unit: 'workingDays' },
        ordinary: { amount: 3, unit: 'workingDays' },
      },
      'chosen',
      [53, 73],
    ],
    ['doc.leaderSla', 'workingDays', 2, 'chosen', [53]],
    ['doc.transferFeedback', 'workingDays', 10, 'chosen', [56]],
    ['doc.directExceptionBy', 'choice', 'addressee', 'chosen', [52]],
    ['dispute.round', 'workingDays', 5, 'chosen', [52]],
    ['dispute.countersign', 'workingDays', 3, 'chosen', [52]],
    ['dispute.vmStep', 'workingDays', 5, 'chosen', [7]],
    ['dispute.countersigner', 'choice', ['UH', 'UD'], 'chosen', [52]],
    ['outgoing.stepSla', 'workingDays', 1, 'chosen', [55]],
    ['office.keyDocsSgReview', 'flag', true, 'chosen', [55]],
    ['agreement.consult', 'workingDays', 5, 'chosen', [55]],
    ['agreement.deskSla', 'workingDays', 2, 'chosen', [55]],
    ['agreement.signatory', 'choice', 'mayor-or-named', 'chosen', [55]],
    ['release.deskSla', 'hours', 4, 'chosen', [50, 69]],
    ['opinion.major', 'hours', { firstInformation: 5, pressConference: 24 }, 'chosen', [25]],
    ['opinion.other', 'hours', 48, 'chosen', [25]],
    ['supervision.dispatch', 'workingDays', 1, 'chosen', [62]],
    [
      'supervision.defaultDue',
      'days',
      { minutes: 20, document: 30, 'leader-assignment': 15, 'leader-assignment-urgent': 5 },
      'chosen',
      [61],
    ],
    ['supervision.reminders', 'days', [7, 3, 1], 'chosen', [62]],
    ['supervision.explanationDue', 'workingDays', 3, 'chosen', [61]],
    ['supervision.ladder', 'workingDays', [0, 3, 10], 'chosen', [61, 62, 63, 64, 65]],
    ['supervision.reviewSla', 'workingDays', 5, 'chosen', [61]],
    ['supervision.progressEvery', 'workingDays', 10, 'chosen', [62]],
    ['supervision.orderBy', 'choice', ['VMC', 'SG'], 'chosen', [61, 64]],
    ['rectify.days', 'days', 15, 'chosen', [61]],
    ['decision.change', 'workingDays', 5, 'chosen', [60]],
    ['decision.consentLevel', 'choice', 'same-or-higher', 'chosen', [60]],
    ['accountability.factCheck', 'workingDays', 10, 'chosen', [65]],
    ['accountability.hearing', 'workingDays', 5, 'chosen', [65]],
    ['proposal.reply', 'months', { term: 3, most: 6, repeat: 3 }, 'chosen', [28]],
    ['proposal.contactRequired', 'flag', true, 'chosen', [28]],
    ['oversight.inquiryDue', 'workingDays', 10, 'chosen', [27]],
    ['petition.accept', 'days', 15, 'chosen', [31]],
    ['petition.handle', 'days', 60, 'chosen', [31]],
    ['petition.extend', 'days', 30, 'chosen', [31]],
    ['oversight.rectify', 'days', 30, 'chosen', [30, 32]],
    ['emergency.firstReport', 'minutes', { I: 30, II: 30, III: 30, IV: 30 }, 'chosen', [67]],
    ['emergency.written', 'minutes', { I: 60, II: 60, III: 60, IV: 60 }, 'chosen', [67]],
    ['emergency.ack', 'minutes', 5, 'chosen', [67]],
    ['emergency.leaderAck', 'minutes', 15, 'chosen', [67]],
    ['emergency.repeat', 'minutes', 5, 'chosen', [67]],
    ['emergency.update', 'hours', 2, 'chosen', [67]],
    ['emergency.final', 'workingDays', 5, 'chosen', [67]],
    ['emergency.receiver', 'choice', ['office-duty-room', 'emergency-bureau', 'VMC'], 'chosen', [67]],
    ['emergency.faultRules', 'flag', { late: true, false: true, concealed: true, omitted: true }, 'chosen', [67]],
    ['emergency.sameEvent', 'choice', 'key-or-person', 'chosen', [67]],
    ['urgent.reportMayor', 'hours', 2, 'chosen', [41]],
    ['urgent.retryEvery', 'minutes', 15, 'chosen', [41]],
    ['urgent.ratify', 'choice', 'mayor-option', 'chosen', [41]],
    ['urgent.vmcAbsent', 'choice', 'mayor-entrusts-else-presider', 'chosen', [7, 41]],
    ['duty.cycle', 'hours', 24, 'stated', [67]],
    ['duty.dayStarts', 'clock', '08:30', 'chosen', [67]],
    ['duty.rosterBy', 'days', 1, 'chosen', [67]],
    ['duty.escalationStep', 'minutes', 10, 'chosen', [67]],
    ['duty.checksPerDay', 'times', { random: 2, leader: 1 }, 'chosen', [67]],
    ['duty.answerWithin', 'minutes', 10, 'chosen', [67]],
    ['duty.secondCall', 'minutes', 5, 'chosen', [67]],
    ['duty.handoverOverlap', 'minutes', 15, 'chosen', [67]],
    ['duty.replacementWithin', 'minutes', 60, 'chosen', [67]],
    ['duty.drawEvery', 'minutes', 15, 'chosen', [67]],
    ['duty.leaderCoverage', 'choice', 'every-slot', 'chosen', [67]],
    ['duty.noRoster', 'choice', 'last-stays', 'chosen', [67]],
  ];

  test.each(shipped)('%s in %s is %j, %s near %j', (key, unit, value, basis, near) => {
    const { unit: found, entryAt } = parameter(key);
    const { value: now, cite } = entryAt('2026-03-02') as DatedValue<unknown>;
    expect([found, now, cite.basis, articlesOf(cite)]).toEqual([unit, value, basis, near]);
  });

  test('none is missing from the table above', () => {
    expect(all.map(([key]) => key)).toEqual(shipped.map(([key]) => key));
  });

  test.each(all)('%s passes its own shape, says why, and was checked', (_, { shape, values, lastCheck }) => {
    expect(isDate(lastCheck)).toBe(true);
    for (const { value, cite, reason } of values) {
      expect(shape.accepts(value)).toBe(true);
      if (cite.basis === 'chosen') expect(reason).toMatch(/\S/);
    }
  });

  test('what we chose shows no article, what a statute says shows its name', () => {
    expect(printCitation(parameter('supervision.explanationDue').entryAt('2026-03-02').cite)).toBe('本系统规定');
    expect(printCitation(parameter('calendar.dayEnds').entryAt('2026-03-02').cite)).toBe(
      '《中华人民共和国民法典》第二百零一条、第二百零三条',
    );
  });
});

describe('the days on which figures hold', () => {
  const quarters = ['2025', '2026', '2027', '2028', '2029'].flatMap((year) =>
    ['01-01', '04-01', '07-01', '10-01'].map((day) => `${year}-${day}`),
  );

  test.each(all)('%s has one value on the first day of every quarter', (key, { values }) => {
    const days = values.map(({ from }) => from);
    expect(days).toEqual([...new Set(days)].sort());
    for (const quarter of quarters) expect(() => parameter(key).at(quarter)).not.toThrow();
  });

  test.each(all)('%s holds on its first day and not on the day before', (key) => {
    expect(() => parameter(key).at('2025-01-01')).not.toThrow();
    expect(() => parameter(key).at('2024-12-31')).toThrow(NoRuleInForce);
  });

  test('whatever the day: from the first one on there is a value, before it an error that names key and day', () => {
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2080-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...all), days, ([key, { values, shape }], moment) => {
        const day = moment.toISOString().slice(0, 10);
        const read = () => parameter(key).at(day);
        if (day >= values[0]!.from) expect(shape.accepts(read())).toBe(true);
        else expect(read).toThrow(`${key} has no value in force on ${day}`);
      }),
    );
  });

  test('a day without a value is named, with the key and the first day that has one', () => {
    expect(() => parameter('rectify.days').at('2024-12-31')).toThrow(
      'rectify.days has no value in force on 2024-12-31; the first value holds from 2025-01-01.',
    );
  });

  test('a key that does not exist is a compile error', () => {
    // @ts-expect-error misspelt
    expect(() => parameter('supervision.ladders')).toThrow();
  });
});

const override = (value: unknown, from: string, key: ParameterKey = 'supervision.explanationDue'): Override => ({
  key,
  value,
  from,
  reason: '本市实际',
  author: 'X1',
});

describe('overrides of a site', () => {
  test('hold from their day, the shipped value until the day before', () => {
    const table = withOverrides(parameters, [override(5, '2026-03-01')]);
    const { at } = parameter('supervision.explanationDue', table);
    expect([at('2026-02-28'), at('2026-03-01'), at('2030-01-01')]).toEqual([3, 5, 5]);
  });

  test('follow one another in the order of their days, however they are entered', () => {
    const table = withOverrides(parameters, [override(7, '2026-06-01'), override(5, '2026-03-01')]);
    const { at } = parameter('supervision.explanationDue', table);
    expect(['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map(at)).toEqual([3, 5, 5, 7]);
  });

  test('stand in place of every shipped value from their day on, later ones too', () => {
    const shipped = parameters['supervision.explanationDue'];
    const later = { ...shipped.values[0]!, from: '2027-01-01', value: 4 };
    const table = withOverrides(
      { ...parameters, 'supervision.explanationDue': { ...shipped, values: [...shipped.values, later] } },
      [override(5, '2026-03-01')],
    );
    const { at } = parameter('supervision.explanationDue', table);
    expect(['2026-02-28', '2026-03-01', '2027-01-01'].map(at)).toEqual([3, 5, 5]);
    expect(withOverrides(parameters, [override(5, '2025-01-01')])['supervision.explanationDue'].values).toHaveLength(1);
  });

  test('leave every other parameter and the shipped table as they were', () => {
    const table = withOverrides(parameters, [override(5, '2025-01-01')]);
    expect(parameter('supervision.explanationDue').at('2026-03-01')).toBe(3);
    expect(parameter('supervision.reviewSla', table)).toEqual(expect.objectContaining({ unit: 'workingDays' }));
    expect(parameter('supervision.reviewSla', table).at('2026-03-01')).toBe(5);
  });

  test('are our own choice wherever they are shown, even over a statute', () => {
    const table = withOverrides(parameters, [
      override(5, '2026-03-01'),
      override('18:00', '2026-03-01', 'calendar.dayEnds'),
    ]);
    expect(parameter('supervision.explanationDue', table).entryAt('2026-03-01')).toEqual({
      from: '2026-03-01',
      value: 5,
      cite: chosen([61]),
      reason: '本市实际',
      author: 'X1',
    });
    expect(parameter('calendar.dayEnds', table).entryAt('2026-03-01').cite).toEqual(chosen());
    expect(parameter('calendar.dayEnds', table).entryAt('2026-02-28').cite.basis).toBe('statute');
  });

  test('that never passed the reader are refused with a sentence', () => {
    const { reason: _, ...withoutReason } = override(5, '2026-03-01');
    expect(() => withOverrides(parameters, [withoutReason as Override])).toThrow(
      'supervision.explanationDue: reason must say why the site departs from the shipped value, but is missing.',
    );
  });
});

describe('a parameter file', () => {
  const good = { value: 5, from: '2026-03-01', reason: '本市实际', author: 'X1' };

  test('gives its overrides, one or several to a key', () => {
    const file = { 'rectify.days': good, 'supervision.ladder': [{ ...good, value: [0, 2, 6] }] };
    expect(parseOverrides(file, 'site.yaml')).toEqual({
      ok: true,
      overrides: [
        { key: 'rectify.days', ...good },
        { key: 'supervision.ladder', ...good, value: [0, 2, 6] },
      ],
    });
  });

  test('without content gives none', () => {
    expect(parseOverrides({}, 'site.yaml')).toEqual({ ok: true, overrides: [] });
  });

  const faulty = (fields: object, key = 'rectify.days') => ({ [key]: { ...good, ...fields } });

  test.each<[string, unknown, string]>([
    [
      'without a reason',
      faulty({ reason: undefined }),
      'site.yaml: rectify.days: reason must say why the site departs from the shipped value, but is missing.',
    ],
    [
      'with an empty reason',
      faulty({ reason: ' ' }),
      'reason must say why the site departs from the shipped value, but is " ".',
    ],
    [
      'without an author',
      faulty({ author: undefined }),
      'rectify.days: author must name the seat or office that answers for it, but is missing.',
    ],
    [
      'without a day',
      faulty({ from: undefined }),
      'rectify.days: from must be the first day it holds, such as 2026-03-01, but is missing.',
    ],
    ['with a day that does not exist', faulty({ from: '2026-02-30' }), 'such as 2026-03-01, but is "2026-02-30".'],
    [
      'without a value',
      faulty({ value: undefined }),
      'rectify.days: value must be a whole number of calendar days from 1 to 366, but is missing.',
    ],
    ['with a word for a number', faulty({ value: 'five' }), 'but is "five".'],
    ['with a number as text', faulty({ value: '5' }), 'but is "5".'],
    [
      'with a step of nothing',
      faulty({ value: 0 }, 'escalation.unitStep'),
      'escalation.unitStep: value must be a whole number of working days from 1 to 366, but is 0.',
    ],
    [
      'with a ladder of two rungs',
      faulty({ value: [0, 3] }, 'supervision.ladder'),
      'a list of 3 whole numbers of working days from 0 to 366, each larger than the one before, but is [0,3].',
    ],
    ['with a ladder that falls', faulty({ value: [0, 10, 3] }, 'supervision.ladder'), 'but is [0,10,3].'],
    [
      'with reminders out of order',
      faulty({ value: [1, 3, 7] }, 'supervision.reminders'),
      'the largest first, each once, but is [1,3,7].',
    ],
    [
      'with a source left out',
      faulty({ value: { minutes: 20 } }, 'supervision.defaultDue'),
      'for each of minutes, document, leader-assignment, leader-assignment-urgent, but is {"minutes":20}.',
    ],
    [
      'with hours that end before they begin',
      faulty({ value: { from: '18:00', to: '08:30' } }, 'calendar.officeHours'),
      'the first before the second',
    ],
    [
      'with a notice hour past the day',
      faulty({ value: '24:00' }, 'calendar.noticeHour'),
      'a time of day from 00:00 to 23:59, written as HH:MM, but is "24:00".',
    ],
    [
      'with a field nobody knows',
      faulty({ reson: 'x' }),
      'rectify.days: reson is not expected; an override has value, from, reason, author.',
    ],
    [
      'with a key nobody knows',
      faulty({}, 'supervision.reviewSLA'),
      'site.yaml: supervision.reviewSLA is not a parameter; expected one of calendar.working, calendar.dayEnds, ',
    ],
    ['with a key every object has', faulty({}, 'constructor'), 'site.yaml: constructor is not a parameter'],
    [
      'with a bare value',
      { 'rectify.days': 5 },
      'site.yaml: rectify.days must be an override with value, from, reason, author, but is 5.',
    ],
    [
      'with nothing under a key',
      { 'rectify.days': null },
      'must be an override with value, from, reason, author, but is null.',
    ],
    [
      'with two overrides of one day',
      { 'rectify.days': [good, good] },
      'rectify.days has two overrides from 2026-03-01; expected one.',
    ],
    ['that is a list', [good], 'site.yaml must hold parameter keys with their overrides, but holds [{'],
    ['that is empty', null, 'site.yaml must hold parameter keys with their overrides, but holds null.'],
  ])('%s is refused', (_, file, sentence) => {
    const parsed = parseOverrides(file, 'site.yaml');
    expect(parsed.ok ? [] : parsed.errors).toEqual([expect.stringContaining(sentence)]);
  });

  test('with several faults names them all', () => {
    const parsed = parseOverrides({ 'rectify.days': { value: 0 }, nonsense: good }, 'site.yaml');
    expect(parsed.ok ? 0 : parsed.errors.length).toBe(5);
  });

  test('is refused or read whatever it holds, and never throws', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true }), fc.constantFrom(...all.map(([key]) => key)), (content, key) => {
        expect(typeof parseOverrides({ [key]: content }, 'site.yaml').ok).toBe('boolean');
        expect(typeof parseOverrides(content, 'site.yaml').ok).toBe('boolean');
      }),
    );
  });
});

describe('every shape', () => {
  const good = { from: '2026-03-01', reason: '本市实际', author: 'X1' };
  const open = all.filter(([, { values }]) => values.at(-1)!.cite.basis !== 'stated');
  const exact = all.filter(([, { values }]) => values.at(-1)!.cite.basis === 'stated');

  test.each(open)('%s takes a value of its own form from a site, and nothing else', (key, { values, shape }) => {
    const again = parseOverrides({ [key]: { ...good, value: values[0]!.value } }, 'site.yaml');
    expect(again.ok ? again.overrides.map((one) => one.key) : again.errors).toEqual([key]);
    for (const wrong of [undefined, null, {}, { x: 1 }, [null], Number.NaN, -1, 1.5, '']) {
      const parsed = parseOverrides({ [key]: { ...good, value: wrong } }, 'site.yaml');
      expect(parsed.ok ? [] : parsed.errors).toEqual([
        expect.stringContaining(`site.yaml: ${key}: value must be ${shape.expected}, but is `),
      ]);
    }
  });

  test.each(exact)('%s is given by the text, which no site changes', (key, { values }) => {
    const parsed = parseOverrides({ [key]: { ...good, value: values[0]!.value } }, 'site.yaml');
    expect(parsed.ok ? [] : parsed.errors).toEqual([
      expect.stringMatching(
        /^site\.yaml: \S+ is given by the text \(第.+条\); it changes with an edition of the rulebook\.$/,
      ),
    ]);
  });

  test.each<[ParameterKey, unknown, unknown]>([
    ['emergency.ack', 1, 0],
    ['emergency.ack', 1440, 1441],
    ['recurring.grace', 0, -1],
    ['absence.minHours', 0, 367],
    ['evaluation.after', 120, 121],
    ['evaluation.feedbackEvery', 40, 41],
    ['recurring.law', { times: 1, every: 2, unit: 'years' }, { times: 1, every: 1, unit: 'weeks' }],
    ['recurring.law', { times: 3, every: 1, unit: 'months' }, { times: 0, every: 1, unit: 'months' }],
    ['recurring.law', { times: 1, every: 24, unit: 'months' }, { times: 1, every: 24 }],
    [
      'meeting.noticeLead',
      { ordinary: { amount: 1, unit: 'days' }, urgent: { amount: 30, unit: 'minutes' } },
      { ordinary: { amount: 1, unit: 'days' } },
    ],
    [
      'doc.intake',
      {
        urgent: { amount: 1, unit: 'hours' },
        express: { amount: 1, unit: 'days' },
        ordinary: { amount: 1, unit: 'months' },
      },
      {
        urgent: { amount: 1, unit: 'wd' },
        express: { amount: 1, unit: 'days' },
        ordinary: { amount: 1, unit: 'months' },
      },
    ],
    ['catalogue.publishBy', { yearsAfter: 0, day: '04-last' }, { yearsAfter: 0, day: '02-29' }],
    ['assessment.by', { yearsAfter: 3, day: '12-31' }, { yearsAfter: 4, day: '12-31' }],
    ['assessment.by', { yearsAfter: 1, day: '02-28' }, { yearsAfter: 1, day: '13-last' }],
    ['rulebook.effectiveFrom', '2026-01-01', '2026-02-30'],
    ['rulebook.effectiveFrom', 'unknown', 'soon'],
    ['evm.waiverByMayor', true, 'true'],
    ['remoteActs', { signature: false, consent: true, chairing: false }, { signature: false }],
    ['leave.order', 'in-order', 'serial'],
    ['interpretation.kinds', ['rule'], []],
    ['scope.affiliated', [], ['leave', 'leave']],
    ['agenda.presenceExceptionBy', { special: 'mayor', others: 'mayor' }, { special: 'mayor', others: 'sg' }],
    [
      'major.classifier',
      { keeps: ['JB'], raises: ['mayor'], lowers: ['mayor'] },
      { keeps: [], raises: ['mayor'], lowers: ['mayor'] },
    ],
    ['sg.deputyPositionId', 'dsg-1', 'dsg 1'],
    ['duty.checksPerDay', { random: 1, leader: 1 }, { random: 0, leader: 1 }],
    ['emergency.firstReport', { I: 10, II: 20, III: 30, IV: 60 }, { I: 10, II: 20, III: 30 }],
    ['agenda.offListAlertAfter', 1, 0],
  ])('%s takes %j and not %j', (key, right, wrong) => {
    const { shape } = parameters[key] as Parameter<unknown>;
    expect([shape.accepts(right), shape.accepts(wrong)]).toEqual([true, false]);
    const table = withOverrides(parameters, [override(right, '2026-03-01', key)]);
    expect(parameter(key, table).at('2026-03-01')).toEqual(right);
    expect(() => withOverrides(parameters, [override(wrong, '2026-03-01', key)])).toThrow(`${key}: value must be `);
  });

  test('of money is text with two decimals, and more than nothing', () => {
    const { accepts } = parameters['budget.threshold'].shape;
    expect(['0.01', '2000000.00', '9.99'].map(accepts)).toEqual([true, true, true]);
    expect(['2000000', '2,000,000.00', '0.00', '-1.00', '01.00', '1.0', 2000000].map(accepts)).toEqual(
      Array(7).fill(false),
    );
  });

  test('has words in both scripts for name and value', () => {
    for (const [key, { shape, values }] of all) {
      const { hans, hant } = parameterNames[key];
      expect([hans, hant].filter((name) => name.trim() === '')).toEqual([]);
      for (const script of ['hans', 'hant'] as const)
        expect(parameterValueText(values[0]!.value, shape.unit, script)).toMatch(/^[^[\]{}]+$/);
    }
    const said = (key: ParameterKey) =>
      parameterValueText(parameters[key].values[0]!.value, parameters[key].shape.unit, 'hans');
    expect([
      said('recurring.plenary'),
      said('recurring.standing'),
      said('recurring.cleanup'),
      said('assessment.by'),
      said('budget.threshold'),
      said('doc.intake'),
      said('supervision.ladder'),
      said('rulebook.effectiveFrom'),
      said('evm.waiverByMayor'),
      said('calendar.officeHours'),
    ]).toEqual([
      '每半年 1 次',
      '每月 2 次',
      '每 24 个月 1 次',
      '次年 02-last',
      '2000000.00 元',
      'urgent 2 小时，express 1 工作日，ordinary 3 工作日',
      '0、3、10 工作日',
      '未定',
      '否',
      '08:30–18:00',
    ]);
  });
});

describe('what the figures and the rest of the law say together', () => {
  test('the first day of the rulebook is unknown as long as the edition is a draft', () => {
    expect(parameter('rulebook.effectiveFrom').at('2026-03-02')).toBe(edition.effectiveFrom ?? 'unknown');
  });

  test('the order of the ladders: a desk is quicker than a unit, a unit than an oversight answer', () => {
    const step = (key: 'deskStep' | 'unitStep' | 'overStep') => parameter(`escalation.${key}`).at('2026-03-02');
    expect(step('deskStep')).toBeLessThan(step('unitStep'));
    expect(step('unitStep')).toBeLessThan(step('overStep'));
  });

  test('what is stated is what the text has as a number', () => {
    const stated = all
      .filter(([, { values }]) => values.some(({ cite }) => cite.basis === 'stated'))
      .map(([key]) => key);
    expect(stated).toEqual([
      'recurring.plenary',
      'recurring.partyGroup',
      'recurring.standing',
      'budget.threshold',
      'citywide.maxPeople',
      'citywide.speechMin',
      'citywide.deptPerYear',
      'duty.cycle',
    ]);
  });
});

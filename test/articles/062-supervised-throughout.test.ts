import { doc, Matter } from '../support/supervision';

const report = { doc: doc('R-1'), evidence: ['E-1'], claims: 'done' };

describe('article 62: supervised throughout, urged in time', () => {
  it('passes through registration at once and waits to be assigned', () => {
    const matter = new Matter();
    expect(matter.state).toBe('assigning');
    expect(matter.told('supervision.state')).toEqual([['X2-desk']]);
  });

  it('refuses an assignment without a deadline, and takes the one it was registered with', () => {
    const assignment = { leadUnits: ['D07'], supporting: [], leadVms: ['vm-2'], dueSetBy: 'SupO' };
    expect(new Matter().send('X2-desk', 'ASSIGN', assignment).refusal).toMatchObject({
      code: 'DEADLINE_MISSING',
      cite: { article: 61, basis: 'derived' },
    });
    const registered = new Matter(undefined, { due: '2026-03-20' });
    expect(registered.send('X2-desk', 'ASSIGN', assignment).outcome).toBe('changed');
    expect(registered.until('2026-03-21T00:00:00+08:00').state).toBe('overdue');
  });

  it('presses the Office, then the secretary-general, when nothing is assigned within a working day', () => {
    const matter = new Matter().until('2026-03-05T00:00:00+08:00');
    expect(matter.told('desk.overdue')).toEqual([['X1-desk'], ['sg']]);
    expect(matter.play.entries.slice(1).map((e) => e.happenedAt)).toEqual([
      '2026-03-04T00:00:00+08:00',
      '2026-03-05T00:00:00+08:00',
    ]);
  });

  it('reminds seven, three and one days before the due instant', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-20T12:00:00+08:00');
    const reminded = matter.play.entries.filter((e) => e.trigger.type === 'reminder').map((e) => e.happenedAt);
    expect(reminded).toEqual(['2026-03-14T00:00:00+08:00', '2026-03-18T00:00:00+08:00', '2026-03-20T00:00:00+08:00']);
  });

  it('skips reminders whose day was over when the date was set, and rests while a report is reviewed', () => {
    const matter = Matter.assigned('2026-03-06').until('2026-03-03T09:00:00+08:00');
    expect(matter.told('supervision.reminder')).toEqual([]);
    matter.send('D07-desk', 'REPORT', report);
    matter.until('2026-03-06T12:00:00+08:00');
    expect(matter.told('supervision.reminder')).toEqual([]);
  });

  it('asks for progress after ten working days without any', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-16T10:00:00+08:00');
    expect(matter.send('D07-desk', 'PROGRESS', { text: 'T-1', percent: 40 }).outcome).toBe('changed');
    matter.until('2026-03-30T23:59:59+08:00');
    expect(matter.told('supervision.progress-asked')).toEqual([]);
    matter.until('2026-03-31T00:00:00+08:00');
    expect(matter.told('supervision.progress-asked')).toEqual([['D07-desk', 'X2-desk']]);
  });

  it('sends at once in office hours and at nine of the next working day otherwise', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-21T00:00:00+08:00');
    const [assigned, overdue] = ['supervision.assigned', 'supervision.level1'].map(
      (t) => matter.play.effects('tell').find((e) => e.template === t)!,
    );
    expect(assigned!.deliverAt).toBe(Date.parse('2026-03-02T09:00:00+08:00'));
    expect(overdue!.deliverAt).toBe(Date.parse('2026-03-23T09:00:00+08:00'));
  });
});

describe('articles 61 and 62: struck off by the offices, never by the unit', () => {
  const reviewed = () => {
    const matter = Matter.assigned('2026-03-20', { supporting: ['D08'] });
    matter.send('D07-desk', 'REPORT', report);
    return matter;
  };

  it.each([
    {
      what: 'the unit strikes itself off',
      seat: 'D07-head',
      evidence: ['E-1'],
      outcome: 'rule',
      code: 'SELF_ACCEPTANCE',
    },
    { what: 'another unit does', seat: 'D08-head', evidence: ['E-1'], outcome: 'not-entitled', code: 'not-entitled' },
    {
      what: 'the lead vice mayor does',
      seat: 'vm-2',
      evidence: ['E-1'],
      outcome: 'not-entitled',
      code: 'not-entitled',
    },
    { what: 'there is no evidence', seat: 'X2-desk', evidence: [], outcome: 'rule', code: 'EVIDENCE_MISSING' },
  ])('refuses when $what: $code', ({ seat, evidence, outcome, code }) => {
    const matter = reviewed();
    expect(matter.send(seat, 'ACCEPT', { evidence })).toMatchObject({ outcome, refusal: { code } });
    expect(matter.state).toBe('reviewing');
  });

  it('closes with the assessment entry and tells everybody concerned, the audit bureau where special funds are at stake', () => {
    const matter = new Matter(undefined, { specialFunds: true });
    matter.send('X2-desk', 'ASSIGN', {
      leadUnits: ['D07'],
      supporting: ['D08'],
      leadVms: ['vm-2'],
      due: '2026-03-20',
      dueSetBy: 'SupO',
    });
    matter.send('D07-desk', 'REPORT', report);
    expect(matter.send('X2-desk', 'ACCEPT', { evidence: ['E-1'] }).outcome).toBe('changed');
    expect(matter.play.state).toEqual(['closed']);
    expect(matter.play.effects('paper')).toEqual([expect.objectContaining({ paper: 'assessment-entry' })]);
    expect(matter.told('supervision.closed')).toEqual([
      ['D07-desk', 'D07-head', 'D08-desk', 'X2-desk', 'vm-2', 'D20-desk', 'sg'],
    ]);
    expect(matter.send('D07-desk', 'PROGRESS', { text: 'T' }).outcome).toBe('closed');
  });

  it('has no withdrawal: an item is followed to its end, and says what is accepted instead', () => {
    const withdrawn = reviewed().send('X2-desk', 'WITHDRAW', { reason: '不再需要' });
    expect(withdrawn).toMatchObject({ outcome: 'not-accepted', refusal: { code: 'not-accepted-here' } });
    expect(withdrawn.refusal?.accepted).toContain('ACCEPT');
  });

  it('answers what this version does not carry yet by its name', () => {
    const matter = reviewed();
    for (const event of ['STOP_WAITING', 'LEADER_MEETING_CALLED', 'RELEASE_CIRCULAR'])
      expect(matter.send('X2-desk', event, {})).toMatchObject({
        outcome: 'not-accepted',
        refusal: { code: 'not-available-yet', params: { event } },
      });
  });
});

import { doc, Matter } from '../support/supervision';

const explain = { doc: doc('X-1'), cause: '施工单位更换' };

describe('articles 61 to 65: lateness climbs until it is answered', () => {
  it('repeats each level every three working days to the persons of that level', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-04-13T00:00:00+08:00');
    const pressed = matter.play.entries
      .filter((e) => ['repeat', 'level2', 'level3'].includes(e.trigger.type))
      .map(
        (e) =>
          `${e.happenedAt.slice(0, 10)} ${e.trigger.type} ${e.effects.filter((x) => String(x.template).startsWith('supervision.level')).flatMap((x) => x.to as string[])}`,
      );
    expect(pressed).toEqual([
      '2026-03-26 level2 vm-2,sg',
      '2026-03-31 repeat vm-2,sg',
      '2026-04-03 repeat vm-2,sg',
      '2026-04-04 level3 evm,mayor',
      '2026-04-10 repeat evm,mayor',
    ]);
  });

  it('drafts order and circular at the second level and leaves the decision to persons', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-04-01T09:00:00+08:00');
    expect(matter.play.effects('paper').map((e) => e.paper)).toEqual(['rectification-order', 'circular']);
    expect(matter.state).toBe('overdue');
    expect(matter.send('D07-head', 'ORDER_RECTIFICATION', { ref: 'O-1', date: '2026-04-20' }).outcome).toBe(
      'not-entitled',
    );
    expect(matter.send('vm-2', 'ORDER_RECTIFICATION', { ref: 'O-1', date: '2026-04-20' }).outcome).toBe('changed');
    expect(matter.state).toBe('rectifying');
    expect(matter.level).toBe(0);
  });

  it('starts at the second level when a re-dated item falls overdue again, and nobody below is passed over', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-23T09:00:00+08:00');
    matter.send('D07-head', 'EXPLAIN', explain);
    matter.send('X2-desk', 'SET_DATE', { date: '2026-03-27', reason: '补办手续', vmcNote: 'N-1' });
    matter.until('2026-03-28T00:00:00+08:00');
    expect(matter.level).toBe(2);
    expect(matter.told('supervision.level2')).toEqual([['D07-desk', 'D07-head', 'vm-2', 'sg']]);
  });

  it('opens the check of facts at the third level, without a finding where the vice mayor has reported', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-30T09:00:00+08:00');
    expect(matter.send('vm-3', 'VMC_REPORTS_TO_MAYOR', { ref: 'V-1' }).outcome).toBe('not-entitled');
    expect(matter.send('vm-2', 'VMC_REPORTS_TO_MAYOR', { ref: 'V-1' }).outcome).toBe('changed');
    matter.until('2026-04-04T00:00:00+08:00');
    expect(matter.level).toBe(3);
    expect(matter.found.map((f) => f.code)).toEqual(['EXPLANATION_MISSING']);
    expect(matter.play.effects('task').map((e) => e.task)).toContain('accountability-fact-check');
  });

  it('stops the ladder with an explanation; undecided for five working days, that presses the desks', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-23T09:00:00+08:00');
    matter.send('D07-head', 'EXPLAIN', explain);
    expect([matter.state, matter.level]).toEqual(['explained', 0]);
    matter.until('2026-03-31T00:00:00+08:00');
    expect(matter.told('desk.overdue')).toEqual([['X2-desk', 'sg']]);
    matter.until('2026-04-03T00:00:00+08:00');
    expect(matter.told('desk.overdue')).toEqual([['X2-desk', 'sg'], ['evm'], ['mayor'], ['mayor']]);
  });

  it('owes an explanation when a report is found short, and counts a date that passed meanwhile', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-20T10:00:00+08:00');
    matter.send('D07-desk', 'REPORT', { doc: doc('R-1'), evidence: [], claims: 'done' });
    matter.until('2026-03-23T10:00:00+08:00');
    expect(matter.state).toBe('reviewing');
    expect(matter.send('sg', 'IMPROVE', { opinion: 'I-1' }).refusal?.code).toBe('DEADLINE_MISSING');
    expect(matter.send('sg', 'IMPROVE', { opinion: 'I-1', date: '2026-04-03' }).outcome).toBe('changed');
    expect(matter.send('D07-desk', 'REPORT', { doc: doc('R-2'), evidence: ['E'], claims: 'done' }).refusal?.code).toBe(
      'EXPLANATION_MISSING',
    );
    matter.until('2026-03-27T00:00:00+08:00');
    expect(matter.found).toEqual([{ code: 'EXPLANATION_MISSING', at: '2026-03-27T00:00:00+08:00' }]);
    matter.until('2026-04-04T00:00:00+08:00');
    expect([matter.state, matter.level]).toEqual(['overdue', 2]);
  });

  it('makes an obstacle of several vice mayors a task of the Office; the clock runs on', () => {
    const matter = Matter.assigned('2026-03-20');
    expect(matter.send('D07-head', 'OBSTACLE', { vms: ['vm-2', 'vm-3'], why: '涉及两个分管领域' }).outcome).toBe(
      'not-entitled',
    );
    expect(matter.send('sg', 'OBSTACLE', { vms: ['vm-2', 'vm-3'], why: '涉及两个分管领域' }).outcome).toBe('changed');
    expect(matter.until('2026-03-21T00:00:00+08:00').state).toBe('overdue');
  });
});

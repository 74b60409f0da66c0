import { dateOf, edition, type LawData, lawData, type Override, parseInstant } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Json } from '../../workflows/runtime/workflow';
import { doc, Matter } from '../support/supervision';

const report = { doc: doc('R-1'), evidence: ['E-1'], claims: 'done' };
const at = (text: string) => parseInstant(text);
const set = (key: Override['key'], value: unknown, from: string): Override => {
  return { key, value, from, reason: '测试', author: 'X1-desk' };
};

/** The law of a version published on a day with these figures. */
function law(day: string, overrides: readonly Override[], to = 'RV-2026-0001'): LawData {
  const published = { ...edition, id: to, number: '测试〔2026〕1号', effectiveFrom: day };
  return { ...lawData(published, procedure.parameters, day, { overrides }), since: at(`${day}T10:00:00+08:00`) };
}

const changed = (matter: Matter, kind: string, next: LawData, seq?: { from?: string; seq?: number }) =>
  matter.play.notify(
    'VERSION_CHANGED',
    { from: 'draft-2026', to: next.edition, kind, law: next as unknown as Json },
    seq,
  );
const dueOf = (matter: Matter, name: string) =>
  matter.play.subject.deadlines().find((deadline) => deadline.name === name)?.dueAt;
const lawStep = (matter: Matter) => matter.play.effects('law').at(-1) as unknown as { deadlines: { name: string }[] };

const progressIn5 = [set('supervision.progressEvery', 5, '2026-03-05')];

describe('article 75: a version that changes figures takes hold of the open cases from the next step on (S105)', () => {
  it('counts open limits anew from when they were armed, by the new figures, and says so in one step', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-05T10:00:00+08:00');
    expect(dueOf(matter, 'progress')).toBe(at('2026-03-17T00:00:00+08:00'));
    const steps = matter.play.entries.length;
    expect(changed(matter, 'limits', law('2026-03-05', progressIn5))).toBe(true);
    expect(matter.play.entries).toHaveLength(steps + 1);
    const entry = matter.play.entries.at(-1)!;
    expect(entry).toMatchObject({
      trigger: { kind: 'notice', type: 'VERSION_CHANGED', payload: { from: 'draft-2026', to: 'RV-2026-0001' } },
      happenedAt: '2026-03-05T10:00:00+08:00',
      steps: [{ cite: { basis: 'chosen', article: 75 } }],
    });
    expect(entry.effects[0]).toMatchObject({
      kind: 'law',
      from: 'draft-2026',
      to: 'RV-2026-0001',
      deadlines: [
        {
          name: 'progress',
          label: '进展报告',
          from: '2026-03-17T00:00:00+08:00',
          to: '2026-03-10T00:00:00+08:00',
        },
      ],
    });
    expect(JSON.stringify(entry.trigger)).not.toContain('parameters');
  });

  it('asks for progress at the new instant and not a moment before it, and in the old one no more', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-05T10:00:00+08:00');
    changed(matter, 'limits', law('2026-03-05', progressIn5));
    matter.until('2026-03-09T23:59:59.999+08:00');
    expect(matter.told('supervision.progress-asked')).toHaveLength(0);
    matter.until('2026-03-10T00:00:00+08:00');
    expect(matter.told('supervision.progress-asked')).toHaveLength(1);
    // The next one is armed by the new figure too, though it counts from before the version: 5 working days each.
    matter.until('2026-03-16T23:59:59.999+08:00');
    expect(matter.told('supervision.progress-asked')).toHaveLength(1);
    matter.until('2026-03-17T00:00:00+08:00');
    expect(matter.told('supervision.progress-asked')).toHaveLength(2);
  });

  it('leaves a case that closed a step earlier by the old figure as it was', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-17T00:00:00+08:00');
    expect(matter.told('supervision.progress-asked')).toHaveLength(1);
    const before = matter.play.entries.slice();
    changed(matter, 'limits', law('2026-03-17', [set('supervision.progressEvery', 20, '2026-03-17')]));
    expect(matter.play.entries.slice(0, before.length)).toEqual(before);
    expect(dueOf(matter, 'progress')).toBe(at('2026-04-15T00:00:00+08:00'));
  });

  it('is due at once where the new figure has run out already, at the instant of the change', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-12T10:00:00+08:00');
    changed(matter, 'limits', law('2026-03-12', [set('supervision.progressEvery', 5, '2026-03-12')]));
    expect(matter.told('supervision.progress-asked')).toHaveLength(1);
    const asked = matter.play.entries.find(({ trigger }) => trigger.type === 'progress')!;
    expect(asked.happenedAt).toBe('2026-03-12T10:00:00+08:00');
    expect(matter.play.entries.filter(({ trigger }) => trigger.type === 'woken')).toEqual([]);
  });

  it('never moves the date that a person set', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-05T10:00:00+08:00');
    const figures = ['supervision.reviewSla', 'supervision.progressEvery', 'supervision.explanationDue'] as const;
    changed(
      matter,
      'limits',
      law(
        '2026-03-05',
        figures.map((key) => set(key, 1, '2026-03-05')),
      ),
    );
    expect(dueOf(matter, 'due')).toBe(at('2026-03-21T00:00:00+08:00'));
    expect(matter.until('2026-03-20T23:59:59.999+08:00').state).toBe('in-progress');
    expect(matter.until('2026-03-21T00:00:00+08:00').state).toBe('overdue');
  });

  it('moves a rung of the ladder that counts from the day the item fell overdue', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-23T10:00:00+08:00');
    expect(dueOf(matter, 'level2')).toBe(at('2026-03-26T00:00:00+08:00'));
    changed(matter, 'limits', law('2026-03-23', [set('supervision.ladder', [0, 5, 10], '2026-03-23')]));
    expect(matter.until('2026-03-27T23:59:59.999+08:00').level).toBe(1);
    expect(matter.until('2026-03-28T00:00:00+08:00').level).toBe(2);
  });

  it('moves a rung that was armed after an outage from when it was armed, not from when it would have been', () => {
    const matter = new Matter('2026-03-02T09:00:00+08:00');
    matter.play.oversleep(at('2026-03-09T10:00:00+08:00'));
    expect(dueOf(matter, 'dispatchStep')).toBe(at('2026-03-11T00:00:00+08:00'));
    changed(matter, 'limits', law('2026-03-09', [set('escalation.deskStep', 2, '2026-03-09')]));
    expect(dueOf(matter, 'dispatchStep')).toBe(at('2026-03-12T00:00:00+08:00'));
  });

  it('changes nothing by a repetition, nor by the same law from another sender', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-05T10:00:00+08:00');
    const next = law('2026-03-05', progressIn5);
    changed(matter, 'limits', next, { from: 'RV-2026-0001', seq: 1000 });
    const [steps, table] = [matter.play.entries.length, JSON.stringify(matter.play.subject.table)];
    for (const from of [{ from: 'RV-2026-0001', seq: 1000 }, { from: 'other' }]) changed(matter, 'limits', next, from);
    expect(matter.play.entries).toHaveLength(steps);
    expect(JSON.stringify(matter.play.subject.table)).toBe(table);
  });

  it('takes the later of two versions that arrive out of order', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-06T10:00:00+08:00');
    changed(matter, 'limits', law('2026-03-06', [set('supervision.progressEvery', 8, '2026-03-06')], 'RV-2'), {
      from: 'RV-2',
    });
    const due = dueOf(matter, 'progress');
    changed(matter, 'limits', law('2026-03-05', progressIn5), { from: 'RV-1' });
    expect(dueOf(matter, 'progress')).toBe(due);
  });

  it('keeps a finished step: a report handed in under the old version stays judged by it', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-05T10:00:00+08:00');
    matter.send('D07-desk', 'REPORT', report);
    const done = matter.play.entries.slice();
    changed(matter, 'routing', law('2026-03-05', [set('supervision.reviewSla', 2, '2026-03-05')]));
    expect(matter.state).toBe('reviewing');
    expect(matter.play.entries.slice(0, done.length)).toEqual(done);
    expect(dueOf(matter, 'reviewLimit')).toBe(at('2026-03-10T00:00:00+08:00'));
  });

  it('bars the way back to before the change: the act before it stands', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-05T10:00:00+08:00');
    const { id } = matter.send('D07-desk', 'REPORT', report);
    changed(matter, 'limits', law('2026-03-05', progressIn5));
    expect(matter.send('D07-desk', 'RECALL', { eventId: id, reason: '录入有误' }).refusal?.code).toBe('recall-passed');
  });

  it('ends under the version it began under where the city has read the gap so, and is asked the next time', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-05T10:00:00+08:00');
    const stays = set('version.openCasePolicy', 'finish-under-old', '2026-03-05');
    changed(matter, 'limits', law('2026-03-05', [...progressIn5, stays]));
    expect(dueOf(matter, 'progress')).toBe(at('2026-03-17T00:00:00+08:00'));
    expect(matter.play.effects('law')).toMatchObject([{ from: 'draft-2026', to: 'draft-2026', left: 'RV-2026-0001' }]);
    changed(matter, 'limits', law('2026-03-05', [...progressIn5, stays]), { from: 'again' });
    expect(matter.play.effects('law')).toHaveLength(1);
    changed(matter, 'limits', law('2026-03-06', progressIn5, 'RV-2026-0002'), { from: 'RV-2026-0002' });
    expect(matter.told('law.choose')).toHaveLength(1);
  });

  it('tells whoever the case waits for', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-05T10:00:00+08:00');
    changed(matter, 'limits', law('2026-03-05', progressIn5));
    expect(matter.told('law.changed')).toEqual([['D07-desk']]);
  });

  it('is the law of the case from then on: edition and mark', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-05T10:00:00+08:00');
    const shown = () => matter.play.subject.present(matter.play.now, 0).summary as { marks: string[] };
    expect(shown().marks).toEqual(['【规则版本待确认】']);
    changed(matter, 'limits', law('2026-03-05', []));
    expect(shown().marks).toEqual([]);
    expect((matter.play.subject.data as { law: LawData }).law.edition).toBe('RV-2026-0001');
    expect(lawStep(matter).deadlines).toEqual([]);
  });

  it('carries what it went by, and what it was asked, into its next run', () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-05T10:00:00+08:00');
    changed(matter, 'structure', law('2026-03-05', progressIn5));
    const { memory, table } = matter.play.subject.carry(matter.play.now);
    expect(memory.data).toMatchObject({ choice: { to: 'RV-2026-0001', rung: 0 } });
    expect(table.entries.map(({ name }) => name)).toContain('version.choice');
  });
});

describe('article 75: a version that changes the course leaves the choice to the Office (S105)', () => {
  const asked = () => {
    const matter = Matter.assigned('2026-04-30').until('2026-03-05T10:00:00+08:00');
    changed(matter, 'structure', law('2026-03-05', progressIn5));
    return matter;
  };
  const choose = (matter: Matter, choice: string, seat = 'X1-desk') => matter.send(seat, 'CHOOSE_VERSION', { choice });
  const summary = (matter: Matter) =>
    matter.play.subject.present(matter.play.now, 0).summary as { awaiting: string[]; choice?: object };

  it('goes on under the old version until somebody chooses, and asks the Office', () => {
    const matter = asked();
    expect(dueOf(matter, 'progress')).toBe(at('2026-03-17T00:00:00+08:00'));
    expect(matter.told('law.choose')).toEqual([['X1-desk']]);
    expect(summary(matter)).toMatchObject({ awaiting: ['D07', 'X1'], choice: { to: 'RV-2026-0001' } });
    expect(matter.send('D07-desk', 'PROGRESS', { text: 'T-1' }).outcome).toBe('changed');
    expect(dueOf(matter, 'progress')).toBe(at('2026-03-20T00:00:00+08:00'));
  });

  it('presses the Office and the secretary-general after a working day, then climbs, and repeats the last rung', () => {
    const matter = asked();
    expect(dueOf(matter, 'version.choice')).toBe(at('2026-03-07T00:00:00+08:00'));
    matter.until('2026-03-06T23:59:59.999+08:00');
    expect(matter.told('desk.overdue')).toEqual([]);
    matter.until('2026-03-07T00:00:00+08:00');
    expect(matter.told('desk.overdue')).toEqual([['X1-desk', 'sg']]);
    matter.until('2026-03-12T00:00:00+08:00');
    expect(matter.told('desk.overdue')).toEqual([['X1-desk', 'sg'], ['evm'], ['mayor'], ['mayor']]);
    expect(matter.state).toBe('in-progress');
    choose(matter, 'continue');
    matter.until('2026-03-16T23:00:00+08:00');
    expect(matter.told('desk.overdue')).toHaveLength(4);
  });

  it('moves: the new figures count from the old arming, in a step of the Office', () => {
    const matter = asked();
    expect(choose(matter, 'move')).toMatchObject({ outcome: 'changed' });
    expect(dueOf(matter, 'progress')).toBe(at('2026-03-10T00:00:00+08:00'));
    expect(dueOf(matter, 'version.choice')).toBeUndefined();
    expect(matter.play.entries.at(-1)).toMatchObject({
      trigger: { kind: 'act', type: 'CHOOSE_VERSION', payload: { choice: 'move' } },
      by: { seat: 'X1-desk' },
      steps: [{ cite: { basis: 'chosen', article: 75 } }],
    });
    expect(lawStep(matter).deadlines).toMatchObject([{ name: 'progress' }]);
    expect(summary(matter)).toMatchObject({ awaiting: ['D07'] });
    expect(summary(matter).choice).toBeUndefined();
  });

  it('continues: nothing moves, and the next version asks again, whatever its kind', () => {
    const matter = asked();
    expect(choose(matter, 'continue').outcome).toBe('changed');
    expect(dueOf(matter, 'progress')).toBe(at('2026-03-17T00:00:00+08:00'));
    changed(matter, 'structure', law('2026-03-05', progressIn5), { from: 'again' });
    expect(matter.told('law.choose')).toHaveLength(1);
    changed(matter, 'limits', law('2026-03-06', [], 'RV-2026-0002'), { from: 'RV-2026-0002' });
    expect(matter.told('law.choose')).toHaveLength(2);
  });

  it('asks once about the newest of several versions', () => {
    const matter = asked();
    changed(matter, 'limits', law('2026-03-06', progressIn5, 'RV-2026-0002'), { from: 'RV-2026-0002' });
    expect(summary(matter).choice).toMatchObject({ to: 'RV-2026-0002' });
    expect(matter.play.subject.table.filter(({ name }) => name === 'version.choice')).toHaveLength(1);
    choose(matter, 'move');
    expect((matter.play.subject.data as { law: LawData }).law.edition).toBe('RV-2026-0002');
  });

  it.each([
    { what: 'the unit', seat: 'D07-head', choice: 'move', outcome: 'not-entitled', code: 'not-entitled' },
    { what: 'the supervision office', seat: 'X2-desk', choice: 'move', outcome: 'not-entitled', code: 'not-entitled' },
    { what: 'neither of the two', seat: 'X1-desk', choice: 'wait', outcome: 'malformed', code: 'malformed' },
  ])('is refused: $what', ({ seat, choice, outcome, code }) => {
    const matter = asked();
    const steps = matter.play.entries.length;
    expect(choose(matter, choice, seat)).toMatchObject({ outcome, refusal: { code } });
    expect(matter.play.entries).toHaveLength(steps);
  });

  it('is not accepted where nothing is asked, and that is what is said to anybody', () => {
    const matter = Matter.assigned('2026-04-30');
    for (const seat of ['X1-desk', 'D07-head'])
      expect(choose(matter, 'move', seat)).toMatchObject({
        outcome: 'not-accepted',
        refusal: { code: 'not-accepted-here', accepted: expect.not.arrayContaining(['CHOOSE_VERSION']) },
      });
  });

  it('cannot be taken back, as nothing that amends a case can', () => {
    const matter = asked();
    const { id } = choose(matter, 'move');
    expect(matter.send('X1-desk', 'RECALL', { eventId: id, reason: '选错' }).refusal?.code).toBe('recall-amendment');
  });
});

describe('a notice of changed law that is none', () => {
  const good = { from: 'a', to: 'b', kind: 'limits', law: law('2026-03-05', []) as unknown as Json };

  it.each([
    ['without the law', { ...good, law: undefined }],
    ['of an unknown kind', { ...good, kind: 'all' }],
    ['without the version it leads to', { ...good, to: undefined }],
    ['with a law that is a text', { ...good, law: 'b' }],
  ])('%s leaves no trace', (_, payload) => {
    const matter = Matter.assigned('2026-04-30');
    const steps = matter.play.entries.length;
    expect(matter.play.notify('VERSION_CHANGED', payload as Json)).toBe(false);
    expect(matter.play.entries).toHaveLength(steps);
  });

  it('after the end of the case leaves none either', () => {
    const matter = Matter.assigned('2026-03-20');
    matter.send('D07-desk', 'REPORT', report);
    matter.send('X2-desk', 'ACCEPT', { evidence: ['E-1'] });
    expect(matter.state).toBe('closed');
    const steps = matter.play.entries.length;
    changed(matter, 'limits', law('2026-03-05', progressIn5));
    expect(matter.play.entries).toHaveLength(steps);
    expect(dateOf(matter.play.now)).toBe('2026-03-02');
  });
});

/** A calendar that is published while cases are under way. Of 2027 nothing is published: what reaches it is provisional. */
import { type CalendarYear, type LawData, lawData, parseInstant } from '../../workflows/law';
import { edition } from '../../workflows/law/edition';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Json } from '../../workflows/runtime/workflow';
import { Matter } from '../support/supervision';

const at = (text: string) => parseInstant(text);

/** Monday 4 January is off, Saturday 16 January is worked; the rest of the year as it is known in advance. */
const notice: CalendarYear = {
  year: 2027,
  notice: '测试〔2026〕7号',
  holidays: [
    '2027-01-01/2027-01-04',
    '2027-02-05/2027-02-11',
    '2027-04-05',
    '2027-05-01/2027-05-02',
    '2027-06-09',
    '2027-09-15',
    '2027-10-01/2027-10-07',
  ],
  adjustedWorkingDays: ['2027-01-16'],
};

const opened = '2026-12-28T09:00:00+08:00';
const law = (day: string, years: CalendarYear[]): LawData => lawData(edition, procedure.parameters, day, { years });
const published = (matter: Matter, years = [notice], day = '2026-12-30') =>
  matter.play.notify('CALENDAR_CHANGED', {
    year: 2027,
    notice: notice.notice,
    law: law(day, years) as unknown as Json,
  });
const dueOf = (matter: Matter, name: string) =>
  matter.play.subject.deadlines().find((deadline) => deadline.name === name)?.dueAt;
const details = (matter: Matter) => matter.play.subject.present(matter.play.now, 0).details;

/** Assigned on Monday 28 December; ten working days lead over the new year. */
const assigned = () => Matter.assigned('2027-03-31', {}, opened).until('2026-12-30T10:00:00+08:00');

it('reaches a provisional year and says so', () => {
  const matter = assigned();
  expect(dueOf(matter, 'progress')).toBe(at('2027-01-13T00:00:00+08:00'));
  expect(details(matter)).toContain('暂定');
});

it('is dated anew by the notice, the mark goes, and one step says from when to when', () => {
  const matter = assigned();
  const steps = matter.play.entries.length;
  expect(published(matter)).toBe(true);
  // A working day more is off before the tenth: 29, 30, 31, 5, 6, 7, 8, 11, 12, 13.
  expect(dueOf(matter, 'progress')).toBe(at('2027-01-14T00:00:00+08:00'));
  const row = details(matter)
    .split('\n')
    .find((line) => line.includes('进展报告'));
  expect(row).not.toContain('暂定');
  expect(matter.play.entries).toHaveLength(steps + 1);
  expect(matter.play.entries.at(-1)).toMatchObject({
    trigger: { type: 'CALENDAR_CHANGED', payload: { year: 2027, notice: notice.notice } },
    effects: [
      {
        kind: 'law',
        type: 'CALENDAR_CHANGED',
        deadlines: [{ name: 'progress', from: '2027-01-13T00:00:00+08:00', to: '2027-01-14T00:00:00+08:00' }],
      },
      { kind: 'tell', template: 'law.calendar', to: ['D07-desk'] },
    ],
  });
});

it.each([
  { what: 'without the notice', told: false, quiet: '2027-01-12T23:59:59.999+08:00', due: '2027-01-13T00:00:00+08:00' },
  { what: 'with it', told: true, quiet: '2027-01-13T23:59:59.999+08:00', due: '2027-01-14T00:00:00+08:00' },
])('asks for progress in the last moment it may, $what', ({ told, quiet, due }) => {
  const matter = assigned();
  if (told) published(matter);
  matter.until(quiet);
  expect(matter.told('supervision.progress-asked')).toEqual([]);
  matter.until(due);
  expect(matter.told('supervision.progress-asked')).toHaveLength(1);
});

it('leaves the date of the decision where it is, whatever the calendar', () => {
  const matter = assigned();
  published(matter);
  expect(dueOf(matter, 'due')).toBe(at('2027-04-01T00:00:00+08:00'));
});

it('does not touch the figures of the case', () => {
  const matter = assigned();
  const before = (matter.play.subject.data as { law: LawData }).law;
  published(matter);
  const { law: after } = matter.play.subject.data as { law: LawData };
  expect({ ...after, calendar: undefined }).toEqual({ ...before, calendar: undefined });
});

it('moves nothing twice', () => {
  const matter = assigned();
  published(matter);
  const [steps, table] = [matter.play.entries.length, JSON.stringify(matter.play.subject.table)];
  published(matter);
  expect(matter.play.entries).toHaveLength(steps);
  expect(JSON.stringify(matter.play.subject.table)).toBe(table);
});

it('a corrected notice moves back what the first one moved', () => {
  const matter = assigned();
  published(matter);
  published(matter, [
    notice,
    { ...notice, holidays: ['2027-01-01', ...notice.holidays.slice(1)], adjustedWorkingDays: [] },
  ]);
  expect(dueOf(matter, 'progress')).toBe(at('2027-01-13T00:00:00+08:00'));
});

it('keeps the days of years that the new calendar does not reach any more', () => {
  const matter = assigned();
  published(matter, [notice], '2027-01-15');
  const { law: after } = matter.play.subject.data as { law: LawData };
  expect(after.calendar.years.map(({ year }) => year)).toEqual([2026, 2027, 2028, 2029]);
  expect(dueOf(matter, 'progress')).toBe(at('2027-01-14T00:00:00+08:00'));
});

it('can be foreseen without anything happening', () => {
  const matter = assigned();
  const before = JSON.stringify(matter.play.subject.carry(matter.play.now));
  const payload = { year: 2027, notice: notice.notice, law: law('2026-12-30', [notice]) as unknown as Json };
  const foreseen = matter.play.subject.foresees(
    { id: 'n', from: 'calendar-2027', seq: 1, type: 'CALENDAR_CHANGED', payload },
    matter.play.now,
  );
  expect(foreseen).toEqual([
    {
      name: 'progress',
      label: '进展报告',
      from: at('2027-01-13T00:00:00+08:00'),
      to: at('2027-01-14T00:00:00+08:00'),
    },
  ]);
  expect(JSON.stringify(matter.play.subject.carry(matter.play.now))).toBe(before);
});

it('reaches the version that the Office has not chosen yet', () => {
  const matter = assigned();
  const version = { ...law('2026-12-30', []), edition: 'RV-1', since: at('2026-12-30T09:00:00+08:00') };
  const payload = { from: 'draft-2026', to: 'RV-1', kind: 'structure', law: version as unknown as Json };
  matter.play.notify('VERSION_CHANGED', payload);
  published(matter);
  matter.send('X1-desk', 'CHOOSE_VERSION', { choice: 'move' });
  expect((matter.play.subject.data as { law: LawData }).law).toMatchObject({ edition: 'RV-1' });
  expect(dueOf(matter, 'progress')).toBe(at('2027-01-14T00:00:00+08:00'));
});

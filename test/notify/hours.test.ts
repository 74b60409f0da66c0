import { type Hours, isQuiet, type Office, waitsFor } from '../../activities/notify/hours';
import {
  calendarFrom,
  dateOf,
  edition,
  formatInstant,
  isWorkingDay,
  lawData,
  nextNoticeInstant,
} from '../../workflows/law';

const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const calendar = calendarFrom(lawData(edition, [], '2026-03-01'));
const office: Office = {
  isWorkingDay: (date) => isWorkingDay(calendar, date),
  noticeAt: (instant) => nextNoticeInstant(calendar, instant),
};
/** 2026-03-20 is a Friday. */
const night: Hours = { quiet: { from: '22:00', to: '07:00' } };
const noon: Hours = { quiet: { from: '12:00', to: '14:00' } };
const daily: Hours = { digest: '08:30' };

const told = (now: string, hours: Hours, deliverAt = now, wokenAt?: string) => {
  const row = { deliverAt: at(deliverAt), ...(wokenAt ? { wokenAt: at(wokenAt) } : {}) };
  const waits = waitsFor(row, hours, office, at(now));
  return waits && formatInstant(waits.until).slice(0, 16).replace('T', ' ');
};

test.each([
  ['before them', '2026-03-19T21:59', undefined],
  ['from their first minute', '2026-03-19T22:00', '2026-03-20 07:00'],
  ['over midnight', '2026-03-20T00:00', '2026-03-20 07:00'],
  ['to their last', '2026-03-20T06:59', '2026-03-20 07:00'],
  ['not after', '2026-03-20T07:00', undefined],
])('quiet hours hold a message back %s', (_, now, until) => {
  expect(told(now, night)).toBe(until);
});

test.each([
  ['2026-03-20T11:59', undefined],
  ['2026-03-20T12:00', '2026-03-20 14:00'],
  ['2026-03-20T13:59', '2026-03-20 14:00'],
  ['2026-03-20T14:00', undefined],
])('quiet hours of one day hold it back at %s until %s', (now, until) => {
  expect(told(now, noon)).toBe(until);
});

test('a message that could not go before them waits for their end, however early it was due', () => {
  expect(told('2026-03-19T23:00', night, '2026-03-19T10:00')).toBe('2026-03-20 07:00');
});

test.each([
  ['the same morning', '2026-03-20T08:29', '2026-03-20T08:29', '2026-03-20 08:30'],
  ['its own minute', '2026-03-20T08:30', '2026-03-20T08:30', undefined],
  ['the next morning', '2026-03-19T10:00', '2026-03-19T10:00', '2026-03-20 08:30'],
  ['the next working day, over a weekend', '2026-03-20T10:00', '2026-03-20T10:00', '2026-03-23 08:30'],
  ['the next working day, over a holiday', '2026-04-03T10:00', '2026-04-03T10:00', '2026-04-07 08:30'],
  ['no second digest once its own is past', '2026-03-20T12:00', '2026-03-19T10:00', undefined],
])('a daily digest waits for %s', (_, now, deliverAt, until) => {
  expect(told(now, daily, deliverAt)).toBe(until);
});

test('quiet hours count also where a digest is late', () => {
  expect(told('2026-03-20T23:00', { ...daily, ...night }, '2026-03-20T08:00')).toBe('2026-03-21 07:00');
});

test.each([
  ['at night waits for the notice hour', '2026-03-20T03:00', '2026-03-20 09:00'],
  ['on a Saturday waits for Monday', '2026-03-21T11:00', '2026-03-23 09:00'],
  ['in office hours goes at once', '2026-03-20T10:00', undefined],
])('a deadline that was slept over and found on waking %s', (_, woken, until) => {
  expect(told(woken, {}, '2026-03-19T10:00', woken)).toBe(until);
});

test('quiet hours are judged by the clock of +08:00, whatever zone the host has', () => {
  expect(isQuiet({ from: '22:00', to: '07:00' }, Date.parse('2026-03-19T14:00:00Z'))).toBe(true);
  expect(dateOf(at('2026-03-20T00:00'))).toBe('2026-03-20');
});

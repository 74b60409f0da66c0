/**
 * The public holidays known years ahead: the thirteen days of the national holiday rules as amended on 2024-11-10 (State
 * Council order 795, in force from 2025-01-01), before any notice moves working days around them.
 * https://www.gov.cn/zhengce/content/202411/content_6986380.htm
 */
import { type DateText, plusDays } from './days';

/** New Year, Labour Day (two days), National Day (three). */
const FIXED = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];

/** By year: the eve of the lunar new year, Qingming, Dragon Boat, Mid-Autumn. */
const LUNAR: Record<number, readonly [string, string, string, string]> = {
  2025: ['01-28', '04-04', '05-31', '10-06'],
  2026: ['02-16', '04-05', '06-19', '09-25'],
  2027: ['02-05', '04-05', '06-09', '09-15'],
  2028: ['01-25', '04-04', '05-28', '10-03'],
  2029: ['02-12', '04-04', '06-16', '09-22'],
  2030: ['02-02', '04-05', '06-05', '09-12'],
  2031: ['01-22', '04-05', '06-24', '10-01'],
  2032: ['02-10', '04-04', '06-12', '09-19'],
};

/** Last year whose lunar days are tabulated; after it only the fixed days are known. */
export const LAST_LUNAR_YEAR = 2032;

/** The statutory holidays of a year as far as they are known in advance, in order, each once. */
export function statutoryHolidays(year: number): DateText[] {
  const lunar = LUNAR[year];
  const eve = lunar && `${year}-${lunar[0]}`;
  const spring = eve ? [0, 1, 2, 3].map((days) => plusDays(eve, days)) : [];
  const days = [...FIXED, ...(lunar?.slice(1) ?? [])].map((day) => `${year}-${day}`);
  return [...new Set([...days, ...spring])].sort();
}

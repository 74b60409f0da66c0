/**
 * The yearly notices of the General Office of the State Council: which days are off, and which Saturdays and Sundays are
 * worked in exchange. A new year is a new entry, here or in a file of the site; entries are never edited.
 */
import type { DateText } from './days';

export type CalendarYear = {
  year: number;
  /** Number of the notice. */
  notice: string;
  /** Where the notice stands. */
  source?: string;
  /** Days off, each a date or a span of dates `from/to` with both ends; weekends inside a span included, as in the notice. */
  holidays: string[];
  /** Saturdays and Sundays that are worked. */
  adjustedWorkingDays: DateText[];
};

export const calendarYears: readonly CalendarYear[] = [
  {
    year: 2025,
    notice: '国办发明电〔2024〕12号',
    source: 'https://www.gov.cn/zhengce/content/202411/content_6986382.htm',
    holidays: [
      '2025-01-01',
      '2025-01-28/2025-02-04',
      '2025-04-04/2025-04-06',
      '2025-05-01/2025-05-05',
      '2025-05-31/2025-06-02',
      '2025-10-01/2025-10-08',
    ],
    adjustedWorkingDays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    notice: '国办发明电〔2025〕7号',
    source: 'https://www.gov.cn/zhengce/content/202511/content_7047090.htm',
    holidays: [
      '2026-01-01/2026-01-03',
      '2026-02-15/2026-02-23',
      '2026-04-04/2026-04-06',
      '2026-05-01/2026-05-05',
      '2026-06-19/2026-06-21',
      '2026-09-25/2026-09-27',
      '2026-10-01/2026-10-07',
    ],
    adjustedWorkingDays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
];

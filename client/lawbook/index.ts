export { checkCalendar, type ReadCalendar, readCalendarFile } from './calendar-file';
export { Lawbook, type LawbookOptions, lawbookOf, type Published } from './lawbook';
export { parameterFact } from './parameter-fact';
export { type CalendarPublishing, type Foreseen, foreseeCalendar, publishCalendar, type Told } from './publishing';

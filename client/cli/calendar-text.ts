/** What `zhengling calendar` says in words. */
import { type CliSentence, cliText, type Script } from '../../locale';
import { formatDeadline } from '../../workflows/law';
import type { CarriedYear } from '../../workflows/law/carried';
import type { Foreseen } from '../lawbook';
import { table } from './out';

export const say = (key: CliSentence, values: { [name: string]: string | number }, script: Script): string =>
  cliText(key, script, values);

export function calendarText({ year, notice, off, on }: CarriedYear, script: Script): string {
  const days = (all: readonly string[]) =>
    all.length === 0 ? cliText('calendar.none', script) : all.map((span) => span.replace('/', ' – ')).join('、');
  const state =
    notice === undefined ? cliText('calendar.provisional', script) : cliText('calendar.published', script, { notice });
  return [
    cliText('calendar.year', script, { year, state }),
    cliText('calendar.off', script, { days: days(off) }),
    cliText('calendar.on', script, { days: days(on) }),
  ].join('\n');
}

/** Case, deadline, old and new instant; cases that cannot say are named below. */
export function tableOf(foreseen: readonly Foreseen[], script: Script): string {
  const rows = foreseen.flatMap(({ case: id, moved = [] }) =>
    moved.map(({ label, from, to }) => [id, label, formatDeadline(from), formatDeadline(to)]),
  );
  const unsaid = foreseen.filter(({ moved }) => moved === undefined);
  return [
    rows.length === 0 ? cliText('calendar.nothing', script) : table({ script }, 'redated', rows),
    ...unsaid.map(({ case: id }) => cliText('calendar.unsaid', script, { case: id })),
  ].join('\n');
}

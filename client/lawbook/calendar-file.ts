/**
 * A notice of the State Council as a file: what the days of one year are. Every complaint names file, line and what is
 * expected; a notice that contradicts itself is none.
 */
import { readFileSync } from 'node:fs';
import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { type CalendarYear, parseCalendarYear } from '../../workflows/law';
import { datesOfSpan } from '../../workflows/law/calendar/working-calendar';

export type ReadCalendar = { ok: CalendarYear } | { errors: string[] };

export function readCalendarFile(file: string): ReadCalendar {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return { errors: [`${file}: is not UTF-8; expected the file saved as UTF-8`] };
    return { errors: [`${file}: cannot be read (${code}); expected the notice of one year as YAML`] };
  }
  return checkCalendar(text, file);
}

export function checkCalendar(text: string, file: string): ReadCalendar {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${file}:${Math.max(lines.linePos(offset).line, 1)}`;
  if (document.errors.length > 0)
    return { errors: document.errors.map(({ pos, message }) => `${at(pos[0])}: not valid YAML: ${message}`) };
  const parsed = parseCalendarYear(document.toJS(), FILE);
  if (!parsed.ok) {
    const complaints = parsed.errors.map((error) => error.slice(FILE.length + 2));
    return { errors: complaints.map((one) => `${at(offsetOf(document.contents, placeIn(one)))}: ${one}`) };
  }
  const doubled = overlaps(parsed.value);
  if (doubled.length === 0) return { ok: parsed.value };
  return { errors: doubled.map(({ place, fault }) => `${at(offsetOf(document.contents, place))}: ${fault}.`) };
}

/** Stands for the file's name while its faults are gathered. */
const FILE = 'notice';

type Place = (string | number)[];

/** `holidays[3] must …` speaks of the fourth holiday; what names a field, of that field; anything else of the file. */
function placeIn(complaint: string): Place {
  const [, field, index] = /^(\w+)(?:\[(\d+)\])? /.exec(complaint) ?? [];
  if (field === undefined || !/^[a-zA-Z]/.test(field)) return [];
  return index === undefined ? [field] : [field, Number(index)];
}

/** Days that two entries of one list name, the later of them to be looked at. */
function overlaps({ holidays, adjustedWorkingDays }: CalendarYear): { place: Place; fault: string }[] {
  const lists: [string, readonly string[]][] = [
    ['holidays', holidays],
    ['adjustedWorkingDays', adjustedWorkingDays],
  ];
  return lists.flatMap(([name, spans]) => {
    const first = new Map<string, number>();
    return spans.flatMap((span, i) => {
      const dates = datesOfSpan(span);
      const shared = dates.find((date) => first.has(date));
      for (const date of dates) if (!first.has(date)) first.set(date, i);
      if (shared === undefined) return [];
      const fault = `${name}[${i}] must name each day once, but ${shared} stands in ${name}[${first.get(shared)}] too`;
      return [{ place: [name, i], fault }];
    });
  });
}

function offsetOf(root: unknown, place: Place): number {
  let node = root;
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  for (const part of place) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (pair && isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    }
    node = node.get(part, true);
    if (typeof part === 'number' && isNode(node)) offset = node.range?.[0] ?? offset;
  }
  return offset;
}

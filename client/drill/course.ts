/** The course of a drill as a table: what happened, read from the records, against what a person wrote down beforehand. */
import { articlesOf, type Citation } from '../../workflows/law';
import { mainState, type Procedure } from '../../workflows/procedures/kit';
import type { Effect, RecordEntry } from '../../workflows/runtime/workflow';

export interface CourseLine {
  /** ISO with +08:00. */
  at: string;
  matter: string;
  /** An act, `timer:<name>` or `notice:<type>`. */
  step: string;
  state: string;
  level: string;
  /** Articles with the letter of their basis: 61, 61d, 61c; `c` alone where none is near. */
  articles: string;
  told: string;
  notes: string;
}

const columns: (keyof CourseLine)[] = ['at', 'matter', 'step', 'state', 'level', 'articles', 'told', 'notes'];
const letters: Record<Citation['basis'], string> = { stated: '', derived: 'd', statute: 's', chosen: 'c' };

/** @throws Error if a line does not have the columns of the header */
export function readCourse(text: string): CourseLine[] {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  if (header.split('\t').join() !== columns.join()) throw new Error(`a course has the columns ${columns.join(', ')}`);
  return lines.map((line, i) => {
    const cells = line.split('\t');
    if (cells.length !== columns.length)
      throw new Error(`course line ${i + 2}: ${cells.length} columns, expected ${columns.length}`);
    return Object.fromEntries(columns.map((column, n) => [column, cells[n]])) as unknown as CourseLine;
  });
}

const listed = (items: readonly string[]): string => [...new Set(items)].sort(byCodePoint).join(',') || '-';
const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** @param opening the start event its case was opened by */
export function lineOf(
  entry: RecordEntry,
  matter: string,
  procedure: Pick<Procedure, 'mainRegion'>,
  opening: string,
): CourseLine {
  return {
    at: entry.happenedAt,
    matter,
    step: stepOf(entry, opening),
    state: mainState(procedure, entry.state),
    level: levelOf(entry.state),
    articles: articles(citationsOf(entry)) || '-',
    told: toldOf(entry.effects.filter((e) => e.kind === 'tell').flatMap((e) => e.to as string[])),
    notes: listed(entry.effects.flatMap(noteOf)),
  };
}

/** More desks than these are the units of the city, and counted. */
const MANY = 20;

function toldOf(recipients: readonly string[]): string {
  const seats = [...new Set(recipients)];
  const desks = seats.filter((seat) => /^[A-Z]\d+-desk$/.test(seat));
  if (desks.length <= MANY) return listed(seats);
  return listed([`${desks.length} desks`, ...seats.filter((seat) => !desks.includes(seat))]);
}

/** How far the ladder of a supervised matter has been climbed. */
export const levelOf = (state: readonly string[]): string =>
  state.find((path) => path.startsWith('open.ladder.level'))?.at(-1) ?? '0';

/**
 * A timer or notice that changed nothing people see, such as a date passing while the report is under review: not a line of
 * the table.
 */
export function isQuiet({ step, told, notes, state, level }: CourseLine, before: CourseLine | undefined): boolean {
  return (
    /^(timer|notice):/.test(step) && told === '-' && notes === '-' && state === before?.state && level === before.level
  );
}

function stepOf({ trigger }: RecordEntry, opening: string): string {
  if (trigger.kind === 'open') return opening;
  if (trigger.kind === 'notice') return `notice:${trigger.type}`;
  return trigger.kind === 'timer'
    ? `timer:${trigger.type.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`
    : trigger.type;
}

/** The urging region goes along with every step of the others; it counts where it acts by itself. */
function citationsOf({ steps, effects }: RecordEntry): Citation[] {
  const beside = steps.filter((step) => !/^open\.(urging|deadline)/.test(step.from));
  const counted = beside.length > 0 ? beside : steps;
  const findings = effects.filter((effect) => effect.kind === 'finding').map((effect) => effect.cite);
  return [...counted.map((step) => step.cite), ...findings] as unknown as Citation[];
}

/** `10+61+62`, `61d`, `c`: what is stated goes before what we chose, which counts only where nothing else is cited. */
export function articles(citations: readonly Citation[]): string {
  const printed = citations.flatMap((c) => {
    const numbers = articlesOf(c);
    return numbers.length > 0 ? numbers.map((n) => `${n}${letters[c.basis]}`) : [letters[c.basis]];
  });
  return [...new Set(printed)].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join('+');
}

function noteOf(effect: Effect): string[] {
  if (effect.kind === 'finding') return [`finding:${effect.code}`];
  if (effect.kind === 'task') return [`task:${effect.task}`];
  return effect.kind === 'paper' ? [`paper:${effect.paper}`] : [];
}

export interface Difference {
  line: number;
  expected?: string;
  happened?: string;
}

/** Line by line; empty when the drill took the course written down. */
export function differences(expected: readonly CourseLine[], happened: readonly CourseLine[]): Difference[] {
  const text = (line: CourseLine | undefined): string | undefined =>
    line && columns.map((column) => line[column]).join('\t');
  const found: Difference[] = [];
  for (let i = 0; i < Math.max(expected.length, happened.length); i++) {
    const [e, h] = [text(expected[i]), text(happened[i])];
    if (e !== h)
      found.push({
        line: i + 2,
        ...(e === undefined ? {} : { expected: e }),
        ...(h === undefined ? {} : { happened: h }),
      });
  }
  return found;
}

/** In the order of the table: by instant, then matter, then as it happened. */
export function inOrder(lines: readonly CourseLine[]): CourseLine[] {
  const numberOf = (matter: string): number => Number(matter.replace(/\D/g, ''));
  return lines
    .map((line, i) => ({ line, i }))
    .sort((a, b) => byCodePoint(a.line.at, b.line.at) || numberOf(a.line.matter) - numberOf(b.line.matter) || a.i - b.i)
    .map(({ line }) => line);
}

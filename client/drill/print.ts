/** The drill as people read it: date, what happened, on what ground, who was told. */
import { eventLabel, mainStateLabel, type Script } from '../../locale';
import type { Procedure } from '../../workflows/procedures/kit';
import type { CourseLine } from './course';
import type { DrillResult } from './drill';

export interface DrillPrinter {
  mark: string;
  script: Script;
  nameOf: (id: string) => string;
  print: (text: string) => void;
}

export function printLine(
  { mark, script, nameOf, print }: DrillPrinter,
  line: CourseLine,
  procedure: Pick<Procedure, 'name' | 'states'> | undefined,
): void {
  const { at, matter, step, state, level, articles, told, notes } = line;
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)];
  const [kind, name] = /^(timer|notice):(.*)$/.exec(step)?.slice(1) ?? ['', step];
  const what = kind === 'timer' ? `⏰ ${name}` : `${kind === 'notice' ? '✉ ' : ''}${eventLabel(name ?? step, script)}`;
  const where = mainStateLabel(state, script, procedure?.name) ?? procedure?.states[state] ?? state;
  const levelText = level === '0' ? '' : `（第${level}级）`;
  const to = told === '-' ? '' : `　→ ${told.split(',').map(nameOf).join('、')}`;
  const noted = notes === '-' ? '' : `　［${notes}］`;
  print(`${mark}${day} ${time}  ${matter.padEnd(3)} ${what} → ${where}${levelText}　依据 ${articles}${to}${noted}`);
}

export function printResult({ print, mark }: DrillPrinter, result: DrillResult, seconds: number): void {
  const { differences, cases, lines, delivered, passed, lastHash, headsHash, sealed } = result;
  print('');
  for (const { line, expected, happened } of differences)
    print(`course.tsv:${line}\n  expected  ${expected ?? '(nothing)'}\n  happened  ${happened ?? '(nothing)'}`);
  if (lastHash !== sealed.lastHash) print(`last record hash ${lastHash}, expected ${sealed.lastHash}`);
  if (headsHash !== sealed.headsHash) print(`hash of all heads ${headsHash}, expected ${sealed.headsHash}`);
  print(
    `${mark}${cases.length} matters, ${lines.length} steps, ${delivered} messages delivered, ${cases.filter((c) => c.closed).length} closed; ` +
      `${passed ? 'the course is the one written down' : failure(differences.length)}; ${seconds.toFixed(1)} s`,
  );
  print(`${mark}last record hash ${lastHash}`);
}

function failure(lines: number): string {
  if (lines === 0) return 'the course is the one written down, but the record is NOT the one fixed';
  return `NOT the course written down (${lines === 1 ? '1 line differs' : `${lines} lines differ`})`;
}

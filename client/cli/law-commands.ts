/** `zhengling law`: the rulebook as this version holds it. Loads nothing before it is asked. */
import type { Command } from 'commander';
import type { LawOptions, ParameterOptions } from './law';

const asked = () => require('./law') as typeof import('./law');

export function addLaw(program: Command): Command {
  const law = spoken(
    program
      .command('law')
      .argument('[article]', 'number of an article, 1 to 75')
      .description('the articles of the rulebook: who answers to each, and what rests on it'),
  ).action((article: string | undefined, options: LawOptions) => asked().law(article, options));
  spoken(
    law
      .command('parameters')
      .argument('[key]', 'one figure, e.g. supervision.ladder, or the beginning of several, e.g. leave')
      .description('figures and readings: value, unit, ground, reason, source, last check'),
  )
    .option('--chosen', 'only what this system or the site chose')
    .option('--data <dir>', 'data directory whose own figures are shown beside the shipped ones')
    .option('--on <day>', 'as they stand on a day, e.g. 2026-03-01; today unless named')
    .action((key: string | undefined, _: object, command: Command) =>
      asked().lawParameters(key, command.optsWithGlobals<ParameterOptions>()),
    );
  return law;
}

const spoken = (command: Command): Command =>
  command.option('--json', 'print one JSON value').option('--script <script>', 'hans or hant', 'hans');

/** Options several commands share. Loads nothing but the parser of the command line. */
import { type Command, InvalidArgumentError, Option } from 'commander';

export const DATA = './data/demo';

const dataOption = () =>
  new Option('--data <dir>', 'data directory of the installation').env('ZHENGLING_DATA').default(DATA);

/** Works on the data directory of this machine. */
export function onData(command: Command): Command {
  return command.addOption(dataOption()).option('--json', 'print one JSON value');
}

/** A process of an installation: its directory is named, here or by the environment, never guessed. */
export function onNamedData(command: Command, description = 'data directory of the installation'): Command {
  return command.addOption(new Option('--data <dir>', description).env('ZHENGLING_DATA').makeOptionMandatory());
}

/** Works on the data directory, or through a gateway. */
export function throughGateway(command: Command): Command {
  return onData(command).option(
    '--gateway <url>',
    'go through this gateway instead (ZHENGLING_GATEWAY); who asks is said by ZHENGLING_TOKEN',
  );
}

/** In which seat something is read. */
export function asSeat(command: Command, why = 'seat that reads; needed where you have several'): Command {
  return command.addOption(new Option('--as <seat>', why).env('ZHENGLING_SEAT'));
}

export function paged(command: Command): Command {
  return command
    .option('--limit <n>', 'at most so many', count, 100)
    .option('--after <cursor>', 'the page after: what the page before names at its end');
}

/** More than a screen, and what a gateway gives at once. */
const MOST = 500;

/** How many lines. */
export function count(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= MOST) return Number(text);
  throw new InvalidArgumentError(`a number from 1 to ${MOST} is expected`);
}

/** A position of the feed. */
export function position(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a position of the feed is expected, 0 for its beginning');
}

/** What could stand at the cursor. Only a tab key waits for it: whatever cannot be known is left out without a word. */
import tab, { type Command as Known } from '@bomb.sh/tab';
import type { Command, Option } from 'commander';
import type { Procedure } from '../../workflows/procedures/kit';
import { Desk } from './desk';
import { DATA } from './options';

/** The one function of the package bash-completion that the script needs, for machines that do not have it. */
const WITHOUT_BASH_COMPLETION = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() {
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD - 1]}
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
  }
fi
`;

export function printScript(program: Command, shell: string): void {
  if (shell === 'bash') process.stdout.write(WITHOUT_BASH_COMPLETION);
  tab.setup(program.name(), program.name(), shell);
}

/** Prints what fits behind these words, the last of which is being written. */
export async function complete(program: Command, words: readonly string[]): Promise<void> {
  const offers = await offersFor(program, words);
  for (const [path, command] of commandsOf(program))
    describe(tab.command(path, command.description()), command, offers);
  tab.parse([...words]);
}

type Offers = Record<string, readonly string[]>;

function commandsOf(program: Command, before = ''): [string, Command][] {
  const visible = program.createHelp().visibleCommands(program);
  return visible.flatMap((command) => {
    const path = `${before}${command.name()}`;
    return [[path, command] as [string, Command], ...commandsOf(command, `${path} `)];
  });
}

function describe(known: Known, command: Command, offers: Offers): void {
  for (const option of command.createHelp().visibleOptions(command)) describeOption(known, option, offers);
  for (const argument of command.registeredArguments) {
    const values = argument.argChoices ?? offers[argument.name()] ?? [];
    known.argument(argument.name(), (offer) => offerAll(offer, values), argument.variadic);
  }
}

function describeOption(
  known: Known,
  { long, short, description, required, optional, argChoices }: Option,
  offers: Offers,
): void {
  const name = long?.replace(/^--/, '');
  if (name === undefined) return;
  const alias = short?.replace(/^-/, '');
  if (!required && !optional) {
    known.option(name, description, alias);
    return;
  }
  const values = argChoices ?? offers[OF_OPTION[name] ?? name] ?? [];
  known.option(name, description, (offer) => offerAll(offer, values), alias);
}

/** Options whose values are those of an argument of another name. */
const OF_OPTION: Record<string, string> = {
  by: 'seat',
  as: 'seat',
  who: 'seat',
  second: 'seat',
  'on-word-of': 'seat',
  awaiting: 'seat',
};

function offerAll(offer: (value: string, description: string) => void, values: readonly string[]): void {
  for (const value of values) offer(value, '');
}

async function offersFor(program: Command, words: readonly string[]): Promise<Offers> {
  const command = program.commands.find((one) => one.name() === words[0]);
  if (words.length < 2 || !command) return {};
  const { procedures } = require('../../workflows/procedures') as typeof import('../../workflows/procedures');
  return {
    procedure: procedures.map(({ name }) => name),
    event: eventsOf(procedures, words),
    name: ['supervision'],
    ...(await quietly(() => fromInstallation(command, words))),
  };
}

/** Of the procedure that is named, by its name or by the number of a case; of all, where none is. */
function eventsOf(procedures: readonly Procedure[], words: readonly string[]): string[] {
  const isNamed = ({ name, series }: Procedure) => words.some((word) => word === name || word.startsWith(`${series}-`));
  const named = procedures.filter(isNamed);
  return (named.length > 0 ? named : procedures).flatMap(({ opening, alsoOpens = [], acts }) => [
    ...(words[0] === 'help' || words[0] === 'start' ? [opening, ...alsoOpens].map(({ type }) => type) : []),
    ...Object.entries(acts).flatMap(([type, { kind }]) => (kind === 'notice' ? [] : [type])),
  ]);
}

const MOST = 200;

async function fromInstallation(command: Command, words: readonly string[]): Promise<Offers> {
  const given = words.indexOf('--data');
  const data = given < 0 ? (process.env.ZHENGLING_DATA ?? DATA) : (words[given + 1] ?? '');
  const desk = Desk.open({ data });
  try {
    const { seats, units } = desk.site.directory;
    const takesCase = [command, ...command.commands].some((one) => one.registeredArguments[0]?.name() === 'case');
    const listed = takesCase ? await (await desk.ledger()).list({ status: 'open', limit: MOST }) : [];
    return { case: listed.map((one) => one.case), seat: seats.map(({ id }) => id), unit: units.map(({ id }) => id) };
  } finally {
    await desk.close();
  }
}

async function quietly(ask: () => Promise<Offers>): Promise<Offers> {
  try {
    return await ask();
  } catch {
    return {};
  }
}

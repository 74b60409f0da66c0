/**
 * Completion of the shells (bash, zsh, fish, PowerShell), by @bomb.sh/tab: `zhengling completion SHELL` prints a script that
 * asks this program what could stand at the cursor. What can be known is offered: commands, options, procedures, events,
 * seats, and the numbers of open cases.
 */
import { Argument, type Command } from 'commander';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];
/** What the scripts ask by. */
const ASK = 'complete';

export function addCompletion(program: Command, argv: readonly string[]): void {
  program
    .command('completion')
    .description('print the script that makes your shell complete this program')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText('after', '\nbash: source <(zhengling completion bash)   fish: zhengling completion fish | source')
    .action((shell: string) => (require('./completing') as typeof import('./completing')).printScript(program, shell));
  if (argv[2] !== ASK) return;
  program
    .command(ASK, { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action((words: string[]) => (require('./completing') as typeof import('./completing')).complete(program, words));
}

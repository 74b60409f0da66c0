#!/usr/bin/env node
import { enableCompileCache } from './compile-cache';

enableCompileCache();

import { Command } from 'commander';
import { addCommands, addHelp } from '../client/cli/commands';
import { addCompletion } from '../client/cli/completion';
import { addOperations } from './operations';
import { addProcesses } from './processes';

/** What cannot be done ends with 2; 1 is for what was refused. */
const CANNOT = 2;

// Whoever reads our output may have seen enough (`zhengling law | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// As everywhere in the environment, an empty variable counts as none.
if (process.env.ZHENGLING_DATA === '') delete process.env.ZHENGLING_DATA;

const program = new Command('zhengling')
  .description("政令: a city government's work rules, running")
  .showHelpAfterError('(zhengling help COMMAND says more)')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : CANNOT));

const commands = addCommands(program);
addOperations(program, commands);
addProcesses(program.commandsGroup('Processes:'));
addHelp(program.commandsGroup('Help:'));
addCompletion(program, process.argv);

void program.parseAsync();

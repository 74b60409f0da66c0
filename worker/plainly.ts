/** What cannot be started is one sentence; anything else is a bug and keeps its stack. */
export async function plainly(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.exitCode = 2;
    if (isSaid(error)) process.stderr.write(`${(error as Error).message}\n`);
    else console.error(error);
  }
}

function isSaid(error: unknown): boolean {
  const { CannotStart } = require('./errors') as typeof import('./errors');
  const { TemporalError } = require('./temporal/errors') as typeof import('./temporal/errors');
  const { Misused } = require('../client/cli/errors') as typeof import('../client/cli/errors');
  return error instanceof CannotStart || error instanceof TemporalError || error instanceof Misused;
}

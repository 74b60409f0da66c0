/** The machine under test on Restate, beside the variants on Temporal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Driver } from '../drivers';
import { Forked } from '../forked';
import { RestateDriver } from './driver';
import type { HandlerOrder } from './handler-process';
import { installed, type Restate } from './install';
import { startRestateServer } from './server';

export type { Restate } from './install';

export interface RestateLane {
  variant: 'restate';
  driver: Driver;
  pids: { server: number; worker: number };
  stop(): Promise<void>;
}

/**
 * Installs what is not in the cache and tries it with one case, so that what cannot be is known before anything is
 * measured.
 * @throws Error with a sentence that says why there is no such column here
 */
export async function findRestate(directory: string, progress: (line: string) => void): Promise<Restate> {
  const restate = await installed(process.env, progress);
  const lane = await openRestate(restate, directory);
  try {
    await lane.driver.start('trial');
    await lane.driver.send('trial', 'CHECK');
  } finally {
    await lane.stop();
  }
  return restate;
}

/** A fresh server and a process with the handlers. `directory` holds what the server keeps, until it is stopped. */
export async function openRestate({ server: executable, packages }: Restate, directory: string): Promise<RestateLane> {
  const own = mkdtempSync(join(directory, 'restate-'));
  const order: HandlerOrder = { packages };
  const handlers = await Forked.start('the process of the handlers', require.resolve('./handler-process'), order, {
    env: { ...process.env, NODE_ENV: 'production', RESTATE_LOGGING: 'ERROR' },
  });
  const server = await startRestateServer(executable, own).catch(async (error: unknown) => {
    await handlers.stop();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await handlers.stop();
    rmSync(own, { recursive: true, force: true });
  };
  try {
    await server.register(await handlers.ask<number>('port'));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    variant: 'restate',
    driver: new RestateDriver(packages, server.ingress, handlers),
    pids: { server: server.pid, worker: handlers.pid },
    stop,
  };
}

/** Runs a command; what is wrong is one sentence and a number other than 0: 1 refused, 2 cannot be done. */

import type { Desk } from './desk';
import type { Entrance } from './entrance';
import { Denied } from './errors';
import type { Out } from './out';

export interface Common {
  data: string;
  json?: boolean;
}

/** Commands that may go through a gateway. */
export interface Reaching extends Common {
  /** Its address; empty for the data directory. */
  gateway?: string;
  /** Seat that reads or acts. */
  as?: string;
  by?: string;
}

/** On the data directory itself. */
export function atDesk(options: Common, run: (desk: Desk) => Promise<number>): Promise<void> {
  return ending(options, async () => {
    const { Desk } = require('./desk') as typeof import('./desk');
    const desk = Desk.open(options);
    try {
      return await run(desk);
    } finally {
      await desk.close();
    }
  });
}

/** Through a gateway, where one is named. */
export function atEntrance(options: Reaching, run: (entrance: Entrance) => Promise<number>): Promise<void> {
  return ending(options, async () => {
    const entrance = await entranceOf(options);
    try {
      return await run(entrance);
    } finally {
      await entrance.close();
    }
  });
}

/** What needs no installation at all. */
export function printed(
  { json = false, script }: { json?: boolean; script: string },
  run: (out: Out) => void,
): Promise<void> {
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const out: Out = { json, script: script === 'hant' ? 'hant' : 'hans', marks: '', nameOf: (id) => id, print };
  return ending({ json }, async () => {
    run(out);
    return 0;
  });
}

async function entranceOf(options: Reaching): Promise<Entrance> {
  const { gateway: address = process.env.ZHENGLING_GATEWAY ?? '', json = false } = options;
  if (address !== '') {
    const { openRemote } = require('./remote') as typeof import('./remote');
    return openRemote({ address, token: process.env.ZHENGLING_TOKEN, seat: options.by ?? options.as }, json);
  }
  const { Desk } = require('./desk') as typeof import('./desk');
  const { LocalEntrance } = require('./local') as typeof import('./local');
  return new LocalEntrance(Desk.open(options));
}

async function ending({ json }: Pick<Common, 'json'>, run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    process.exitCode = error instanceof Denied ? 1 : 2;
    const sentence = error instanceof Error ? error.message : String(error);
    if (json) process.stdout.write(`${JSON.stringify(errorOf(error, sentence))}\n`);
    else process.stderr.write(`${sentence}\n`);
    if (process.env.ZHENGLING_TRACE) console.error(error);
  }
}

function errorOf(error: unknown, sentence: string): object {
  if (!(error instanceof Denied)) return { error: sentence };
  const { code, said } = error;
  return { refusal: { code }, said };
}

/** A process that serves a directory: says which, and takes another one when it is asked to. */
import { mkdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { keepEdition, remarks, writeWhole } from '../activities/directory';
import { type ReloadRequest, reload, requested, type Serving, type Site, servingFolder } from '../client/site';
import type { Log } from './logging';

export interface DirectoryWatch {
  stop(): void;
}

type Answer = Pick<Serving, 'request' | 'errors'>;

const LOOK_MS = 1_000;
/** It says that it is there at every so many looks. */
const SAY_EVERY = 5;

export function watchDirectory(
  site: Site,
  entrance: string,
  log: Pick<Log, 'info' | 'warn'>,
  lookMs = LOOK_MS,
): DirectoryWatch {
  const { dataDir, directory } = site;
  const file = join(servingFolder(dataDir), `${entrance}-${hostname()}-${process.pid}.json`);
  let answer: Answer = {};
  const say = (more: Answer = answer): void => {
    answer = more;
    const said: Serving = { entrance, pid: process.pid, host: hostname(), version: directory.version, ...more };
    mkdirSync(servingFolder(dataDir), { recursive: true });
    writeWhole(file, said);
  };

  const take = ({ id, version }: Pick<ReloadRequest, 'id'> & { version?: string }): void => {
    const taken = reload(site, version === undefined ? {} : { expected: version });
    if ('errors' in taken) {
      for (const sentence of taken.errors) log.warn(`the directory was not taken: ${sentence}`);
      say({ request: id, errors: taken.errors });
      return;
    }
    const { from, to } = taken.ok;
    if (from !== to) log.info({ from, to }, 'another directory is served');
    keepEdition(dataDir, directory);
    warnOfObservers(site, log);
    say({ request: id });
  };

  /** A data directory that cannot be written to keeps nobody from serving. */
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      log.warn(`the directory could not be looked after: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  warnOfObservers(site, log);
  guarded(() => {
    keepEdition(dataDir, directory);
    const last = requested(dataDir);
    // Asked for between the reading of the files and now.
    if (last && last.version !== directory.version) take({ id: last.id });
    else say(last ? { request: last.id } : {});
  });
  let looks = 0;
  const look = (): void => {
    const request = requested(dataDir);
    looks += 1;
    if (request && request.id !== answer.request) take(request);
    else if (looks % SAY_EVERY === 0) say();
  };
  const timer = setInterval(() => guarded(look), lookMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      guarded(() => rmSync(file, { force: true }));
    },
  };
}

/** Article 44 has them in every standing meeting (5.35). */
function warnOfObservers({ directory, kind }: Site, log: Pick<Log, 'warn'>): void {
  if (kind !== 'city') return;
  const observers = remarks(directory, Date.now()).find(({ what }) => what === 'observers');
  if (observers) log.warn({ seats: observers.about }, `${observers.seen}: ${observers.todo}`);
}

/** What a command needs: the installation of a data directory, its ledger, and the running server. Each when asked for. */
import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { Ledger } from '../../activities/ledger';
import { cliText } from '../../locale';
import { edition, editionMark } from '../../workflows/law';
import type { Procedure } from '../../workflows/procedures/kit';
import type { Connected } from '../../workflows/runtime/client';
import type { City } from '../city';
import { CONFIG_FILE, kindOf, ledgerPlace, openSite, type Site } from '../site';
import { Misused } from './errors';
import type { Out } from './out';

export { Misused } from './errors';

/** Where `up` and the demo say which server they run. */
export const RUN_FILE = 'run.json';

/** When the last backup was made, and where: `{at, directory}`. */
export const BACKUP_NOTE = 'last-backup.json';

export interface Running {
  address: string;
  uiUrl?: string;
  /** Of the gateway: `http://host:port`. */
  gateway?: string;
  /** Port of the demonstration's mail sink. */
  sink?: number;
  pid: number;
}

export interface DeskOptions {
  data: string;
  json?: boolean;
}

export class Desk {
  #temporal: Connected | undefined;
  #ledger: Ledger | undefined;

  private constructor(
    readonly site: Site,
    readonly out: Out,
  ) {}

  /** @throws Misused if the directory is none of ours or its files are not in order */
  static open({ data, json = false }: DeskOptions): Desk {
    const folder = resolve(data);
    const kind = kindOf(folder);
    if (!kind)
      throw new Misused(
        `${folder} is not a data directory of zhengling (it has no ${CONFIG_FILE}): give the one that 'zhengling up --data DIR' runs on`,
      );
    const opened = openSite(folder, kind);
    if ('errors' in opened) throw new Misused(opened.errors.join('\n'));
    return new Desk(opened.ok, outOf(opened.ok, json));
  }

  async ledger(): Promise<Ledger> {
    // Not by the room's door: it loads what workers do with a ledger.
    const { openLedger } = require('../../activities/ledger/open') as typeof import('../../activities/ledger/open');
    this.#ledger ??= await openLedger(ledgerPlace(this.site));
    return this.#ledger;
  }

  /** @throws Misused if nothing runs */
  temporal(): Connected {
    const { connect } = require('../../workflows/runtime/client') as typeof import('../../workflows/runtime/client');
    this.#temporal ??= connect({ address: this.address(), namespace: this.site.namespace });
    return this.#temporal;
  }

  get procedures(): readonly Procedure[] {
    return (require('../../workflows/procedures') as typeof import('../../workflows/procedures')).procedures;
  }

  /** The entrance to the procedures, in the operator's hand. */
  async city(): Promise<City> {
    const { City } = require('../city') as typeof import('../city');
    return new City({
      site: this.site,
      temporal: this.temporal().client,
      ledger: await this.ledger(),
      entrance: ENTRANCE,
      procedures: this.procedures,
    });
  }

  /** Whoever may use this machine answers for the seat with his word. */
  attest(seat: string): void {
    const { nameOf, script } = this.out;
    const said = cliText('attested', script, { name: nameOf(seat), seat, operator: userInfo().username });
    process.stderr.write(`${said}\n`);
  }

  async close(): Promise<void> {
    await this.#temporal?.close();
    await this.#ledger?.close();
  }

  /** Where its Temporal server is. @throws Misused if nothing runs */
  address(): string {
    const told = process.env.TEMPORAL_ADDRESS || this.site.config.temporal?.address;
    if (told) return told;
    const running = this.running();
    if (running) return running.address;
    const { dataDir } = this.site;
    throw new Misused(
      `nothing runs on ${dataDir}: start it with 'zhengling up --data ${dataDir}', or name a server by TEMPORAL_ADDRESS`,
    );
  }

  /** What `up` or the demo says of itself; undefined where neither runs. */
  running(): Running | undefined {
    const file = join(this.site.dataDir, RUN_FILE);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Running) : undefined;
  }
}

/** The name of the command line in stamps and readings. */
export const ENTRANCE = 'cli';

export function outOf({ config, directory }: Site, json: boolean): Out {
  const script = config.script ?? 'hans';
  const marks = `${directory.mark?.[script] ?? ''}${editionMark(edition) ?? ''}`;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return { json, script, marks, nameOf: (id) => directory.nameOf(id, script), print };
}

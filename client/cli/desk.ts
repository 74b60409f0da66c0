/** What a command needs: the installation of a data directory, its ledger, and the running server. */
import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { type Ledger, openLedger } from '../../activities/ledger';
import { edition, editionMark } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';
import { type Connected, connect } from '../../workflows/runtime/client';
import { City } from '../city';
import { CONFIG_FILE, kindOf, ledgerFile, openSite, type Site } from '../site';
import type { Out } from './output';

/** A command that cannot be carried out, said in one sentence. */
export class Misused extends Error {}

/** Where `up` and the demo say which server they run. */
export const RUN_FILE = 'run.json';

export interface Running {
  address: string;
  uiUrl?: string;
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
    const site = opened.ok;
    const script = site.config.script ?? 'hans';
    const marks = `${site.directory.mark?.[script] ?? ''}${editionMark(edition) ?? ''}`;
    const print = (text: string) => process.stdout.write(`${text}\n`);
    return new Desk(site, { json, script, marks, nameOf: (id) => site.directory.nameOf(id, script), print });
  }

  async ledger(): Promise<Ledger> {
    this.#ledger ??= await openLedger({ file: ledgerFile(this.site) });
    return this.#ledger;
  }

  async city(): Promise<City> {
    const address = this.address();
    this.#temporal ??= connect({ address, namespace: this.site.namespace });
    return new City({
      site: this.site,
      temporal: this.#temporal.client,
      ledger: await this.ledger(),
      entrance: 'cli',
      procedures,
    });
  }

  /** Until the gateway tells who somebody is, the seat rests on the word of whoever may use this machine. */
  attest(seat: string): void {
    const name = this.site.directory.nameOf(seat, this.out.script);
    process.stderr.write(
      `以 ${name}（${seat}）名义办理：仅凭本机操作员 ${userInfo().username} 的陈述，未经身份验证。\n`,
    );
  }

  async close(): Promise<void> {
    await this.#temporal?.close();
    await this.#ledger?.close();
  }

  /** Where its Temporal server is. @throws Misused if nothing runs */
  address(): string {
    if (process.env.TEMPORAL_ADDRESS) return process.env.TEMPORAL_ADDRESS;
    const file = join(this.site.dataDir, RUN_FILE);
    if (!existsSync(file))
      throw new Misused(
        `nothing runs on ${this.site.dataDir}: start it with 'zhengling up --data ${this.site.dataDir}', or name a server by TEMPORAL_ADDRESS`,
      );
    return (JSON.parse(readFileSync(file, 'utf8')) as Running).address;
  }
}

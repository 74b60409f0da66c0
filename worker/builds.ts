/**
 * The workflow code of every version that still has open cases. A case stays on the build it began with until it is moved,
 * so its code is kept beside the ledger and served by whatever version of this program runs.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyStateMachine } from 'xstate';
import { procedures } from '../workflows/procedures';
import type { Bundle } from '../workflows/runtime/worker';
import { type MachineShape, shapeOf } from '../workflows/runtime/workflow';

export interface KeptBuild {
  buildId: string;
  /** ISO instant. */
  keptAt: string;
  /** What its cases can be in, so that a later build can say whether it takes them. */
  machines: MachineShape[];
}

export class BuildStore {
  constructor(
    private readonly folder: string,
    /** The machines of this version. */
    private readonly machines: readonly AnyStateMachine[] = procedures.map(({ machine }) => machine),
  ) {}

  /** Keeps the code of this version. Written aside and renamed, so that half a file is never served. */
  keep(bundle: Bundle): KeptBuild {
    const known = this.list().find(({ buildId }) => buildId === bundle.buildId);
    if (known) return known;
    mkdirSync(this.folder, { recursive: true });
    const kept: KeptBuild = {
      buildId: bundle.buildId,
      keptAt: new Date().toISOString(),
      machines: this.machines.map(shapeOf),
    };
    this.#write(`${bundle.buildId}.js`, bundle.code);
    this.#write(`${bundle.buildId}.json`, JSON.stringify(kept, null, 2));
    return kept;
  }

  /** Oldest first. */
  list(): KeptBuild[] {
    if (!existsSync(this.folder)) return [];
    const described = readdirSync(this.folder).filter((name) => name.endsWith('.json'));
    const kept = described.map((name) => JSON.parse(readFileSync(join(this.folder, name), 'utf8')) as KeptBuild);
    return kept.sort((a, b) => a.keptAt.localeCompare(b.keptAt));
  }

  /** @throws Error if the code of that build is not kept here */
  code(buildId: string): Bundle {
    const path = join(this.folder, `${buildId}.js`);
    if (!existsSync(path))
      throw new Error(
        `the code of build ${buildId} is not kept in ${this.folder}; its open cases wait until it is restored`,
      );
    return { code: readFileSync(path, 'utf8'), buildId } as Bundle;
  }

  drop(buildId: string): void {
    for (const ending of ['js', 'json']) rmSync(join(this.folder, `${buildId}.${ending}`), { force: true });
  }

  #write(name: string, text: string): void {
    const path = join(this.folder, name);
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  }
}

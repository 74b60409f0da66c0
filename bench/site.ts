/** Where one measurement takes place: a fresh server, one worker process per variant, a client apart. */
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { StartableSource } from '../worker/temporal/find';
import { bundle } from '../workflows/runtime/worker';
import { type Driver, driverOf } from './drivers';
import { cpuMs } from './kernel';
import { openRestate, type Restate } from './restate';
import { type BenchServer, NAMESPACE, startServer } from './server';
import { type Column, modulesOf, VARIANTS, type Variant } from './variants';
import { BenchWorker } from './worker';

const CACHED_CASES = 12_000;
const IDLE = { shareOfCore: 0.2, windowMs: 250, patienceMs: 10_000 };

/** One way of running the procedure, up and driven. */
export interface Lane {
  variant: Column;
  driver: Driver;
  /** Processes whose time and memory it costs. */
  pids: { server: number; worker: number };
}

export interface WorkerLane extends Lane {
  variant: Variant;
  taskQueue: string;
  worker: BenchWorker;
}

/** Everything that is made once per run and used by every measurement. */
export interface Workshop {
  source: StartableSource;
  directory: string;
  codePaths: Record<Variant, string>;
  /** Where Restate is, if it was asked for and can be had. */
  restate?: Restate;
  /** Where workers leave processor profiles, if they are to. */
  profilesIn?: string;
}

/** The given variants, and Restate where it runs. */
export const columnsOf = ({ restate }: Workshop, variants: readonly Variant[]): Column[] => [
  ...variants,
  ...(restate ? ['restate' as const] : []),
];

/** Bundles each variant by itself, so that no case pays for what another one loads. */
export async function bundleVariants(directory: string): Promise<Record<Variant, string>> {
  const modules = modulesOf();
  const paths = {} as Record<Variant, string>;
  for (const variant of VARIANTS) {
    paths[variant] = join(directory, `${variant}.js`);
    writeFileSync(paths[variant], (await bundle(modules[variant])).code);
  }
  return paths;
}

export class Site {
  readonly #lanes = new Map<Column, Lane & { stop(): Promise<void> }>();
  #cases = 0;

  private constructor(
    private readonly workshop: Workshop,
    readonly directory: string,
    readonly server: BenchServer,
    readonly client: Client,
  ) {}

  /** Runs `work` at a fresh site and takes it down, whatever happened. */
  static async with<T>(workshop: Workshop, columns: readonly Column[], work: (site: Site) => Promise<T>): Promise<T> {
    const directory = join(workshop.directory, `site-${randomUUID().slice(0, 8)}`);
    const server = await startServer(workshop.source, directory);
    try {
      const connection = await Connection.connect({ address: server.address });
      const site = new Site(workshop, directory, server, new Client({ connection, namespace: NAMESPACE }));
      try {
        for (const column of columns) await site.open(column);
        return await work(site);
      } finally {
        for (const { stop } of site.#lanes.values()) await stop();
        await connection.close();
      }
    } finally {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  }

  /** Starts a worker for a variant on a queue of its own, or takes the one before off its queue first. */
  async open(column: Variant, more?: { taskQueue?: string; cachedCases?: number }): Promise<WorkerLane>;
  async open(column: Column): Promise<Lane>;
  async open(column: Column, more: { taskQueue?: string; cachedCases?: number } = {}): Promise<Lane> {
    await this.close(column);
    const lane = await (column === 'restate' ? this.#openRestate() : this.#openWorker(column, more));
    this.#lanes.set(column, lane);
    return lane;
  }

  async #openWorker(variant: Variant, more: { taskQueue?: string; cachedCases?: number }) {
    const { taskQueue = `${variant}-${randomUUID().slice(0, 8)}`, cachedCases = CACHED_CASES } = more;
    const { codePaths, profilesIn } = this.workshop;
    const worker = await BenchWorker.start(
      {
        address: this.server.address,
        taskQueue,
        codePath: codePaths[variant],
        ledgerFile: join(this.directory, `ledger-${variant}.db`),
        cachedCases,
      },
      profilesIn && join(profilesIn, variant),
    );
    const driver = driverOf(variant, this.client, taskQueue);
    const pids = { server: this.server.pid, worker: worker.pid };
    return { variant, taskQueue, worker, driver, pids, stop: () => worker.stop() };
  }

  #openRestate() {
    const { restate } = this.workshop;
    if (!restate) throw new Error('Restate is not installed in this workshop');
    return openRestate(restate, this.directory);
  }

  async close(column: Column): Promise<void> {
    await this.#lanes.get(column)?.stop();
    this.#lanes.delete(column);
  }

  lane(column: Variant): WorkerLane;
  lane(column: Column): Lane;
  lane(column: Column): Lane {
    return this.#lanes.get(column)!;
  }

  id(column: Column): string {
    this.#cases += 1;
    return `${column}-${String(this.#cases).padStart(6, '0')}`;
  }

  /** Starts cases from several loops and answers their ids once each has answered an event. */
  async start(lane: Lane, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => this.id(lane.variant));
    await inLoops(ids, 20, async (id) => {
      await lane.driver.start(id);
      await lane.driver.send(id, 'NOTE');
    });
    return ids;
  }

  /** Processor time of a lane's server and worker so far. */
  cpuMs({ pids }: Lane): { server: number; worker: number } {
    return { server: cpuMs(pids.server), worker: cpuMs(pids.worker) };
  }

  /** Waits until servers and workers rest, so that nothing pays for what ran before it. */
  async idle(): Promise<void> {
    const lanes = [...this.#lanes.values()].flatMap(({ pids }) => [pids.server, pids.worker]);
    const pids = [...new Set([this.server.pid, ...lanes])];
    const used = (): number => pids.reduce((total, pid) => total + cpuMs(pid), 0);
    for (const until = Date.now() + IDLE.patienceMs; Date.now() < until; ) {
      const before = used();
      await sleep(IDLE.windowMs);
      if (used() - before < IDLE.shareOfCore * IDLE.windowMs) return;
    }
  }

  /** Ends cases that the measurements leave open. */
  async abandon({ driver }: Lane, ids: readonly string[]): Promise<void> {
    await inLoops(ids, 20, (id) => driver.abandon(id));
  }

  async historyLength(id: string): Promise<number> {
    return (await this.client.workflow.getHandle(id).describe()).historyLength;
  }
}

/** Works through a list from several loops at once. */
export async function inLoops<T>(items: readonly T[], loops: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: Math.min(loops, queue.length) }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}

/** The order in which variants take their turns: reversed in every other round. */
export const turns = <T>(variants: readonly T[], round: number): T[] =>
  round % 2 === 0 ? [...variants] : [...variants].reverse();

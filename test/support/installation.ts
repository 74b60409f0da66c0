/** Data directories of installations, as an operator writes them, and their commands. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { shippedFiles } from '../../activities/directory';
import type { SiteConfig, SiteKind } from '../../client/site';
import type { Json } from '../../workflows/runtime/workflow';
import { type Ended, Processes } from './processes';

/** Holders for some seats of the shipped city, with names that say what they are. */
export function holdersOf(seats: readonly string[]): object {
  const personOf = (seat: string) => `test-${seat.toLowerCase()}`;
  return {
    persons: seats.map((seat) => ({
      id: personOf(seat),
      nameZh: `${seat} 测试`,
      nameHant: `${seat} 測試`,
      active: true,
    })),
    holders: seats.map((seat) => ({ seat, person: personOf(seat), source: 'test' })),
  };
}

/** Directories below one temporary folder, and commands run on them. */
export class Installations {
  readonly folder = mkdtempSync(join(tmpdir(), 'zhengling-e2e-'));
  readonly #processes: Processes;
  #count = 0;

  constructor(processes: Processes = new Processes()) {
    this.#processes = processes;
  }

  get processes(): Processes {
    return this.#processes;
  }

  /** A new directory with these files; texts are written as they are, anything else as YAML or JSON by its name. */
  directory(files: Record<string, unknown>): string {
    const data = join(this.folder, String(++this.#count));
    mkdirSync(data);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(data, name), written(name, content));
    return data;
  }

  /** A data directory of a kind, with further settings and files. */
  site(kind: SiteKind, settings: Partial<SiteConfig> = {}, files: Record<string, unknown> = {}): string {
    return this.directory({ 'zhengling.yaml': { kind, ...settings }, ...files });
  }

  /** A real city in which these seats are held. */
  city(seats: readonly string[], settings: Partial<SiteConfig> = {}, files: Record<string, unknown> = {}): string {
    const directory = [shippedFiles().city, 'holders.yaml'];
    return this.site('city', { directory, ...settings }, { 'holders.yaml': holdersOf(seats), ...files });
  }

  async close(): Promise<void> {
    await this.#processes.killAll();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function written(name: string, content: unknown): string {
  if (typeof content === 'string') return content;
  return name.endsWith('.json') ? JSON.stringify(content, null, 2) : stringify(content);
}

export interface Acting {
  by: string;
  id?: string;
  key?: string;
  payload?: Json;
  onWordOf?: { seat: string; ref: string };
}

/** The commands of the compiled program on one data directory. */
export class Commands {
  constructor(
    private readonly processes: Processes,
    readonly data: string,
    private readonly env: Record<string, string | undefined> = {},
  ) {}

  run(args: readonly string[], input = ''): Promise<Ended> {
    return this.processes.program([...args, '--data', this.data], this.env, input).ended;
  }

  start(procedure: string, acting: Acting, more: string[] = []): Promise<Ended> {
    return this.run(['start', procedure, ...flags(acting), ...more]);
  }

  act(caseId: string, event: string, acting: Acting, more: string[] = []): Promise<Ended> {
    return this.run(['act', caseId, event, ...flags(acting), ...more]);
  }
}

function flags({ by, id, key, payload, onWordOf }: Acting): string[] {
  return [
    ...['--by', by],
    ...(id === undefined ? [] : ['--id', id]),
    ...(key === undefined ? [] : ['--key', key]),
    ...(payload === undefined ? [] : ['--payload', JSON.stringify(payload)]),
    ...(onWordOf === undefined ? [] : ['--on-word-of', onWordOf.seat, '--ref', onWordOf.ref]),
  ];
}

/** The payload that opens a supervised matter. */
export const matter = (title = '测试事项'): { [key: string]: Json } => ({
  category: 3,
  title,
  source: { kind: 'minutes', ref: '测试〔2026〕1号' },
  content: '测试〔2026〕1号 第一项',
  decidedBy: 'standing',
});

/** What assigns it to the ecology and environment bureau under vice mayor 5. */
export const assignment = (due: string): { [key: string]: Json } => ({
  leadUnits: ['D10'],
  supporting: ['D13'],
  leadVms: ['vm-5'],
  due,
  dueSetBy: 'SupO',
});

export const report = (): { [key: string]: Json } => ({
  doc: { ref: '测试报告', hash: 'a'.repeat(64) },
  evidence: ['E-1'],
  claims: 'done',
});

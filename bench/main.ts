#!/usr/bin/env node
/** `npm run bench`: the procedure under test on the runtime and by hand, paired in one run; inboxes; the gateway. docs/performance.md */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { requireKernelAccounts } from './kernel';
import { crowd } from './measures/crowd';
import { eviction } from './measures/eviction';
import { gateway } from './measures/gateway';
import { growth } from './measures/growth';
import { history } from './measures/history';
import { inbox } from './measures/inbox';
import { latency } from './measures/latency';
import type { Measure } from './measures/measure';
import { memory } from './measures/memory';
import { storm } from './measures/storm';
import { FULL, QUICK } from './plan';
import { markdown, type Section } from './report';
import { findRestate, type Restate } from './restate';
import { findServer } from './server';
import { bundleVariants } from './site';

const MEASURES: Record<string, Measure> = { history, crowd, latency, memory, growth, eviction, storm, inbox, gateway };

interface Options {
  quick?: true;
  json?: true;
  only?: string[];
  restate?: true;
  profile?: string;
}

const program = new Command('bench')
  .description('Measures the runtime against the same procedure written by hand. Ratios count; times are this machine.')
  .option('--quick', 'small samples, under two minutes: shows that it works, not where it stands')
  .option('--json', 'print JSON instead of Markdown')
  .addOption(new Option('--only <names...>', 'measure only these').choices(Object.keys(MEASURES)))
  .option('--restate', 'also the same machine on Restate, installed from npm into the cache')
  .option(
    '--profile <directory>',
    'leave V8 processor profiles of the workers there, by variant; slows what is measured',
  )
  .action(run);

async function run(options: Options): Promise<void> {
  requireKernelAccounts();
  const directory = mkdtempSync(join(tmpdir(), 'zhengling-bench-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  const leave = (code: number): void => {
    // Servers and workers are ended as we exit; this listener comes after theirs.
    process.once('exit', remove);
    process.exit(code);
  };
  process.once('SIGINT', () => leave(130));
  process.once('SIGTERM', () => leave(143));
  try {
    await measure(options, directory);
  } finally {
    remove();
  }
}

async function measure({ quick, json, only, restate: asked, profile }: Options, directory: string): Promise<void> {
  const progress = (line: string): void =>
    void process.stderr.write(`${(performance.now() / 1_000).toFixed(0).padStart(5)} s  ${line}\n`);
  const source = await findServer(progress);
  const peer = asked ? await restateOrWhyNot(directory, progress) : undefined;
  const workshop = {
    source,
    directory,
    codePaths: await bundleVariants(directory),
    ...(typeof peer === 'object' ? { restate: peer } : {}),
    ...(profile ? { profilesIn: resolve(profile) } : {}),
  };
  const sections: Section[] = [];
  for (const measurement of only ?? Object.keys(MEASURES)) {
    const begun = performance.now();
    const found = await MEASURES[measurement]!({ plan: quick ? QUICK : FULL, workshop, progress });
    sections.push({ measurement, seconds: Math.round((performance.now() - begun) / 1_000), ...found });
  }
  const conditions = {
    at: new Date().toISOString(),
    node: process.version,
    processors: cpus().length,
    temporalServer: source.serverVersion,
    ...(peer === undefined ? {} : { restate: typeof peer === 'object' ? peer.versions : `not measured: ${peer}` }),
    quick: quick === true,
    seconds: Object.fromEntries(sections.map(({ measurement, seconds }) => [measurement, seconds])),
  };
  process.stdout.write(
    json ? `${JSON.stringify({ conditions, sections }, null, 2)}\n` : `${markdown(sections)}\n\n${said(conditions)}\n`,
  );
}

/** What is missing costs its column, not the run. */
async function restateOrWhyNot(directory: string, progress: (line: string) => void): Promise<Restate | string> {
  try {
    return await findRestate(directory, progress);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    progress(`no column for Restate: ${why}`);
    return why;
  }
}

function said({ at, node, processors, temporalServer, restate, quick, seconds }: Record<string, unknown>): string {
  const sample = quick ? ' Small samples: not to be judged by.' : '';
  return `${at}, Node ${node}, ${processors} processors, Temporal server ${temporalServer}${restate ? `; Restate ${restate}` : ''}; seconds: ${JSON.stringify(seconds)}.${sample}`;
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});

#!/usr/bin/env node
/** `npm run bench`: the procedure under test on the runtime and by hand, paired in one run. docs/performance.md */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { requireKernelAccounts } from './kernel';
import { crowd } from './measures/crowd';
import { eviction } from './measures/eviction';
import { growth } from './measures/growth';
import { history } from './measures/history';
import { latency } from './measures/latency';
import type { Measure } from './measures/measure';
import { memory } from './measures/memory';
import { storm } from './measures/storm';
import { FULL, QUICK } from './plan';
import { markdown, type Section } from './report';
import { findServer } from './server';
import { bundleVariants } from './site';

const MEASURES: Record<string, Measure> = { history, crowd, latency, memory, growth, eviction, storm };

interface Options {
  quick?: true;
  json?: true;
  only?: string[];
  profile?: string;
}

const program = new Command('bench')
  .description('Measures the runtime against the same procedure written by hand. Ratios count; times are this machine.')
  .option('--quick', 'small samples, under two minutes: shows that it works, not where it stands')
  .option('--json', 'print JSON instead of Markdown')
  .addOption(new Option('--only <names...>', 'measure only these').choices(Object.keys(MEASURES)))
  .option(
    '--profile <directory>',
    'leave V8 processor profiles of the workers there, by variant; slows what is measured',
  )
  .action(run);

async function run({ quick, json, only, profile }: Options): Promise<void> {
  requireKernelAccounts();
  const directory = mkdtempSync(join(tmpdir(), 'zhengling-bench-'));
  const progress = (line: string): void =>
    void process.stderr.write(`${(performance.now() / 1_000).toFixed(0).padStart(5)} s  ${line}\n`);
  // Servers and workers are ended as we exit.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

  const source = await findServer(progress);
  const workshop = {
    source,
    directory,
    codePaths: await bundleVariants(directory),
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
    quick: quick === true,
    seconds: Object.fromEntries(sections.map(({ measurement, seconds }) => [measurement, seconds])),
  };
  process.stdout.write(
    json ? `${JSON.stringify({ conditions, sections }, null, 2)}\n` : `${markdown(sections)}\n\n${said(conditions)}\n`,
  );
}

function said({ at, node, processors, temporalServer, quick, seconds }: Record<string, unknown>): string {
  const sample = quick ? ' Small samples: not to be judged by.' : '';
  return `${at}, Node ${node}, ${processors} processors, Temporal server ${temporalServer}; seconds: ${JSON.stringify(seconds)}.${sample}`;
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});

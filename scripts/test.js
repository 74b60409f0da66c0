#!/usr/bin/env node
/**
 * `npm test`: everything, then the conformance lanes by themselves. They play machines with timers against the real
 * clock, and an act that reaches the server late because other tests use the processors would be another script.
 * Lanes that need what is not on this machine are named at the end; with ZHENGLING_ALL_LANES set, they are a failure.
 * With ZHENGLING_TEST_RESULTS set, Jest's JSON is written into that folder.
 */
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const folder = process.env.ZHENGLING_TEST_RESULTS;

function jest(name, projects) {
  const results = folder ? ['--json', `--outputFile=${join(folder, `${name}.json`)}`] : [];
  const args = [
    require.resolve('jest/bin/jest'),
    '--selectProjects',
    ...projects,
    ...results,
    ...process.argv.slice(2),
  ];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}

const status = [jest('suite', ['pure', 'server']), jest('conformance', ['conformance'])];
// Compiled by the tests' own set-up.
const missing = require('../dist/test/support/lanes').lanesNotRun();
for (const line of missing) console.log(line);
if (missing.length > 0 && process.env.ZHENGLING_ALL_LANES) status.push(1);
process.exit(Math.max(...status));

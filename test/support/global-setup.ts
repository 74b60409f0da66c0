import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchAttributes } from '../../worker/search-attributes';
import { ensureNamespace, type RunningTemporal, startTemporal } from '../../worker/temporal';

declare global {
  var temporalOfTests: { server: RunningTemporal; dataDir: string } | undefined;
}

/** One real server for all tests that need one, and the compiled program for those that start processes. */
export default async function globalSetup(): Promise<void> {
  if (!process.env.ZHENGLING_BUILT) compile();
  // Installations of several test files run at once: none may take the usual port.
  process.env.ZHENGLING_GATEWAY_PORT ??= '0';
  const progress = (line: string) => process.stderr.write(`${line}\n`);
  const dataDir = mkdtempSync(join(tmpdir(), 'zhengling-tests-'));
  const temporal = await startTemporal({
    dataDir,
    ports: { temporal: 0, ui: 0 },
    progress,
    ephemeral: true,
  });
  globalThis.temporalOfTests = { server: temporal, dataDir };
  await ensureNamespace({ address: temporal.address, namespace: 'tests', retentionDays: 1, searchAttributes });
  process.env.ZHENGLING_TEST_TEMPORAL = temporal.address;
  if (temporal.uiUrl !== undefined) process.env.ZHENGLING_TEST_TEMPORAL_UI = temporal.uiUrl;
}

function compile(): void {
  const built = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the sources do not compile:\n${built.stdout}`);
}

import { join } from 'node:path';
import { Desk } from '../client/cli/desk';
import { procedures } from '../workflows/procedures';
import { connect } from '../workflows/runtime/client';
import { BuildStore } from './builds';
import { Deployment } from './deployment';
import { installRuntime, openLog } from './logging';
import { activityNames, bundleProcedures } from './procedure-worker';
import { moveCase, type UpgradeParts, upgrade } from './upgrade';

async function withParts<T>(data: string, run: (parts: UpgradeParts) => Promise<T>): Promise<T> {
  installRuntime(openLog('error'));
  const desk = Desk.open({ data });
  const connected = connect({ address: desk.address(), namespace: desk.site.namespace });
  try {
    const { client: temporal, dataConverter } = connected;
    const store = new BuildStore(join(desk.site.dataDir, 'builds'));
    const say = (line: string) => process.stderr.write(`${line}\n`);
    const deployment = new Deployment(temporal);
    const definitions = procedures.map(({ definition }) => definition);
    return await run({
      temporal,
      dataConverter,
      deployment,
      definitions,
      store,
      code: await bundleProcedures(),
      activities: activityNames,
      say,
    });
  } finally {
    await connected.close();
    await desk.close();
  }
}

export async function upgradeInstallation(data: string, json: boolean): Promise<void> {
  const result = await withParts(data, upgrade);
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    const { buildId, moved, stranded, retired } = result;
    process.stdout.write(
      `new cases begin on ${buildId}; ${moved.length} open cases moved, ${retired.length} builds retired\n`,
    );
    for (const { caseId, machine, because } of stranded)
      process.stdout.write(`${caseId} (${machine}) stays on its build: ${because}\n`);
  }
}

export async function moveOneCase(data: string, caseId: string): Promise<void> {
  await withParts(data, (parts) => moveCase(parts, caseId));
  process.stdout.write(`${caseId} goes on with this version\n`);
}

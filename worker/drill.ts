/** Plays a drill in a namespace and a ledger of its own. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { type DrillPrinter, printLine, printResult } from '../client/drill/print';
import { DRILL_SALT, DrillClock, type DrillResult, playSupervisionDrill } from '../client/drill/supervision-drill';
import { supervisionItemProcedure } from '../workflows/procedures/supervision-item';
import type { Bundle } from '../workflows/runtime/worker';
import { CannotStart } from './errors';
import { openHouse, temporalDir } from './house';
import type { Log } from './logging';
import { startTemporal } from './temporal';
import { siteOf } from './up';

export const drills = ['supervision'] as const;

export interface DrillOptions {
  /** Where the drill keeps its ledger; emptied first. */
  folder: string;
  address: string;
  log: Log;
  json: boolean;
  code?: Bundle;
  print: (text: string) => void;
}

export async function playDrillIn({ folder, address, log, json, code, print }: DrillOptions): Promise<DrillResult> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const site = siteOf(folder, 'drill');
  const clock = new DrillClock();
  const house = await openHouse({
    site,
    address,
    log,
    entrance: 'drill',
    drill: { clock: clock.read, salt: DRILL_SALT },
    ...(code ? { code } : {}),
  });
  try {
    await removeEarlierDrill(address, site.namespace);
    const printer: DrillPrinter = {
      mark: site.mark ?? '',
      script: 'hans',
      nameOf: (id) => site.directory.nameOf(id, 'hans'),
      print,
    };
    const begun = Date.now();
    const result = await playSupervisionDrill(
      { ...house, clock, deliver: house.delivery.deliver },
      supervisionItemProcedure,
      (line) => {
        if (!json) printLine(printer, line);
      },
    );
    const seconds = (Date.now() - begun) / 1000;
    if (json) print(JSON.stringify({ ...result, seconds }, null, 2));
    else printResult(printer, result, seconds);
    return result;
  } finally {
    await house.stop();
  }
}

/** Case numbers are part of a drill's record, so an earlier one's cases give way: the same numbers are given again. */
async function removeEarlierDrill(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  const { workflow, workflowService } = new Client({ connection, namespace });
  const earlier = new Set<string>();
  for await (const { workflowId } of workflow.list()) earlier.add(workflowId);
  const remove = async (workflowId: string): Promise<void> => {
    const handle = workflow.getHandle(workflowId);
    await handle.terminate('another drill begins').catch(isGone);
    await workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
    while (await handle.describe().then(() => true, isGone)) await new Promise((done) => setTimeout(done, 100));
  };
  await Promise.all([...earlier].map(remove));
  await connection.close();
}

function isGone(error: unknown): false {
  if (error instanceof WorkflowNotFoundError) return false;
  throw error;
}

/** `zhengling drill NAME`: on the server TEMPORAL_ADDRESS names, else on one started for it. */
export async function drill(name: string, data: string, log: Log, json: boolean): Promise<boolean> {
  if (!(drills as readonly string[]).includes(name))
    throw new CannotStart(`there is no drill '${name}'; there is ${drills.join(', ')}`);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const temporal = await startTemporal({
    dataDir: temporalDir(data),
    ports: { temporal: 0, ui: 0 },
    progress: say,
    uiNamespace: 'drill',
    ephemeral: true,
  });
  try {
    const print = (text: string) => process.stdout.write(`${text}\n`);
    const result = await playDrillIn({ folder: join(data, 'drill'), address: temporal.address, log, json, print });
    return result.passed;
  } finally {
    await temporal.stop();
  }
}

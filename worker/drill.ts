/** Plays a drill in a namespace and a ledger of its own. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { DrillStep } from '../client/drill/coordinator';
import { DRILL_SALT, type DrillResult, playScript } from '../client/drill/drill';
import { type DrillPrinter, printLine, printResult } from '../client/drill/print';
import { drillNames, readDrill } from '../client/drill/script';
import { DrillClock } from '../client/drill/world';
import { formatInstant } from '../workflows/law';
import { connect } from '../workflows/runtime/client';
import type { Bundle } from '../workflows/runtime/worker';
import { CannotStart } from './errors';
import { openHouse, temporalDir } from './house';
import type { Log } from './logging';
import { startTemporal } from './temporal';
import { siteOf } from './up';

export interface DrillOptions {
  /** `supervision` unless told. */
  name?: string;
  /** Where the drill keeps its ledger; emptied first. */
  folder: string;
  address: string;
  log: Log;
  json: boolean;
  code?: Bundle;
  print: (text: string) => void;
  /** Told in a line how far it is. */
  say?: (line: string) => void;
}

export async function playDrillIn({
  name = 'supervision',
  folder,
  address,
  log,
  json,
  code,
  print,
  say = () => {},
}: DrillOptions): Promise<DrillResult> {
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
    await removeEarlierDrill(address, site.namespace, say);
    const printer: DrillPrinter = {
      mark: site.mark ?? '',
      script: 'hans',
      nameOf: (id) => site.directory.nameOf(id, 'hans'),
      print,
    };
    const begun = Date.now();
    const { city, ledger, delivery, errands } = house;
    const result = await playScript(
      { city, ledger, clock, deliver: delivery.deliver, carry: errands.carry },
      readDrill(name),
      (line, procedure) => {
        if (!json) printLine(printer, line, procedure);
      },
      progressOf(say),
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
async function removeEarlierDrill(address: string, namespace: string, say: (line: string) => void): Promise<void> {
  const { client, close } = connect({ address, namespace });
  const { workflow, workflowService } = client;
  const earlier = new Set<string>();
  for await (const { workflowId } of workflow.list()) earlier.add(workflowId);
  if (earlier.size > 0) say(`drill: ${earlier.size} cases of an earlier one give way`);
  const remove = async (workflowId: string): Promise<void> => {
    const handle = workflow.getHandle(workflowId);
    await handle.terminate('another drill begins').catch(isGone);
    await workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
    while (await handle.describe().then(() => true, isGone)) await new Promise((done) => setTimeout(done, 100));
  };
  await Promise.all([...earlier].map(remove));
  await close();
}

function isGone(error: unknown): false {
  if (error instanceof WorkflowNotFoundError) return false;
  throw error;
}

const EVERY = 10;

/** Where a drill stands while it plays: on a terminal in one line that changes, elsewhere every tenth act. */
function progressOf(say: (line: string) => void): (step: DrillStep, of: number) => void {
  let done = 0;
  return ({ at, matter, act }, of) => {
    done += 1;
    const line = `drill: ${done} of ${of} acts, ${formatInstant(at).slice(0, 10)} ${matter} ${act.act}`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done === of ? '' : line}`);
    else if (done % EVERY === 0 || done === of) say(line);
  };
}

/** `zhengling drill NAME`: on the server TEMPORAL_ADDRESS names, else on one started for it. */
export async function drill(name: string, data: string, log: Log, json: boolean): Promise<boolean> {
  const known = drillNames();
  if (!known.includes(name)) throw new CannotStart(`there is no drill '${name}'; there is ${known.join(', ')}`);
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
    const { address } = temporal;
    const folder = join(data, 'drill');
    const result = await playDrillIn({ name, folder, address, log, json, print, say });
    return result.passed;
  } finally {
    await temporal.stop();
  }
}

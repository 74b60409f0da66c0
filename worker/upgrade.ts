/** `zhengling upgrade` and `zhengling case move`: open cases go over to the code of this version, or it is said why not. */
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import type { Bundle } from '../workflows/runtime/worker';
import { type Definition, gapsOf, protocol } from '../workflows/runtime/workflow';
import type { BuildStore, KeptBuild } from './builds';
import type { Deployment } from './deployment';
import { CannotStart } from './errors';

export interface UpgradeParts {
  deployment: Deployment;
  temporal: Client;
  /** How payloads of the namespace are read. */
  dataConverter: DataConverter;
  /** The machines of this version. */
  definitions: readonly Definition[];
  store: BuildStore;
  /** The code of this version. */
  code: Bundle;
  /** Activity Types this version's workers offer. */
  activities: readonly string[];
  say: (line: string) => void;
}

export interface Stranded {
  caseId: string;
  machine: string;
  because: string;
}

export interface UpgradeResult {
  buildId: string;
  moved: string[];
  /** Stay on their build, which goes on being served. */
  stranded: Stranded[];
  /** Builds without open cases. */
  retired: string[];
}

/**
 * Replay gate, then new cases begin on this build, then every open case that it takes is woken and moves over.
 * @throws CannotStart if the gate finds a history that this version cannot carry on; nothing has changed then
 */
export async function upgrade(parts: UpgradeParts): Promise<UpgradeResult> {
  const { temporal, deployment, definitions, store, code, say } = parts;
  const { buildId } = store.keep(code);
  const current = await deployment.current();
  const others = store.list().filter((build) => build.buildId !== buildId);
  say(current === buildId ? `build ${buildId} is current already` : `from build ${current ?? 'none'} to ${buildId}`);
  await replayGate(parts, others);
  await deployment.setCurrent(buildId);
  const moved: string[] = [];
  const stranded: Stranded[] = [];
  for (const build of others) {
    const open = await deployment.openCases(build.buildId);
    for (const { caseId, machine } of open) {
      const because = whyStranded(definitions, machine, build);
      if (because) stranded.push({ caseId, machine, because });
      else moved.push(caseId);
    }
    const waking = open.filter(({ caseId }) => moved.includes(caseId));
    for (const { caseId } of waking) await temporal.workflow.getHandle(caseId).signal(protocol.UPGRADE);
    await drained(deployment, build.buildId, waking.length, stranded, say);
  }
  const retired = [];
  for (const build of others) {
    if ((await deployment.openCases(build.buildId)).length > 0) continue;
    store.drop(build.buildId);
    retired.push(build.buildId);
  }
  return { buildId, moved, stranded, retired };
}

/** Why these machines cannot take over a case; undefined if they can. */
export function whyStranded(definitions: readonly Definition[], machine: string, from: KeptBuild): string | undefined {
  const [name] = machine.split('@');
  const definition = definitions.find((one) => one.machine.id.startsWith(`${name}@`));
  if (!definition) return `this version has no procedure '${name}'`;
  const known = from.machines.find(({ id }) => id === machine);
  if (!known) return `build ${from.buildId} does not say what ${machine} can be in`;
  const { id } = definition.machine;
  const migration = id === machine ? { from: machine } : definition.migrations?.find((one) => one.from === machine);
  if (!migration) return `this version has ${id} and declares no migration from ${machine}`;
  const gaps = gapsOf(migration, known, definition.machine);
  return gaps.length > 0 ? gaps.join('; ') : undefined;
}

/** Every open history must replay on its own code under this version, and find its activities there. */
async function replayGate(
  { temporal, dataConverter, deployment, store, activities, say }: UpgradeParts,
  builds: readonly KeptBuild[],
): Promise<void> {
  const failures: string[] = [];
  let replayed = 0;
  for (const { buildId } of builds) {
    const open = await deployment.openCases(buildId);
    if (open.length === 0) continue;
    const code = store.code(buildId);
    for (const { caseId, runId } of open) {
      const history = await temporal.workflow.getHandle(caseId, runId).fetchHistory();
      const asked = new Set(
        (history.events ?? []).map((e) => e.activityTaskScheduledEventAttributes?.activityType?.name).filter(Boolean),
      );
      const missing = [...asked].filter((name) => !activities.includes(name as string));
      if (missing.length > 0)
        failures.push(`${caseId} waits for activity ${missing.join(', ')}, which this version does not offer`);
      const failure = await replays({ code, dataConverter }, history, caseId);
      if (failure) failures.push(`${caseId} does not replay on its build ${buildId}: ${failure}`);
      replayed += 1;
    }
  }
  if (failures.length > 0) throw new CannotStart(`nothing was changed; the replay gate found:\n${failures.join('\n')}`);
  say(`replay gate: ${replayed} open histories replay`);
}

/** What keeps a history from replaying on some code; undefined if it does. */
export async function replays(
  { code, dataConverter }: Pick<UpgradeParts, 'code' | 'dataConverter'>,
  history: Parameters<typeof Worker.runReplayHistory>[1],
  caseId: string,
): Promise<string | undefined> {
  try {
    await Worker.runReplayHistory({ workflowBundle: code, dataConverter }, history, caseId);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const DRAIN_PATIENCE_MS = 60_000;

async function drained(
  deployment: Deployment,
  buildId: string,
  moving: number,
  stranded: readonly Stranded[],
  say: (line: string) => void,
): Promise<void> {
  if (moving === 0) return;
  let before = -1;
  for (const until = Date.now() + DRAIN_PATIENCE_MS; ; await new Promise((done) => setTimeout(done, 500))) {
    const open = await deployment.openCases(buildId);
    const left = open.filter(({ caseId }) => !stranded.some((one) => one.caseId === caseId)).length;
    if (left !== before) say(`build ${buildId}: ${moving - left} of ${moving} cases moved`);
    before = left;
    if (left === 0) return;
    if (Date.now() > until) {
      say(`${left} cases are still at work on ${buildId}; they move at their next rest`);
      return;
    }
  }
}

/** Moves one case that is stuck on a broken build, if its history replays on this one. */
export async function moveCase(parts: UpgradeParts, caseId: string): Promise<void> {
  const { temporal, deployment, store, code } = parts;
  const { buildId } = store.keep(code);
  const history = await temporal.workflow.getHandle(caseId).fetchHistory();
  const failure = await replays(parts, history, caseId);
  if (failure)
    throw new CannotStart(`${caseId} stays where it is: its history does not replay on build ${buildId}: ${failure}`);
  await deployment.pin(caseId, buildId);
}

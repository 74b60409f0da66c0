import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import {
  ensureNamespace,
  portHolder,
  type RunningTemporal,
  type StartTemporalOptions,
  startTemporal,
  TemporalError,
  temporalPorts,
} from '../../../worker/temporal';
import { isRunning, processRef } from '../../../worker/temporal/process';

jest.setTimeout(60_000);

const anyPorts = { temporal: 0, ui: 0 };
const namespace = {
  namespace: 'trial',
  retentionDays: 30,
  searchAttributes: {
    Procedure: 'Keyword',
    State: 'KeywordList',
    DueAt: 'Datetime',
    Overdue: 'Bool',
    EscalationLevel: 'Int',
  },
} as const;

let dataDir: string;
let started: RunningTemporal[];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'zhengling temporal % '));
  started = [];
});

afterEach(async () => {
  for (const running of started) await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The environment without what a developer may have set for a server of their own. */
function plainEnv(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { TEMPORAL_ADDRESS: _address, ZHENGLING_TEMPORAL: way, ...others } = process.env;
  const rest = way === undefined || way === 'address' ? others : { ...others, ZHENGLING_TEMPORAL: way };
  return { ...rest, ...extra };
}

async function start(options: Partial<StartTemporalOptions> = {}): Promise<RunningTemporal> {
  const running = await startTemporal({ dataDir, ports: anyPorts, env: plainEnv(), ...options });
  started.push(running);
  return running;
}

function portOf(address: string): number {
  return Number(new URL(address.startsWith('http') ? address : `http://${address}`).port);
}

function pidAt(address: string): number {
  const pid = portHolder(portOf(address));
  if (pid === undefined) throw new Error(`nobody listens at ${address}`);
  return pid;
}

test('a server keeps its namespace over a restart, answers with its UI, and leaves no process behind', async () => {
  const first = await start();
  expect(first.source).not.toBe('address');
  expect((await fetch(first.uiUrl!)).status).toBe(200);
  await ensureNamespace({ address: first.address, ...namespace });
  await ensureNamespace({ address: first.address, ...namespace });
  const processes = [pidAt(first.address), pidAt(first.uiUrl!)].map((pid) => processRef(pid)!);
  expect(processes.map(isRunning)).toEqual([true, true]);
  await first.stop();
  await first.stop();
  expect(processes.map(isRunning)).toEqual([false, false]);

  const begun = Date.now();
  const second = await start({ ports: { temporal: portOf(first.address), ui: portOf(first.uiUrl!) } });
  expect(Date.now() - begun).toBeLessThan(10_000);
  const connection = await Connection.connect({ address: second.address });
  const { config } = await connection.workflowService.describeNamespace({ namespace: namespace.namespace });
  expect(String(config?.workflowExecutionRetentionTtl?.seconds)).toBe(String(30 * 86_400));
  await connection.close();

  await ensureNamespace({ address: second.address, ...namespace, retentionDays: 45 });
  await expect(
    ensureNamespace({ address: second.address, ...namespace, searchAttributes: { State: 'Text' } }),
  ).rejects.toThrow(/Search attribute State of namespace "trial" is registered as KeywordList where Text is needed/);
  const tooMany = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`Keyword${n}`, 'Keyword' as const]));
  await expect(ensureNamespace({ address: second.address, ...namespace, searchAttributes: tooMany })).rejects.toThrow(
    /did not accept the search attributes of namespace "trial": .*more than 10/,
  );
});

test('right after a namespace is there, a case can set its search attributes', async () => {
  const { address } = await start({ ephemeral: true });
  const connection = await Connection.connect({ address });
  for (const name of ['one', 'two', 'three', 'four']) {
    await ensureNamespace({ address, namespace: name, retentionDays: 1, searchAttributes: { State: 'Keyword' } });
    await expect(upsertOnce(connection, name)).resolves.toBeDefined();
  }
  await connection.close();
});

/** One case whose only task sets an attribute, done by hand: a worker would hide a refusal by trying again. */
async function upsertOnce(connection: Connection, name: string) {
  const { workflowService } = connection;
  const types = temporal.api.enums.v1.CommandType;
  const taskQueue = { name: 'by-hand' };
  await workflowService.startWorkflowExecution({
    namespace: name,
    workflowId: 'case',
    requestId: 'case',
    workflowType: { name: 'case' },
    taskQueue,
  });
  const task = await connection.withDeadline(Date.now() + 10_000, () =>
    workflowService.pollWorkflowTaskQueue({ namespace: name, taskQueue }),
  );
  return workflowService.respondWorkflowTaskCompleted({
    namespace: name,
    taskToken: task.taskToken,
    commands: [
      {
        commandType: types.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
        upsertWorkflowSearchAttributesCommandAttributes: {
          searchAttributes: { indexedFields: { State: defaultPayloadConverter.toPayload('open') } },
        },
      },
      { commandType: types.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION, completeWorkflowExecutionCommandAttributes: {} },
    ],
  });
}

test('programs listen on the loopback alone and do not share the terminal with us', async () => {
  const { address } = await start({ ephemeral: true });
  const pid = pidAt(address);
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .filter((line) => / 0A /.test(line));
  const port = portOf(address).toString(16).toUpperCase().padStart(4, '0');
  expect(listening.some((line) => line.includes(`0100007F:${port} `))).toBe(true);
  expect(listening.some((line) => line.includes(`00000000:${port} `))).toBe(false);
  const group = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
  expect(group).toBe(String(pid));
});

test('a port in use is one sentence with the port, its holder and the setting', async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  const { port } = squatter.address() as { port: number };
  const holder = new RegExp(
    `^Port ${port} \\(Temporal\\) is in use by process ${process.pid} \\(.+\\): .*ZHENGLING_TEMPORAL_PORT.*TEMPORAL_ADDRESS=127.0.0.1:${port} `,
  );
  await expect(start({ ports: { temporal: port, ui: 0 } })).rejects.toThrow(holder);
  await expect(start({ ports: { temporal: 0, ui: port } })).rejects.toThrow(
    /\(Temporal UI\) is in use by .*: stop that process, set ZHENGLING_TEMPORAL_UI_PORT to a free port\.$/,
  );
  await new Promise((resolve) => squatter.close(resolve));
});

test.each([
  [{}, { temporal: 7233, ui: 8233 }],
  [
    { ZHENGLING_TEMPORAL_PORT: '17233', ZHENGLING_TEMPORAL_UI_PORT: '0' },
    { temporal: 17233, ui: 0 },
  ],
])('the environment %j asks for the ports %j', (settings, ports) => {
  expect(temporalPorts(settings)).toEqual(ports);
});

test.each(['65536', '-1', 'http', '7233.5'])('%s is not a port', (value) => {
  expect(() => temporalPorts({ ZHENGLING_TEMPORAL_PORT: value })).toThrow(`ZHENGLING_TEMPORAL_PORT is "${value}"`);
});

test('servers whose starter died are stopped by the next start, and those of a living one are not', async () => {
  let ended = '';
  const orphaned = await start({
    onUnexpectedEnd: (sentence) => {
      ended += sentence;
    },
  });
  const server = processRef(pidAt(orphaned.address))!;
  await expect(start()).rejects.toThrow(new RegExp(`is in use by process ${process.pid} `));
  expect(isRunning(server)).toBe(true);

  // As if the process that holds the directory had been killed.
  writeFileSync(path.join(dataDir, 'in-use.lock'), JSON.stringify({ pid: 2 ** 22 + 1, started: 'long ago' }));
  const lines: string[] = [];
  const next = await start({ progress: (line) => lines.push(line) });
  expect(isRunning(server)).toBe(false);
  expect(lines[0]).toMatch(new RegExp(`^stopping process ${server.pid} .*left behind by an earlier run`));
  expect(ended).toMatch(/^The Temporal (server|UI) ended by itself/);
  expect(isRunning(processRef(pidAt(next.address))!)).toBe(true);
});

test('a server that ends early says its last words; a database that was never completed is set aside', async () => {
  writeFileSync(path.join(dataDir, 'temporal.db'), 'not a database'.repeat(100));
  writeFileSync(path.join(dataDir, 'settled.json'), JSON.stringify({ serverVersion: '1.32.1' }));
  await expect(start()).rejects.toThrow(
    /^The Temporal server ended by itself \(exit code 1\): .*file is not a database/,
  );

  rmSync(path.join(dataDir, 'settled.json'));
  await start();
  expect(readdirSync(dataDir).some((name) => name.startsWith('temporal.db.incomplete-'))).toBe(true);
});

test('a database of another server series is refused and left alone', async () => {
  writeFileSync(path.join(dataDir, 'temporal.db'), 'precious');
  writeFileSync(path.join(dataDir, 'settled.json'), JSON.stringify({ serverVersion: '1.29.1' }));
  await expect(start()).rejects.toThrow(
    /was made by server 1\.29\.1 and cannot be opened by 1\.32\.\d+: provide a server 1\.29/,
  );
  expect(readFileSync(path.join(dataDir, 'temporal.db'), 'utf8')).toBe('precious');
});

test('a named server is used, not started and not stopped; an ephemeral one leaves no database', async () => {
  const ours = await start({ ephemeral: true, timeSkipping: true });
  const other = await startTemporal({ dataDir, env: plainEnv({ TEMPORAL_ADDRESS: ours.address }) });
  expect(other).toMatchObject({ address: ours.address, source: 'address', uiUrl: undefined });
  await other.stop();
  expect(isRunning(processRef(pidAt(ours.address))!)).toBe(true);
  await ours.stop();
  expect(readdirSync(dataDir).filter((name) => name.startsWith('temporal.db'))).toEqual([]);
});

test('what cannot be had is a TemporalError, and the directory is free again afterwards', async () => {
  await expect(start({ env: plainEnv({ ZHENGLING_TEMPORAL: 'path', PATH: '' }) })).rejects.toBeInstanceOf(
    TemporalError,
  );
  await start({ ephemeral: true });
});

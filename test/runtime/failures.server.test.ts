import { ApplicationFailure, WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { CaseClient } from '../../workflows/runtime/client';
import { ACT_LIMIT, CaseActor, type Envelope, type Json } from '../../workflows/runtime/workflow';
import { Lab } from '../support/lab';
import { eventually, pause } from '../support/processes';
import * as activities from './conformance/activities';
import { loanDefinition } from './loan';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open(require.resolve('./faults/workflows'), activities);
}, 60_000);

afterAll(() => lab?.close());

const handleOf = (id: string) => lab.temporal.workflow.getHandle(id);
const stamp = (receivedAt = Date.now()) => ({ receivedAt, entrance: 'lab' });

/** The error with which tasks of a case fail. */
async function taskFailure(id: string): Promise<string> {
  return eventually(async () => {
    const { events } = await handleOf(id).fetchHistory();
    const failed = events?.findLast((e) => e.workflowTaskFailedEventAttributes)?.workflowTaskFailedEventAttributes;
    expect(failed).toBeDefined();
    return failed!.failure!.message!;
  });
}

async function isOpen(id: string): Promise<boolean> {
  return (await handleOf(id).describe()).status.name === 'RUNNING';
}

/** Started with short tasks: from the second failure on a worker lets them time out, and is tried again after that. */
async function start(type: string, id: string, argument: unknown): Promise<void> {
  await lab.temporal.workflow.start(type, {
    workflowId: id,
    taskQueue: lab.queue,
    args: [argument],
    workflowTaskTimeout: '4 s',
  });
}

const opening = (id: string, input: Json, more: object = {}) => ({
  id,
  actId: 'open',
  input,
  data: null,
  stamp: stamp(),
  ...more,
});

describe('a bug leaves the case waiting, and a fixed build lets it go on', () => {
  const faults: { fault: string; says: RegExp; payload?: object; entries: number }[] = [
    { fault: 'guard', says: /Unable to evaluate guard 'sound'.*\n?.*bug in guard/, entries: 3 },
    { fault: 'action', says: /fault@1: 'GO' in state 'a' failed: bug in action/, entries: 3 },
    { fault: 'assignment', says: /fault@1: 'GO' in state 'a' failed: bug in assignment/, entries: 3 },
    { fault: 'delay', says: /fault@1: 'GO' in state 'a' failed: bug in delay/, entries: 3 },
    { fault: 'no delay', says: /delay 'soon' is undefined; a delay is a finite number/, entries: 3 },
    { fault: 'context', says: /context\.kept holds an instance of Map/, entries: 3 },
    { fault: 'circle', says: /processed more than 1000 microsteps/, entries: 3 },
    { fault: 'schema', says: /bug in schema/, payload: { schema: true }, entries: 3 },
    { fault: 'admission', says: /bug in admission/, entries: 3 },
    { fault: 'presentation', says: /bug in presentation/, entries: 3 },
    { fault: 'mapper', says: /fault@1: 'GO' in state 'a' failed: bug in mapper/, entries: 4 },
    {
      fault: 'result',
      says: /'xstate\.done\.actor\.0\.fault@1\.mapping' in state 'mapping' failed: bug in result/,
      entries: 4,
    },
    {
      fault: 'unhandled',
      says: /'xstate\.error\.actor\.0\.fault@1\.failing' in state 'failing' failed: no funds/,
      entries: 4,
    },
  ];
  const ids = new Map<string, string>();
  const failures = new Map<string, string>();
  const open = new Map<string, boolean>();

  /** All at once: the broken build meets every fault, then the fixed one takes its place. */
  beforeAll(async () => {
    await lab.start();
    const impatient = new CaseClient(lab.temporal, { taskQueue: lab.queue, patience: 8_000 });
    const patient = new CaseClient(lab.temporal, { taskQueue: lab.queue, patience: 40_000 });
    const go = (client: CaseClient, fault: string, payload = {}) =>
      client.act(ids.get(fault)!, { id: 'go', type: 'GO', payload: payload as never, stamp: stamp() });
    for (const { fault } of faults) ids.set(fault, lab.id('fault'));
    await Promise.all(faults.map(({ fault }) => start('fault', ids.get(fault)!, opening(ids.get(fault)!, { fault }))));
    await Promise.all(faults.map(({ fault, payload }) => go(impatient, fault, payload).catch(() => {})));
    await Promise.all(
      faults.map(async ({ fault }) => {
        failures.set(fault, await taskFailure(ids.get(fault)!).catch(() => 'no task has failed'));
        open.set(fault, await isOpen(ids.get(fault)!));
      }),
    );
    await lab.stop();
    await lab.start({ ...lab.code, code: lab.code.code.replaceAll('broken build', 'fixed build') });
    await Promise.all(faults.map(({ fault, payload }) => go(patient, fault, payload)));
    await Promise.all(
      faults.map(({ fault, entries }) =>
        eventually(() => expect(lab.notebook.of(ids.get(fault)!)).toHaveLength(entries), 30_000).catch(() => {}),
      ),
    );
  }, 150_000);

  afterAll(() => lab.stop());

  it.each(faults)('$fault', async ({ fault, says, entries }) => {
    expect(failures.get(fault)).toMatch(says);
    expect(open.get(fault)).toBe(true);
    expect(await lab.cases.view(ids.get(fault)!)).toMatchObject({ state: ['done'], status: 'open', recorded: entries });
    expect(lab.notebook.of(ids.get(fault)!).map(({ sequence }) => sequence)).toHaveLength(entries);
  });
});

describe('what cannot be a case', () => {
  beforeAll(() => lab.start());
  afterAll(() => lab.stop());

  it.each<{ what: string; argument: (id: string) => unknown; says: string }>([
    { what: 'nothing', argument: () => null, says: 'a case is opened with {id, actId, input, stamp, data}' },
    { what: 'a text', argument: () => 'open', says: 'a case is opened with {id, actId, input, stamp, data}' },
    { what: 'another id', argument: () => opening('other', {}), says: "case 'other' was started as workflow" },
    {
      what: 'a stamp of tomorrow',
      argument: (id) => opening(id, {}, { stamp: stamp(Date.now() + 86_400_000) }),
      says: 'its stamp lies in the future',
    },
    {
      what: 'too large an input',
      argument: (id) => opening(id, { text: 'x'.repeat(ACT_LIMIT) }),
      says: `${ACT_LIMIT} are taken`,
    },
  ])('is not opened, and says why: $what', async ({ argument, says }) => {
    const id = lab.id('fault');
    await start('fault', id, argument(id));
    const failure = await handleOf(id)
      .result()
      .catch((error: WorkflowFailedError) => error);
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    const cause = (failure as WorkflowFailedError).cause as ApplicationFailure;
    expect([cause.type, cause.message]).toEqual(['NotOpened', expect.stringContaining(says)]);
  });

  it('a machine that cannot run opens no case until it can, and the case is not lost', async () => {
    const id = lab.id('unready');
    await start('unready', id, opening(id, {}));
    expect(await taskFailure(id)).toContain("state 'a', event 'GO', actions[0]: action 'nowhere' is not implemented");
    expect(await isOpen(id)).toBe(true);
    await handleOf(id).terminate();
  });

  const carried = (): Envelope => {
    const start = opening('C', { days: 1 });
    return JSON.parse(JSON.stringify(CaseActor.open(loanDefinition, start, Date.now()).carry(Date.now())));
  };

  it.each<{ what: string; envelope: () => object; says: string }>([
    {
      what: 'of another machine',
      envelope: carried,
      says: "this case cannot be taken up: it belongs to machine 'loan@1', this build has 'fault@1'",
    },
    {
      what: 'of an unknown version',
      envelope: () => ({ ...carried(), version: 9 }),
      says: 'its envelope has version 9',
    },
    {
      what: 'that is damaged',
      envelope: () => ({ ...carried(), machine: 'fault@1', memory: {} }),
      says: 'the head of its record is damaged',
    },
  ])('an envelope $what waits for a build that can read it', async ({ envelope, says }) => {
    const id = lab.id('fault');
    await start('fault', id, { envelope: envelope(), options: {} });
    expect(await taskFailure(id)).toContain(says);
    expect(await isOpen(id)).toBe(true);
    await handleOf(id).terminate();
  });
});

describe('what comes from outside ends no case', () => {
  let id: string;

  beforeAll(async () => {
    await lab.start();
    id = lab.id('fault');
    await lab.start$('fault', id, { fault: 'none' });
  });
  afterAll(() => lab.stop());

  it.each([
    { what: 'a forged timer', type: 'xstate.after.soon.fault@1.b', payload: {}, code: 'unknown-event' },
    { what: 'a forged result', type: 'xstate.done.actor.0.fault@1.mapping', payload: {}, code: 'unknown-event' },
    { what: 'a forged type', type: 'GO', payload: { type: 'xstate.after.soon.fault@1.b' }, code: 'malformed' },
    { what: 'too large a payload', type: 'GO', payload: { text: 'x'.repeat(ACT_LIMIT) }, code: 'too-large' },
  ])('$what is refused: $code', async ({ type, payload, code }) => {
    expect(await lab.act(id, type, payload)).toMatchObject({ outcome: 'malformed', refusal: { code } });
  });

  it('an update that is no act is refused', async () => {
    const failure = await handleOf(id)
      .executeUpdate('act', { args: [null] })
      .catch((error: Error) => error);
    expect(failure).toBeInstanceOf(WorkflowUpdateFailedError);
    expect((failure as WorkflowUpdateFailedError).cause).toMatchObject({ type: 'Refused', message: 'malformed' });
  });

  it('signals that are no notices are left aside', async () => {
    for (const signal of [null, 7, { from: 'x' }, { id: 'n', from: 'x', seq: 1, type: 'GO', payload: {} }])
      await handleOf(id).signal('notice', signal);
    expect(await lab.cases.view(id)).toMatchObject({ state: ['a'], head: { sequence: 1 } });
  });

  it('a request to cancel changes nothing: the case answers, and its deadlines come', async () => {
    await handleOf(id).cancel();
    await pause(200);
    expect(await lab.act(id, 'GO')).toMatchObject({ outcome: 'changed', recorded: 'yes' });
    await eventually(async () => expect((await lab.cases.view(id)).state).toEqual(['done']));
    expect(await isOpen(id)).toBe(true);
    expect(lab.notebook.of(id).map(({ trigger }) => trigger.type)).toEqual(['xstate.init', 'GO', 'soon']);
  });

  it('a ledger that refuses for good ends no case either', async () => {
    const one = lab.id('fault');
    await lab.start$('fault', one, { fault: 'none' });
    lab.notebook.broken = ApplicationFailure.nonRetryable('another hash stands there');
    expect(await lab.act(one, 'GO')).toMatchObject({ outcome: 'changed', recorded: 'pending' });
    await pause(500);
    lab.notebook.broken = undefined;
    expect(await lab.cases.view(one)).toMatchObject({ status: 'open', recorded: 1 });
    expect(await isOpen(one)).toBe(true);
  });
});

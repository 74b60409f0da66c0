import { randomUUID } from 'node:crypto';
import {
  CaseClient,
  type Cases,
  casesOf,
  connect,
  NoSuchCase,
  NotOpened,
  type ReceiptsPort,
  receiptOf,
  Unreachable,
} from '../../workflows/runtime/client';
import type { Act, FlushBatch, Head, Json, Receipt, RecordEntry } from '../../workflows/runtime/workflow';
import { Lab, NAMESPACE } from '../support/lab';
import type { tallyDefinition } from './client-machines';

type Tallies = Cases<typeof tallyDefinition>;

let lab: Lab;
const here = () => connect({ address: process.env.ZHENGLING_TEST_TEMPORAL!, namespace: NAMESPACE });
let connected: ReturnType<typeof connect>;
let client: CaseClient;
let tallies: Tallies;

beforeAll(async () => {
  lab = await Lab.open(require.resolve('./client-workflows'), { flushRecord: ledger.flushRecord });
  await lab.start();
  connected = here();
  client = new CaseClient(connected.client, { taskQueue: lab.queue });
  tallies = casesOf(client, 'tally');
}, 60_000);

afterAll(async () => {
  await connected?.close();
  await lab?.close();
});

const stamp = () => ({ receivedAt: Date.now(), entrance: 'test' });
const act = (type: string, payload: Json = {}, more: Partial<Act> = {}): Act => ({
  id: randomUUID(),
  type,
  payload,
  stamp: stamp(),
  ...more,
});

async function opened(more: object = {}): Promise<string> {
  const id = lab.id('tally');
  await tallies.start({ id, input: { n: 0 }, ...more });
  return id;
}

/**
 * Keeps every row that was ever written: under load an attempt that Temporal did not commit may be written after the one
 * it did.
 */
class Rows {
  readonly #written: RecordEntry[] = [];

  readonly flushRecord = async ({ entries }: FlushBatch): Promise<Head> => {
    this.#written.push(...entries);
    return entries.at(-1)!;
  };

  of(caseId: string): RecordEntry[] {
    return this.#written.filter((entry) => entry.case === caseId);
  }
}

const ledger = new Rows();

/** The ledger as a port: everything in it counts as confirmed. */
function portOf(known: (caseId: string) => string = (id) => id): ReceiptsPort & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async first(caseId, actId) {
      asked.push(actId);
      const entry = ledger.of(known(caseId)).findLast(({ trigger }) => trigger.id === actId);
      return entry && receiptOf(entry);
    },
    async closed(caseId) {
      const entries = ledger.of(known(caseId));
      const last = entries.at(-1);
      if (!last?.state.includes('stopped')) return undefined;
      const { machine, state, sequence, hash } = last;
      return { case: caseId, machine, state, head: { sequence, hash }, openedAt: Date.parse(entries[0]!.happenedAt) };
    },
  };
}

async function thrown<E extends Error = Unreachable>(call: () => Promise<unknown>): Promise<E & { took: number }> {
  const before = Date.now();
  try {
    await call();
  } catch (error) {
    return Object.assign(error as E, { took: Date.now() - before });
  }
  throw new Error('nothing was thrown');
}

describe('opening a case', () => {
  it('is done by one of ten starts that come at once from two clients; all are answered with its view', async () => {
    const other = here();
    const id = lab.id('tally');
    const starts = [
      tallies,
      casesOf<typeof tallyDefinition>(new CaseClient(other.client, { taskQueue: lab.queue }), 'tally'),
    ];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => starts[i % 2]!.start({ id, input: { n: 7 } })),
    );
    await other.close();
    expect(answers.map(({ opened }) => opened).sort()).toEqual([...Array(9).fill(false), true]);
    expect(new Set(answers.map(({ view }) => view.head.hash)).size).toBe(1);
    expect(answers.map(({ refused }) => refused)).toEqual(Array(10).fill(undefined));
    expect(answers[0]!.view).toMatchObject({ state: ['open.working'], context: { n: 7 } });
  });

  it('again with other content under the same id is refused, while the case is open and when it has closed', async () => {
    const id = await opened();
    const refused = { outcome: 'duplicate', id: 'open', refusal: { code: 'id-reused' } };
    expect(await tallies.start({ id, input: { n: 1 } })).toMatchObject({
      opened: false,
      refused,
      view: { context: { n: 0 } },
    });
    await tallies.act(id, 'STOP');
    await tallies.result(id);
    expect(await tallies.start({ id, input: { n: 1 } })).toMatchObject({ opened: false, refused });
    const again = await tallies.start({ id, input: { n: 0 } });
    expect(again).toMatchObject({ opened: false, view: { status: 'closed' } });
    expect(again.refused).toBeUndefined();
  });

  it('with the content of the first is recognised although the case has continued as new since', async () => {
    const id = await opened({ historyLimit: 0 });
    await tallies.act(id, 'ADD', { by: 1 });
    expect((await tallies.start({ id, input: { n: 0 } })).refused).toBeUndefined();
    expect((await tallies.start({ id, input: { n: 3 } })).refused).toMatchObject({ outcome: 'duplicate' });
  });

  it('that the procedure cannot take is answered by NotOpened, and leaves the id free', async () => {
    const remembering = new CaseClient(connected.client, { taskQueue: lab.queue, receipts: portOf() });
    for (const some of [client, remembering]) {
      const id = lab.id('tally');
      for (const _ of ['first', 'again']) {
        const error = await thrown<NotOpened>(() => some.start('tally', { id, actId: 'a', input: { n: 0 } } as never));
        expect(error).toBeInstanceOf(NotOpened);
        expect(error.receipt).toMatchObject({ outcome: 'malformed', id: 'a', sequence: 0 });
      }
      await expect(some.view(id)).rejects.toThrow(NoSuchCase);
      const corrected = casesOf<typeof tallyDefinition>(some, 'tally').start({ id, input: { n: 2 } });
      expect(await corrected).toMatchObject({ opened: true, view: { context: { n: 2 } } });
    }
  });

  it('with what cannot be sent is answered by NotOpened before anything is sent', async () => {
    const large = await thrown<NotOpened>(() =>
      tallies.start({ id: lab.id('tally'), input: { n: 0, note: 'x'.repeat(600_000) } }),
    );
    expect(large.receipt.refusal).toMatchObject({ code: 'too-large', path: 'input' });
    const bigint = await thrown<NotOpened>(() => tallies.start({ id: lab.id('tally'), input: { n: 1n as never } }));
    expect(bigint.receipt.refusal).toMatchObject({ code: 'malformed', path: 'input' });
  });
});

describe('the receipt of an act', () => {
  const cyclic: { [key: string]: Json } = {};
  cyclic.self = cyclic;
  const keys = ['content', 'deadlines', 'id', 'outcome', 'recordHash', 'recorded', 'sequence', 'state'];
  let id: string;
  beforeAll(async () => {
    id = await opened();
  });

  it.each<[string, Act, Partial<Receipt>]>([
    ['an act that changes something', act('ADD', { by: 1 }), { outcome: 'changed' }],
    ['an act that changes nothing', act('LOOK'), { outcome: 'unchanged' }],
    ['an act of another state', act('WORK'), { outcome: 'not-accepted' }],
    ['an act a rule forbids', act('ADD', { by: 0 }), { outcome: 'rule', refusal: { code: 'NOT_POSITIVE' } }],
    ['an unknown act', act('SING'), { outcome: 'malformed', refusal: { code: 'unknown-event' } }],
    [
      'a payload that does not fit',
      act('ADD', { by: 'x' }),
      { outcome: 'malformed', refusal: { code: 'malformed', path: 'payload.by' } },
    ],
    [
      'a payload that is no object',
      act('ADD', 'x'),
      { outcome: 'malformed', refusal: { code: 'malformed', path: 'payload' } },
    ],
    [
      'a payload that holds itself',
      act('ADD', cyclic),
      { outcome: 'malformed', refusal: { code: 'malformed', path: 'payload' } },
    ],
    [
      'a payload that is a document',
      act('ADD', { by: 1, note: 'x'.repeat(600_000) }),
      { outcome: 'malformed', refusal: { code: 'too-large', path: 'payload' } },
    ],
    ['no id', act('LOOK', {}, { id: '' }), { outcome: 'malformed', refusal: { code: 'malformed', path: 'id' } }],
    [
      'an id that is a story',
      act('LOOK', {}, { id: 'x'.repeat(251) }),
      { outcome: 'malformed', refusal: { code: 'malformed', path: 'id' } },
    ],
    ['no type', act(''), { outcome: 'malformed', refusal: { code: 'malformed', path: 'type' } }],
    [
      'no stamp',
      act('LOOK', {}, { stamp: undefined as never }),
      { outcome: 'malformed', refusal: { code: 'malformed', path: 'stamp.receivedAt' } },
    ],
    [
      'a stamp without entrance',
      act('LOOK', {}, { stamp: { receivedAt: 1 } as never }),
      { outcome: 'malformed', refusal: { code: 'malformed', path: 'stamp.entrance' } },
    ],
    [
      'a stamp of the future',
      act('LOOK', {}, { stamp: { receivedAt: Date.now() + 60_000, entrance: 'test' } }),
      { outcome: 'malformed', refusal: { code: 'stamp-in-future', path: 'stamp.receivedAt' } },
    ],
  ])('has one shape for %s', async (_, sent, expected) => {
    const receipt = await client.act(id, sent);
    expect(receipt).toMatchObject({ id: sent.id, ...expected });
    expect(
      Object.keys(receipt)
        .filter((key) => key !== 'refusal')
        .sort(),
    ).toEqual(keys);
    expect(receipt.refusal === undefined).toBe(receipt.outcome === 'changed');
  });

  it('is the first one for a repetition, and a refusal where the id was used for something else', async () => {
    const sent = act('ADD', { by: 2 });
    const first = await client.act(id, sent);
    expect(await client.act(id, { ...sent, stamp: stamp() })).toMatchObject({
      sequence: first.sequence,
      outcome: 'changed',
    });
    expect(await client.act(id, { ...sent, payload: { by: 3 } })).toMatchObject({
      outcome: 'duplicate',
      refusal: { code: 'id-reused', params: { id: sent.id, sequence: first.sequence } },
    });
  });

  it('is thrown as NoSuchCase only where there never was a case', async () => {
    await expect(client.act('never-opened', act('LOOK'))).rejects.toThrow(NoSuchCase);
    await expect(client.view('never-opened')).rejects.toThrow(NoSuchCase);
    await expect(
      client.notify('never-opened', { id: 'n', from: 'x', seq: 1, type: 'LOOK', payload: {} }),
    ).rejects.toThrow(NoSuchCase);
  });
});

describe('many acts at once', () => {
  const spread = (receipts: Receipt[]) => receipts.map(({ sequence }) => sequence).sort((a, b) => a - b);
  const from2 = (n: number) => Array.from({ length: n }, (_, i) => i + 2);

  it('are each answered once: 200 from one client, 200 from four clients', async () => {
    for (const clients of [1, 4]) {
      const connections = Array.from({ length: clients }, here);
      const some = connections.map((c) => new CaseClient(c.client, { taskQueue: lab.queue, patience: 30_000 }));
      const id = await opened();
      const before = Date.now();
      let slowest = 0;
      const receipts = await Promise.all(
        Array.from({ length: 200 }, async (_, i) => {
          const receipt = await some[i % clients]!.act(id, act('ADD', { by: 1 }));
          slowest = Math.max(slowest, Date.now() - before);
          return receipt;
        }),
      );
      expect(spread(receipts)).toEqual(from2(200));
      // Under load a receipt may leave before the record is written; it says so.
      const written = await tallies.waitFor(id, ({ recorded }) => recorded === 201, { timeout: 20_000 });
      expect(written.reached).toBe(true);
      const rows = new Map(ledger.of(id).map((row) => [row.hash, row]));
      for (const { id: actId, sequence, recordHash } of receipts)
        expect(rows.get(recordHash)).toMatchObject({ sequence, trigger: { id: actId } });
      expect((await tallies.view(id)).context.n).toBe(200);
      expect(slowest).toBeLessThan(20_000);
      process.stderr.write(`200 acts at once from ${clients} client(s): ${slowest} ms\n`);
      await Promise.all(connections.map((c) => c.close()));
    }
  }, 80_000);

  it('do not push a repetition out of memory where a port remembers: 300 acts later it is answered with its receipt', async () => {
    const id = await opened();
    const port = portOf();
    const patience = 30_000;
    const remembering = new CaseClient(connected.client, { taskQueue: lab.queue, patience, receipts: port });
    const sent = act('ADD', { by: 1 });
    const first = await remembering.act(id, sent);
    await Promise.all(Array.from({ length: 300 }, () => remembering.act(id, act('ADD', { by: 1 }), { fresh: true })));
    const repeated = await remembering.act(id, sent);
    expect(repeated).toMatchObject({ sequence: first.sequence, recordHash: first.recordHash, repeated: true });
    expect((await tallies.view(id)).context.n).toBe(301);
  }, 40_000);
});

describe('a closed case', () => {
  it('answers a repeated act with its first receipt and a new one as closed, in any run and without a worker', async () => {
    const id = await opened({ historyLimit: 12 });
    const sent = [act('ADD', { by: 1 }), act('ADD', { by: 2 }), act('ADD', { by: 3 }), act('STOP')];
    const first: Receipt[] = [];
    for (const one of sent) first.push(await client.act(id, one));
    const { head } = await tallies.result(id);
    const { raw } = await connected.client.workflow.getHandle(id).describe();
    expect(raw.workflowExecutionInfo?.firstRunId).not.toBe(raw.workflowExecutionInfo?.execution?.runId);
    await lab.stop();
    try {
      for (const [i, one] of sent.entries()) {
        const { sequence, recordHash } = first[i]!;
        expect(await client.act(id, one)).toMatchObject({ outcome: 'changed', sequence, recordHash });
      }
      expect(await client.act(id, { ...sent[0]!, payload: { by: 9 } })).toMatchObject({ outcome: 'duplicate' });
      const before = Date.now();
      expect(await client.act(id, act('ADD', { by: 1 }))).toMatchObject({
        outcome: 'closed',
        state: ['stopped'],
        sequence: head.sequence,
        recordHash: head.hash,
        refusal: { code: 'closed' },
      });
      expect(Date.now() - before).toBeLessThan(3_000);
      const notice = { id: 'n', from: 'x', seq: 1, type: 'LOOK', payload: {} };
      expect(await client.notify(id, notice)).toBe('closed');
    } finally {
      await lab.start();
    }
  }, 30_000);

  it('is answered by the port once Temporal has forgotten it', async () => {
    const id = await opened();
    const sent = act('ADD', { by: 4 });
    const first = await client.act(id, sent);
    await tallies.act(id, 'STOP');
    const { head } = await tallies.result(id);
    // To Temporal a case past its retention is one it has never heard of.
    const forgotten = lab.id('forgotten');
    await expect(client.act(forgotten, sent)).rejects.toThrow(NoSuchCase);

    const receipts = portOf((asked) => (asked === forgotten ? id : asked));
    const remembering = new CaseClient(connected.client, { taskQueue: lab.queue, receipts });
    const repeated = { outcome: 'changed', sequence: first.sequence, repeated: true };
    expect(await remembering.act(forgotten, sent)).toMatchObject(repeated);
    expect(await remembering.act(forgotten, { ...sent, payload: { by: 5 } })).toMatchObject({ outcome: 'duplicate' });
    expect(await remembering.act(forgotten, act('LOOK'))).toMatchObject({ outcome: 'closed', recordHash: head.hash });
    expect(await remembering.view(forgotten)).toMatchObject({
      status: 'closed',
      state: ['stopped'],
      head,
      accepts: [],
    });
    const timeout = 1_000;
    expect(await remembering.waitFor(forgotten, 'stopped', { timeout })).toMatchObject({ reached: true });
    expect(await remembering.waitFor(forgotten, 'open', { timeout })).toMatchObject({ because: 'ended' });
    const remembered = casesOf<typeof tallyDefinition>(remembering, 'tally');
    const again = await remembered.start({ id: forgotten, input: { n: 0 } });
    expect([again.opened, again.refused]).toEqual([false, undefined]);
    expect((await remembered.start({ id: forgotten, input: { n: 1 } })).refused).toMatchObject({
      outcome: 'duplicate',
    });
  });
});

describe('a receipts port', () => {
  it('is asked before an act is sent, unless its id is new', async () => {
    const id = await opened();
    const port = portOf();
    const remembering = new CaseClient(connected.client, { taskQueue: lab.queue, receipts: port });
    await remembering.act(id, act('LOOK', {}, { id: 'chosen' }));
    await casesOf<typeof tallyDefinition>(remembering, 'tally').act(id, 'LOOK');
    expect(port.asked).toEqual(['chosen']);
  });

  it('that fails stops nobody, and its failure is told', async () => {
    const id = await opened();
    const told: unknown[] = [];
    const down = () => Promise.reject(new Error('the ledger is down'));
    const failing = new CaseClient(connected.client, {
      taskQueue: lab.queue,
      receipts: { first: down, closed: down },
      onPortFailure: (error) => told.push(error),
    });
    expect(await failing.act(id, act('ADD', { by: 1 }))).toMatchObject({ outcome: 'changed' });
    expect(await failing.act(id, act('STOP'))).toMatchObject({ outcome: 'changed' });
    await failing.result(id);
    expect(await failing.act(id, act('LOOK'))).toMatchObject({ outcome: 'closed' });
    expect(await failing.view(id)).toMatchObject({ status: 'closed', context: { n: 1 } });
    expect(told.length).toBeGreaterThan(3);
  });
});

describe('when nobody answers', () => {
  it('every call ends with one sentence within its patience: no server', async () => {
    const away = connect({ address: '127.0.0.1:1', namespace: NAMESPACE });
    const patient = new CaseClient(away.client, { taskQueue: lab.queue, patience: 1_000 });
    const start = { id: 'x', actId: 'a', input: { n: 0 }, data: null, stamp: stamp() };
    const errors = await Promise.all([
      thrown(() => patient.act('x', act('LOOK', {}, { id: 'mine' }))),
      thrown(() => patient.view('x')),
      thrown(() => patient.start('tally', start)),
      thrown(() => patient.waitFor('x', 'open', { timeout: 500 })),
      thrown(() => patient.subscribe('x').next()),
    ]);
    await away.close();
    for (const error of errors) {
      expect(error).toBeInstanceOf(Unreachable);
      expect(error.message).toMatch(/^the Temporal server at 127\.0\.0\.1:1 does not answer: [^.\n]+$/);
      expect(error.took).toBeLessThan(1_300);
    }
    expect(errors[0]).toMatchObject({ actId: 'mine', message: expect.stringContaining('same id (mine)') });
  });

  it('every call ends with one sentence within its patience: no worker', async () => {
    const patient = new CaseClient(connected.client, { taskQueue: 'q-nobody', patience: 1_000 });
    const id = lab.id('tally');
    const start = { id, actId: 'a', input: { n: 0 }, data: null, stamp: stamp() };
    const errors = [
      await thrown(() => patient.start('tally', start)),
      ...(await Promise.all(Array.from({ length: 12 }, () => thrown(() => patient.act(id, act('LOOK')))))),
    ];
    await connected.client.workflow.getHandle(id).terminate();
    for (const error of errors) {
      expect(error).toBeInstanceOf(Unreachable);
      expect(error.message).toMatch(/^no worker polls the task queue 'q-nobody': [^\n]+same id/);
      expect(error.took).toBeLessThan(1_400);
    }
  });

  it('a case whose task keeps failing is told from a worker that is away', async () => {
    const id = lab.id('tally');
    const patient = new CaseClient(connected.client, { taskQueue: lab.queue, patience: 2_500 });
    const start = { id, actId: 'a', input: null, data: null, stamp: stamp() };
    const error = await thrown(() => patient.start('no-such-procedure', start));
    await connected.client.workflow.getHandle(id).terminate();
    expect(error).toBeInstanceOf(Unreachable);
    expect(error.message).toMatch(
      /^the case '\S+' is stuck, its workflow task has failed or timed out \d+ times in a row: [^\n]+same id$/,
    );
  });

  it('acts sent meanwhile are done once when the worker is back', async () => {
    const id = await opened();
    await lab.stop();
    const receipts = Promise.all(Array.from({ length: 12 }, () => client.act(id, act('ADD', { by: 1 }))));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await lab.start();
    expect((await receipts).every(({ outcome }) => outcome === 'changed')).toBe(true);
    expect((await tallies.view(id)).context.n).toBe(12);
  }, 30_000);
});

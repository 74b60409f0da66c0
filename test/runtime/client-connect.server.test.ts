import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import { CaseClient, casesOf, connect, dataConverterOf } from '../../workflows/runtime/client';
import { Lab, NAMESPACE } from '../support/lab';
import type { tallyDefinition } from './client-machines';

/** AES-256-GCM, as a city would plug it in. */
class Sealing implements PayloadCodec {
  constructor(private readonly key: Buffer) {}

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map(({ metadata, data }) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', this.key, iv);
      const inside = JSON.stringify({
        metadata: Object.fromEntries(
          Object.entries(metadata ?? {}).map(([k, v]) => [k, Buffer.from(v).toString('hex')]),
        ),
        data: Buffer.from(data ?? []).toString('hex'),
      });
      const sealed = Buffer.concat([iv, cipher.update(inside, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return { metadata: { encoding: Buffer.from('binary/sealed') }, data: sealed };
    });
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => {
      if (Buffer.from(payload.metadata?.encoding ?? []).toString() !== 'binary/sealed') return payload;
      const sealed = Buffer.from(payload.data!);
      const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(-16));
      const inside = JSON.parse(
        Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString(),
      );
      const metadata = Object.entries(inside.metadata as Record<string, string>);
      return {
        metadata: Object.fromEntries(metadata.map(([k, v]) => [k, Buffer.from(v, 'hex')])),
        data: Buffer.from(inside.data, 'hex'),
      };
    });
  }
}

const address = () => process.env.ZHENGLING_TEST_TEMPORAL!;
let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open(require.resolve('./client-workflows'));
}, 60_000);

afterAll(() => lab?.close());

describe('connect()', () => {
  it('passes every payload of client, worker and replay through the codecs, and refusals back', async () => {
    const codecs = [new Sealing(randomBytes(32))];
    const connected = connect({ address: address(), namespace: NAMESPACE, codecs, identity: 'the counter' });
    const connection = await NativeConnection.connect(connected.native);
    const worker = await Worker.create({
      connection,
      namespace: NAMESPACE,
      taskQueue: lab.queue,
      workflowBundle: lab.code,
      dataConverter: connected.dataConverter,
      activities: { flushRecord: lab.notebook.flushRecord },
    });
    const running = worker.run();
    try {
      const id = lab.id('tally');
      const tallies = casesOf<typeof tallyDefinition>(
        new CaseClient(connected.client, { taskQueue: lab.queue }),
        'tally',
      );
      const secret = 'eyes-only';
      await tallies.start({ id, input: { n: 1, note: secret }, historyLimit: 12 }, { summary: `about ${secret}` });
      expect(await tallies.act(id, 'ADD', { by: 0, note: secret })).toMatchObject({
        outcome: 'rule',
        refusal: { code: 'NOT_POSITIVE', state: ['open.working'] },
      });
      expect(await tallies.act(id, 'ADD', { by: 2, note: secret })).toMatchObject({ outcome: 'changed' });
      for (let n = 0; n < 3; n++) await tallies.act(id, 'ADD', { by: 1, note: secret });
      expect((await tallies.view(id)).context).toEqual({ n: 6 });
      expect((await tallies.start({ id, input: { n: 2 } })).refused).toMatchObject({ outcome: 'duplicate' });
      await tallies.act(id, 'STOP');
      expect(await tallies.result(id)).toMatchObject({ output: { n: 6 } });

      const histories = [];
      for (let runId: string | undefined, more = true; more; ) {
        const handle = connected.client.workflow.getHandle(id, runId);
        const history = await handle.fetchHistory();
        histories.push(history);
        runId = history.events![0]!.workflowExecutionStartedEventAttributes!.continuedExecutionRunId || undefined;
        more = runId !== undefined;
      }
      expect(histories.length).toBeGreaterThan(1);
      for (const history of histories) {
        expect(Buffer.from(JSON.stringify(history)).toString()).not.toContain('eyes-only');
        expect(clearTextOf(history)).not.toContain('eyes-only');
        await Worker.runReplayHistory(
          { workflowBundle: lab.code, dataConverter: dataConverterOf({ codecs }) },
          history,
          id,
        );
      }
      expect(histories.at(-1)!.events![0]!.workflowExecutionStartedEventAttributes!.identity).toBe('the counter');
    } finally {
      worker.shutdown();
      await running;
      await connection.close();
      await connected.close();
    }
  }, 30_000);

  it('asks for no server before the first call, and closes without one', async () => {
    const before = Date.now();
    const away = connect({ address: '127.0.0.1:1', namespace: NAMESPACE });
    expect(away.native).toEqual({ address: '127.0.0.1:1' });
    expect(away.dataConverter).toEqual({});
    await away.close();
    expect(Date.now() - before).toBeLessThan(500);
  });

  it('closed in the middle of a retry throws nowhere', async () => {
    const away = connect({ address: '127.0.0.1:1', namespace: NAMESPACE });
    const patient = new CaseClient(away.client, { taskQueue: 'q', patience: 400 });
    await expect(patient.view('x')).rejects.toThrow('the Temporal server at 127.0.0.1:1 does not answer');
    await away.close();
    // A retry after closing would end this process with an uncaught error.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
  });
});

/** Every byte field of a history as text. */
function clearTextOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value === null || typeof value !== 'object') return '';
  return Object.values(value).map(clearTextOf).join('\n');
}

/** Where attachments are kept: a folder, and a real S3-compatible server where one is installed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { type AttachmentStore, attachmentStore, NotStored, StorageUnavailable, sha256 } from '../../client/attachments';
import { freePorts } from '../../worker/temporal/ports';
import { describeLane } from '../support/describe-lane';
import { laneAt } from '../support/lanes';
import { eventually } from '../support/processes';

const bytes = Buffer.from('会议材料');
const hash = sha256(bytes);

/** What holds wherever they are kept. */
function keeps(store: () => AttachmentStore): void {
  test('is ready, keeps a content and gives it back', async () => {
    await store().ready();
    await store().keep(hash, bytes);
    await store().keep(hash, bytes);
    expect(Buffer.from((await store().read(hash))!)).toEqual(bytes);
  });

  test('has nothing under a hash nobody sent', async () => {
    expect(await store().read('0'.repeat(64))).toBeUndefined();
  });

  test('keeps what is large', async () => {
    const large = Buffer.alloc(3_000_000, 7);
    await store().keep(sha256(large), large);
    expect((await store().read(sha256(large)))!.length).toBe(large.length);
  });
}

describe('in the data directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengling-attachments-'));
  const store = attachmentStore(folder);
  const path = join(folder, 'attachments', hash.slice(0, 2), hash);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  keeps(() => store);

  test('is read by its owner only, and no half file is left', () => {
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readdirSync(join(path, '..'))).toEqual([hash]);
  });

  test('does not give out what has been changed', async () => {
    const kept = readFileSync(path);
    writeFileSync(path, 'something else');
    await expect(store.read(hash)).rejects.toThrow(NotStored);
    writeFileSync(path, kept);
  });

  test('says so where nothing can be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    const nowhere = attachmentStore(file);
    await expect(nowhere.keep(hash, bytes)).rejects.toThrow(StorageUnavailable);
    await expect(nowhere.ready()).rejects.toThrow(StorageUnavailable);
  });

  test.each(['../../etc/passwd', `${'a'.repeat(63)}/`, ''])('takes no path for a hash: %s', async (name) => {
    await expect(store.read(name)).rejects.toThrow('kept by its SHA-256');
  });
});

const keys = { accessKeyId: { env: 'TEST_S3_ID' }, secretAccessKey: { env: 'TEST_S3_SECRET' } };
const env = { TEST_S3_ID: 'test-key', TEST_S3_SECRET: 'test-secret' };

describeLane('s3 storage')('in an S3-compatible storage', () => {
  let server: ChildProcess;
  let endpoint: string;
  let store: AttachmentStore;

  beforeAll(async () => {
    const [port] = await freePorts(1);
    endpoint = `http://127.0.0.1:${port}`;
    server = spawn(laneAt('s3 storage')!, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const client = new AwsClient({
      accessKeyId: env.TEST_S3_ID,
      secretAccessKey: env.TEST_S3_SECRET,
      region: 'us-east-1',
      service: 's3',
      retries: 0,
    });
    await eventually(async () => {
      expect((await client.fetch(`${endpoint}/attachments`, { method: 'PUT' })).ok).toBe(true);
    }, 30_000);
    store = attachmentStore('/nowhere', { s3: { endpoint, bucket: 'attachments', ...keys } }, env);
  }, 40_000);
  afterAll(() => server?.kill());

  keeps(() => store);

  test('says so where the bucket is not there', async () => {
    const other = attachmentStore('/nowhere', { s3: { endpoint, bucket: 'no-such-bucket', ...keys } }, env);
    await expect(other.ready()).rejects.toThrow('answered 404 about its bucket');
    await expect(other.keep(hash, bytes)).rejects.toThrow(StorageUnavailable);
  });

  test('does not give out what has been changed', async () => {
    const client = new AwsClient({
      accessKeyId: env.TEST_S3_ID,
      secretAccessKey: env.TEST_S3_SECRET,
      region: 'us-east-1',
      service: 's3',
    });
    await client.fetch(`${endpoint}/attachments/${hash}`, { method: 'PUT', body: 'something else' });
    await expect(store.read(hash)).rejects.toThrow(NotStored);
  });
});

describe('an S3-compatible storage that is not there', () => {
  test('is unavailable, in one sentence', async () => {
    const endpoint = `http://127.0.0.1:${(await freePorts(1))[0]}`;
    const store = attachmentStore('/nowhere', { s3: { endpoint, bucket: 'attachments', ...keys } }, env);
    await expect(store.keep(hash, bytes)).rejects.toThrow(/cannot be used \(ECONNREFUSED\)/);
  });

  test('without its keys nothing is opened', () => {
    expect(() =>
      attachmentStore('/nowhere', { s3: { endpoint: 'http://127.0.0.1:1', bucket: 'attachments', ...keys } }, {}),
    ).toThrow('TEST_S3_ID, which is not set');
  });
});

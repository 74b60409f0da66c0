/** Where attachments are kept: below the data directory, or in an S3-compatible storage. By hash, so never twice. */
import { createHash, randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import type { AttachmentsConfig } from './config';

/** The storage does not answer, or is full. Nothing is kept; it may be tried again. */
export class StorageUnavailable extends Error {}

/** What is kept under a hash is not what it was. */
export class NotStored extends Error {}

export interface AttachmentStore {
  /** Kept for good once it returns. @throws StorageUnavailable */
  keep(hash: string, bytes: Uint8Array): Promise<void>;
  /** Undefined where there is none. @throws StorageUnavailable, NotStored where it is damaged */
  read(hash: string): Promise<Uint8Array | undefined>;
  /** @throws StorageUnavailable if nothing can be kept now */
  ready(): Promise<void>;
}

/** @throws Error naming the environment variable that is missing: a fault of the installation */
export function attachmentStore(
  dataDir: string,
  config: AttachmentsConfig = {},
  env: NodeJS.ProcessEnv = process.env,
): AttachmentStore {
  return config.s3 ? new ObjectStore(config.s3, env) : new FolderStore(join(dataDir, 'attachments'));
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

class FolderStore implements AttachmentStore {
  constructor(private readonly folder: string) {}

  async keep(hash: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(hash);
    const under = `${path}.${randomUUID()}.part`;
    try {
      await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
      const file = await open(under, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(under, path);
    } catch (error) {
      await rm(under, { force: true }).catch(() => {});
      throw unavailable(error);
    }
  }

  async read(hash: string): Promise<Uint8Array | undefined> {
    try {
      return whole(hash, await readFile(this.#path(hash)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error instanceof NotStored ? error : unavailable(error);
    }
  }

  async ready(): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await access(this.folder, constants.W_OK);
    } catch (error) {
      throw unavailable(error);
    }
  }

  #path(hash: string): string {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('an attachment is kept by its SHA-256');
    return join(this.folder, hash.slice(0, 2), hash);
  }
}

const ANSWER_WITHIN_MS = 30_000;

class ObjectStore implements AttachmentStore {
  readonly #client: AwsClient;
  readonly #address: string;

  constructor(
    { endpoint, bucket, region = 'us-east-1', accessKeyId, secretAccessKey }: NonNullable<AttachmentsConfig['s3']>,
    env: NodeJS.ProcessEnv,
  ) {
    this.#address = `${endpoint.replace(/\/$/, '')}/${bucket}`;
    this.#client = new AwsClient({
      accessKeyId: variable(env, accessKeyId.env),
      secretAccessKey: variable(env, secretAccessKey.env),
      region,
      service: 's3',
      retries: 2,
    });
  }

  async keep(hash: string, bytes: Uint8Array): Promise<void> {
    const answer = await this.#ask(`/${hash}`, {
      method: 'PUT',
      body: bytes as Uint8Array<ArrayBuffer>,
      headers: { 'content-length': String(bytes.length), 'x-amz-content-sha256': hash },
    });
    if (!answer.ok) throw new StorageUnavailable(`the storage answered ${answer.status} to a new attachment`);
  }

  async read(hash: string): Promise<Uint8Array | undefined> {
    const answer = await this.#ask(`/${hash}`, { method: 'GET' });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new StorageUnavailable(`the storage answered ${answer.status}`);
    return whole(hash, new Uint8Array(await answer.arrayBuffer()));
  }

  async ready(): Promise<void> {
    const answer = await this.#ask('', { method: 'HEAD' });
    if (!answer.ok) throw new StorageUnavailable(`the storage answered ${answer.status} about its bucket`);
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#client.fetch(this.#address + path, {
        ...init,
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
    } catch (error) {
      throw unavailable(error);
    }
  }
}

function whole(hash: string, bytes: Uint8Array): Uint8Array {
  if (sha256(bytes) === hash) return bytes;
  throw new NotStored(`what is kept as ${hash} is another content now: restore it`);
}

function variable(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`attachments.s3 names the environment variable ${name}, which is not set`);
  return value;
}

function unavailable(error: unknown): StorageUnavailable {
  const { code, message, cause } = error as NodeJS.ErrnoException & { cause?: { code?: string } };
  return new StorageUnavailable(`the storage of attachments cannot be used (${code ?? cause?.code ?? message})`, {
    cause: error,
  });
}

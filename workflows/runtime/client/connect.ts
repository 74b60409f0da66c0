import {
  Client,
  Connection,
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import { sleep } from './reach';

export interface Access {
  /** `host:port` of the Temporal server's frontend. */
  address: string;
  namespace: string;
  /** `true`, or certificates: `clientCertPair` for mutual TLS, `serverRootCACertificate` for a private authority. */
  tls?: NonNullable<ConnectionOptions['tls']>;
  /** Sent as a bearer token. */
  apiKey?: string;
  /**
   * What payloads pass on their way to the server, in this order, and back in the other: compression, encryption. Given
   * to every client, worker and replay of a namespace alike, or some of them cannot read what the others wrote. Encoded
   * are inputs, receipts, envelopes, memos, summaries and current details; clear stay workflow ids, types, search
   * attributes and the codes of refusals.
   */
  codecs?: readonly PayloadCodec[];
  /** How this process is named in histories; process id and host unless told. */
  identity?: string;
}

export interface Connected {
  readonly access: Access;
  /** Connects with its first call and again after every outage. */
  readonly client: Client;
  /** For `Worker.create`, `Worker.runReplayHistory` and whatever else reads or writes payloads of this namespace. */
  readonly dataConverter: DataConverter;
  /** For `NativeConnection.connect`: the same server with the same credentials. */
  readonly native: NativeAccess;
  close(): Promise<void>;
}

export interface NativeAccess {
  address: string;
  tls?: NonNullable<ConnectionOptions['tls']>;
  apiKey?: string;
}

/**
 * The one place where a connection to Temporal is made, for clients, workers, command line and replay. Nothing is sent
 * before the first call, so that a process may start before its server: a call that finds none is answered by
 * `Unreachable` when its patience ends.
 *
 * ```ts
 * const { client, dataConverter, native } = connect({ address, namespace, codecs });
 * const cases = new CaseClient(client, { taskQueue });
 * const worker = await Worker.create({ connection: await NativeConnection.connect(native), namespace, dataConverter, … });
 * await Worker.runReplayHistory({ workflowBundle, dataConverter }, history);
 * ```
 */
export function connect(access: Access): Connected {
  const { address, namespace, tls, apiKey, identity } = access;
  const native: NativeAccess = { address, ...(tls && { tls }), ...(apiKey !== undefined && { apiKey }) };
  const retries = new Retries();
  const connection = Connection.lazy({ ...native, interceptors: [retries.interceptor] });
  const dataConverter = dataConverterOf(access);
  const client = new Client({ connection, namespace, dataConverter, ...(identity !== undefined && { identity }) });
  const close = async (): Promise<void> => {
    await retries.end();
    await connection.close();
  };
  return { access, client, dataConverter, native, close };
}

/** What {@link connect} gives as `dataConverter`, for replaying kept histories where there is no server. */
export function dataConverterOf({ codecs = [] }: Pick<Access, 'codecs'>): DataConverter {
  return codecs.length > 0 ? { payloadCodecs: [...codecs] } : {};
}

const LONGEST_RETRY_MS = 1_000;
const RESOURCE_EXHAUSTED = 8;
const UPDATE = '/UpdateWorkflowExecution';

type Interceptor = ReturnType<typeof makeGrpcRetryInterceptor>;
type Status = Parameters<Parameters<typeof makeGrpcRetryInterceptor>[0]['retryableDecider']>[1];

const sdk = defaultGrpcRetryOptions();

/**
 * The SDK's retries of passing errors, with two differences. An update turned away because its case has ten under way is
 * not sent again from here: every update beyond the limit makes the server drop the workflow task that would have made
 * room, so that only sending fewer helps, which is CaseClient's part. And a retry that is due after the connection was
 * closed throws where nobody can catch it, so closing waits for the last of them.
 */
class Retries {
  #closing = false;
  #lastDue = 0;
  readonly #ordinary = this.#unless(() => false);
  readonly #ofUpdates = this.#unless(({ code }) => code === RESOURCE_EXHAUSTED);

  readonly interceptor: Interceptor = (options, next) => {
    const retry = options.method_definition.path.endsWith(UPDATE) ? this.#ofUpdates : this.#ordinary;
    return retry(options, next);
  };

  async end(): Promise<void> {
    this.#closing = true;
    const rest = this.#lastDue - Date.now();
    if (rest >= 0) await sleep(rest + 5);
  }

  #unless(final: (status: Status) => boolean): Interceptor {
    return makeGrpcRetryInterceptor({
      delayFunction: (attempt, status) => {
        const delay = Math.min(sdk.delayFunction(attempt, status), LONGEST_RETRY_MS);
        this.#lastDue = Math.max(this.#lastDue, Date.now() + delay);
        return delay;
      },
      retryableDecider: (attempt, status) => !this.#closing && !final(status) && sdk.retryableDecider(attempt, status),
    });
  }
}

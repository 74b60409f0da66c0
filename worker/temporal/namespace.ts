import { randomUUID } from 'node:crypto';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  NamespaceNotFoundError,
  type SearchAttributePair,
  SearchAttributeType,
} from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { reason, TemporalError } from './errors';
import { delay } from './process';

const IndexedValueType = temporal.api.enums.v1.IndexedValueType;

/** gRPC status codes that are answers rather than failures. */
const grpc = { invalidArgument: 3, notFound: 5, alreadyExists: 6, failedPrecondition: 9, unavailable: 14 } as const;

const types = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
} as const;

export type SearchAttributeTypeName = keyof typeof types;

export interface NamespaceOptions {
  /** host:port of the server. */
  address: string;
  namespace: string;
  /** How long closed cases stay readable in Temporal. */
  retentionDays: number;
  searchAttributes: Record<string, SearchAttributeTypeName>;
  /** Milliseconds to wait for the namespace and its attributes to become usable. Default 60 000. */
  limit?: number;
}

/**
 * Registers the namespace and its search attributes, or brings an existing namespace to this retention and adds what is
 * missing; calling it again changes nothing. Returns when a case can be started with all attributes and every service
 * of the server knows them. Throws {@link TemporalError}: server does not answer, an attribute is registered with
 * another type, the server refuses one.
 */
export async function ensureNamespace(options: NamespaceOptions): Promise<void> {
  const connection = await connect(options.address);
  try {
    const deadline = Date.now() + (options.limit ?? 60_000);
    await ensureRegistered(connection, options, deadline);
    if (await addMissingAttributes(connection, options, deadline)) await untilUsable(connection, options, deadline);
  } finally {
    await connection.close();
  }
}

/** Connects within 10 s. Throws {@link TemporalError} if no Temporal server answers there. */
export async function connect(address: string): Promise<Connection> {
  try {
    return await Connection.connect({ address, connectTimeout: 10_000 });
  } catch (error) {
    throw new TemporalError(
      `No Temporal server answers at ${address} within 10 s (${reason(error)}): start it, or correct the address.`,
    );
  }
}

async function ensureRegistered(connection: Connection, options: NamespaceOptions, deadline: number): Promise<void> {
  const { namespace } = options;
  const retention = msToTs(options.retentionDays * 86_400_000);
  const described = await whenUp(`namespace "${namespace}"`, deadline, () => describe(connection, namespace));
  if (described === undefined) {
    await whenUp(`namespace "${namespace}"`, deadline, async () => {
      try {
        await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention });
      } catch (error) {
        // Another process was faster: as good as done.
        if (code(error) !== grpc.alreadyExists) throw error;
      }
    });
  } else if (String(described.config?.workflowExecutionRetentionTtl?.seconds) !== String(retention.seconds)) {
    const config = { workflowExecutionRetentionTtl: retention };
    await whenUp(`namespace "${namespace}"`, deadline, () =>
      connection.workflowService.updateNamespace({ namespace, config }),
    );
  }
}

async function describe(connection: Connection, namespace: string) {
  try {
    return await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (code(error) === grpc.notFound) return undefined;
    throw error;
  }
}

/** Registers the attributes that are not there yet; true if there were any. */
async function addMissingAttributes(connection: Connection, options: NamespaceOptions, deadline: number) {
  const { namespace, searchAttributes } = options;
  const what = `search attributes of namespace "${namespace}"`;
  const list = () => connection.operatorService.listSearchAttributes({ namespace });
  const registered = (await whenUp(what, deadline, list)).customAttributes;
  const missing = Object.entries(searchAttributes).filter(([name]) => registered[name] === undefined);
  requireSameTypes(options, registered);
  if (missing.length === 0) return false;
  await whenUp(what, deadline, () =>
    connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, types[type]])),
    }),
  );
  // The server ignores an attribute that another process registered in between, whatever its type.
  requireSameTypes(options, (await whenUp(what, deadline, list)).customAttributes);
  return true;
}

function requireSameTypes(options: NamespaceOptions, registered: Record<string, number>): void {
  for (const [name, type] of Object.entries(options.searchAttributes)) {
    const actual = registered[name];
    if (actual === undefined || actual === types[type]) continue;
    const actualName = Object.keys(types).find((key) => types[key as SearchAttributeTypeName] === actual) ?? 'unknown';
    throw new TemporalError(
      `Search attribute ${name} of namespace "${options.namespace}" is registered as ${actualName} where ${type} is needed: remove it with \`temporal operator search-attribute remove --namespace ${options.namespace} --name ${name}\`, or use another namespace.`,
    );
  }
}

/**
 * Every service of the server keeps its own copy of the attributes and refreshes it at its own time. A case that sets
 * one before the history service knows it fails its task and is tried again only after 10 s. So a probe, which no
 * worker serves, is started with a value for each: starting it proves the frontend knows them, and reading its history
 * proves the history service does, which leaves out what it does not know.
 */
async function untilUsable(connection: Connection, options: NamespaceOptions, deadline: number): Promise<void> {
  const { namespace } = options;
  const what = `search attributes of namespace "${namespace}"`;
  const client = new Client({ connection, namespace });
  const workflowId = `readiness-${randomUUID()}`;
  const names = Object.keys(options.searchAttributes);
  await poll(what, deadline, async () => {
    try {
      await client.workflow.start('readiness', {
        workflowId,
        taskQueue: 'readiness',
        typedSearchAttributes: Object.entries(options.searchAttributes).map(([name, type]) => probeValue(name, type)),
        workflowExecutionTimeout: '1 minute',
      });
      return true;
    } catch (error) {
      if (isUnknownYet(error)) return false;
      throw error;
    }
  });
  const handle = client.workflow.getHandle(workflowId);
  await poll(what, deadline, async () => {
    const history = await handle.fetchHistory();
    const seen = history.events?.[0]?.workflowExecutionStartedEventAttributes?.searchAttributes?.indexedFields ?? {};
    return names.every((name) => name in seen);
  });
  await connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
}

function probeValue(name: string, type: SearchAttributeTypeName): SearchAttributePair {
  switch (type) {
    case 'Keyword':
      return { key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD), value: 'probe' };
    case 'KeywordList':
      return { key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD_LIST), value: ['probe'] };
    case 'Datetime':
      return { key: defineSearchAttributeKey(name, SearchAttributeType.DATETIME), value: new Date(0) };
    case 'Bool':
      return { key: defineSearchAttributeKey(name, SearchAttributeType.BOOL), value: false };
    case 'Int':
      return { key: defineSearchAttributeKey(name, SearchAttributeType.INT), value: 0 };
    case 'Double':
      return { key: defineSearchAttributeKey(name, SearchAttributeType.DOUBLE), value: 0.5 };
    case 'Text':
      return { key: defineSearchAttributeKey(name, SearchAttributeType.TEXT), value: 'probe' };
  }
}

/** A server that has only just opened its port may not answer every call yet: those that say so are tried again. */
async function whenUp<T>(what: string, deadline: number, call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isTransient(error) || Date.now() >= deadline) throw refused(what, error);
      await delay(50);
    }
  }
}

async function poll(what: string, deadline: number, attempt: () => Promise<boolean>): Promise<void> {
  while (!(await whenUp(what, deadline, attempt))) {
    if (Date.now() >= deadline)
      throw new TemporalError(`The ${what} did not become usable in time: look at the server's log.`);
    await delay(50);
  }
}

function refused(what: string, error: unknown): unknown {
  const cause = serviceError(error);
  return cause === undefined
    ? error
    : new TemporalError(`The server did not accept the ${what}: ${reason(cause.details)}.`);
}

/** The namespace or an attribute is registered but this service has not read it yet. */
function isUnknownYet(error: unknown): boolean {
  if (error instanceof NamespaceNotFoundError) return true;
  const status = code(error);
  return status === grpc.invalidArgument || status === grpc.notFound || status === grpc.failedPrecondition;
}

/** Not up yet, or the namespace that was just registered is not known there yet. */
function isTransient(error: unknown): boolean {
  const status = code(error);
  return status === grpc.unavailable || status === grpc.notFound;
}

function code(error: unknown): number | undefined {
  return serviceError(error)?.code;
}

/** The gRPC error itself, or the one the client library wrapped. */
function serviceError(error: unknown) {
  if (isGrpcServiceError(error)) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) ? cause : undefined;
}

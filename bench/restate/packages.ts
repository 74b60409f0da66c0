/**
 * The Restate packages as far as we use them, loaded from the folder they are installed in. They are no dependencies of
 * the project, so their types are written here.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AnyStateMachine } from 'xstate';

/** What a handler, and with it every action of a machine, reaches Restate by. */
export interface HandlerContext {
  key: string;
  /** One-way: written to the journal, delivered for certain, not waited for. */
  serviceSendClient(service: { name: string }): Record<string, (message: object) => void>;
}

export interface Snapshot {
  status: 'active' | 'done' | 'error' | 'stopped';
  value: string;
  context: { note: number };
}

/** `send` answers nothing to a delayed event that was cancelled before it came. */
export type SendHandler = (context: HandlerContext, request?: object) => Promise<Snapshot | undefined>;

interface Definition {
  name: string;
}

interface ObjectDefinition extends Definition {
  object: { send: SendHandler; [handler: string]: (...request: never[]) => Promise<unknown> };
}

export interface Sdk {
  object(definition: { name: string; handlers: ObjectDefinition['object'] }): ObjectDefinition;
  service(definition: {
    name: string;
    handlers: Record<string, (context: HandlerContext, message: never) => Promise<void>>;
  }): Definition;
  createEndpointHandler(options: { services: Definition[] }): (request: unknown, response: unknown) => void;
}

export interface Ingress {
  objectClient(definition: Definition, key: string): { [Handler in 'create' | 'send' | 'snapshot']: Call };
}

type Call = (request?: object, options?: unknown) => Promise<Snapshot>;

export interface Clients {
  connect(options: { url: string }): Ingress;
  Opts: { from(options: { idempotencyKey: string }): unknown };
}

/** For the client: nothing of it runs handlers. */
export const loadClients = (directory: string): Clients => requireIn(directory)('@restatedev/restate-sdk-clients');

/** For the process of the handlers. */
export function loadHandlers(directory: string): {
  sdk: Sdk;
  objectOf: (name: string, machine: AnyStateMachine) => ObjectDefinition;
} {
  supplyPromiseWithResolvers();
  const require = requireIn(directory);
  shareXstate(require);
  const sdk: Sdk = require('@restatedev/restate-sdk');
  const { xstate } = require('@restatedev/xstate');
  return { sdk, objectOf: xstate };
}

const requireIn = (directory: string): NodeJS.Require => createRequire(join(directory, 'package.json'));

/** The machine is made with our copy of XState; it is to be run by the same one. */
function shareXstate(theirs: NodeJS.Require): void {
  require('xstate');
  theirs.cache[theirs.resolve('xstate')] = require.cache[require.resolve('xstate')];
}

/** The SDK asks for it, and Node has it from 22 on. */
function supplyPromiseWithResolvers(): void {
  const promises = Promise as { withResolvers?: unknown };
  promises.withResolvers ??= <T>() => {
    let resolve!: (value: T) => void;
    let reject!: (reason: unknown) => void;
    const promise = new Promise<T>((done, failed) => {
      resolve = done;
      reject = failed;
    });
    return { promise, resolve, reject };
  };
}

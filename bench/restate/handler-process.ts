/** The handlers in a process of their own: what a worker is to Temporal. */
import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { DESK, onRestate, PROCEDURE } from '../cases/restate';
import { type Answers, runForked } from '../forked';
import { loadHandlers, type SendHandler } from './packages';

export interface HandlerOrder {
  /** Where the packages are installed. */
  packages: string;
}

async function serve({ packages }: HandlerOrder): Promise<Answers> {
  const { sdk, objectOf } = loadHandlers(packages);
  const ends = new Map<string, number>();
  const { object } = objectOf(PROCEDURE, onRestate);
  const services = [
    sdk.object({ name: PROCEDURE, handlers: { ...object, send: noting(object.send, ends) } }),
    sdk.service({ name: DESK, handlers: { notify: async () => {} } }),
  ];
  const server = createServer(sdk.createEndpointHandler({ services }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: async () => (server.address() as AddressInfo).port,
    ended: async () => ends.size,
    ends: async () => [...ends],
    stop: async () => {
      server.close();
    },
  };
}

/** The handler with a note beside it of when cases came to their end: their own steps say so nowhere outside. */
function noting(send: SendHandler, ends: Map<string, number>): SendHandler {
  return async (context, request) => {
    const snapshot = await send(context, request);
    if (snapshot?.status === 'done') ends.set(context.key, Date.now());
    return snapshot;
  };
}

runForked(serve);

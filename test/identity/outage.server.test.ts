/** Our downtime makes nothing late: what an entrance received while it could not reach the server counts from then. */
import { createServer, type Server, Socket } from 'node:net';
import { type Ledger, openLedger } from '../../activities/ledger';
import { City } from '../../client/city';
import type { Caller } from '../../client/identity';
import { ledgerFile, openSite, type Site } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { dateOf, plusDays } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import { type Connected, connect, Unreachable } from '../../workflows/runtime/client';
import { assignment, Installations, matter } from '../support/installation';
import { eventually, pause } from '../support/processes';

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const installations = new Installations();
const payload = { text: 'T-1', percent: 40 };
/** Entrances are allowed to overtake each other by so much, and no more. */
const OVERTAKING_MS = 30_000;

/** The way to the server, which can be cut. */
class Way {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  constructor() {
    const [host, port] = address.split(':') as [string, string];
    this.#server = createServer((near) => {
      if (this.#isCut) return near.destroy();
      const far = new Socket().connect(Number(port), host);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => other.destroy()).on('close', () => other.destroy());
        one.pipe(other);
      }
      return undefined;
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  cut(isCut: boolean): void {
    this.#isCut = isCut;
    if (isCut) for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut(true);
    await new Promise((done) => this.#server.close(done));
  }
}

const way = new Way();
let site: Site;
let house: House;
let connected: Connected;
let ledger: Ledger;
let gateway: City;

beforeAll(async () => {
  const opened = openSite(installations.site('demo'), 'demo');
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  site = { ...opened.ok, namespace: 'outage' };
  house = await openHouse({ site, address, log: openLog('silent'), entrance: 'house' });
  connected = connect({ address: await way.open(), namespace: site.namespace });
  ledger = await openLedger({ file: ledgerFile(site) });
  gateway = new City({ site, temporal: connected.client, ledger, entrance: 'gateway', procedures });
}, 90_000);

afterAll(async () => {
  await house?.stop();
  await connected?.close();
  await way.close();
  await ledger?.close();
  await installations.close();
});

const caller: Caller = {
  kind: 'person',
  person: 'assumed-d10-desk',
  seats: ['D10-desk'],
  entrance: 'gateway',
  proof: 'token',
};

const report = (id: string, act: string) => gateway.act(procedure, id, 'PROGRESS', { caller, id: act, payload });

async function assigned(): Promise<string> {
  const { case: id, said } = await gateway.start(procedure, { seat: 'X2-desk', payload: matter() });
  if (id === undefined) throw new Error(said?.sentence);
  const due = plusDays(dateOf(Date.now()), 30);
  await gateway.act(procedure, id, 'ASSIGN', { seat: 'X2-desk', payload: assignment(due) });
  return id;
}

const receivedAt = async (id: string, act: string) => {
  const found = (await ledger.record(id)).find(({ entry }) => entry.trigger.id === act);
  return Date.parse(found!.entry.receivedAt);
};

test('an act sent again after an outage counts from when it was first received; a later one overtaking it, from now', async () => {
  const [quiet, overtaken] = [await assigned(), await assigned()];
  way.cut(true);
  const down = Date.now();
  await Promise.all([quiet, overtaken].map((id) => expect(report(id, 'first')).rejects.toThrow(Unreachable)));
  const failed = Date.now();
  await pause(Math.max(0, down + OVERTAKING_MS + 2_000 - Date.now()));
  way.cut(false);

  // The connection comes back when gRPC tries it next.
  expect(await eventually(() => report(quiet, 'first'), 60_000)).toMatchObject({ outcome: 'changed' });
  expect(await receivedAt(quiet, 'first')).toBeGreaterThanOrEqual(down);
  expect(await receivedAt(quiet, 'first')).toBeLessThan(failed - 5_000);

  expect(await report(overtaken, 'second')).toMatchObject({ outcome: 'changed' });
  const again = Date.now();
  expect(await report(overtaken, 'first')).toMatchObject({ outcome: 'changed' });
  expect(await receivedAt(overtaken, 'first')).toBeGreaterThanOrEqual(again);
}, 120_000);

/** `zhengling gateway`: the HTTP gateway of an installation, beside its worker or on a machine of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openLedger } from '../activities/ledger';
import { City } from '../client/city';
import { RUN_FILE, type Running } from '../client/cli/desk';
import { type Gateway, openGateway, PORT } from '../client/gateway';
import { openIdentity } from '../client/identity';
import { CONFIG_FILE, kindOf, ledgerPlace, type Site } from '../client/site';
import { procedures } from '../workflows/procedures';
import { connect } from '../workflows/runtime/client';
import { siteAlarm } from './delivery';
import { watchDirectory } from './directory-watch';
import { CannotStart } from './errors';
import type { House } from './house';
import type { Log } from './logging';
import { requireFreePort } from './temporal';
import { siteOf, untilStopped } from './up';

export const GATEWAY_PORT = 'ZHENGLING_GATEWAY_PORT';
/** The name of this entrance in stamps and readings. */
export const ENTRANCE = 'gateway';

/** Tells the duty room, by the gateway's own channel. */
export type Alarm = (sentence: string) => Promise<void>;

export interface ServeOptions {
  log: Log;
  alarm?: Alarm;
}

/**
 * Opens the gateway of a running house, as `up` and the demo do.
 *
 * @throws TemporalError for a port that is taken
 */
export async function gatewayOf(
  { site, ledger, temporal }: Pick<House, 'site' | 'ledger' | 'temporal'>,
  options: ServeOptions,
): Promise<Gateway> {
  const { log, alarm } = options;
  const port = await gatewayPort(site);
  const city = new City({ site, temporal, ledger, entrance: ENTRANCE, procedures });
  const identify = openIdentity({
    kind: site.kind,
    config: site.config.identity,
    identities: site.identities,
    ledger,
    entrance: ENTRANCE,
  });
  return openGateway({ site, city, ledger, temporal, identify, log, port, ...(alarm ? { alarm } : {}) });
}

/** Where the gateway of a site listens; 0 for any free one. @throws TemporalError where another process does */
export async function gatewayPort({ config }: Pick<Site, 'config'>): Promise<number> {
  const port = config.gateway?.port ?? PORT;
  await requireFreePort({ port, use: 'gateway', setting: GATEWAY_PORT });
  return port;
}

/** A gateway without worker, for an installation whose Temporal server is at an address. */
export async function gatewayAlone(site: Site, address: string, options: ServeOptions): Promise<Gateway> {
  const ledger = await openLedger(ledgerPlace(site));
  const connected = connect({ address, namespace: site.namespace });
  const shut = async (): Promise<void> => {
    await connected.close();
    await ledger.close();
  };
  try {
    const gateway = await gatewayOf({ site, ledger, temporal: connected.client }, options);
    const watch = watchDirectory(site, ENTRANCE, options.log);
    return {
      address: gateway.address,
      async close() {
        watch.stop();
        await gateway.close();
        await shut();
      },
    };
  } catch (error) {
    await shut();
    throw error;
  }
}

/** What `up` and the demo say of it. */
export function gatewaySentence(site: Site, gateway: Gateway): string {
  return `gateway of ${resolve(site.dataDir)}: ${gateway.address}, described at ${gateway.address}/openapi.json`;
}

/** A gateway process by itself; stays until Ctrl-C. */
export async function runGateway(data: string, log: Log): Promise<void> {
  const kind = kindOf(data);
  if (!kind) throw new CannotStart(`${resolve(data)} is not a data directory of zhengling (it has no ${CONFIG_FILE})`);
  const site = siteOf(data, kind);
  const port = runningOn(site)?.sink;
  const alarm = siteAlarm(site, log, port === undefined ? undefined : { host: '127.0.0.1', port });
  try {
    const gateway = await gatewayAlone(site, addressFor(site), { log, alarm: (sentence) => alarm.alarm(sentence) });
    process.stderr.write(`${gatewaySentence(site, gateway)}\n`);
    await untilStopped();
    await gateway.close();
  } finally {
    await alarm.close();
  }
}

/** What `up` or the demo says of itself; undefined where neither runs. */
function runningOn({ dataDir }: Site): Running | undefined {
  const file = join(dataDir, RUN_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Running) : undefined;
}

function addressFor(site: Site): string {
  const told = process.env.TEMPORAL_ADDRESS || site.config.temporal?.address || runningOn(site)?.address;
  if (told) return told;
  const { dataDir } = site;
  throw new CannotStart(
    `nothing runs on ${dataDir}: start it with 'zhengling up --data ${dataDir}', or name a server by TEMPORAL_ADDRESS`,
  );
}

import { resolve } from 'node:path';
import { CONFIG_FILE, kindOf } from '../client/site';
import { CannotStart } from './errors';
import { openHouse } from './house';
import type { Log } from './logging';
import { startOpenings } from './openings';
import { siteOf, untilStopped } from './up';

/** A worker process by itself, for more than one of them or to be stopped and started alone. */
export async function runWorker(data: string, log: Log): Promise<void> {
  const kind = kindOf(data);
  if (!kind) throw new CannotStart(`${resolve(data)} is not a data directory of zhengling (it has no ${CONFIG_FILE})`);
  const site = siteOf(data, kind);
  const address = process.env.TEMPORAL_ADDRESS || site.config.temporal?.address;
  if (!address)
    throw new CannotStart(
      'a worker by itself needs TEMPORAL_ADDRESS (or temporal.address): host and port of the Temporal server',
    );
  const house = await openHouse({ site, address, log, entrance: 'worker' });
  const openings = kind === 'city' ? startOpenings({ ...house, address, log }) : undefined;
  process.stderr.write(`worker of ${resolve(data)} polls ${address}\n`);
  await untilStopped();
  await openings?.stop();
  await house.stop();
}

/** The worker of a whole installation, with delivery and ledger, in a process of its own. */
import { openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { siteOf } from '../../worker/up';
import { type Answers, runForked } from '../forked';

export interface InstallationOrder {
  /** Data directory of a demonstration. */
  data: string;
  /** Of the Temporal server. */
  address: string;
}

async function keepHouse({ data, address }: InstallationOrder): Promise<Answers> {
  const house = await openHouse({ site: siteOf(data, 'demo'), address, log: openLog('error'), entrance: 'up' });
  return {
    salt: async () => house.ledger.salt,
    stop: () => house.stop(),
  };
}

runForked(keepHouse);

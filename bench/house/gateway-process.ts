/** The gateway of an installation in a process of its own, as on a machine of its own. */
import { gatewayAlone } from '../../worker/gateway';
import { openLog } from '../../worker/logging';
import { siteOf } from '../../worker/up';
import { type Answers, runForked } from '../forked';
import type { InstallationOrder } from './house-process';

async function keepGateway({ data, address }: InstallationOrder): Promise<Answers> {
  const gateway = await gatewayAlone(siteOf(data, 'demo'), address, { log: openLog('error') });
  return {
    address: async () => gateway.address,
    stop: () => gateway.close(),
  };
}

runForked(keepGateway);

/** What is wrong with an installation, and what to do. Looks, never changes. */
import type { Desk } from '../desk';
import { channelChecks } from './channels';
import type { Check } from './check';
import { gatewayChecks } from './gateway';
import { ledgerChecks } from './ledger';
import { machineChecks } from './machine';
import { serverChecks } from './server';
import { siteChecks } from './site';

export { whoIsTold } from './channels';
export type { Check } from './check';

export async function examine(desk: Desk): Promise<Check[]> {
  const now = Date.now();
  const ledger = await desk.ledger();
  return [
    ...(await serverChecks(desk)),
    ...(await ledgerChecks(ledger, now)),
    ...siteChecks(desk.site, now),
    ...(await channelChecks(desk.site, ledger, now)),
    ...(await gatewayChecks(desk)),
    ...(await machineChecks(desk.site, ledger, now)),
  ];
}

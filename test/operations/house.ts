/** A running installation of a test's own on the tests' server: its own namespace, its own ledger. */
import { randomUUID } from 'node:crypto';
import { openSite, type Site, type SiteConfig } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { bundleProcedures } from '../../worker/procedure-worker';
import { dateOf, plusDays } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Json } from '../../workflows/runtime/workflow';
import { assignment, type Installations, matter, report } from '../support/installation';

export const seats = ['X1-desk', 'X1-head', 'X2-desk', 'X2-head', 'D10-desk', 'D10-head'];

export function siteOf(installations: Installations, settings: Partial<SiteConfig> = {}): Site {
  const opened = openSite(installations.city(seats, settings), 'city');
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  return { ...opened.ok, namespace: `operations-${randomUUID().slice(0, 8)}` };
}

export async function housed(site: Site): Promise<House> {
  const address = process.env.ZHENGLING_TEST_TEMPORAL!;
  return openHouse({ site, address, log: openLog('silent'), entrance: 'test', code: await bundleProcedures() });
}

/** Matters brought as far as they are asked for. */
export class Matters {
  readonly #due = plusDays(dateOf(Date.now()), 30);

  constructor(private readonly house: () => House) {}

  async registered(title = '测试事项'): Promise<string> {
    const answer = await this.house().city.start(procedure, { seat: 'X2-desk', payload: matter(title) });
    if (answer.case === undefined) throw new Error(answer.said?.sentence);
    return answer.case;
  }

  async assigned(title?: string): Promise<string> {
    const id = await this.registered(title);
    await this.act(id, 'ASSIGN', 'X2-desk', assignment(this.#due));
    return id;
  }

  async closed(title?: string): Promise<string> {
    const id = await this.assigned(title);
    await this.act(id, 'REPORT', 'D10-head', report());
    await this.act(id, 'ACCEPT', 'X2-head', { evidence: ['E-1'] });
    return id;
  }

  async act(id: string, type: string, seat: string, payload: Json): Promise<void> {
    const { refusal, said } = await this.house().city.act(procedure, id, type, { seat, payload });
    if (refusal) throw new Error(`${type}: ${said?.sentence}`);
  }
}

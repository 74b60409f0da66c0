/** A whole installation of the city's procedures, a demonstration, with two ways into one of its cases. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { stringify } from 'yaml';
import { openSigner, type StampSigner, stampFor } from '../../client/authority';
import type { Site } from '../../client/site';
import { siteOf } from '../../worker/up';
import { dateOf, plusDays } from '../../workflows/law';
import { connect } from '../../workflows/runtime/client';
import { type Act, type Json, protocol, type Receipt } from '../../workflows/runtime/workflow';
import { Forked } from '../forked';
import type { InstallationOrder } from './house-process';

const PROCEDURE = 'supervision-item';
/** Who keeps the procedure, and who works on the matter. */
const OFFICE = 'X2-desk';
const WORKING = 'D10-desk';

/** Reports progress: an act that changes neither state nor deadline, so that a case takes any number of it. */
const PROGRESS = 'PROGRESS';
const progress = (n: number): Json => ({ text: `本月进展情况第${n}号报告`, percent: n % 101 });

export class Installation {
  private constructor(
    private readonly site: Site,
    private readonly connected: { client: Client; close(): Promise<void> },
    private readonly gateway: string,
    private readonly signer: StampSigner,
    private readonly salt: string,
  ) {}

  /** Runs `work` with an installation and takes it down, whatever happened. */
  static async with<T>(
    { directory, address }: { directory: string; address: string },
    work: (installation: Installation) => Promise<T>,
  ): Promise<T> {
    const order: InstallationOrder = { data: demonstration(directory), address };
    const begun: Forked[] = [];
    try {
      const house = await Forked.start('the process of the worker', require.resolve('./house-process'), order);
      begun.push(house);
      const gateway = await Forked.start('the process of the gateway', require.resolve('./gateway-process'), order);
      begun.push(gateway);
      const site = siteOf(order.data, 'demo');
      const connected = connect({ address, namespace: site.namespace });
      const [base, salt] = [await gateway.ask<string>('address'), await house.ask<string>('salt')];
      const installation = new Installation(site, connected, base, openSigner(site.dataDir), salt);
      try {
        return await work(installation);
      } finally {
        await connected.close();
      }
    } finally {
      for (const process of begun.reverse()) await process.stop();
    }
  }

  /** A matter that the bureau works on. */
  async openCase(): Promise<string> {
    const { case: id } = await this.#post(OFFICE, `/v1/${PROCEDURE}`, registration);
    await this.#post(OFFICE, `/v1/${PROCEDURE}/${id}/ASSIGN`, assignment());
    return id!;
  }

  /** Reports progress over HTTP; answers how many milliseconds it took. */
  async throughGateway(caseId: string, n: number): Promise<number> {
    const begun = performance.now();
    const receipt = await this.#post(WORKING, `/v1/${PROCEDURE}/${caseId}/${PROGRESS}`, progress(n));
    return waited(begun, receipt);
  }

  /** Reports the same as a bare Update, stamped and signed beforehand. */
  async bare(caseId: string, n: number): Promise<number> {
    const act = this.#act(caseId, progress(n));
    const handle = this.connected.client.workflow.getHandle(caseId);
    const begun = performance.now();
    const receipt = await handle.executeUpdate<Receipt, [Act]>(protocol.ACT, { args: [act], updateId: act.id });
    return waited(begun, receipt);
  }

  #act(caseId: string, payload: Json): Act {
    const { directory } = this.site;
    const receivedAt = Date.now();
    const made = stampFor({ directory, seat: WORKING, entrance: 'bench', receivedAt, actorSalt: this.salt });
    if ('refused' in made) throw new Error(`no stamp for ${WORKING}: ${made.refused.code}`);
    const act = { id: randomUUID(), type: PROGRESS, payload };
    return { ...act, stamp: this.signer.sign({ case: caseId, ...act }, made.ok) };
  }

  async #post(seat: string, path: string, payload: Json): Promise<Receipt & { case?: string }> {
    const response = await fetch(`${this.gateway}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Demo ${seat}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(payload),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the gateway answers ${path} with ${response.status}: ${text}`);
    return JSON.parse(text) as Receipt & { case?: string };
  }
}

/** A data directory whose gateway takes any free port and as many requests as come. */
function demonstration(directory: string): string {
  const data = join(directory, 'installation');
  mkdirSync(data, { recursive: true });
  const gateway = { port: 0, requestsPerMinute: 1_000_000 };
  writeFileSync(join(data, 'zhengling.yaml'), stringify({ kind: 'demo', gateway, smtp: { port: 0 } }));
  return data;
}

function waited(begun: number, { outcome, recorded }: Receipt): number {
  const ms = performance.now() - begun;
  if (outcome !== 'changed' || recorded !== 'yes') throw new Error(`answered ${outcome}, recorded: ${recorded}`);
  return ms;
}

const registration: Json = {
  category: 3,
  title: '排污口整治',
  source: { kind: 'minutes', ref: '会议纪要' },
  content: '会议纪要第一项',
  decidedBy: 'standing',
};

const assignment = (): Json => ({
  leadUnits: ['D10'],
  supporting: ['D13'],
  leadVms: ['vm-5'],
  due: plusDays(dateOf(Date.now()), 20),
  dueSetBy: 'SupO',
});

/**
 * What the gateway adds to an act: HTTP, identity, rights, stamp and signature, the look-up of the id, and the confirming
 * afterwards, against the bare Update with the same payload. The two take turns on one case, each after a rest, so that
 * what one leaves to be done does not fall on the other.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Installation } from '../house';
import { Site } from '../site';
import { median, quantile, ratios } from '../statistics';
import type { Measure } from './measure';

const REST_MS = 100;

interface Waits {
  gateway: number[];
  bare: number[];
}

export const gateway: Measure = async ({ plan, workshop, progress }) => {
  const { rounds, pairs } = plan.gateway;
  const medians: Waits = { gateway: [], bare: [] };
  const all: Waits = { gateway: [], bare: [] };
  await Site.with(workshop, [], (site) =>
    Installation.with({ directory: join(site.directory, 'house'), address: site.server.address }, async (house) => {
      for (let round = -1; round < rounds; round++) {
        progress(`acts through the gateway and bare, round ${round + 1} of ${rounds}`);
        const waits = await alternate(house, pairs);
        if (round < 0) continue;
        for (const way of ['gateway', 'bare'] as const) {
          medians[way].push(median(waits[way]));
          all[way].push(...waits[way]);
        }
      }
    }),
  );
  return {
    rows: [
      {
        name: 'latency of an act through the gateway ÷ bare Update',
        target: { relation: '≤', value: 1.2 } as const,
        found: ratios(medians.gateway, medians.bare),
        figures: {},
      },
    ],
    remarks: [
      `p50 / p95: through the gateway ${said(all.gateway)}, bare ${said(all.bare)} (n = ${all.bare.length}); ${REST_MS} ms between acts; gateway, worker and client are three processes, the act carries an idempotency key`,
    ],
  };
};

async function alternate(house: Installation, pairs: number): Promise<Waits> {
  const id = await house.openCase();
  const waits: Waits = { gateway: [], bare: [] };
  for (let n = 0; n < pairs; n++) {
    const pair = [
      async () => waits.gateway.push(await house.throughGateway(id, 2 * n)),
      async () => waits.bare.push(await house.bare(id, 2 * n + 1)),
    ];
    for (const take of n % 2 === 0 ? pair : pair.reverse()) {
      await sleep(REST_MS);
      await take();
    }
  }
  return waits;
}

const said = (waits: number[]): string => `${median(waits).toFixed(1)} / ${quantile(waits, 0.95).toFixed(1)} ms`;

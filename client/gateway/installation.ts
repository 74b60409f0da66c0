/** What an installation is and what its seats and units are called, for whoever shows answers to people. */
import { z } from 'zod';
import { edition, editionMark } from '../../workflows/law';
import type { App } from './app';
import { answers, READ_REFUSED } from './openapi';
import type { GatewayParts } from './ports';

const installation = z
  .strictObject({
    kind: z.enum(['city', 'demo', 'drill']),
    script: z.enum(['hans', 'hant']),
    edition: z.string(),
    marks: z.string().describe('【演示】, 【规则版本待确认】: to be shown wherever a case is'),
    names: z.record(z.string(), z.string()).describe('of units, seats and functions, by their ids'),
  })
  .meta({ id: 'Installation' });

export type Installation = z.infer<typeof installation>;

export function installationRoute(app: App, { site, city }: Pick<GatewayParts, 'site' | 'city'>): void {
  app.route({
    method: 'GET',
    url: '/v1/installation',
    schema: {
      operationId: 'installation',
      tags: ['procedures'],
      summary: 'What this installation is, and what its seats and units are called',
      response: answers({ 200: { schema: installation, says: 'names and marks' } }, READ_REFUSED),
    },
    async handler(_, reply) {
      const { script } = city;
      const { directory, kind } = site;
      const ids = [...directory.units, ...directory.seats].map(({ id }) => id);
      const names = Object.fromEntries([...ids, 'evm'].map((id) => [id, directory.nameOf(id, script)]));
      const marks = `${directory.mark?.[script] ?? ''}${editionMark(edition) ?? ''}`;
      return reply.send({ kind, script, edition: edition.id, marks, names });
    },
  });
}

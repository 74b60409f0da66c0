/** Reading cases: one, lists, search, the record. */
import { z } from 'zod';
import type { ListedCase, ListQuery, Page, SearchQuery } from '../../activities/ledger';
import type { Script } from '../../locale';
import { edition, editionMark } from '../../workflows/law';
import type { Caller } from '../identity';
import type { App } from './app';
import { callerOf } from './callers';
import { answers, SEEN_REFUSED } from './openapi';
import type { GatewayParts } from './ports';
import { firstSeatOf, type Readings } from './reading';
import { caseParams, caseView, listed, listQuery, PAGE, page, readQuery, recordEntry, searchQuery } from './schemas';
import { listedShown, viewShown } from './shown';

export interface CaseParts extends Pick<GatewayParts, 'city' | 'ledger' | 'site'> {
  readings: Readings;
}

export function caseRoutes(app: App, parts: CaseParts): void {
  listRoute(app, parts);
  searchRoute(app, parts);
  viewRoute(app, parts);
  recordRoute(app, parts);
}

function listRoute(app: App, { ledger, readings, city }: CaseParts): void {
  app.route({
    method: 'GET',
    url: '/v1/cases',
    schema: {
      operationId: 'list',
      tags: ['cases'],
      summary: 'Cases you may read, in the order of their numbers',
      querystring: listQuery,
      response: answers({ 200: { schema: page(listed), says: 'a page' } }, SEEN_REFUSED),
    },
    async handler(request, reply) {
      const { atLeast, ...asked } = request.query;
      if (!(await readings.upTo(reply, atLeast))) return reply;
      const caller = callerOf(request);
      const found = await readable(readings, caller, asked, (query) => ledger.listPage(query));
      await readings.log(request, 'list', firstSeatOf(caller));
      return reply.send(shown(found, city.script));
    },
  });
}

function searchRoute(app: App, { ledger, readings, city }: CaseParts): void {
  app.route({
    method: 'GET',
    url: '/v1/search',
    schema: {
      operationId: 'search',
      tags: ['cases'],
      summary: 'Cases you may read in whose number, matter or unit a text stands, newest first',
      querystring: searchQuery,
      response: answers({ 200: { schema: page(listed), says: 'a page' } }, SEEN_REFUSED),
    },
    async handler(request, reply) {
      const { atLeast, ...asked } = request.query;
      if (!(await readings.upTo(reply, atLeast))) return reply;
      const caller = callerOf(request);
      const found = await readable(readings, caller, asked, (query) => ledger.search(query));
      await readings.log(request, 'search', firstSeatOf(caller));
      return reply.send(shown(found, city.script));
    },
  });
}

function viewRoute(app: App, { city, readings, site }: CaseParts): void {
  app.route({
    method: 'GET',
    url: '/v1/cases/:case',
    schema: {
      operationId: 'view',
      tags: ['cases'],
      summary: 'Where a case stands, what it waits for and who may act',
      params: caseParams,
      querystring: readQuery,
      response: answers({ 200: { schema: caseView, says: 'the case as it stands now' } }, SEEN_REFUSED),
    },
    async handler(request, reply) {
      const caseId = request.params.case;
      if (!(await readings.upTo(reply, request.query.atLeast))) return reply;
      if (!(await readings.open(request, reply, caseId, 'view'))) return reply;
      const view = await city.view(caseId);
      const marks = `${site.directory.mark?.[city.script] ?? ''}${editionMark(edition) ?? ''}`;
      return reply.send(viewShown(view, { ...city.procedureOf(view.machine), marks, script: city.script }));
    },
  });
}

function recordRoute(app: App, { ledger, readings }: CaseParts): void {
  app.route({
    method: 'GET',
    url: '/v1/cases/:case/record',
    schema: {
      operationId: 'record',
      tags: ['cases'],
      summary: 'The legal record: every step, on what article, by whom, on what authority',
      params: caseParams,
      querystring: readQuery,
      response: answers(
        { 200: { schema: z.strictObject({ entries: z.array(recordEntry) }), says: 'oldest entry first' } },
        SEEN_REFUSED,
      ),
    },
    async handler(request, reply) {
      const caseId = request.params.case;
      if (!(await readings.upTo(reply, request.query.atLeast))) return reply;
      if (!(await readings.open(request, reply, caseId, 'record'))) return reply;
      const recorded = await ledger.record(caseId);
      // Nothing leaves the house on a row that may yet be replaced.
      return reply.send({ entries: recorded.filter(({ confirmed }) => confirmed).map(({ entry }) => entry) });
    },
  });
}

function shown({ items, next }: Page<ListedCase>, script: Script) {
  return { items: items.map((one) => listedShown(one, script)), ...(next === undefined ? {} : { next }) };
}

/** A page of what a caller may read; of a system's, only cases of its own procedures are shown. */
async function readable<Query extends ListQuery | SearchQuery>(
  readings: Readings,
  caller: Caller,
  asked: Query,
  fetch: (query: Query) => Promise<Page<ListedCase>>,
): Promise<Page<ListedCase>> {
  const { limit = PAGE } = asked;
  const { items, ...more } = await fetch({ ...asked, limit, concerning: await readings.concerning(caller) });
  if (caller.kind === 'person') return { items, ...more };
  return { items: items.filter(({ machine }) => caller.procedures.includes(machine.split('@')[0]!)), ...more };
}

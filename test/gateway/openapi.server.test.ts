/** The description of the interface: valid by the specification's own schema, complete, and true to the procedures. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventLabel } from '../../locale';
import { procedures } from '../../workflows/procedures';
import { type Loose, type Opened, openGatewayHouse, Visitor } from './support';

const validator = join(__dirname, '../../node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js');
let opened: Opened;
let described: Loose;

beforeAll(async () => {
  opened = await openGatewayHouse();
  described = (await new Visitor(opened.gateway.address).get('/openapi.json')).body;
}, 120_000);
afterAll(() => opened?.close());

const operations = (): { path: string; method: string; operation: Loose }[] =>
  Object.entries<Loose>(described.paths).flatMap(([path, item]) =>
    Object.entries<Loose>(item).map(([method, operation]) => ({ path, method, operation })),
  );

it('is OpenAPI 3.1, by the schema of the specification', () => {
  const file = join(opened.installations.folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(described));
  const { status, stdout, stderr } = spawnSync(process.execPath, [validator, file], { encoding: 'utf8' });
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  expect(described.openapi).toBe('3.1.0');
});

it('has one operation for every procedure and event, with the shape of its payload', () => {
  for (const { name, acts, opening, alsoOpens = [] } of procedures) {
    expect(described.paths[`/v1/${name}`].post.summary).toContain(eventLabel(opening.type, 'hans'));
    for (const { type } of alsoOpens)
      expect(described.paths[`/v1/${name}/${type}`].post.summary).toContain(eventLabel(type, 'hans'));
    const events = Object.keys(described.paths).flatMap(
      (path) => new RegExp(`^/v1/${name}/\\{case\\}/(\\w+)$`).exec(path)?.[1] ?? [],
    );
    // Notices come from other cases and have no address.
    expect(events.sort()).toEqual(
      Object.keys(acts)
        .filter((type) => acts[type]!.kind !== 'notice')
        .sort(),
    );
    for (const event of events)
      expect(
        described.paths[`/v1/${name}/{case}/${event}`].post.requestBody.content['application/json'].schema,
      ).toMatchObject({
        type: 'object',
        additionalProperties: false,
      });
  }
});

it('names every operation once, says what it is for, and puts it under a tag it explains', () => {
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(ids.filter((id) => typeof id !== 'string')).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = described.tags.map(({ name }: Loose) => name);
  for (const { path, operation } of operations()) {
    expect({ path, summary: operation.summary }).toEqual({ path, summary: expect.stringMatching(/.{5,}/) });
    expect(tags).toEqual(expect.arrayContaining(operation.tags));
  }
});

it('tells every answer: what is well, and problems by status', () => {
  for (const { path, method, operation } of operations()) {
    const statuses = Object.keys(operation.responses);
    expect({ path, method, good: statuses.some((status) => status.startsWith('2')) }).toEqual({
      path,
      method,
      good: true,
    });
    expect(Object.values<Loose>(operation.responses).every(({ description }) => description.length > 3)).toBe(true);
    if (operation.security?.length !== 0) expect(statuses).toEqual(expect.arrayContaining(['401', '403']));
    for (const status of statuses.filter((one) => /^[45]/.test(one) && !(path === '/health/ready' && one === '503')))
      expect({ path, status, content: Object.keys(operation.responses[status].content) }).toEqual({
        path,
        status,
        content: ['application/problem+json'],
      });
  }
});

it('refers to nothing that is not there, and has nothing that nobody refers to', () => {
  const text = JSON.stringify(described);
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  const there = Object.keys(described.components.schemas);
  expect(references.filter((name) => !there.includes(name))).toEqual([]);
  expect(there.filter((name) => !references.includes(name))).toEqual([]);
});

it('explains every parameter', () => {
  const silent = operations().flatMap(({ path, operation }) =>
    (operation.parameters ?? [])
      .filter(
        ({ description, schema, in: where }: Loose) =>
          where !== 'path' && !description && !schema?.enum && !schema?.description,
      )
      .map(({ name }: Loose) => `${path} ${name}`),
  );
  expect(silent).toEqual([]);
});

it('offers the identities this kind of installation takes, and no others', () => {
  expect(Object.keys(described.components.securitySchemes)).toEqual(['demo']);
  expect(described.security).toEqual([{ demo: [] }]);
});

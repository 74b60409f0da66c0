/** The gateway as a process of its own: where it listens, and what it says when it cannot. */
import { type AddressInfo, createServer } from 'node:net';
import { Installations } from '../support/installation';
import { Processes } from '../support/processes';
import { type Opened, openGatewayHouse, Visitor } from './support';

const processes = new Processes();
const installations = new Installations(processes);
let opened: Opened;

beforeAll(async () => {
  opened = await openGatewayHouse({ ownServer: true });
}, 120_000);
afterAll(async () => {
  await installations.close();
  await opened?.close();
});

const gateway = (data: string, env: Record<string, string | undefined> = {}) =>
  processes.program(['gateway', '--data', data], {
    TEMPORAL_ADDRESS: opened.temporal,
    ZHENGLING_GATEWAY_PORT: '0',
    ...env,
  });

it('serves an installation whose worker runs elsewhere, beside another gateway', async () => {
  const running = gateway(opened.house.site.dataDir);
  await running.says('/openapi.json');
  const place = /(http:\/\/127\.0\.0\.1:\d+)/.exec(running.output)![1]!;
  const here = new Visitor(opened.gateway.address, 'X2-desk');
  const there = new Visitor(place, 'X2-desk');
  const { body } = await there.post('/v1/supervision-item', {
    ...{ category: 3, title: '测试事项', content: '第一项', decidedBy: 'standing' },
    source: { kind: 'minutes', ref: '测试〔2026〕1号' },
  });
  expect((await here.get(`/v1/cases/${body.case}?atLeast=${body.case}:1`)).status).toBe(200);
  expect((await running.stop()).code).toBe(0);
}, 60_000);

it.each([
  [
    'a port that is none',
    { ZHENGLING_GATEWAY_PORT: 'http' },
    /^ZHENGLING_GATEWAY_PORT: gateway\.port expected a number$/m,
  ],
])(
  '%s is told in one sentence, and nothing starts',
  async (_, env, says) => {
    const { code, stderr } = await gateway(opened.house.site.dataDir, env).ended;
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(2);
  },
  30_000,
);

it('a port that is taken is told with its holder and the setting that moves it', async () => {
  const holder = createServer();
  await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done));
  const { port } = holder.address() as AddressInfo;
  try {
    const { code, stderr } = await gateway(opened.house.site.dataDir, { ZHENGLING_GATEWAY_PORT: String(port) }).ended;
    expect(stderr).toMatch(
      new RegExp(`^Port ${port} \\(gateway\\) is in use by .*set ZHENGLING_GATEWAY_PORT to a free port`, 'm'),
    );
    expect(code).toBe(2);
  } finally {
    holder.close();
  }
}, 30_000);

it('a directory that is none of ours is told', async () => {
  const { code, stderr } = await gateway(installations.directory({ 'letter.txt': 'hello' })).ended;
  expect(stderr).toMatch(/is not a data directory of zhengling/);
  expect(code).toBe(2);
}, 30_000);

it('a subject of an installation with an issuer is asked for a bearer token, and no demo identity opens the door', async () => {
  const identity = { issuer: 'https://login.example.org', audience: 'zhengling' };
  const strict = await openGatewayHouse({ data: installations.site('demo', { identity }) });
  try {
    const answer = await new Visitor(strict.gateway.address, 'X2-desk').get('/v1/cases');
    expect(answer).toMatchObject({ status: 401, body: { code: 'demo-refused' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    const { body } = await new Visitor(strict.gateway.address).get('/openapi.json');
    expect(Object.keys(body.components.securitySchemes)).toEqual(['bearer']);
  } finally {
    await strict.close();
  }
}, 60_000);

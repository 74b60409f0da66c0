/** Temporal, the worker or the ledger do not answer: 503, what to do, and nothing is lost or done twice. */
import Database from 'libsql';
import { ledgerFile } from '../../client/site';
import { openLog } from '../../worker/logging';
import { freePorts } from '../../worker/temporal/ports';
import { dateOf, plusDays } from '../../workflows/law';
import { connect } from '../../workflows/runtime/client';
import { eventually } from '../support/processes';
import { gatewayFor, Matters, type Opened, openGatewayHouse, Visitor } from './support';

const due = plusDays(dateOf(Date.now()), 30);
let opened: Opened;
let visitor: Visitor;
let matters: Matters;

beforeAll(async () => {
  opened = await openGatewayHouse();
  visitor = new Visitor(opened.gateway.address, 'X2-desk');
  matters = new Matters(visitor, due);
}, 120_000);
afterAll(() => opened?.close());

it('all is well: ready, once the worker has asked for work', async () => {
  await eventually(async () => {
    const { status, body } = await visitor.get('/health/ready');
    expect({ status, ...body }).toMatchObject({
      status: 'ok',
      checks: ['ledger', 'temporal', 'worker', 'attachments'].map((what) => ({ what, ok: true })),
    });
  });
}, 15_000);

it('without Temporal an act is put off, under its key; lists go on; it is not ready, and lives', async () => {
  const id = await matters.assigned();
  const [port] = await freePorts(1);
  const nowhere = connect({ address: `127.0.0.1:${port}`, namespace: opened.house.site.namespace });
  const gateway = await gatewayFor({ ...opened.house, temporal: nowhere.client }, openLog('silent'));
  try {
    const there = new Visitor(gateway.address, 'D10-desk');
    const answer = await there.post(
      `/v1/supervision-item/${id}/PROGRESS`,
      { text: 'P-1' },
      { 'idempotency-key': 'later' },
    );
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'cannot-reach', params: { id: 'later' }, remedy: expect.stringContaining('later') },
    });
    expect(answer.headers.get('retry-after')).toBe('2');
    expect((await there.get('/v1/cases')).body.items.length).toBeGreaterThan(0);
    const ready = await there.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.checks.find(({ what }: { what: string }) => what === 'temporal')).toMatchObject({ ok: false });
    expect((await there.get('/health/live')).status).toBe(200);
  } finally {
    await gateway.close();
    await nowhere.close();
  }
  const send = () => matters.act(id, 'D10-desk', 'PROGRESS', { text: 'P-1' }, { 'idempotency-key': 'later' });
  expect((await send()).body.repeated).toBeUndefined();
  expect((await send()).body.repeated).toBe(true);
}, 90_000);

it('a ledger that cannot be written to is told; nobody reads unnoted', async () => {
  const id = await matters.assigned();
  const other = new Database(ledgerFile(opened.house.site));
  other.exec('BEGIN IMMEDIATE');
  try {
    const answer = await visitor.get(`/v1/cases/${id}`);
    expect(answer).toMatchObject({ status: 503, body: { code: 'ledger-away' } });
  } finally {
    other.exec('ROLLBACK');
    other.close();
  }
  expect((await visitor.get(`/v1/cases/${id}`)).status).toBe(200);
}, 90_000);

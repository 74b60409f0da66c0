/** A department's system in a process of its own drives a supervision item from outside, by the public interface only. */
import { join } from 'node:path';
import { dateOf, plusDays } from '../../workflows/law';
import { eventually, type Running } from '../support/processes';
import { type Loose, Matters, type Opened, openGatewayHouse, Visitor } from './support';

const program = join(__dirname, '../../dist/client/simulator/department.js');
const due = plusDays(dateOf(Date.now()), 30);
let opened: Opened;
let visitor: Visitor;
let matters: Matters;
let department: Running;

beforeAll(async () => {
  opened = await openGatewayHouse();
  visitor = new Visitor(opened.gateway.address, 'X2-desk');
  matters = new Matters(visitor, due);
  department = opened.installations.processes.node([program, opened.gateway.address, 'D10', 'Demo D10-desk']);
  await department.says('listening');
}, 120_000);
afterAll(async () => {
  await department?.stop();
  await opened?.close();
});

it('takes up a matter its unit was given, reports progress and result with a document; the Supervision Office closes it', async () => {
  const id = await matters.assigned();
  await department.says(`REPORT ${id}:4`);
  await eventually(async () => expect((await visitor.get(`/v1/cases/${id}`)).body.stateLabel).toBe('审核'));
  const { body } = await visitor.get(`/v1/cases/${id}/attachments`);
  expect(body.items).toMatchObject([
    { name: '落实情况报告.txt', mediaType: 'text/plain; charset=utf-8', seat: 'D10-desk' },
  ]);
  const { text } = await visitor.get(`/v1/attachments/${body.items[0].hash}`);
  expect(text).toContain(id);
  const closed = await matters.act(id, 'X2-desk', 'ACCEPT', { evidence: ['验收单-1'] });
  expect(closed.body).toMatchObject({ outcome: 'changed', sequence: 5 });
  const { body: record } = await visitor.get(`/v1/cases/${id}/record?atLeast=${id}:5`);
  expect(record.entries.map(({ trigger, by }: Loose) => [trigger.type, by?.seat])).toEqual([
    ['xstate.init', 'X2-desk'],
    ['ASSIGN', 'X2-desk'],
    ['PROGRESS', 'D10-desk'],
    ['REPORT', 'D10-desk'],
    ['ACCEPT', 'X2-desk'],
  ]);
}, 60_000);

it('leaves alone what was given to another unit', async () => {
  const id = await matters.registered();
  await matters.act(id, 'X2-desk', 'ASSIGN', {
    leadUnits: ['D13'],
    supporting: [],
    leadVms: ['vm-5'],
    due,
    dueSetBy: 'SupO',
  });
  const own = await matters.assigned();
  await department.says(`REPORT ${own}:4`);
  expect(department.output).not.toContain(id);
}, 60_000);

it('stopped in the middle and started again, it does nothing twice', async () => {
  await department.stop();
  const id = await matters.assigned();
  department = opened.installations.processes.node([program, opened.gateway.address, 'D10', 'Demo D10-desk']);
  await department.says('listening');
  await matters.act(id, 'D10-head', 'PROGRESS', { text: '补报' });
  await department.says(`REPORT ${id}:5`);
  const { body } = await visitor.get(`/v1/cases/${id}/record?atLeast=${id}:5`);
  expect(body.entries.filter(({ trigger }: Loose) => trigger.type === 'REPORT')).toHaveLength(1);
}, 60_000);

/** Leave on the real server: through the entrance, with the real directory, carried by the errand loop, replayed. */
import { Worker } from '@temporalio/worker';
import { shippedFiles } from '../../activities/directory';
import { openSite } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import type { Absence } from '../../workflows/law';
import { actingAuthorityProcedure as term } from '../../workflows/procedures/acting-authority';
import { leaveRequestProcedure as leave } from '../../workflows/procedures/leave-request';
import type { Json } from '../../workflows/runtime/workflow';
import { holdersOf, Installations } from '../support/installation';
import { eventually } from '../support/processes';

jest.setTimeout(60_000);

type Payload = { [key: string]: Json };

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const installations = new Installations();
const held = holdersOf(['X1-desk', 'D07-head', 'D07-desk', 'D08-head', 'C3-head', 'party-secretary']);
const named = { source: 'test' };
const assigned = {
  ...held,
  functions: [{ function: 'evm', seat: 'vm-1', ...named }],
  portfolios: [{ seat: 'vm-1', units: ['D07', 'D08'], ...named }],
};

let house: House;

beforeAll(async () => {
  const files = { 'holders.yaml': assigned };
  const opened = openSite(
    installations.site('city', { directory: [shippedFiles().city, 'holders.yaml'] }, files),
    'city',
  );
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  const site = { ...opened.ok, namespace: 'leave' };
  house = await openHouse({ site, address, log: openLog('silent'), entrance: 'gateway' });
}, 90_000);

afterAll(async () => {
  await house?.stop();
  await installations.close();
});

const HOUR = 3_600_000;
const at = (instant: number): string => new Date(instant).toISOString();
const personOf = (seat: string): string => house.site.directory.holderOf(seat, Date.now())!.person.id;

const request = (seat: string, from: number, to: number, more: Payload = {}): Payload => ({
  person: personOf(seat),
  seats: [seat],
  kind: 'business',
  destination: '银川',
  interval: { from: at(from), to: at(to) },
  ...more,
});

async function drafted(seat: string, payload: Payload): Promise<string> {
  const { case: id, said } = await house.city.start(leave, { seat, payload });
  if (id === undefined) throw new Error(said?.sentence);
  return id;
}

const act = (id: string, seat: string, type: string, payload: Payload = {}) =>
  house.city.act(leave, id, type, { seat, payload });

async function done(id: string, seat: string, type: string, payload: Payload = {}) {
  const answer = await act(id, seat, type, payload);
  if (answer.refusal) throw new Error(`${type} by ${seat}: ${JSON.stringify(answer.refusal)}`);
  return answer;
}

const stateOf = async (id: string): Promise<string> => (await house.city.view(id)).state[0]!;
const summaryOf = async (id: string) =>
  (await house.ledger.caseView(id))?.summary as unknown as { awaiting: string[]; absence?: Absence; mainState: string };
const entriesOf = async (id: string) => (await house.ledger.record(id)).map(({ entry }) => entry);

const histories: string[] = [];

it('takes a bureau head from draft to return, with three approvals and two filings', async () => {
  const from = Date.now() + 4_000;
  const payload = request('D07-head', from, from + 8 * HOUR);
  const id = await drafted('D07-desk', payload);
  histories.push(id);
  expect(await act(id, 'D08-head', 'SUBMIT_LEAVE', payload)).toMatchObject({ outcome: 'not-entitled' });
  await done(id, 'D07-head', 'SUBMIT_LEAVE', payload);
  expect((await summaryOf(id)).awaiting).toEqual(['party-secretary', 'mayor', 'vm-1']);
  expect(await act(id, 'D07-head', 'APPROVE_LEAVE', { asSeat: 'mayor' })).toMatchObject({
    outcome: 'rule',
    refusal: { code: 'SELF_APPROVAL' },
    said: { citation: '依第七十一条推定' },
  });
  for (const seat of ['vm-1', 'party-secretary']) await done(id, seat, 'APPROVE_LEAVE', { asSeat: seat });
  expect(await act(id, 'D07-head', 'START_LEAVE')).toMatchObject({
    refusal: { code: 'APPROVER_MISSING', params: { missing: ['mayor'] } },
    said: { citation: '第七十一条' },
  });
  await done(id, 'mayor', 'APPROVE_LEAVE', { asSeat: 'mayor' });
  expect(await stateOf(id)).toBe('open.filing.waiting');
  await done(id, 'X1-desk', 'RECORD_FILING', { office: 'party-office', ref: '市委办备〔1〕号' });
  await done(id, 'X1-desk', 'RECORD_FILING', { office: 'government-office', ref: '政办备〔1〕号' });
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, from - Date.now() + 50)));
  await done(id, 'D07-head', 'START_LEAVE');
  const { absence } = await summaryOf(id);
  expect(absence).toMatchObject({ seats: ['D07-head'], state: 'open', basis: 'leave', case: id });
  expect((await house.ledger.absences()).map(({ case: one }) => one)).toContain(id);
  await done(id, 'D07-desk', 'CORRECT', { field: 'destination', old: '银川', new: '中卫', reason: '笔误' });
  await done(id, 'X1-desk', 'RETURNED');
  await eventually(async () => expect((await house.ledger.caseView(id))?.status).toBe('closed'));
  const papers = (await entriesOf(id)).flatMap(({ effects }) => effects.filter(({ kind }) => kind === 'paper'));
  expect(papers.map(({ paper }) => paper)).toEqual([
    'leave-sheet',
    'filing-receipt',
    'filing-receipt',
    'return-record',
  ]);
  expect(JSON.stringify(await entriesOf(id))).not.toContain('测试');
});

it('opens no case for somebody unknown, by somebody else, or for a time that runs backwards', async () => {
  const now = Date.now() + HOUR;
  const cases: [string, Payload, string][] = [
    ['D07-head', { ...request('D07-head', now, now + HOUR), person: 'nobody-99' }, 'person-unknown'],
    ['D08-head', request('D07-head', now, now + HOUR), 'not-entitled'],
    ['D07-head', request('D07-head', now, now + HOUR, { seats: ['D08-head'] }), 'applicant-seat'],
    ['D07-head', request('D07-head', now, now - HOUR), 'TIME_NOT_ALLOWED'],
  ];
  const { total } = await countOf();
  for (const [seat, payload, code] of cases) {
    const answer = await house.city.start(leave, { seat, payload });
    expect(answer.refusal?.code).toBe(code);
    expect(answer.said?.remedy).toMatch(/。$/);
    expect(answer.case).toBeUndefined();
  }
  expect((await countOf()).total).toBe(total);
});

const countOf = async () => ({ total: (await house.ledger.list({ procedure: 'leave-request' })).length });

it('records an absence in the case that covers it, a draft among them, and opens one where none does', async () => {
  const now = Date.now();
  const observed = (seat: string, from: number): Payload => ({
    person: personOf(seat),
    from: at(from),
    source: 'duty-room',
  });
  const draft = await drafted('C3-head', request('C3-head', now - HOUR, now + 8 * HOUR));
  expect(await act(draft, 'C3-head', 'SUBMIT_LEAVE', request('C3-head', now - HOUR, now + 8 * HOUR))).toMatchObject({
    refusal: { code: 'LEAVE_NOT_PRIOR' },
  });
  const see = (seat: string, payload: Payload) => house.city.start(leave, { seat, type: 'ABSENCE_OBSERVED', payload });
  await eventually(async () => {
    expect(await house.city.authority.leavesOf(personOf('C3-head'))).toHaveLength(1);
  });
  expect(await see('D07-head', observed('C3-head', now))).toMatchObject({ outcome: 'not-entitled' });
  expect((await see('X1-desk', observed('C3-head', now))).case).toBe(draft);
  expect(await stateOf(draft)).toBe('open.observed');
  const opened = await see('X1-desk', observed('D08-head', now));
  expect(opened).toMatchObject({ outcome: 'changed' });
  expect(opened.case).not.toBe(draft);
  expect(await stateOf(opened.case!)).toBe('open.observed');
  histories.push(draft, opened.case!);
  await done(opened.case!, 'D08-head', 'RETURNED');
  await eventually(async () => expect((await house.ledger.caseView(opened.case!))?.status).toBe('closed'));
});

describe('mayor and executive vice mayor', () => {
  const from = Date.now() + 48 * HOUR;
  const to = from + 48 * HOUR;

  it('cannot be told apart while no term is open', async () => {
    const payload = request('vm-1', from, to);
    const id = await drafted('vm-1', payload);
    expect(await act(id, 'vm-1', 'SUBMIT_LEAVE', payload)).toMatchObject({ refusal: { code: 'term-not-open' } });
    await done(id, 'vm-1', 'WITHDRAW', { reason: '稍后再提' });
  });

  it('ask in one moment: one gets through, the other is a draft again, held, and goes on when the first is taken back', async () => {
    const seats = house.site.directory.seats.filter(({ kind }) => kind === 'vm').map(({ id }) => id);
    const order = seats.map((seat, i) => ({ seat, person: personOf(seat), rank: i + 1 }));
    const began = await house.city.start(term, {
      seat: 'X1-desk',
      payload: { mayor: personOf('mayor'), evm: 'vm-1', order, absences: [] },
    });
    if (began.case === undefined) throw new Error(JSON.stringify(began.refusal));
    histories.push(began.case);
    await eventually(async () => expect(await house.city.authority.acting()).toBeDefined());

    const asked = { mayor: request('mayor', from, to), 'vm-1': request('vm-1', from + HOUR, to + HOUR) };
    const ids = { mayor: await drafted('mayor', asked.mayor), 'vm-1': await drafted('vm-1', asked['vm-1']) };
    histories.push(ids.mayor, ids['vm-1']);
    const answers = await Promise.all(
      (['mayor', 'vm-1'] as const).map((seat) => act(ids[seat], seat, 'SUBMIT_LEAVE', asked[seat])),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual(['changed', 'changed']);
    await eventually(async () => {
      const states = await Promise.all(Object.values(ids).map(stateOf));
      expect(states.sort()).toEqual(['open.awaiting-approvals.waiting', 'open.drafted']);
    });
    const mayorFirst = (await stateOf(ids.mayor)) !== 'open.drafted';
    const [first, second] = mayorFirst ? (['mayor', 'vm-1'] as const) : (['vm-1', 'mayor'] as const);
    const told = (await entriesOf(ids[second])).flatMap(({ effects }) => effects);
    expect(told.map(({ template }) => template)).toContain('leave.overlaps');
    await eventually(async () => {
      const { absences } = (await house.city.authority.acting())!;
      expect(absences).toMatchObject([{ case: ids[first], state: 'asked' }]);
    });
    expect(await act(ids[second], second, 'SUBMIT_LEAVE', asked[second])).toMatchObject({
      refusal: { code: 'MUTUAL_EXCLUSION', soft: true },
    });
    await done(ids[second], second, 'HOLD_FOR_EXCLUSION');
    expect(await stateOf(ids[second])).toBe('open.exclusion-hold');

    await done(ids[first], first, 'WITHDRAW', { reason: '改期' });
    await eventually(async () => expect(await stateOf(ids[second])).toBe('open.awaiting-approvals.waiting'));
    await eventually(async () => {
      const { absences } = (await house.city.authority.acting())!;
      expect(absences).toMatchObject([{ case: ids[second], state: 'asked' }]);
    });
  });
});

it('every history of it is replayed with nothing remembered', async () => {
  for (const id of histories) {
    const history = await house.temporal.workflow.getHandle(id).fetchHistory();
    await Worker.runReplayHistory({ workflowBundle: house.code }, history, id);
  }
  expect(histories.length).toBeGreaterThanOrEqual(6);
});

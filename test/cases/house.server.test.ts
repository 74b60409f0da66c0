/** What cases ask of others, in a running city: opened by its entrance, told to real cases, seen by its doctor. */
import type { Ledger } from '../../activities/ledger';
import { errandCheck } from '../../client/cli/doctor/ledger';
import type { House } from '../../worker/house';
import type { Effect } from '../../workflows/runtime/workflow';
import { PlayedCase } from '../ledger/support';
import { housed, Matters, siteOf } from '../operations/house';
import { Installations, matter } from '../support/installation';
import { eventually } from '../support/processes';

jest.setTimeout(60_000);

const installations = new Installations();
const cite = { article: 9, basis: 'stated' };
let house: House;
let ledger: Ledger;
let sender: PlayedCase;
let matters: Matters;

beforeAll(async () => {
  house = await housed(siteOf(installations));
  ({ ledger } = house);
  matters = new Matters(() => house);
}, 90_000);

afterAll(async () => {
  await house?.stop();
  await installations.close();
});

/** A case that asks; played, so that what it asks is in the test's hand. */
beforeEach(() => {
  sender = new PlayedCase(`AA-2026-${String(Math.floor(Math.random() * 9_999)).padStart(4, '0')}`);
  sender.summary = { matter: '政府工作' };
});

async function asks(...effects: object[]): Promise<void> {
  await sender.settled(ledger, { at: Date.now(), effects: effects as Effect[] });
  house.errands.soon();
}

const settled = () =>
  eventually(async () => {
    const errands = await ledger.errands({ case: sender.id });
    expect(errands.filter(({ settledAt }) => settledAt === undefined)).toEqual([]);
    return errands;
  });

const opening = (more: object = {}) => ({
  kind: 'startCase',
  procedure: 'supervision-item',
  key: `${sender.id}/1`,
  seat: 'X2-desk',
  payload: matter('转来事项'),
  cite,
  ...more,
});

const presides = (version: number) => ({
  case: sender.id,
  version,
  state: 'mayor-presiding',
  column: 'A',
  presider: 'mayor',
  order: ['vm-1'],
  away: [],
  since: 1_767_196_800_000,
  asOf: 1_767_196_800_000,
  entrustments: [],
});

test('a case is opened once per key, by the system in the name of a seat, under a number of its series', async () => {
  await asks(opening(), opening());
  const [first, second] = await settled();
  expect(first).toMatchObject({ state: 'carried', receipts: [{ outcome: 'opened' }] });
  const id = first!.receipts[0]!.receiver;
  expect(id).toMatch(/^SI-\d{4}-\d{4}$/);
  expect(second!.receipts[0]!.receiver).toBe(id);
  const record = await ledger.record(id);
  expect(record).toHaveLength(1);
  expect(record[0]!.entry).toMatchObject({
    trigger: { kind: 'open', id: `${sender.id}:1:0` },
    by: { seat: 'X2-desk', unit: 'X2', system: 'zhengling' },
  });
  expect((await ledger.search({ text: '转来事项' })).items).toHaveLength(1);
});

test('a notice is a step of the case it is for; one of another type than its procedure takes is not sent', async () => {
  const [told, closed] = [await matters.registered('知悉事项'), await matters.closed('办结事项')];
  const notice = (to: object, type: string, payload: object) => ({ kind: 'notifyCase', to, type, payload, cite });
  await asks(
    notice({ case: told }, 'PRESIDER_CHANGED', presides(7)),
    notice({ case: told }, 'MEETING_HELD', { kind: 'plenary' }),
    notice({ case: told }, 'PRESIDER_CHANGED', { ...presides(8), column: 'E' }),
    notice({ case: closed }, 'PRESIDER_CHANGED', presides(9)),
  );
  const errands = await settled();
  expect(errands.map(({ receipts }) => receipts.map(({ outcome }) => outcome))).toEqual([
    ['sent'],
    ['not-taken'],
    ['not-taken'],
    ['closed'],
  ]);
  const [, , misshapen] = errands;
  expect(misshapen?.lastError).toMatch(
    /^cases of supervision-item do not take this PRESIDER_CHANGED: payload\.column /,
  );
  await eventually(async () => {
    const steps = (await ledger.record(told)).map(({ entry }) => entry.trigger);
    expect(steps.slice(1)).toMatchObject([{ kind: 'notice', type: 'PRESIDER_CHANGED', id: `${sender.id}:1:0` }]);
  });
});

test('what cannot be carried is given up with its reason, and the doctor names it', async () => {
  await asks(
    opening({ key: 'k-1', seat: 'D10-desk' }),
    opening({ key: 'k-2', payload: { title: '' } }),
    opening({ key: 'k-3', procedure: 'flood-control' }),
  );
  const errands = await settled();
  expect(errands.map(({ lastError }) => lastError)).toEqual([
    expect.stringContaining('(key k-1) was refused: not-entitled: '),
    expect.stringContaining('(key k-2) was refused: malformed: '),
    expect.stringContaining("this version has no procedure 'flood-control'"),
  ]);
  const seen = await errandCheck(ledger, Date.now());
  expect(seen).toMatchObject({ ok: false, seen: '0 wait, 4 given up' });
  expect(seen.todo).toContain(`${sender.id}:1:0`);
});

test('what waits for long is named with its reason', async () => {
  const waits = { waiting: 2, oldest: { id: 'AA-2026-0001:1:0', at: 0, lastError: 'the server is away' } };
  const queue = { errandBacklog: async () => waits, errandsGivenUp: async () => [] };
  expect(await errandCheck(queue, 60_000)).toMatchObject({ ok: true, seen: '2 wait, 0 given up' });
  expect(await errandCheck(queue, 60_001)).toEqual({
    what: 'errands between cases',
    ok: false,
    seen: '2 wait, the oldest since 1970-01-01 08:00 (AA-2026-0001:1:0: the server is away), 0 given up',
    todo: expect.stringContaining('see whether one runs'),
  });
});

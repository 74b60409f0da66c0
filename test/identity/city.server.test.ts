/** Nobody acts as somebody else: callers at the entrance of a running city, and what its record says of them. */

import { shippedFiles } from '../../activities/directory';
import { actorOf, verifyLedgerSignatures, verifySignatures } from '../../client/authority';
import type { Caller } from '../../client/identity';
import { openSite, type Site } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { dateOf, plusDays } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Json } from '../../workflows/runtime/workflow';
import { assignment, Installations, matter } from '../support/installation';

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const installations = new Installations();
const due = plusDays(dateOf(Date.now()), 30);
const lastYear = plusDays(dateOf(Date.now()), -365);

const people = ['clerk', 'chief', 'former', 'two-desks', 'office-clerk', 'office-clerk-of-x1'].map((id) => ({
  id,
  nameZh: `测试 ${id}`,
  nameHant: `測試 ${id}`,
  active: true,
}));

const FILES = {
  'holders.yaml': {
    persons: people,
    holders: [
      { seat: 'D10-head', person: 'former', to: lastYear, source: 'test' },
      { seat: 'D10-head', person: 'chief', from: plusDays(lastYear, 1), source: 'test' },
    ],
  },
  'identities.yaml': {
    staff: [
      { person: 'clerk', seat: 'D10-desk' },
      { person: 'office-clerk', seat: 'X2-desk' },
      { person: 'office-clerk-of-x1', seat: 'X1-desk' },
      { person: 'two-desks', seat: 'D10-desk' },
      { person: 'two-desks', seat: 'X1-desk' },
    ],
    systems: [
      {
        id: 'd10-oa',
        client: 'd10-oa',
        unit: 'D10',
        seat: 'D10-desk',
        procedures: ['supervision-item'],
        acts: ['PROGRESS'],
      },
    ],
  },
};

let site: Site;
let house: House;

beforeAll(async () => {
  const settings = { directory: [shippedFiles().city, 'holders.yaml'], identity: { identities: 'identities.yaml' } };
  const opened = openSite(installations.site('city', settings, FILES), 'city');
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  site = { ...opened.ok, namespace: 'identity' };
  house = await openHouse({ site, address, log: openLog('silent'), entrance: 'gateway' });
}, 90_000);

afterAll(async () => {
  await house?.stop();
  await installations.close();
});

const person = (id: string): Caller => ({
  kind: 'person',
  person: id,
  seats: site.identities.seatsOf(id, Date.now()),
  entrance: 'gateway',
  proof: 'token',
});

const system = (more: object = {}): Caller => ({
  kind: 'system',
  ...site.identities.system('d10-oa')!,
  system: 'd10-oa',
  entrance: 'gateway',
  proof: 'token',
  ...more,
});

const progress: Json = { text: 'T-1', percent: 40 };

async function assigned(): Promise<string> {
  const caller = person('office-clerk');
  const { case: id, said } = await house.city.start(procedure, { caller, payload: matter() });
  if (id === undefined) throw new Error(said?.sentence);
  expect(await house.city.act(procedure, id, 'ASSIGN', { caller, payload: assignment(due) })).toMatchObject({
    outcome: 'changed',
  });
  return id;
}

const entries = async (id: string) => (await house.ledger.record(id)).map(({ entry }) => entry);

describe('who acts', () => {
  it('acts in his seat, and the record says who, how that is known, and is signed from the opening on', async () => {
    const id = await assigned();
    const answer = await house.city.act(procedure, id, 'PROGRESS', { caller: person('clerk'), payload: progress });
    expect(answer).toMatchObject({ outcome: 'changed', recorded: 'yes' });
    const record = await entries(id);
    const { salt } = house.ledger;
    expect(record.at(-1)!.by).toMatchObject({ seat: 'D10-desk', actor: actorOf('clerk', salt), proof: 'token' });
    expect(await house.ledger.personOf(actorOf('clerk', salt))).toBe('clerk');
    const keys = await house.ledger.keys();
    expect(verifySignatures(record, keys)).toEqual({ signed: 3, unsigned: 0, problems: [] });
    expect(await verifyLedgerSignatures(house.ledger)).toMatchObject({ unsigned: 0, problems: [] });
  });

  it('who has two seats says which', async () => {
    const id = await assigned();
    const caller = person('two-desks');
    const act = (more: object) => house.city.act(procedure, id, 'PROGRESS', { caller, payload: progress, ...more });
    expect(await act({})).toMatchObject({
      outcome: 'not-entitled',
      refusal: { code: 'seat-not-named', params: { seats: ['D10-desk', 'X1-desk'] } },
      said: { sentence: '您有多个席位，请求未写明以哪一个办理。' },
    });
    expect(await act({ seat: 'D10-desk' })).toMatchObject({ outcome: 'changed' });
  });

  it('as a system of the unit does what it was given, and stands in the record as a system', async () => {
    const id = await assigned();
    expect(await house.city.act(procedure, id, 'PROGRESS', { caller: system(), payload: progress })).toMatchObject({
      outcome: 'changed',
    });
    const { by } = (await entries(id)).at(-1)!;
    expect(by).toMatchObject({ seat: 'D10-desk', system: 'd10-oa', proof: 'token' });
    expect(by).not.toHaveProperty('actor');
  });

  it('does the same message of a webhook once, whatever it is sent under', async () => {
    const id = await assigned();
    const caller = system({ proof: 'webhook', message: 'msg_1' });
    const send = () => house.city.act(procedure, id, 'PROGRESS', { caller, payload: progress });
    const first = await send();
    expect(first).toMatchObject({ outcome: 'changed', id: 'd10-oa:msg_1' });
    expect(await send()).toMatchObject({ outcome: 'changed', sequence: first.sequence });
    expect((await entries(id)).filter(({ trigger }) => trigger.type === 'PROGRESS')).toHaveLength(1);
  });

  it('without a caller acts on the word of whoever runs the machine, and the record says so', async () => {
    const id = await assigned();
    await house.city.act(procedure, id, 'DISPUTE_OWNERSHIP', {
      seat: 'D10-head',
      payload: { grounds: 'G-1' },
    });
    expect((await entries(id)).at(-1)!.by).toMatchObject({ seat: 'D10-head', proof: 'word' });
  });
});

describe('who does not act as somebody else', () => {
  it.each<[string, () => Caller, object, object]>([
    [
      'in a seat of another',
      () => person('clerk'),
      { seat: 'X2-desk' },
      { code: 'seat-not-yours', params: { seat: 'X2-desk' } },
    ],
    [
      'in a seat held until last year',
      () => person('former'),
      { seat: 'D10-head' },
      { code: 'seat-not-yours', params: { seat: 'D10-head', holders: `… – ${lastYear}` } },
    ],
    ['without any seat', () => person('former'), {}, { code: 'no-seat' }],
    ['in a seat that does not exist', () => person('clerk'), { seat: 'vm-99' }, { code: 'seat-unknown' }],
    [
      'in a seat the token was once good for',
      () => ({ ...person('former'), seats: ['D10-head'] }) as Caller,
      {},
      { code: 'seat-not-yours', params: { seat: 'D10-head' } },
    ],
    ['as a system, in another seat of its unit', () => system(), { seat: 'D10-head' }, { code: 'seat-not-yours' }],
    [
      'on the word of a leader, from outside the Office',
      () => person('clerk'),
      { onWordOf: { seat: 'mayor', ref: 'note 7' } },
      { code: 'not-entitled', entitled: ['X1'] },
    ],
  ])('%s', async (_, caller, more, refusal) => {
    const id = await assigned();
    const before = await entries(id);
    const answer = await house.city.act(procedure, id, 'PROGRESS', { caller: caller(), payload: progress, ...more });
    expect(answer).toMatchObject({ outcome: 'not-entitled', refusal });
    expect(answer.said!.sentence).toMatch(/。$/);
    expect(await entries(id)).toEqual(before);
    const [line] = await house.ledger.refusals({ case: id });
    expect(line).toMatchObject({ case: id, code: answer.refusal!.code, actType: 'PROGRESS' });
  });

  it.each<[string, string]>([
    ['an act it was not given', 'REPORT'],
    ['an opening it was not given', 'REGISTER'],
  ])('a system beyond its acts: %s', async (_, type) => {
    const id = await assigned();
    const caller = system();
    const answer =
      type === 'REGISTER'
        ? await house.city.start(procedure, { caller, payload: matter() })
        : await house.city.act(procedure, id, type, { caller, payload: progress });
    expect(answer).toMatchObject({
      outcome: 'not-entitled',
      refusal: { code: 'system-not-allowed', params: { system: 'd10-oa', event: type } },
    });
    expect(answer.case).toBe(type === 'REGISTER' ? undefined : id);
  });

  it.each([
    'xstate.init',
    'xstate.stop',
    'xstate.after.due.supervision-item',
    'xstate.done.state.supervision-item.open',
    'xstate.error.actor.0',
    'done.invoke.x',
    'error.platform.x',
    'after.1000',
    'date.set',
    '*',
    'toString',
  ])('reaches no event of the machine itself: %j', async (type) => {
    const id = await assigned();
    const before = await house.city.view(id);
    const answer = await house.city.act(procedure, id, type, { caller: person('office-clerk'), payload: {} });
    expect(answer).toMatchObject({ outcome: 'malformed', refusal: { code: 'unknown-event' } });
    expect(answer.refusal!.accepted).toContain('ASSIGN');
    expect((await house.city.view(id)).head).toEqual(before.head);
  });
});

describe('what names nothing is said to, in words', () => {
  it.each<[string, string, object]>([
    ['an act without a type', '', {}],
    ['a seat without a name', 'PROGRESS', { seat: '' }],
    ['a leader without a name', 'PROGRESS', { onWordOf: { seat: ' ', ref: 'note 7' } }],
  ])('%s', async (_, type, more) => {
    const id = await assigned();
    const caller = person('office-clerk-of-x1');
    const answer = await house.city.act(procedure, id, type, { caller, payload: progress, ...more });
    expect(answer).toMatchObject({
      refusal: { code: 'malformed' },
      said: { sentence: expect.stringContaining('位置') },
    });
  });
});

describe('what is marked as classified', () => {
  it('is refused before anything of it is kept', async () => {
    const id = await assigned();
    const before = await house.ledger.refusals({ limit: 1_000 });
    const payload = { text: '【机密】水源地坐标', percent: 1 };
    const more = { id: '机密★3年', seat: 'D10-desk', caller: person('clerk') };
    const answer = await house.city.act(procedure, id, 'PROGRESS', { payload, ...more });
    expect(answer).toMatchObject({ outcome: 'malformed', refusal: { code: 'classified', path: 'payload.text' } });
    const added = (await house.ledger.refusals({ limit: 1_000 })).length - before.length;
    const [line] = await house.ledger.refusals({ case: id });
    expect(added).toBe(1);
    expect(line).toMatchObject({ code: 'classified', seat: 'D10-desk', actType: '', actId: '' });
    expect(JSON.stringify(await house.ledger.refusals({ limit: 1_000 }))).not.toMatch(/机密|水源/);
    expect(
      await house.city.start(procedure, { caller: person('office-clerk'), payload: matter('绝密★事项') }),
    ).toMatchObject({
      refusal: { code: 'classified', path: 'payload.title' },
    });
  });
});

/** On a running installation: an act is taken back with what it told, a slip put right, a case repaired by two persons. */
import { openSite } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { bundleProcedures } from '../../worker/procedure-worker';
import { confirmRepair, proposeRepair, settingOf } from '../../worker/repair';
import { proposalText, repairCase } from '../../worker/repair-command';
import { dateOf, plusDays } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Json } from '../../workflows/runtime/workflow';
import { assignment, Installations, matter } from '../support/installation';
import { eventually } from '../support/processes';

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const installations = new Installations();
const due = plusDays(dateOf(Date.now()), 30);
const seats = ['X1-desk', 'X1-head', 'X2-desk', 'X2-head', 'D10-desk', 'D10-head'];
const wanted = { set: ['/context/lead=D13'], reason: 'the minutes were misread' };

let house: House;

beforeAll(async () => {
  const opened = openSite(installations.city(seats, { temporal: { namespace: 'repair' } }), 'city');
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  house = await openHouse({
    site: opened.ok,
    address,
    log: openLog('silent'),
    entrance: 'test',
    code: await bundleProcedures(),
  });
}, 60_000);

afterAll(async () => {
  await house?.stop();
  await installations.close();
});

const act = (id: string, type: string, seat: string, payload: Json) =>
  house.city.act(procedure, id, type, { seat, payload });

async function registered(): Promise<string> {
  const { case: id } = await house.city.start(procedure, { seat: 'X2-desk', payload: matter() });
  return id!;
}

async function assigned(): Promise<string> {
  const id = await registered();
  await act(id, 'ASSIGN', 'X2-desk', assignment(due));
  return id;
}

const parts = (identifies = false) => ({ city: house.city, identifies });
const propose = (id: string, first = 'X1-desk', second = 'X2-desk') =>
  proposeRepair(parts(), id, wanted, { first: { seat: first }, second });

describe('taking back', () => {
  it('lists, view and messages are as before the act, and both stand in the record', async () => {
    const id = await registered();
    const assigning = await act(id, 'ASSIGN', 'X2-desk', assignment(due));
    const { takeable } = await house.city.view(id);
    expect(takeable).toMatchObject({ id: assigning.id, type: 'ASSIGN' });
    const recalled = await act(id, 'RECALL', 'X2-desk', { eventId: takeable!.id, reason: '误选单位' });
    expect(recalled).toMatchObject({ outcome: 'changed', recorded: 'yes' });
    await house.ledger.confirm(id, { sequence: recalled.sequence, hash: recalled.recordHash });
    expect(await house.ledger.caseView(id)).toMatchObject({ summary: { mainState: 'assigning' } });
    const states = (await house.ledger.tells({ case: id })).filter(({ sequence }) => sequence === assigning.sequence);
    expect(states.length).toBeGreaterThan(0);
    expect(states.every(({ state }) => state === 'withdrawn' || state === 'delivered')).toBe(true);
    const types = (await house.ledger.record(id)).map(({ entry }) => entry.trigger.type);
    expect(types).toEqual(['xstate.init', 'ASSIGN', 'RECALL']);
    expect(await house.ledger.verify()).toMatchObject({ ok: true });
  }, 30_000);

  it('a refusal says in words what has followed', async () => {
    const id = await registered();
    const { id: eventId } = await act(id, 'ASSIGN', 'X2-desk', assignment(due));
    await act(id, 'PROGRESS', 'D10-desk', { text: 'T-1' });
    const { said } = await act(id, 'RECALL', 'X2-desk', { eventId, reason: '误选单位' });
    expect(said?.sentence).toBe('该操作（记录第2号）之后已有新的一步（第3号“报送进展”），不能收回。');
  }, 30_000);
});

test('a title put right is found under its new name and no more under the old one', async () => {
  const id = await registered();
  const corrected = await act(id, 'CORRECT', 'X1-desk', {
    ...{ field: 'title', old: '测试事项', new: '更名后的事项', reason: '录入有误' },
  });
  expect(corrected).toMatchObject({ outcome: 'changed', recorded: 'yes' });
  expect(await house.ledger.caseView(id)).toMatchObject({ summary: { matter: '更名后的事项' } });
  const found = async (text: string) => (await house.ledger.search({ text })).items.map((one) => one.case);
  expect([await found('更名后的'), await found('测试事项')]).toEqual([[id], expect.not.arrayContaining([id])]);
  await eventually(async () => {
    const { searchAttributes } = await house.temporal.workflow.getHandle(id).describe();
    expect(JSON.stringify(searchAttributes)).toContain('更名后的事项');
  });
}, 30_000);

describe('a repair by two persons', () => {
  it('is proposed with what it would change, and confirmed by another', async () => {
    const id = await assigned();
    const { answer, proposal } = await propose(id);
    expect(answer).toMatchObject({ outcome: 'changed', sequence: 3 });
    expect(proposalText(proposal!)).toBe(
      [
        '尚未改变。提请第 3 号，须由席位 X2-desk 的另一人复核。理由：the minutes were misread',
        '  /context/lead　"D10" → "D13"',
      ].join('\n'),
    );
    expect((await house.city.view(id)).context).toMatchObject({ lead: 'D10' });
    expect(await confirmRepair(parts(), id, { seat: 'X2-desk' })).toMatchObject({ outcome: 'changed', sequence: 4 });
    expect((await house.city.view(id)).context).toMatchObject({ lead: 'D13' });
    const { entry } = (await house.ledger.record(id)).at(-1)!;
    expect(entry).toMatchObject({ trigger: { type: 'CONFIRM_REPAIR' }, by: { seat: 'X2-desk' } });
    expect(entry.effects).toMatchObject([{ kind: 'repaired', reason: wanted.reason, proposedBy: { seat: 'X1-desk' } }]);
  }, 30_000);

  it.each([
    { what: 'a seat that was not named', by: 'X1-head', code: 'not-entitled' },
    { what: 'the one who proposed it', by: 'X1-desk', code: 'not-entitled' },
  ])(
    'is not confirmed by $what',
    async ({ by, code }) => {
      const id = await assigned();
      await propose(id);
      expect((await confirmRepair(parts(), id, { seat: by })).refusal?.code).toBe(code);
      expect((await house.city.view(id)).context).toMatchObject({ lead: 'D10' });
    },
    30_000,
  );

  it('is not proposed to oneself, nor by a unit', async () => {
    const id = await assigned();
    expect((await propose(id, 'X1-desk', 'X1-desk')).answer.refusal?.code).toBe('repair-one-person');
    expect((await propose(id, 'D10-desk')).answer.refusal?.code).toBe('not-entitled');
  }, 30_000);

  it("is not taken on the machine's word where persons are identified", async () => {
    const asked = proposeRepair(parts(true), 'SI-2026-0001', wanted, { first: { seat: 'X1-desk' }, second: 'X2-desk' });
    await expect(asked).rejects.toThrow('show the token of whoever acts in X1-desk');
    await expect(confirmRepair(parts(true), 'SI-2026-0001', { seat: 'X2-desk' })).rejects.toThrow('X2-desk');
  });

  it('is confirmed only where one waits', async () => {
    await expect(confirmRepair(parts(), await registered(), { seat: 'X2-desk' })).rejects.toThrow('propose one first');
  }, 30_000);

  it('is what the command prints and answers', async () => {
    const id = await assigned();
    const before = process.env.TEMPORAL_ADDRESS;
    process.env.TEMPORAL_ADDRESS = address;
    const lines: string[] = [];
    const written = jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    const attested = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    try {
      const options = { data: house.site.dataDir };
      expect(await repairCase(id, { ...options, ...wanted, by: 'X1-desk', second: 'X2-desk' })).toBe(true);
      expect(await repairCase(id, { ...options, by: 'X1-head' })).toBe(false);
      expect(await repairCase(id, { ...options, by: 'X2-desk', json: true })).toBe(true);
    } finally {
      written.mockRestore();
      attested.mockRestore();
      if (before === undefined) delete process.env.TEMPORAL_ADDRESS;
      else process.env.TEMPORAL_ADDRESS = before;
    }
    expect(lines[0]).toContain('/context/lead　"D10" → "D13"');
    expect(lines[1]).toContain('无权办理');
    expect(JSON.parse(lines[2]!)).toMatchObject({ outcome: 'changed', case: id });
  }, 60_000);
});

test.each([
  ['/context/source/ref=M-2', { at: '/context/source/ref', value: 'M-2' }],
  ['/context/missed=0', { at: '/context/missed', value: 0 }],
  ['/context/title=a=b', { at: '/context/title', value: 'a=b' }],
  ['/context/evidence=["E"]', { at: '/context/evidence', value: ['E'] }],
])('%s is read as what it sets', (text, setting) => {
  expect(settingOf(text)).toEqual(setting);
});

test.each(['title=x', '/context=x', '/context/title', '/state=x'])('%s sets nothing, and is told so', (text) => {
  expect(() => settingOf(text)).toThrow('expected /context/PATH=VALUE');
});

/** Whom a recipient means: what P01 says goes before the directory, in delivery, inbox and rights alike. */
import { shippedDirectory } from '../../activities/directory';
import { AuthorityDesk, applicantOf, Meant } from '../../client/authority';
import { mayRead, namesOf } from '../../client/rights';
import { given, standing } from '../support/standing';

const directory = shippedDirectory('drill');
const at = Date.parse('2026-03-02T09:00:00+08:00');
const entrusted = standing('A', [given('task', 'vm-2', { matter: { units: ['D07'] } })], { evm: 'vm-4' });
const plain = new Meant(directory, undefined);
const meant = new Meant(directory, entrusted);

test('the vice mayor in charge is by entrustment, else by portfolio', () => {
  expect(plain.seatOf('vmc:D07', at)).toBe('vm-1');
  expect(meant.seatOf('vmc:D07', at)).toBe('vm-2');
  expect(meant.vmcOf('D10', at)).toBe(directory.vmcOf('D10', at));
});

test('the executive vice mayor is whom the term has, nobody where it has none', () => {
  expect(plain.seatOf('evm', at)).toBe('vm-1');
  expect(meant.seatOf('evm', at)).toBe('vm-4');
  const { evm: _, ...vacant } = standing('A');
  expect(new Meant(directory, vacant).seatOf('evm', at)).toBeUndefined();
});

test('who is entrusted with a unit has its messages in his inbox and may read its cases; who was relieved has not', () => {
  expect(namesOf('vm-2', { directory: meant }, at)).toContain('vmc:D07');
  expect(namesOf('vm-1', { directory: meant }, at)).not.toContain('vmc:D07');
  const matter = {
    case: 'SI-2026-0001',
    procedure: 'supervision-item',
    units: ['D07'],
    leaders: [],
    awaited: [],
    acted: [],
    told: [],
  };
  const caller = (seat: string) => ({
    kind: 'person' as const,
    person: 'p',
    seats: [seat],
    entrance: 'gateway',
    proof: 'token' as const,
  });
  const by = (seat: string, of: Meant) => mayRead(caller(seat), matter, { directory: of, auditors: [], at });
  expect(by('vm-2', meant)).toMatchObject({ ok: { ground: 'in-line' } });
  expect(by('vm-2', plain)).toHaveProperty('refused');
});

test('an applicant is who the directory says, with the vice mayor in charge by entrustment', () => {
  const inCharge = (unit: string) => meant.vmcOf(unit, at);
  const person = (seat: string) => directory.holderOf(seat, at)!.person.id;
  const fact = (seat: string) => applicantOf(person(seat), { directory, at, evm: 'vm-1', inCharge });
  expect(fact('mayor')).toMatchObject({ groups: ['A'], units: [], notWith: ['vm-1'] });
  expect(fact('vm-1')).toMatchObject({ groups: ['B'], notWith: ['mayor'] });
  expect(fact('sg')).toMatchObject({ groups: ['B'], notWith: [] });
  expect(fact('D07-head')).toMatchObject({ groups: ['C'], units: [{ unit: 'D07', vmc: 'vm-2' }] });
  expect(fact('C3-head')).toMatchObject({ groups: ['C'], units: [{ unit: 'C3', vmc: 'vm-5' }] });
  expect(fact('A1-head')).toMatchObject({ groups: [], units: [{ unit: 'A1', affiliated: true }] });
  expect(applicantOf('nobody', { directory, at, evm: undefined, inCharge })).toBeUndefined();
});

describe('the desk that reads the ledger', () => {
  const { LedgerUnavailable } = jest.requireActual(
    '../../activities/ledger',
  ) as typeof import('../../activities/ledger');
  const term = { case: 'AA-2026-0001', summary: { standing: entrusted, absences: [], plan: [] } };
  const ledgerOf = (answers: (() => unknown)[]) => ({
    list: async () => answers.shift()!() as never,
    caseView: async () => ({ summary: { unit: 'D07' } }) as never,
  });
  const away = () => {
    throw new LedgerUnavailable('away', 'ECONNREFUSED', undefined as never);
  };

  test('says what was last known where the ledger does not answer, and nothing by itself', async () => {
    const desk = new AuthorityDesk(ledgerOf([away, () => [term], away, away]), directory);
    await expect(desk.standing()).rejects.toThrow(LedgerUnavailable);
    expect(await desk.standing()).toEqual(entrusted);
    expect(await desk.standing()).toEqual(entrusted);
    expect((await desk.meant()).seatOf('evm', at)).toBe('vm-4');
  });

  test('knows by which entrustment a seat is in charge of a case, where the act asks for whoever is', async () => {
    const ask = (row: number | undefined, seat: string) =>
      new AuthorityDesk(ledgerOf([() => [term], () => [term]]), directory).chargeIn(
        { case: 'SI-2026-0001', row, seat },
        at,
      );
    expect(await ask(17, 'vm-2')).toBe('E-task-vm-2');
    expect(await ask(17, 'vm-1')).toBeUndefined();
    expect(await ask(19, 'vm-2')).toBeUndefined();
    expect(await ask(undefined, 'vm-2')).toBeUndefined();
  });
});

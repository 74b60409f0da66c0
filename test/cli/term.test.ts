/** What `zhengling term` and `zhengling presider` make of directory and ledger. */
import { shippedDirectory } from '../../activities/directory';
import { termOf } from '../../client/authority';
import { termTexts } from '../../locale';
import { placeholdersOf } from '../../locale/fill';
import { actingAuthorityProcedure } from '../../workflows/procedures/acting-authority';
import type { AuthorityStamp } from '../../workflows/procedures/kit';
import { validate } from '../../workflows/runtime/workflow';

const at = Date.parse('2026-03-02T09:00:00+08:00');
const stamp = { receivedAt: at, entrance: 'test', seat: 'X1-desk', basis: 'own' } as AuthorityStamp;
const { opening } = actingAuthorityProcedure;

test('the city as its page gives it: executive vice mayor and order are left unassigned, nothing is made up', () => {
  const { payload, unassigned } = termOf(shippedDirectory(), at);
  expect(payload).toEqual({ mayor: 'person-01', order: [], absences: [] });
  expect(unassigned).toEqual(['evm', 'order']);
  expect(validate(opening.schema, payload as never)).toBeUndefined();
  expect(opening.refuse(payload as never, stamp)).toBeUndefined();
});

test('the drill: the order of its directory, ranked from 1, with the persons who hold the seats', () => {
  const directory = shippedDirectory('drill');
  const { payload, unassigned } = termOf(directory, at);
  expect(unassigned).toEqual([]);
  expect(payload.evm).toBe('vm-1');
  expect(payload.order.map(({ seat }) => seat)).toEqual(directory.appointmentOrder(at));
  expect(payload.order.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(payload.order[0]!.person).toBe(directory.holderOf('vm-1', at)!.person.id);
  expect(opening.refuse(payload as never, stamp)).toBeUndefined();
});

test('the words are there in both scripts and speak of the same', () => {
  for (const { hans, hant } of Object.values(termTexts)) expect(placeholdersOf(hant)).toEqual(placeholdersOf(hans));
});

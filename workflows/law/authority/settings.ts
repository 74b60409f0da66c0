/** The figures and readings that the matrix of authority leaves to the operator (spec 5.A, 5.B). */
import type { DateText } from '../calendar/days';
import { type LawData, valueAt } from '../carried';
import type { ParameterKey, ParameterValue } from '../parameters';

export const authorityKeys = [
  'agenda.finalApproval',
  'citywide.approver',
  'dispute.countersigner',
  'evm.waiverByMayor',
  'mayorsOffice.evmMayChair',
  'meeting.leaveGrantorAway',
  'meeting.memberLeave',
  'minutes.dsgSigner',
  'plenary.evmMayChair',
  'remoteActs',
  'special.entruster',
  'standing.presidingEntrustmentSuffices',
  'standing.rankedVmMayChair',
  'supervision.orderBy',
] as const satisfies readonly ParameterKey[];

export type AuthorityKey = (typeof authorityKeys)[number];
export type AuthoritySettings = { [K in AuthorityKey]: ParameterValue<K> };

/** As this version ships them: what counts for a case that carries none of its own. */
export const shippedSettings: AuthoritySettings = {
  'agenda.finalApproval': 'both-if-present',
  'citywide.approver': 'mayor',
  'dispute.countersigner': ['UH', 'UD'],
  'evm.waiverByMayor': false,
  'mayorsOffice.evmMayChair': false,
  'meeting.leaveGrantorAway': 'mayor-remote',
  'meeting.memberLeave': { plenary: 'SG', partyGroup: 'convener' },
  'minutes.dsgSigner': 'entruster',
  'plenary.evmMayChair': false,
  remoteActs: { signature: true, consent: true, chairing: false },
  'special.entruster': ['mayor', 'VM', 'SG'],
  'standing.presidingEntrustmentSuffices': true,
  'standing.rankedVmMayChair': false,
  'supervision.orderBy': ['VMC', 'SG'],
};

/** By the law a case carries; a case carries those keys that its procedure declares. */
export function settingsOf(law: LawData, date: DateText): AuthoritySettings {
  const carried = authorityKeys.filter((key) => law.parameters[key] !== undefined);
  const own = carried.map((key) => [key, valueAt(law, key, date)]);
  return { ...shippedSettings, ...(Object.fromEntries(own) as Partial<AuthoritySettings>) };
}

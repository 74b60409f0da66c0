/** The ledger: whether it is whole, what is not confirmed, which messages do not get out. */
import type { Ledger } from '../../../activities/ledger';
import { dateOf, formatDeadline, plusDays } from '../../../workflows/law';
import { verifyLedgerSignatures } from '../../authority';
import { amiss, type Check, check, fine, some } from './check';

const LEFT_ALONE_MS = 60_000;
const MOST = 1_000;

export async function ledgerChecks(ledger: Ledger, now: number): Promise<Check[]> {
  return [
    await recordCheck(ledger),
    await sealCheck(ledger, now),
    await confirmedCheck(ledger, now),
    await messageCheck(ledger),
    await errandCheck(ledger, now),
    await subscriptionCheck(ledger),
  ];
}

async function recordCheck(ledger: Ledger): Promise<Check> {
  const verified = await ledger.verify();
  const { problems: forged, signed } = await verifyLedgerSignatures(ledger);
  const problems = [...('problems' in verified ? verified.problems : []), ...forged];
  if (problems.length > 0 || 'problems' in verified)
    return amiss('ledger', some(problems, 10), 'do not write to it; compare with a backup');
  const { cases, entries, seals } = verified;
  const counted = `${cases} cases, ${entries} entries, ${signed} signatures, ${seals} seals`;
  return fine('ledger', `${ledger.name} (${ledger.kind}): ${counted}: chains, signatures and seals hold`);
}

/** The worker seals a day once it is over. */
async function sealCheck(ledger: Ledger, now: number): Promise<Check> {
  const { lastSeal, entries } = await ledger.statistics();
  if (entries.confirmed === 0) return fine('seals', 'nothing to seal yet');
  const due = plusDays(dateOf(now), -2);
  const todo = "days are not sealed: a worker does it; start 'zhengling up' and see its log";
  if (!lastSeal) {
    const [first] = await ledger.feed({ limit: 1 });
    const isNew = first !== undefined && dateOf(first.at) > due;
    return check('seals', 'none yet', isNew ? undefined : todo);
  }
  return check('seals', `last of ${lastSeal.day}`, lastSeal.day >= due ? undefined : todo);
}

async function confirmedCheck(ledger: Ledger, now: number): Promise<Check> {
  const tails = await ledger.unconfirmedTails(LEFT_ALONE_MS, now);
  return check(
    'unconfirmed entries',
    `${tails.length} cases`,
    tails.length === 0
      ? undefined
      : `a worker asks these cases for their head: ${some(tails.map((tail) => tail.case))}`,
  );
}

async function messageCheck(ledger: Ledger): Promise<Check> {
  const lost = await ledger.tells({ state: 'given-up', limit: MOST });
  const stuck = await ledger.tells({ state: ['waiting', 'unassigned'], limit: MOST });
  const who = [...new Set([...lost, ...stuck].map(({ recipient }) => recipient))];
  return check(
    'messages',
    `${stuck.length} wait for a channel, contact or holder, ${lost.length} given up`,
    who.length === 0 ? undefined : `see why by 'zhengling doctor --who SEAT': ${some(who, 8)}`,
  );
}

/** A loop carries them within seconds; what is older waits for something. */
const CARRIED_WITHIN_MS = 60_000;

export async function errandCheck(
  ledger: Pick<Ledger, 'errandBacklog' | 'errandsGivenUp'>,
  now: number,
): Promise<Check> {
  const { waiting, oldest } = await ledger.errandBacklog();
  const lost = await ledger.errandsGivenUp(MOST);
  const late = oldest && now - oldest.at > CARRIED_WITHIN_MS ? oldest : undefined;
  const since = late
    ? `, the oldest since ${formatDeadline(late.at)} (${late.id}: ${late.lastError ?? 'not tried'})`
    : '';
  const todos = [
    ...(late ? ["a worker carries them: see whether one runs, its log, and 'stuck cases'"] : []),
    ...(lost.length > 0
      ? [
          `not carried, tell those cases by other means: ${some(lost.map(({ id, lastError }) => `${id} (${lastError})`))}`,
        ]
      : []),
  ];
  const seen = `${waiting} wait${since}, ${lost.length} given up`;
  return check('errands between cases', seen, todos.length > 0 ? todos.join('; ') : undefined);
}

async function subscriptionCheck(ledger: Ledger): Promise<Check> {
  const webhooks = await ledger.webhooks();
  const dead = [];
  for (const { id } of webhooks) if ((await ledger.deadLetters(id)).length > 0) dead.push(id);
  return check(
    'subscriptions of the feed',
    `${webhooks.length}, ${dead.length} with dead letters`,
    dead.length === 0 ? undefined : `ask their receivers, then have them sent again: ${some(dead)}`,
  );
}

/** Opens the period of a duty in which an instant lies, once: the same for a schedule, an operator and a drill. */
import type { Ledger } from '../../activities/ledger';
import { dateOf, type Instant, type LawData } from '../../workflows/law';
import { keyOf, recurringObligationProcedure as procedure } from '../../workflows/procedures/recurring-obligation';
import type { Json } from '../../workflows/runtime/workflow';
import type { City } from '../city';
import type { Site } from '../site';
import { calendarCaller } from './calendar-caller';
import { type Duty, whyNotOwed } from './duties';
import { type PeriodPayload, payloadOn, periodFigures } from './periods';

export interface OpeningParts {
  site: Site;
  ledger: Pick<Ledger, 'list'>;
  city: Pick<City, 'start'>;
  /** The law of the installation from an instant on, as `Lawbook.lawFor`. */
  lawFor: (of: { parameters: typeof periodFigures }, at: Instant) => Promise<LawData>;
  /** Now, unless told. */
  clock?: () => Instant;
}

export type OpenedPeriod =
  | { case: string; opened: boolean }
  /** Nobody owes it now, or a window that rolls covers it: why, in a sentence. */
  | { skipped: string };

/** The period could not be opened, and trying again will not help. */
export class PeriodRefused extends Error {
  constructor(key: string, why: string) {
    super(`${key} was not opened: ${why}`);
    this.name = 'PeriodRefused';
  }
}

/**
 * @param at the instant at which the period begins, or one in it
 * @throws PeriodRefused, Unreachable, LedgerUnavailable
 */
export async function openPeriod(parts: OpeningParts, duty: Duty, at: Instant): Promise<OpenedPeriod> {
  const { site, ledger, clock = Date.now } = parts;
  const notOwed = whyNotOwed(site.directory, duty, clock());
  if (notOwed !== undefined) return { skipped: notOwed };
  const law = await parts.lawFor({ parameters: periodFigures }, clock());
  const payload = payloadOn(duty, dateOf(at), law);
  const open = await openCases(ledger, duty);
  const same = open.find(({ period }) => period.id === payload.period.id);
  if (same) return { case: same.case, opened: false };
  const covering = open.find(({ period }) => period.rolling !== undefined && period.last >= payload.period.first);
  if (covering) return { skipped: `${covering.case} covers ${payload.period.first} until ${covering.period.last}` };
  const behind = open.filter(({ period }) => period.last < payload.period.first).map(({ case: id }) => id);
  return start(parts, behind.length > 0 ? { ...payload, behind } : payload);
}

async function start({ city }: OpeningParts, payload: PeriodPayload): Promise<OpenedPeriod> {
  const key = keyOf(payload);
  const answer = await city.start(procedure, {
    caller: calendarCaller(),
    key,
    id: `calendar:${key}`,
    payload: payload as unknown as Json,
  });
  // Opened before, when other periods were still open beside it: one case all the same.
  if (answer.refusal?.code === 'id-reused' && answer.case !== undefined) return { case: answer.case, opened: false };
  if (answer.refusal || answer.case === undefined)
    throw new PeriodRefused(key, answer.said?.sentence ?? answer.refusal?.code ?? 'no case was named');
  return { case: answer.case, opened: true };
}

interface OpenCase {
  case: string;
  period: PeriodPayload['period'];
}

async function openCases(ledger: Pick<Ledger, 'list'>, { obligation, owner }: Duty): Promise<OpenCase[]> {
  const listed = await ledger.list({ procedure: procedure.name, unit: owner, status: 'open', limit: 1_000 });
  return listed.flatMap(({ case: id, summary }) => {
    const shown = summary as unknown as { obligation: string; period: OpenCase['period'] };
    return shown.obligation === obligation ? [{ case: id, period: shown.period }] : [];
  });
}

/** What an act may ask to have put beside it: one gatherer for each fact (spec 2.0b). */
import type { Ledger } from '../../activities/ledger';
import type { FactName, Facts } from '../../workflows/procedures/kit';
import type { Instant, Json } from '../../workflows/runtime/workflow';
import type { Authority } from '../authority';
import { type Lawbook, parameterFact } from '../lawbook';

export interface Gathering {
  payload: Json;
  asOf: Instant;
  authority: Authority;
  ledger: Pick<Ledger, 'list'>;
  lawbook: Pick<Lawbook, 'versionFact'>;
}

/** Undefined where there is nothing to say; the fact is left out then. */
type Gatherer<Name extends FactName> = (gathering: Gathering) => Promise<Facts[Name]> | Facts[Name];

export type Gatherers = { readonly [Name in FactName]?: Gatherer<Name> };

/** Meetings and duty rosters are procedures of later steps: nobody keeps them yet. */
export const gatherers: Gatherers = {
  acting: ({ authority }) => authority.acting(),
  leaves: async ({ payload, authority }) => {
    const person = personIn(payload);
    return person === undefined ? [] : authority.leavesOf(person);
  },
  applicant: async ({ payload, asOf, authority }) => {
    const person = personIn(payload);
    return person === undefined ? undefined : authority.applicant(person, asOf);
  },
  served: async ({ payload, ledger }) => {
    const { ref } = ((payload ?? {}) as { evidence?: { ref?: Json } }).evidence ?? {};
    if (typeof ref !== 'string') return [];
    const cases = await ledger.list({ procedure: 'recurring-obligation', evidence: ref });
    return cases.map(({ case: id, summary }) => ({
      case: id,
      obligation: (summary as { obligation: string }).obligation,
    }));
  },
  version: ({ asOf, lawbook }) => lawbook.versionFact(asOf),
  parameter: ({ payload }) => parameterFact(payload),
  meetings: () => [],
  duty: () => [],
};

/** @throws Error for a fact that nobody gathers here */
export async function gather(
  names: readonly FactName[],
  gathering: Gathering,
  known: Gatherers = gatherers,
): Promise<Facts> {
  const facts: Facts = { asOf: gathering.asOf };
  for (const name of new Set(names)) {
    const gatherer = known[name];
    if (!gatherer) throw new Error(`nobody gathers the fact '${name}'`);
    const said = await gatherer(gathering);
    if (said !== undefined) Object.assign(facts, { [name]: said });
  }
  return facts;
}

function personIn(payload: Json): string | undefined {
  const { person } = (payload ?? {}) as { person?: Json };
  return typeof person === 'string' ? person : undefined;
}

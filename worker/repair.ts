/**
 * The operator's last resort: where a case stands is set by hand, by two persons. The first proposes, and nothing changes;
 * the second looks at what would change and confirms. Both acts go through the entrance and stand in the case's record.
 */
import type { Answer, Asker, City } from '../client/city';
import type { Caller } from '../client/identity';
import type { Procedure } from '../workflows/procedures/kit';
import type { CaseView, Json, ProposalView } from '../workflows/runtime/workflow';
import { CannotStart } from './errors';

/** Who acts: a seat, and the person identified in it where the installation identifies persons. */
export interface Repairer {
  seat: string;
  caller?: Caller;
}

export interface RepairWanted {
  /** States by their paths, as the view shows them; each takes the place of what it excludes. */
  state?: readonly string[];
  /** `/context/…=VALUE`: a JSON Pointer, and JSON; what is no JSON is taken as text. */
  set?: readonly string[];
  reason: string;
}

export interface Proposed {
  answer: Answer;
  /** What would change; absent where the proposal was refused. */
  proposal?: ProposalView;
}

interface Parts {
  city: City;
  /** Whether the installation can identify persons: then nobody repairs on the word of whoever may use the machine. */
  identifies: boolean;
}

/**
 * Proposes a repair: a dry run that the case keeps until it is confirmed. Nothing changes by it.
 *
 * @param second the seat that is to confirm
 * @throws CannotStart if the proposal is not one, or its author is not identified
 * @throws NoSuchCase, Unreachable
 */
export async function proposeRepair(
  { city, identifies }: Parts,
  caseId: string,
  wanted: RepairWanted,
  { first, second }: { first: Repairer; second: string },
): Promise<Proposed> {
  const asker = askerOf(first, identifies);
  const { state = [], set = [], reason } = wanted;
  if (state.length + set.length === 0)
    throw new CannotStart('a repair sets a state or a value: give --state PATH or --set /context/…=VALUE');
  const payload = {
    ...(state.length > 0 ? { state: [...state] } : {}),
    ...(set.length > 0 ? { set: set.map(settingOf) } : {}),
    ...{ reason, second },
  };
  const { procedure } = await belonging(city, caseId);
  const answer = await city.act(procedure, caseId, 'PROPOSE_REPAIR', { ...asker, payload });
  if (answer.refusal) return { answer };
  const { proposal } = await city.view(caseId);
  return proposal?.sequence === answer.sequence ? { answer, proposal } : { answer };
}

/**
 * Confirms a proposed repair: it is done, if what the first person saw still stands.
 *
 * @param sequence the link the proposal became; whichever waits, if left out
 * @throws CannotStart if none waits, or who confirms is not identified
 * @throws NoSuchCase, Unreachable
 */
export async function confirmRepair(
  { city, identifies }: Parts,
  caseId: string,
  second: Repairer,
  sequence?: number,
): Promise<Answer> {
  const asker = askerOf(second, identifies);
  const { procedure, view } = await belonging(city, caseId);
  const proposal = sequence ?? view.proposal?.sequence;
  if (proposal === undefined)
    throw new CannotStart(`${caseId} has no repair that waits to be confirmed; propose one first`);
  return city.act(procedure, caseId, 'CONFIRM_REPAIR', { ...asker, payload: { proposal } });
}

async function belonging(city: City, caseId: string): Promise<{ procedure: Procedure; view: CaseView }> {
  const view = await city.view(caseId);
  return { procedure: city.procedureOf(view.machine), view };
}

function askerOf({ seat, caller }: Repairer, identifies: boolean): Asker {
  if (caller) return { caller, seat };
  if (!identifies) return { seat };
  throw new CannotStart(
    `this installation knows persons by their tokens: a repair is not taken on the word of whoever uses the machine; show the token of whoever acts in ${seat}`,
  );
}

/** `/context/source/ref=M-2` or `/context/missed=0`. @throws CannotStart */
export function settingOf(text: string): { at: string; value: Json } {
  const [, at, value] = /^(\/context\/[^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (at === undefined || value === undefined)
    throw new CannotStart(`'${text}' sets nothing; expected /context/PATH=VALUE, e.g. /context/source/ref=M-2`);
  try {
    return { at, value: JSON.parse(value) as Json };
  } catch {
    return { at, value };
  }
}

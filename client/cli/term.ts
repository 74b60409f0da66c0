/** `zhengling term open` and `zhengling presider`: the case of the government's term, made from the directory and read. */
import { labelOr, refusalText, termTexts } from '../../locale';
import { fill } from '../../locale/fill';
import {
  chosen,
  formatDeadline,
  type PlanSegment,
  parseInstant,
  printCitation,
  type Standing,
  stated,
} from '../../workflows/law';
import type { Json, RecordEntry } from '../../workflows/runtime/workflow';
import { AuthorityDesk, type TermShown, termOf, type Unassigned } from '../authority';
import type { Desk } from './desk';
import { Misused } from './errors';
import { type Out, tell } from './out';
import { answerText } from './output';
import { atDesk, type Common } from './run';

export interface Opening extends Common {
  by: string;
  dryRun?: boolean;
}

/** Says what the directory leaves open, and opens the term unless that was all that was asked, or the rules refuse it. */
export function openTerm({ by, dryRun = false, ...options }: Opening): Promise<void> {
  return atDesk(options, async (desk) => {
    const { out, site } = desk;
    const { payload, unassigned } = termOf(site.directory, Date.now());
    if (dryRun) return foreseen(desk, by, payload as unknown as Json, unassigned);
    desk.attest(by);
    const city = await desk.city();
    const procedure = city.procedure('acting-authority')!;
    const answer = await city.start(procedure, { seat: by, payload: payload as unknown as Json });
    tell(out, { ...answer, unassigned }, () => [...open(out, unassigned), answerText(out, answer)].join('\n'));
    return answer.refusal ? 1 : 0;
  });
}

async function foreseen(desk: Desk, by: string, payload: Json, unassigned: Unassigned[]): Promise<number> {
  const { out, site } = desk;
  const { actingAuthorityProcedure } =
    require('../../workflows/procedures/acting-authority') as typeof import('../../workflows/procedures/acting-authority');
  const acting = await new AuthorityDesk(await desk.ledger(), site.directory).acting();
  const receivedAt = Date.now();
  const stamp = {
    receivedAt,
    entrance: 'cli',
    seat: by,
    basis: 'own' as const,
    facts: { asOf: receivedAt, ...(acting ? { acting } : {}) },
  };
  const refusal = actingAuthorityProcedure.opening.refuse(payload as never, stamp);
  const said = refusal && refusalText(refusal, out.script, { nameOf: (id) => out.nameOf(id) });
  const { order } = payload as unknown as { order: { seat: string }[] };
  tell(out, { payload, unassigned, ...(refusal ? { refusal, said } : {}) }, () =>
    [
      ...open(out, unassigned),
      text(out, 'term.order', { order: order.map(({ seat }) => out.nameOf(seat)).join('、') || '—' }),
      said ? text(out, 'term.refused', { sentence: said.sentence, remedy: said.remedy }) : text(out, 'term.ready'),
    ].join('\n'),
  );
  return refusal ? 1 : 0;
}

function open(out: Out, unassigned: readonly Unassigned[]): string[] {
  const name = (one: Unassigned): string => {
    if (typeof one !== 'string') return out.nameOf(one.seat);
    return one === 'order' ? text(out, 'term.what.order') : labelOr(`seat.${one}`, one, out.script);
  };
  return unassigned.length === 0 ? [] : [text(out, 'term.unassigned', { what: unassigned.map(name).join('、') })];
}

export interface Asking extends Common {
  at?: string;
}

type Shown = Pick<Standing, 'state' | 'presider'> & Partial<Pick<Standing, 'version' | 'since'>>;

/** Who presides now or at another instant: on what ground, by which version, and what is planned. */
export function presiderAt({ at, ...options }: Asking): Promise<void> {
  return atDesk(options, async (desk) => {
    const { out, site } = desk;
    const ledger = await desk.ledger();
    const term = await new AuthorityDesk(ledger, site.directory).term();
    if (!term) {
      tell(out, null, () => text(out, 'term.none'));
      return 1;
    }
    const asked = at === undefined ? undefined : instant(at);
    if (asked === undefined) return now(out, term);
    const found = asked > Date.now() ? planned(term, asked) : recorded(await ledger.record(term.case), asked);
    tell(out, found ?? null, () => (found ? headline(out, found) : text(out, 'presider.unknown')));
    return found ? 0 : 1;
  });
}

function now(out: Out, { standing, plan, reason, entrustmentAwaited }: TermShown): number {
  const awaited = entrustmentAwaited && standing.state === 'ranked-vm-presiding';
  const { away, entrustments } = standing;
  tell(out, { ...standing, plan, ...(reason ? { reason } : {}) }, () =>
    [
      headline(out, standing),
      ...(reason
        ? [text(out, 'presider.reason', { reason: labelOr(`acting.reason.${reason}`, reason, out.script) })]
        : []),
      ...(awaited ? [text(out, 'presider.awaited')] : []),
      ...(away.length > 0 ? [text(out, 'presider.away', { seats: away.map(out.nameOf).join('、') })] : []),
      ...entrustments.map(({ receiver, act }) =>
        text(out, 'presider.entrusted', {
          receiver: out.nameOf(receiver),
          entrusted: labelOr(`entrusted.${act}`, act, out.script),
        }),
      ),
      ...plan.map((one) => planLine(out, one)),
    ].join('\n'),
  );
  return 0;
}

/** As if everybody went and came as planned; the last decided, where nothing is planned for then. */
const planned = ({ standing, plan }: TermShown, at: number): Shown =>
  plan.find(({ from, to }) => from <= at && (to === undefined || at < to)) ?? standing;

/** The notice of who presides that was in force then, from the record. */
function recorded(entries: readonly { entry: RecordEntry }[], at: number): Shown | undefined {
  const notices = entries.flatMap(({ entry }) =>
    entry.effects.filter(({ kind, paper }) => kind === 'paper' && paper === 'presider-notice'),
  );
  const last = notices.filter(({ since }) => (since as number) <= at).at(-1);
  if (!last) return undefined;
  const {
    standing: state,
    presider,
    version,
    since,
  } = last as unknown as { standing: Standing['state']; presider?: string; version: number; since: number };
  return { state, version, since, ...(presider === undefined ? {} : { presider }) };
}

const grounds: { readonly [S in Standing['state']]?: string } = {
  'mayor-presiding': printCitation(stated(6)),
  unresolved: printCitation(chosen(9)),
};

function headline(out: Out, { state, presider, version, since }: Shown): string {
  const ground = grounds[state] ?? printCitation(stated(9));
  const head = text(out, 'presider.now', {
    standing: labelOr(`acting.state.${state}`, state, out.script),
    ground,
    ...(presider === undefined ? {} : { presider: out.nameOf(presider) }),
  });
  const dated =
    version === undefined || since === undefined
      ? []
      : [text(out, 'presider.version', { version: String(version), since: formatDeadline(since) })];
  return [head, ...dated].join('\n');
}

function planLine(out: Out, { from, to, state, presider }: PlanSegment): string {
  return text(out, 'presider.plan', {
    from: formatDeadline(from),
    standing: labelOr(`acting.state.${state}`, state, out.script),
    ...(to === undefined ? {} : { until: formatDeadline(to) }),
    ...(presider === undefined ? {} : { presider: out.nameOf(presider) }),
  });
}

function instant(text: string): number {
  try {
    return parseInstant(text);
  } catch (error) {
    throw new Misused(`--at: ${(error as Error).message}`);
  }
}

function text(out: Out, key: keyof typeof termTexts, values: { [name: string]: string } = {}): string {
  return fill(termTexts[key][out.script], values);
}

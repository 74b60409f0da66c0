/**
 * Who may do what, and what happens under absence: the 45 rows of spec 3.2 as data. A cell names places, not persons; which
 * seat a place is at a moment is found in `may-perform.ts`.
 */
import { type Citation, chosen, derived, stated } from '../citation';
import type { AuthoritySettings } from './settings';
import type { Column } from './standing';

export type Place =
  | 'mayor'
  | 'evm'
  /** Whoever presides in the mayor's place, and because he does. */
  | 'presider'
  /** The executive vice mayor, by an entrustment to chair the standing meeting. */
  | 'evm-entrusted'
  | 'vm'
  | 'vmc'
  /** The vice mayor to whom the one in charge passed a document. */
  | 'passed-vm'
  /** A vice mayor with an entrustment for the matter. */
  | 'vm-entrusted'
  | 'sg'
  | 'dsg'
  | 'dsg-entrusted'
  /** The leader who entrusted the deputy secretary-general. */
  | 'entruster'
  | 'office'
  | 'supervision-office'
  | 'justice'
  | 'party-secretary'
  | 'pg-secretary'
  | 'pg-deputy-entrusted'
  /** Whoever chaired, or is to chair, the meeting in question. */
  | 'chair'
  | 'evm-chaired'
  | 'convener'
  /** Whoever took the decision in question. */
  | 'decider'
  | 'principal'
  | 'deputy-principal';

export interface Holder {
  place: Place;
  /** Away, he may still do it if he can be reached (`remoteActs`). */
  remote?: true;
}

/** One of the holders is enough, or all of them are needed. Nobody: the act waits. */
export interface Holding {
  need: 'any' | 'all';
  holders: readonly Holder[];
}

/** A cell, or how it reads by the operator's readings. */
export type Cell = Holding | ((settings: AuthoritySettings) => Holding);
export type Columns = { readonly [C in Column]: Cell };

/** How an act is done, which decides whether it can be done from afar. */
export type Manner = 'presiding' | 'chairing' | 'signature' | 'consent' | 'work';

export interface Row {
  row: number;
  act: string;
  manner: Manner;
  cite: Citation;
  columns: Columns;
  /** Where the row tells kinds of the act apart. */
  variants: { readonly [variant: string]: Columns };
  /** Who must be told though he is no holder. */
  informed?: { readonly [C in Column]?: readonly Place[] };
}

const hold = (need: Holding['need'], places: readonly (Place | Holder)[]): Holding => ({
  need,
  holders: places.map((one) => (typeof one === 'string' ? { place: one } : one)),
});
const any = (...places: (Place | Holder)[]): Holding => hold('any', places);
const all = (...places: (Place | Holder)[]): Holding => hold('all', places);
/** Nobody may: the act waits, or is put off. */
const wait: Holding = hold('any', []);
const remote = (place: Place): Holder => ({ place, remote: true });

/** The same in every column. */
const always = (cell: Cell): Columns => ({ A: cell, B: cell, C: cell, D: cell });
/** `D` as `A`. */
const abc = (A: Cell, B: Cell, C: Cell): Columns => ({ A, B, C, D: A });
const abcd = (A: Cell, B: Cell, C: Cell, D: Cell): Columns => ({ A, B, C, D });
/** The mayor, from afar where he is away. */
const mayorOnly = abc(any('mayor'), any(remote('mayor')), any(remote('mayor')));

type Told = Pick<Row, 'informed'>;
function row(
  number: number,
  act: string,
  manner: Manner,
  cite: Citation,
  columns: Columns,
  variants: Row['variants'] = {},
  told: Told = {},
): Row {
  return { row: number, act, manner, cite, columns, variants, ...told };
}

/** Improvement opinions, rectification and circulars go out through these. */
const orders = ({ 'supervision.orderBy': by }: AuthoritySettings): Holding => {
  const places: Partial<Record<string, Place>> = { VMC: 'vmc', SG: 'sg', mayor: 'mayor' };
  return any(...by.map((one) => places[one]!));
};
/** Government leaders who may entrust a deputy secretary-general. */
const entrusters =
  (mayor: Place | Holder) =>
  ({ 'special.entruster': by }: AuthoritySettings): Holding =>
    any(...by.map((one) => (one === 'mayor' ? mayor : one === 'VM' ? 'vm' : 'sg')));
const responsible = ({ 'dispute.countersigner': by }: AuthoritySettings): Holding =>
  any(...by.map((one): Place => (one === 'UH' ? 'principal' : 'deputy-principal')));
const finalApproval = (one: Place, other: Place | Holder) => (settings: AuthoritySettings) =>
  settings['agenda.finalApproval'] === 'both' ? all(one, other) : any(one);
const bothApprove = (settings: AuthoritySettings): Holding =>
  settings['agenda.finalApproval'] === 'one' ? any('mayor', 'evm') : all('mayor', 'evm');
/** Meeting leave of vice mayors: the mayor from afar, or whoever presides. */
const leaveGrantor = (settings: AuthoritySettings): Holding =>
  settings['meeting.leaveGrantorAway'] === 'presider' ? any('presider') : any(remote('mayor'));
const approver = (one: Holding) => (settings: AuthoritySettings) =>
  settings['citywide.approver'] === 'EVM' ? any('evm') : one;
const memberLeave =
  (key: 'plenary' | 'partyGroup') =>
  (settings: AuthoritySettings): Holding => {
    const places: Record<string, Place | Holder> = { SG: 'sg', mayor: remote('mayor'), convener: 'convener' };
    return any(places[settings['meeting.memberLeave'][key]]!);
  };

const decides = any('vmc', 'passed-vm');

export const matrix: readonly Row[] = [
  row(1, 'preside', 'presiding', stated([6, 9]), abc(any('mayor'), any('presider'), any('presider'))),
  row(
    ...([2, 'chair-plenary', 'chairing', stated(42)] as const),
    abc(any('mayor'), (s) => (s['plenary.evmMayChair'] ? any('evm') : wait), wait),
  ),
  row(3, 'determine-plenary-agenda', 'consent', stated(47), mayorOnly),
  row(
    ...([4, 'chair-party-group', 'chairing', stated(43)] as const),
    abc(
      any('pg-secretary', 'pg-deputy-entrusted'),
      any('pg-secretary', 'pg-deputy-entrusted'),
      any('pg-deputy-entrusted'),
    ),
  ),
  row(5, 'determine-party-group-agenda', 'consent', stated(47), always(any(remote('pg-secretary')))),
  row(
    ...([6, 'chair-standing', 'chairing', stated(44)] as const),
    abcd(
      any('mayor', 'evm-entrusted'),
      any('evm-entrusted'),
      (s) => (s['standing.rankedVmMayChair'] ? any('presider') : wait),
      any('mayor'),
    ),
  ),
  row(
    ...([7, 'first-approval', 'consent', stated(47)] as const),
    abcd(any('mayor', 'evm'), any('evm'), any(remote('mayor')), any('mayor')),
  ),
  row(
    ...([8, 'final-approval', 'consent', stated(47)] as const),
    abcd(bothApprove, finalApproval('evm', remote('mayor')), any(remote('mayor')), any('mayor')),
    {},
    { informed: { B: ['mayor'], D: ['evm'] } },
  ),
  row(
    ...([9, 'chair-mayors-office', 'chairing', stated(45)] as const),
    abc(any('mayor'), (s) => (s['mayorsOffice.evmMayChair'] ? any('evm') : wait), wait),
  ),
  row(10, 'chair-special', 'chairing', stated(46), always(any('mayor', 'vm', 'sg', 'dsg-entrusted'))),
  row(11, 'grant-leave-to-leaders', 'consent', stated(49), abc(any('mayor'), leaveGrantor, leaveGrantor)),
  row(12, 'grant-leave-to-observers', 'consent', stated(49), always(any('sg'))),
  row(
    ...([13, 'sign-minutes', 'signature', stated(50)] as const),
    abcd(any('mayor', 'evm-chaired'), any('evm-chaired'), wait, any('mayor')),
    { plenary: abc(any('mayor'), wait, wait), 'mayors-office': abc(any('mayor'), wait, wait) },
  ),
  row(14, 'sign-special-minutes', 'signature', stated(50), always(any('chair')), {
    'sg-held': always(any('sg')),
    'sg-held-important': abcd(any('mayor', 'evm'), any('evm', remote('mayor')), any(remote('mayor')), any('mayor')),
    'dsg-held': always((s) => any(s['minutes.dsgSigner'] === 'SG' ? 'sg' : 'entruster')),
  }),
  row(15, 'agree-to-overall-matter', 'consent', stated(50), mayorOnly),
  row(16, 'approve-press-text', 'consent', stated(50), always(any('sg')), {
    needed: abcd(any('mayor', 'evm'), any('evm'), any(remote('mayor')), any('mayor')),
  }),
  row(17, 'decide-document', 'consent', stated(53), always(decides)),
  row(18, 'decide-major-document', 'consent', stated([53, 41]), mayorOnly),
  row(19, 'sign-rule-or-order', 'signature', stated(54), mayorOnly),
  row(
    ...([20, 'sign-upward', 'signature', stated(55)] as const),
    abcd(any('mayor'), any('presider'), any('presider'), any('mayor')),
  ),
  row(21, 'sign-major-upward', 'signature', stated(55), mayorOnly),
  row(22, 'sign-level-or-downward', 'signature', stated(55), always(any('vmc')), { major: mayorOnly }),
  row(23, 'sign-office-document', 'signature', stated(55), always(any('sg')), {
    key: abc(any('vmc', 'mayor'), any('vmc'), any('vmc')),
  }),
  row(
    ...([24, 'review-agreement', 'signature', stated(55)] as const),
    abcd(all('vmc', 'evm'), all('vmc', 'evm'), wait, (s) => (s['evm.waiverByMayor'] ? any('vmc') : wait)),
    { approve: abcd(any('mayor'), any(remote('mayor')), wait, (s) => (s['evm.waiverByMayor'] ? any('mayor') : wait)) },
  ),
  row(
    ...([25, 'handle-urgent', 'work', stated([41, 7])] as const),
    always(any('vmc', 'vm-entrusted')),
    {
      'mayor-unreachable': abc(
        any('vmc', 'vm-entrusted'),
        any('vmc', 'vm-entrusted'),
        any('vmc', 'vm-entrusted', 'presider'),
      ),
    },
    { informed: { A: ['mayor'], B: ['mayor'], C: ['mayor'], D: ['mayor'] } },
  ),
  row(26, 'sign-unit-document', 'signature', stated(52), always(any('principal'))),
  row(27, 'ask-for-leaders-meeting', 'work', stated(63), always(any('vmc', 'sg')), {
    call: abcd(any('mayor', 'evm'), any('evm'), any(remote('mayor')), any('mayor')),
  }),
  row(28, 'consent-to-change', 'consent', stated(60), abcd(any('decider'), any('decider'), wait, any('decider'))),
  row(29, 'approve-interpretation', 'consent', stated(21), mayorOnly, { opinion: always(any('justice')) }),
  row(30, 'entrust', 'consent', stated([7, 9, 44]), mayorOnly),
  row(31, 'determine-mayors-office-agenda', 'consent', stated(47), mayorOnly),
  row(32, 'determine-special-agenda', 'consent', stated(47), always(any('convener'))),
  row(33, 'prepare-standing-item', 'work', stated(47), always(any('dsg')), {
    sign: always(any('vmc')),
    collate: always(any('office')),
    countersign: always(any('sg')),
  }),
  row(
    ...([34, 'travel-leave-of-leaders', 'consent', stated(71)] as const),
    abc(
      all('party-secretary', 'mayor'),
      all('party-secretary', remote('mayor')),
      all('party-secretary', remote('mayor')),
    ),
  ),
  row(
    ...([35, 'travel-leave-of-principals', 'consent', stated(71)] as const),
    abc(
      all('party-secretary', 'mayor', 'vmc'),
      all('party-secretary', remote('mayor'), 'vmc'),
      all('party-secretary', remote('mayor'), 'vmc'),
    ),
  ),
  row(36, 'special-meeting-leave', 'consent', stated(49), always(any('chair'))),
  row(37, 'member-leave', 'consent', chosen(49), always(memberLeave('plenary')), {
    'party-group': always(memberLeave('partyGroup')),
  }),
  row(38, 'countersign-dispute', 'signature', stated(52), always(responsible)),
  row(39, 'order-improvement', 'consent', stated([61, 64]), always(orders)),
  row(40, 'accept-supervision-item', 'work', derived([61, 62]), always(any('supervision-office', 'office'))),
  row(41, 'answer-prior-request', 'consent', stated([20, 69, 53]), always(decides), { major: mayorOnly }),
  row(42, 'approve-citywide-meeting', 'consent', stated(51), always(approver(any(remote('mayor'))))),
  row(43, 'represent-abroad', 'work', stated(7), always(any('vm-entrusted'))),
  row(
    ...([44, 'entrust-dsg', 'consent', stated(46)] as const),
    abc(entrusters('mayor'), entrusters(remote('mayor')), entrusters(remote('mayor'))),
  ),
  row(45, 'reset-supervision-date', 'work', chosen([60, 61]), always(any('supervision-office', 'office')), {
    'by-decision': abcd(any('decider'), any('decider'), wait, any('decider')),
  }),
];

const byNumber = new Map(matrix.map((one) => [one.row, one]));

/** @throws RangeError for a row that spec 3.2 does not have */
export function rowOf(number: number): Row {
  const found = byNumber.get(number);
  if (!found) throw new RangeError(`the matrix of authority has rows 1 to ${matrix.length}, not ${number}`);
  return found;
}

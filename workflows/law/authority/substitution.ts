/**
 * Who may stand in for whom, whole (spec 3.3). There is no rule of paired substitutes, and none is made up: where this list
 * has no line, the act waits.
 */
import { type Citation, stated } from '../citation';
import type { Place } from './matrix';

export interface Substitution {
  absent: Place | 'observer';
  by: Place;
  /** What he then does. */
  act: string;
  /** What it rests on. */
  under: 'order' | 'entrustment' | 'passed-on' | 'presiding' | 'office';
  cite: Citation;
}

export const substitutions: readonly Substitution[] = [
  { absent: 'mayor', by: 'evm', act: 'preside', under: 'entrustment', cite: stated(9) },
  { absent: 'mayor', by: 'vm', act: 'preside', under: 'order', cite: stated(9) },
  { absent: 'vmc', by: 'vm-entrusted', act: 'entrusted-work', under: 'entrustment', cite: stated(7) },
  {
    absent: 'pg-secretary',
    by: 'pg-deputy-entrusted',
    act: 'chair-party-group',
    under: 'entrustment',
    cite: stated(43),
  },
  { absent: 'mayor', by: 'evm-entrusted', act: 'chair-standing', under: 'entrustment', cite: stated(44) },
  { absent: 'chair', by: 'dsg-entrusted', act: 'chair-special', under: 'entrustment', cite: stated(46) },
  { absent: 'observer', by: 'deputy-principal', act: 'observe', under: 'office', cite: stated(49) },
  { absent: 'vmc', by: 'passed-vm', act: 'decide-document', under: 'passed-on', cite: stated(53) },
  { absent: 'mayor', by: 'presider', act: 'sign-upward', under: 'presiding', cite: stated(55) },
];

/** Who may do an act in place of somebody absent; nobody, where the text names nobody. */
export function substitutesFor(absent: Substitution['absent'], act: string): Substitution[] {
  return substitutions.filter((one) => one.absent === absent && one.act === act);
}

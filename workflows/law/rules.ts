/**
 * Guards that can explain themselves. A rule is an ordinary guard function for a machine's `guards`; what it rests on
 * hangs on it as `rule`, where the runtime finds it when it tells a sender which rule said no.
 */
import type { Citation } from './citation';
import { type Code, type CodeEntry, citationOf, codes } from './codes';

export interface RuleInfo {
  readonly code: Code;
  readonly cite: Citation;
  /** Passes with a recorded exception; the check itself looks for one. */
  readonly soft: boolean;
}

/** A guard with its ground. */
export type Rule<Args, Params> = ((args: Args, params: Params) => boolean) & { readonly rule: RuleInfo };

export interface RuleSpec<Args, Params> {
  code: Code;
  /** Where this rule rests; the catalogue's citation of the code unless said otherwise. */
  cite?: Citation;
  /** Required for codes that are soft in part, otherwise the catalogue's word. */
  soft?: boolean;
  /** True = allowed. Pure: reads the case's own context and the event, never a clock or the world. */
  check: (args: Args, params: Params) => boolean;
}

/**
 * Makes a guard that knows its code and citation.
 * @throws Error when the code is soft in part and `soft` is not given
 */
export function rule<Args, Params>({ code, cite, soft, check }: RuleSpec<Args, Params>): Rule<Args, Params> {
  const entry: CodeEntry = codes[code];
  if (soft === undefined && entry.soft === 'in part') {
    throw new Error(`A rule with the code ${code} must say whether it is soft: the code covers hard and soft rules.`);
  }
  const info: RuleInfo = { code, cite: cite ?? citationOf(code), soft: soft ?? entry.soft === true };
  // A function of its own, so that one check can serve several rules.
  return Object.assign((args: Args, params: Params) => check(args, params), { rule: info });
}

/** What a guard rests on, if it was made by `rule`. */
export function ruleOf(guard: unknown): RuleInfo | undefined {
  return typeof guard === 'function' ? (guard as { rule?: RuleInfo }).rule : undefined;
}

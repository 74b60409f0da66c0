import type { RefusalText } from '../../locale';

/** A command that cannot be carried out, said in one sentence. */
export class Misused extends Error {}

/** Refused by the gateway before any case was asked: not known who asks, not entitled to read, too often. */
export class Denied extends Error {
  constructor(
    readonly code: string,
    readonly said: RefusalText,
  ) {
    super([said.sentence, said.remedy].filter(Boolean).join('\n'));
  }
}

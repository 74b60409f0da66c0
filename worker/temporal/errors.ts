/**
 * Something on this machine or in its settings keeps Temporal from running. The message is one or two sentences for the
 * operator: what is wrong, where, and what would make it right. It is printed without a stack.
 */
export class TemporalError extends Error {
  override readonly name = 'TemporalError';
}

/** The message of anything thrown, without a trailing full stop, for use inside a sentence. */
export function reason(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.trim().replace(/\.$/, '');
}

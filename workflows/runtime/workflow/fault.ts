import type { Json } from './types';

/**
 * Code of a machine threw, or something failed that the machine does not handle. A plain error on purpose: Temporal fails
 * the workflow *task* with it, nothing of the step is committed, and the case goes on once a fixed build runs. A
 * TemporalFailure thrown here would end the case.
 */
export class MachineFault extends Error {
  constructor(machine: string, during: string, state: readonly string[], cause: unknown) {
    super(`${machine}: '${during}' in state ${state.map((s) => `'${s}'`).join(', ')} failed: ${messageOf(cause)}`, {
      cause,
    });
    this.name = 'MachineFault';
  }
}

export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { message } = (typeof error === 'object' && error !== null ? error : {}) as { message?: Json };
  return typeof message === 'string' ? message : String(error);
}

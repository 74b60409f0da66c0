import {
  isGrpcServiceError,
  QueryRejectedError,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';

/** gRPC status codes by number: cancelled, deadline exceeded, resource exhausted, failed precondition, aborted, unavailable. */
const PASSING = new Set([1, 4, 8, 9, 10, 14]);

/** No server or no worker answered in time. Nothing is known of the act: it may be repeated with the same id. */
export class Unreachable extends Error {
  constructor(consequence: string, options: { cause: unknown }) {
    super(`${reasonOf(options.cause)}: ${consequence}`, options);
    this.name = 'Unreachable';
  }

  /** Whether the same call may well succeed in a moment. */
  static isPassing(error: unknown): boolean {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
    if (error instanceof QueryRejectedError) return false;
    const status = statusOf(error);
    return status !== undefined && PASSING.has(status);
  }
}

function statusOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  const cause = error instanceof ServiceError ? error.cause : undefined;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}

function reasonOf(error: unknown): string {
  const status = statusOf(error);
  if (status === 14) return 'the Temporal server cannot be reached';
  if (status === 8) return 'the case is answering too many others at this moment';
  return 'no worker answered in time';
}

import {
  isGrpcServiceError,
  QueryRejectedError,
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

/** gRPC status codes by number. */
const CANCELLED = 1;
export const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;
export const NOT_FOUND = 5;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const ABORTED = 10;
const UNAVAILABLE = 14;

const PASSING = new Set([CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, UNAVAILABLE]);

/** Our own clock ended an attempt that the connection would have gone on with. */
export class AttemptEnded extends Error {}

export interface UnreachableOptions {
  cause: unknown;
  /** Who did not answer, where more is known than the cause says. */
  reason?: string;
  /** Of the act that was tried. */
  actId?: string;
}

/** No server or no worker answered in time. Nothing is known of the act: it may be repeated with the same id. */
export class Unreachable extends Error {
  /** The id under which the act may be repeated. */
  readonly actId: string | undefined;

  constructor(consequence: string, { cause, reason, actId }: UnreachableOptions) {
    super(`${reason ?? reasonOf(cause)}: ${consequence}`, { cause });
    this.name = 'Unreachable';
    this.actId = actId;
  }

  /** Whether the same call may well succeed in a moment. */
  static isPassing(error: unknown): boolean {
    if (error instanceof AttemptEnded || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
    if (error instanceof QueryRejectedError) return false;
    if (isLost(error)) return true;
    const status = statusOf(error);
    return status !== undefined && PASSING.has(status);
  }
}

/** Ten updates of the case are under way already. */
export const isCrowded = (error: unknown): boolean => statusOf(error) === RESOURCE_EXHAUSTED;

/** It is the server's own word, not the lack of one. */
export function serverAnswered(error: unknown): boolean {
  const status = statusOf(error) ?? UNAVAILABLE;
  return status === RESOURCE_EXHAUSTED || status === FAILED_PRECONDITION || status === ABORTED;
}

/** What the error itself says of the reason; undefined where only asking further can tell. */
export function knownReason(error: unknown): string | undefined {
  if (isCrowded(error)) return 'the case is answering too many others at this moment';
  if (statusOf(error) === FAILED_PRECONDITION) return `Temporal put the call off (${detailsOf(error)})`;
  return undefined;
}

function reasonOf(error: unknown): string {
  if (statusOf(error) === UNAVAILABLE) return 'the Temporal server cannot be reached';
  return knownReason(error) ?? 'no worker answered in time';
}

export function statusOf(error: unknown): number | undefined {
  return grpcErrorOf(error)?.code;
}

/** An update that was accepted and whose run ended before it was done. */
export const isOvertaken = (error: unknown): boolean => failureType(error) === 'AcceptedUpdateCompletedWorkflow';

/** An update that got lost between server and worker, as happens under load: it was not accepted and may be sent again. */
const isLost = (error: unknown): boolean => failureType(error) === 'UnprocessedUpdate';

function failureType(error: unknown): string | null | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  return error.cause instanceof ApplicationFailure ? error.cause.type : undefined;
}

function detailsOf(error: unknown): string {
  return grpcErrorOf(error)?.details ?? '';
}

function grpcErrorOf(error: unknown): { code: number; details: string } | undefined {
  if (isGrpcServiceError(error)) return error;
  const cause = error instanceof ServiceError ? error.cause : undefined;
  return isGrpcServiceError(cause) ? cause : undefined;
}

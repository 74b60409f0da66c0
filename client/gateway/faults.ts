/** What is thrown on the way, as an answer: what is known to go wrong has its problem, anything else is our bug. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { BadCursor, LedgerUnavailable } from '../../activities/ledger';
import { NoSuchCase, NotOpened, Unreachable } from '../../workflows/runtime/client';
import type { Refusal } from '../../workflows/runtime/workflow';
import { StorageUnavailable } from '../attachments';
import { Unreadable } from './body';
import { BODY_LIMIT } from './config';
import type { Log } from './ports';
import { refuse } from './problem';

interface Fault {
  status: number;
  refusal: Refusal;
}

export function faultHandler(log: Log) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = knownFault(error, request);
    try {
      if (known) return refuse(reply, known.status, known.refusal);
    } catch (unsaid) {
      // A refusal that cannot be put into words is a fault as well, and no reason to fall silent.
      return faultHandler(log)(unsaid as Error, request, reply);
    }
    // Neither address nor body nor message: any of them may hold what was sent.
    const { method, routeOptions, id } = request;
    log.error({ request: id, method, route: routeOptions.url, stack: stackOf(error) }, 'a request ended in a fault');
    return refuse(reply, 500, { code: 'internal-fault' });
  };
}

/** Where it happened, without what it says: messages of parsers and databases repeat what they were given. */
function stackOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join('\n');
}

function knownFault(error: FastifyError | Error, request: FastifyRequest): Fault | undefined {
  if (error instanceof Unreadable) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return { status: 400, refusal: amissIn(error) };
  if (error instanceof NoSuchCase)
    return { status: 404, refusal: { code: 'no-such-case', params: { case: error.caseId } } };
  if (error instanceof NotOpened) return { status: 400, refusal: error.receipt.refusal ?? { code: 'not-opened' } };
  if (error instanceof Unreachable) return { status: 503, refusal: { code: 'cannot-reach', ...idOf(error, request) } };
  if (error instanceof LedgerUnavailable) return { status: 503, refusal: { code: 'ledger-away' } };
  if (error instanceof StorageUnavailable) return { status: 503, refusal: { code: 'storage-away' } };
  if (error instanceof BadCursor) return { status: 404, refusal: { code: 'no-such-cursor', path: 'query.after' } };
  return frameworkFault((error as FastifyError).code);
}

function frameworkFault(code: string | undefined): Fault | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { status: 413, refusal: { code: 'too-large', params: { limit: BODY_LIMIT } } };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { status: 415, refusal: { code: 'media-type', params: { expected: 'application/json; charset=utf-8' } } };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_ASYNC_CONSTRAINT':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return { status: 400, refusal: { code: 'malformed', params: { problem: 'request.unreadable' } } };
    default:
      return undefined;
  }
}

interface Validated {
  validation: { instancePath: string; message?: string | undefined; keyword: string }[];
  validationContext?: string | undefined;
}

const PLACES: Record<string, string> = { body: 'payload', querystring: 'query', params: 'path', headers: 'header' };

function amissIn({ validation, validationContext = '' }: Validated): Refusal {
  const [first] = validation;
  const inside = (first?.instancePath ?? '').replaceAll('/', '.').replace(/\.$/, '');
  const path = `${PLACES[validationContext] ?? validationContext}${inside}`;
  return { code: 'malformed', path, params: { problem: first?.message ?? 'pattern' } };
}

/** The key under which it may be repeated, where the sender gave one. */
function idOf({ actId }: Unreachable, { headers }: FastifyRequest): Pick<Refusal, 'params'> {
  const own = headers['idempotency-key'];
  return actId === undefined || typeof own !== 'string' ? {} : { params: { id: own } };
}

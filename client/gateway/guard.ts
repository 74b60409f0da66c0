/** What is turned away before it is read: other sites' scripts, other names, too many at once. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from './config';
import { refuse } from './problem';

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const READING = ['GET', 'HEAD', 'OPTIONS'];

/** Sets the headers every answer bears. */
export async function armour(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
}

/**
 * Refuses a name that is not ours (a foreign name may have been pointed at this address so that a browser takes its
 * page for ours), and changes that a page of another site asks for.
 */
export function guard({
  publicUrl,
  host,
}: GatewayConfig): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const outside = publicUrl === undefined ? undefined : new URL(publicUrl);
  const names = [...LOOPBACK, ...(host === undefined ? [] : [host]), ...(outside ? [outside.hostname] : [])];
  return async (request, reply) => {
    const asked = nameIn(request.headers.host);
    if (asked === undefined || !names.includes(asked)) return refuse(reply, 421, { code: 'wrong-host' });
    if (!isDecodable(request.url))
      return refuse(reply, 400, { code: 'malformed', params: { problem: 'request.unreadable' } });
    if (READING.includes(request.method)) return;
    const { origin, 'sec-fetch-site': from } = request.headers;
    const own = [outside?.origin, `http://${request.headers.host}`, `https://${request.headers.host}`];
    if (origin !== undefined && !own.includes(origin)) return refuse(reply, 403, { code: 'foreign-origin' });
    if (from !== undefined && from !== 'same-origin' && from !== 'none')
      return refuse(reply, 403, { code: 'foreign-origin' });
  };
}

/** An address whose escapes are no UTF-8 would be taken as it is written. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function nameIn(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  const { hostname, username, pathname } = new URL(`http://${host}`);
  return username === '' && pathname === '/' ? hostname : undefined;
}

/** The gateway, and whoever tells it who comes in. */
import type { Site } from '../../site';
import type { Desk } from '../desk';
import { amiss, type Check, check, fine, reasonOf } from './check';

const PATIENCE_MS = 5_000;
const PORT = 8080;

export async function gatewayChecks(desk: Desk): Promise<Check[]> {
  return [await gatewayCheck(desk), ...(await identityChecks(desk.site))];
}

async function gatewayCheck(desk: Desk): Promise<Check> {
  const { host = '127.0.0.1', port = PORT } = desk.site.config.gateway ?? {};
  const address = desk.running()?.gateway ?? `http://${host}:${port}`;
  try {
    const answer = await fetch(`${address}/health/ready`, {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { checks } = (await answer.json()) as { checks: { what: string; ok: boolean; seen: string }[] };
    const failing = checks.filter(({ ok }) => !ok).map(({ what, seen }) => `${what}: ${seen}`);
    const seen = `${address}: ${failing.length === 0 ? 'ready' : failing.join('; ')}`;
    return check(
      'gateway',
      seen,
      failing.length === 0 ? undefined : 'put right what it names; nobody is answered until then',
    );
  } catch (error) {
    const todo = "start 'zhengling up' or 'zhengling gateway'; where it runs on another machine, look there";
    return amiss('gateway', `${address} does not answer (${reasonOf(error)})`, todo);
  }
}

async function identityChecks(site: Site): Promise<Check[]> {
  const { issuer, demo } = site.config.identity ?? {};
  if (issuer !== undefined) return issuerChecks(issuer, site.config.identity?.tolerance ?? TOLERANCE_S);
  if (site.kind !== 'city') return [fine('identity', demo === false ? 'nobody comes in' : 'demo identities')];
  const todo = 'set identity.issuer and identity.audience; until then only signed webhooks and this machine come in';
  return [amiss('identity', 'no issuer', todo)];
}

const TOLERANCE_S = 30;

async function issuerChecks(issuer: string, tolerance: number): Promise<Check[]> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const found = await ask(address);
    const { issuer: named, jwks_uri: keysAt } = found.body as { issuer?: string; jwks_uri?: string };
    if (named !== issuer)
      return [amiss('identity', `${address} speaks for '${named}'`, `expected '${issuer}': correct identity.issuer`)];
    const { body } = await ask(String(keysAt));
    const keys = (body as { keys?: unknown[] }).keys?.length ?? 0;
    const todo = keys > 0 ? undefined : 'no token can be checked: ask whoever runs the issuer';
    return [
      check('identity', `${issuer} answers and publishes ${keys} keys`, todo),
      ...clockCheck(found.date, tolerance),
    ];
  } catch (error) {
    const todo = 'tokens with a key not seen yet are answered with 503 until it is reached; see network and name';
    return [amiss('identity', `${issuer} is not reached (${reasonOf(error)})`, todo)];
  }
}

/** @throws Error for what is no JSON answer of success */
async function ask(address: string): Promise<{ body: unknown; date: number }> {
  const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return { body: await answer.json(), date: Date.parse(answer.headers.get('date') ?? '') };
}

/** The issuer's clock is the only other one there is. */
function clockCheck(theirs: number, tolerance: number): Check[] {
  if (Number.isNaN(theirs)) return [];
  const seconds = Math.round((Date.now() - theirs) / 1000);
  const seen = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the issuer's`;
  const todo =
    Math.abs(seconds) <= tolerance ? undefined : 'set it by NTP: its tokens are taken for not valid yet, or expired';
  return [check('clock and issuer', seen, todo)];
}

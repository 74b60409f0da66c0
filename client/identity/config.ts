/** The `identity` section of zhengling.yaml. */
import { z } from 'zod';

/** Signatures that only the issuer can make. `none` and the HS family, where whoever can check can also forge, are no choice. */
export const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

export const identityConfig = z
  .strictObject({
    issuer: z
      .url('expected the address of an issuer')
      .refine(isGuarded, 'expected an address that begins with https:// (http:// only on this machine)')
      .describe('OpenID Connect issuer whose tokens are taken, as it stands in them')
      .optional(),
    audience: z
      .string()
      .min(1, 'expected the audience of the tokens')
      .describe('what its tokens must be meant for')
      .optional(),
    algorithms: z
      .array(z.enum(algorithms))
      .min(1, 'expected at least one algorithm')
      .describe('signatures that are taken; all of the asymmetric ones unless told')
      .optional(),
    tolerance: z
      .int()
      .min(0)
      .max(300, 'expected at most 300 seconds')
      .describe('seconds by which the clocks of issuer and entrance may differ; 30 unless told')
      .optional(),
    identities: z
      .string()
      .min(1, 'a path, relative to the data directory')
      .describe('file of subjects, desks, systems and auditors ([identity.md](identity.md))')
      .optional(),
    demo: z
      .boolean()
      .describe(
        '`Authorization: Demo <seat>` counts; demonstrations and drills only, on there unless an issuer is named',
      )
      .optional(),
  })
  .refine(({ issuer, audience }) => (issuer === undefined) === (audience === undefined), {
    error: 'expected issuer and audience together: a token of the issuer for somebody else must not open this door',
  })
  .refine(({ issuer, demo }) => issuer === undefined || demo !== true, {
    error:
      'names an issuer and demo identities; whoever may call himself anybody makes the issuer worthless: take out one',
  });

export type IdentityConfig = z.infer<typeof identityConfig>;

/** Whether `Authorization: Demo <seat>` counts. */
export function demoIdentities(kind: 'city' | 'demo' | 'drill', config: IdentityConfig = {}): boolean {
  return kind !== 'city' && (config.demo ?? config.issuer === undefined);
}

/** Why an installation of this kind cannot have these settings; undefined if it can. */
export function identityAmiss(kind: 'city' | 'demo' | 'drill', config: IdentityConfig = {}): string | undefined {
  if (kind !== 'city' || config.demo !== true) return undefined;
  return 'identity.demo is for demonstrations and drills; a city takes tokens of an issuer: take it out';
}

/** A bearer token read on the way, or keys changed on the way, would open every door. */
function isGuarded(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

const LEAST_BYTES = 24;

/**
 * Why a text is no key of webhook signatures as Standard Webhooks write it (base64 after `whsec_`), without showing it;
 * undefined if it is one.
 */
export function secretProblem(secret: string): string | undefined {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  if (encoded === undefined) return "is no webhook secret (base64 after 'whsec_')";
  const bytes = Buffer.from(encoded, 'base64').length;
  return bytes < LEAST_BYTES ? `is too short (${bytes} bytes; at least ${LEAST_BYTES})` : undefined;
}

/**
 * Signatures on stamps. An entrance signs that it took this act in, from this seat, at this instant, for this case; the
 * signature stays in the record, where anybody with the public key can check it without us.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { chmodSync, linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { formatInstant } from '../../workflows/law';
import type { AuthorityStamp } from '../../workflows/procedures/kit';
import { digest, type Instant, type Json } from '../../workflows/runtime/workflow';

export interface StampSignature {
  [key: string]: string;
  /** Id of the key. */
  key: string;
  /** Ed25519, base64url. */
  value: string;
}

/** What a signature covers besides the stamp. */
export interface SignedAct {
  case: string;
  /** The act's own id. */
  id: string;
  type: string;
  payload: Json;
  /** When it happened, where that was claimed. */
  at?: Instant;
}

export interface StampSigner {
  /** The first 32 hex digits of SHA-256 over the public key (SPKI, DER). */
  readonly id: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
  /** The stamp with its signature. */
  sign<Stamp extends AuthorityStamp>(act: SignedAct, stamp: Stamp): Stamp & { signature: StampSignature };
}

/** The key cannot be used as it is; nothing may be stamped with it. */
export class KeyUnusable extends Error {}

export const KEY_FILE = 'entrance.key';
const KEY_ID_DIGITS = 32;
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/**
 * The signer of an installation; its key is made when there is none. Several processes may begin at once: one key wins.
 * @throws KeyUnusable if the key cannot be read or written, is none of Ed25519, or can be read by others
 */
export function openSigner(dataDir: string): StampSigner {
  const file = join(dataDir, KEY_FILE);
  const key = readKey(file) ?? makeKey(file);
  const publicKey = createPublicKey(key);
  const id = keyIdOf(publicKey);
  return {
    id,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sign: (act, stamp) => {
      const value = sign(null, signedBytes(act, stamp), key).toString('base64url');
      return { ...stamp, signature: { key: id, value } };
    },
  };
}

/** Whether a signature is that of a key over an act and its stamp. */
export function isSignedBy(publicKey: KeyObject, act: SignedAct, stamp: AuthorityStamp, value: string): boolean {
  return verify(null, signedBytes(act, stamp), publicKey, Buffer.from(value, 'base64url'));
}

export function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, KEY_ID_DIGITS);
}

/** RFC 8785 JSON of `{case, act, type, content, stamp}`; the content is a hash, so that a record whose papers were erased can be checked. */
function signedBytes({ case: caseId, id, type, payload, at }: SignedAct, stamp: AuthorityStamp): Buffer {
  const { signature: _, ...unsigned } = stamp;
  const happenedAt = formatInstant(at ?? stamp.receivedAt);
  const content = digest({ type, payload, happenedAt });
  const plain = JSON.parse(JSON.stringify({ case: caseId, act: id, type, content, stamp: unsigned }));
  return Buffer.from(canonicalize(plain) ?? '', 'utf8');
}

function readKey(file: string): KeyObject | undefined {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new KeyUnusable(`${file} cannot be read (${code}): acts are signed with it; let this account read it`);
  }
  const mode = statSync(file).mode & 0o777;
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0)
    throw new KeyUnusable(
      `${file} can be read by others (mode ${mode.toString(8)}), who could sign as this entrance: 'chmod 600' it, or remove it and a new one is made`,
    );
  return ed25519(pem, file);
}

function ed25519(pem: string, file: string): KeyObject {
  const other = `${file} is no Ed25519 key: restore it, or remove it and a new one is made`;
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (error) {
    throw new KeyUnusable(other, { cause: error });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new KeyUnusable(other);
  return key;
}

/** Written beside and linked in, whole or not at all. */
function makeKey(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  const beside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(beside, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: OWNER_ONLY, flag: 'wx' });
    chmodSync(beside, OWNER_ONLY);
    linkSync(beside, file);
    return privateKey;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const won = code === 'EEXIST' ? readKey(file) : undefined;
    if (won) return won;
    throw new KeyUnusable(`${file} cannot be written (${code ?? error}): acts are signed with it`, { cause: error });
  } finally {
    removed(beside);
  }
}

function removed(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

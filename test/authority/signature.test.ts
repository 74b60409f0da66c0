/** Signatures on stamps: made by an entrance, checked from the record and the public key alone. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import type { EntranceKey } from '../../activities/ledger';
import { KEY_FILE, KeyUnusable, openSigner, type StampSigner, verifySignatures } from '../../client/authority';
import { parseInstant } from '../../workflows/law';
import type { AuthorityStamp } from '../../workflows/procedures/kit';
import { digest, type Json, type RecordEntry } from '../../workflows/runtime/workflow';
import { Matter } from '../support/supervision';

const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'authority-test-'));
  folders.push(made);
  return made;
}

afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

const NOON = parseInstant('2026-03-03T12:00:00.250+08:00');
const keyOf = (signer: StampSigner, since = 0): EntranceKey => ({ id: signer.id, publicKey: signer.publicKey, since });

const stampOf = (more: Partial<AuthorityStamp> = {}): AuthorityStamp => ({
  receivedAt: NOON,
  entrance: 'gateway',
  seat: 'D07-desk',
  unit: 'D07',
  basis: 'own',
  actor: '0123456789abcdef',
  asOf: NOON,
  ...more,
});

describe('the key of an entrance', () => {
  it('is made at the first start, for its owner alone, and stays', () => {
    const dataDir = folder();
    const first = openSigner(dataDir);
    expect(statSync(join(dataDir, KEY_FILE)).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual([KEY_FILE]);
    expect(openSigner(dataDir)).toMatchObject({ id: first.id, publicKey: first.publicKey });
    expect(openSigner(folder()).id).not.toBe(first.id);
  });

  it('is named after its public half', () => {
    const { id, publicKey } = openSigner(folder());
    const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(require('node:crypto').createHash('sha256').update(der).digest('hex').slice(0, 32)).toBe(id);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    [
      'others can read',
      (file) => {
        openSigner(join(file, '..'));
        chmodSync(file, 0o644);
      },
      /can be read by others \(mode 644\).*chmod 600/,
    ],
    ['is no key', (file) => writeFileSync(file, 'abc', { mode: 0o600 }), /is no Ed25519 key/],
    [
      'is of another kind',
      (file) => {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
      },
      /is no Ed25519 key/,
    ],
  ])('is not used where it %s', (_, spoil, sentence) => {
    const dataDir = folder();
    spoil(join(dataDir, KEY_FILE));
    const before = readFileSync(join(dataDir, KEY_FILE), 'utf8');
    expect(() => openSigner(dataDir)).toThrow(KeyUnusable);
    expect(() => openSigner(dataDir)).toThrow(sentence);
    expect(readFileSync(join(dataDir, KEY_FILE), 'utf8')).toBe(before);
  });

  it('cannot be made where nothing can be written', () => {
    expect(() => openSigner(join(folder(), 'gone'))).toThrow(/cannot be written \(ENOENT\)/);
  });
});

describe('a signature', () => {
  it('is Ed25519 over RFC 8785 JSON of case, act, type, content and stamp, as anybody can check', () => {
    const signer = openSigner(folder());
    const payload = { text: '进展', percent: 40 };
    const stamp = signer.sign({ case: 'SI-2026-0001', id: 'a-1', type: 'PROGRESS', payload }, stampOf());
    const { signature, ...unsigned } = stamp;
    const content = digest({ type: 'PROGRESS', payload, happenedAt: '2026-03-03T12:00:00.250+08:00' });
    const text = canonicalize({ case: 'SI-2026-0001', act: 'a-1', type: 'PROGRESS', content, stamp: unsigned });
    expect(signature.key).toBe(signer.id);
    expect(
      verify(null, Buffer.from(text!), createPublicKey(signer.publicKey), Buffer.from(signature.value, 'base64url')),
    ).toBe(true);
  });

  it('is the same for the same act, so that a repetition changes nothing', () => {
    const signer = openSigner(folder());
    const act = { case: 'C', id: 'a', type: 'REPORT', payload: {} };
    expect(signer.sign(act, stampOf())).toEqual(signer.sign(act, stampOf()));
  });
});

/** A matter whose acts were signed on their way into it. */
function signedRecord(signer: StampSigner): RecordEntry[] {
  const matter = Matter.assigned('2026-03-20');
  const id = 'progress-1';
  const type = 'PROGRESS';
  const payload: Json = { text: 'T-1', percent: 40 };
  const { receivedAt: _, ...stamp } = signer.sign({ case: matter.play.subject.id, id, type, payload }, stampOf());
  matter.until('2026-03-03T12:00:00.250+08:00');
  const receipt = matter.play.send(type, payload, stamp, { id });
  expect(receipt.outcome).toBe('changed');
  return matter.play.entries;
}

describe('a record', () => {
  const signer = openSigner(folder());
  const after = keyOf(signer, NOON);
  const record = signedRecord(signer);
  const last = record.length - 1;
  const name = `entry ${record.length} of case ${record[0]!.case}`;

  const changed = (more: (entry: RecordEntry) => Partial<RecordEntry>): RecordEntry[] =>
    record.map((entry, i) => (i === last ? { ...entry, ...more(entry) } : entry));
  const withBy = (more: object) => changed(({ by }) => ({ by: { ...(by as object), ...more } as Json }));

  it('whose signatures hold is told by numbers: those signed, those from before there was a key', () => {
    expect(verifySignatures(record, [after])).toEqual({ signed: 1, unsigned: 2, problems: [] });
  });

  it('of a drill has no keys and no signatures', () => {
    expect(verifySignatures(Matter.assigned('2026-03-20').play.entries, [])).toEqual({
      signed: 0,
      unsigned: 2,
      problems: [],
    });
  });

  it.each<[string, RecordEntry[], RegExp]>([
    [
      'another payload',
      changed(({ trigger }) => ({ trigger: { ...trigger, payload: { text: 'T-1', percent: 90 } } })),
      /is not of this act/,
    ],
    ['another act id', changed(({ trigger }) => ({ trigger: { ...trigger, id: 'other' } })), /is not of this act/],
    ['another type', changed(({ trigger }) => ({ trigger: { ...trigger, type: 'REPORT' } })), /is not of this act/],
    ['another seat', withBy({ seat: 'D10-desk' }), /is not of this act/],
    ['another person', withBy({ actor: 'f'.repeat(16) }), /is not of this act/],
    [
      'another day on which it happened',
      changed(() => ({ happenedAt: '2026-03-01T12:00:00+08:00' })),
      /is not of this act/,
    ],
    [
      'another instant of receipt',
      changed(() => ({ receivedAt: '2026-03-01T12:00:00+08:00' })),
      /its stamp says another instant/,
    ],
    [
      'a signature of nobody',
      withBy({ signature: { key: 'f'.repeat(32), value: 'AAAA' } }),
      /signed with the key f{32}, which is not known here/,
    ],
    ['a signature that is garbage', withBy({ signature: { key: signer.id, value: '!' } }), /is not of this act/],
    [
      'no signature any more',
      withBy({ signature: undefined }),
      /bears no signature, though stamps are signed since 2026-03-03T12:00:00.250\+08:00/,
    ],
  ])('with %s is found out', (_, entries, sentence) => {
    const { problems } = verifySignatures(entries, [after]);
    expect(problems).toEqual([expect.stringMatching(sentence)]);
    expect(problems[0]).toContain(name);
  });

  it('moved to another case is found out', () => {
    const moved = record.map((entry) => ({ ...entry, case: 'SI-2026-0777' }));
    expect(verifySignatures(moved, [after]).problems).toEqual([
      expect.stringMatching(/case SI-2026-0777 .* not of this act/),
    ]);
  });

  it.each<[string, Partial<EntranceKey>, RegExp]>([
    [
      'a key under the name of another',
      { publicKey: openSigner(folder()).publicKey },
      /is not the one its id is made of/,
    ],
    ['a key that cannot be read', { publicKey: 'abc' }, /cannot be read/],
  ])('is not proved by %s', (_, other, sentence) => {
    const { problems } = verifySignatures(record, [{ ...after, ...other }]);
    expect(problems[0]).toMatch(sentence);
    expect(problems[1]).toMatch(/not known here/);
  });

  it('keeps its signature checkable after the key has changed', () => {
    expect(verifySignatures(record, [after, keyOf(openSigner(folder()), NOON + 1)]).problems).toEqual([]);
  });
});

test('the private key is an ordinary PKCS#8 file', () => {
  const dataDir = folder();
  openSigner(dataDir);
  expect(createPrivateKey(readFileSync(join(dataDir, KEY_FILE), 'utf8')).asymmetricKeyType).toBe('ed25519');
});

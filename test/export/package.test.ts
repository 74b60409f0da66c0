/** The package of a closed case: verified with sha256sum and Python alone, broken in every way there is. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { verifySignatures } from '../../client/authority';
import { exportCase } from '../../client/export';
import { DAY, type Desk, describeLedgers, PlayedCase, T0 } from '../ledger/support';
import { describeLane } from '../support/describe-lane';
import { notRun } from '../support/lanes';
import { ClosedCase, PAPER, Packages, PERSON, type Said, signatures, sums, verify } from './support';

const LINK = (n: number) => `record/00000${n}.json`;
const GOOD: Said['status'] = 0;

const describeWithPython: typeof describeLedgers =
  notRun('python') === undefined ? describeLedgers : (title) => describeLane('python')(title, () => {});

describeWithPython('the package of a closed case', (desk: Desk) => {
  let closed: ClosedCase;
  let packages: Packages;
  let at: string;
  let seal: string;

  beforeAll(async () => {
    packages = new Packages(desk.directory);
    const ledger = await desk.open();
    closed = await new ClosedCase(ledger, desk.directory).play();
    await new PlayedCase('SI-2026-0002').settled(ledger);
    seal = (await ledger.seal('2026-03-18', T0 + DAY)).hash;
    ({ at } = await packages.of(closed));
  });
  afterAll(() => packages.close());

  /** A copy of the package, tampered with. */
  const tampered = (name: string, tamper: (at: string) => void): string => {
    const copy = join(packages.folder, `tampered-${name}`);
    cpSync(at, copy, { recursive: true });
    tamper(copy);
    return copy;
  };
  /** Makes the list of sums anew, as somebody would who wants a forgery to agree with itself. */
  const resummed = (folder: string): void => {
    const names = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.slice(66));
    const there = names.filter((name) => existsSync(join(folder, name)));
    const sum = (name: string) =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
    writeFileSync(join(folder, 'SHA256SUMS'), there.map((name) => `${sum(name)}  ${name}\n`).join(''));
  };

  it('verifies with sha256sum alone: the sum of every link is its hash in the chain', () => {
    expect(sums(at)).toMatchObject({ status: GOOD });
    const listed = readFileSync(join(at, 'SHA256SUMS'), 'utf8');
    for (const { hash, sequence } of closed.entries) expect(listed).toContain(`${hash}  ${LINK(sequence)}\n`);
  });

  it('verifies with Python alone, and says which seal and head to compare', () => {
    const { status, output } = verify(at);
    expect(output).toContain(`seal of 2026-03-18: ${seal}`);
    expect(output).toContain(`SI-2026-0001: 3 links, head ${closed.played.head.hash}`);
    expect(output).toMatch(/\nverified\n$/);
    expect(status).toBe(GOOD);
  });

  it('carries signatures that Python finds as true as we do, whatever numbers and signs the payloads have', async () => {
    expect(verifySignatures(closed.entries, await closed.ledger.keys())).toEqual({
      signed: 3,
      unsigned: 0,
      problems: [],
    });
    expect(signatures(at)).toEqual({ status: GOOD, output: '3 signatures\nverified\n' });
  });

  it('is the same package, byte by byte, each time', async () => {
    const [one, other] = [await packages.of(closed), await packages.of(closed)];
    expect(readFileSync(one.file).equals(readFileSync(other.file))).toBe(true);
  });

  it('has the attachment under its hash, and every file in the list', () => {
    const hash = createHash('sha256').update(PAPER).digest('hex');
    expect(readFileSync(join(at, 'attachments', hash))).toEqual(PAPER);
    const all = readdirSync(at, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(readFileSync(join(at, 'SHA256SUMS'), 'utf8').split('\n')).toHaveLength(all.length);
  });

  it('shows the chain, link by link', () => {
    const { chain, head } = JSON.parse(readFileSync(join(at, 'index.json'), 'utf8'));
    expect(head).toEqual(closed.played.head);
    expect(chain.map(({ hash }: { hash: string }) => hash)).toEqual(closed.entries.map(({ hash }) => hash));
    expect(chain.map(({ previous }: { previous: string }) => previous)).toEqual(closed.entries.map((e) => e.previous));
  });

  it('says what was told, tried, delivered and acknowledged', () => {
    const [first, second] = JSON.parse(readFileSync(join(at, 'deliveries.json'), 'utf8'));
    expect(first).toMatchObject({ sequence: 1, state: 'delivered', channel: 'email', seat: 'D07-head' });
    expect([first, second].filter(({ acknowledged }) => acknowledged)).toHaveLength(1);
    expect(first.tries.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['failed', 'delivered']);
  });

  it('has nothing personal: no person, no address, not the salt', () => {
    const all = readdirSync(at, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const text = all.map((one) => readFileSync(join(one.parentPath, one.name), 'utf8')).join('\n');
    for (const secret of [PERSON, '@example.invalid', closed.ledger.salt]) expect(text).not.toContain(secret);
  });

  it('is readable in a browser without a network, and takes nothing in it for markup', () => {
    const page = readFileSync(join(at, 'record.html'), 'utf8');
    for (const said of ['办理记录', '报送进展', '第六十一条', '席位-X2-desk', closed.played.head.hash])
      expect(page).toContain(said);
    expect(page).toContain('进度 &lt;b&gt;40&lt;/b&gt; &amp;');
    expect(page).not.toMatch(/<script|https?:|src=|<link/);
  });

  describe.each([
    {
      what: 'a byte of a link',
      file: LINK(2),
      tamper: (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace('40.5', '41.5')),
    },
    { what: 'a link that is gone', file: LINK(2), tamper: (file: string) => rmSync(file) },
    {
      what: 'a byte of an attachment',
      file: `attachments/${createHash('sha256').update(PAPER).digest('hex')}`,
      tamper: (file: string) => writeFileSync(file, 'other'),
    },
    {
      what: 'a byte of the seal',
      file: 'seals/2026-03-18.heads.json',
      tamper: (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace('SI-2026-0002', 'SI-2026-0003')),
    },
  ])('with $what', ({ what, file, tamper }) => {
    const folder = () => tampered(what.replaceAll(' ', '-'), (copy) => tamper(join(copy, file)));

    it('is found out by sha256sum and by Python, by name', () => {
      const copy = folder();
      for (const said of [sums(copy), verify(copy)]) {
        expect(said.status).not.toBe(GOOD);
        expect(said.output).toContain(file);
      }
      rmSync(copy, { recursive: true });
    });
  });

  it('is found out by both when two links changed places', () => {
    const copy = tampered('swapped', (folder) => {
      renameSync(join(folder, LINK(1)), join(folder, 'aside'));
      renameSync(join(folder, LINK(2)), join(folder, LINK(1)));
      renameSync(join(folder, 'aside'), join(folder, LINK(2)));
    });
    expect(sums(copy).output).toMatch(/record\/000001.json: FAILED\n.*record\/000002.json: FAILED/);
    expect(verify(copy)).toMatchObject({ status: 1 });
  });

  it.each([
    {
      what: 'a changed link',
      tamper: (folder: string) =>
        writeFileSync(join(folder, LINK(2)), readFileSync(join(folder, LINK(2)), 'utf8').replace('40.5', '41.5')),
      says: `${LINK(3)} does not follow`,
    },
    {
      what: 'a link taken out',
      tamper: (folder: string) => rmSync(join(folder, LINK(2))),
      says: `${LINK(3)} is not link 2`,
    },
    {
      what: 'the last link taken off',
      tamper: (folder: string) => rmSync(join(folder, LINK(3))),
      says: 'does not end where the index says',
    },
    {
      what: 'a link put in',
      tamper: (folder: string) => copyFileSync(join(folder, LINK(3)), join(folder, LINK(4))),
      says: `${LINK(4)} is not in SHA256SUMS`,
    },
  ])('Python finds $what even where SHA256SUMS was made anew', ({ what, tamper, says }) => {
    const copy = tampered(`resummed-${what.replaceAll(' ', '-')}`, (folder) => {
      tamper(folder);
      resummed(folder);
    });
    expect(sums(copy)).toMatchObject({ status: GOOD });
    expect(verify(copy).output).toContain(says);
    expect(verify(copy).status).toBe(1);
  });

  it('Python finds an act that nobody signed like that', () => {
    const copy = tampered('unsigned', (folder) => {
      const file = join(folder, LINK(2));
      writeFileSync(file, readFileSync(file, 'utf8').replace('"seat":"X2-desk"', '"seat":"D10-desk"'));
    });
    expect(signatures(copy)).toEqual({
      status: 1,
      output: `3 signatures\n${LINK(2)} bears a signature that is not of this act\n`,
    });
  });

  it('is made before the day is sealed, and says so', async () => {
    const ledger = await desk.open();
    const today = await new ClosedCase(ledger, desk.directory, 'SI-2026-0009').play();
    const { at: unsealed } = await packages.of(today);
    expect(verify(unsealed)).toMatchObject({ status: GOOD });
    expect(readFileSync(join(unsealed, 'record.html'), 'utf8')).toContain('尚无覆盖末环的日封');
  });
});

describeLedgers('a package that cannot be', (desk: Desk) => {
  let packages: Packages;
  beforeAll(() => {
    packages = new Packages(desk.directory);
  });
  afterAll(() => packages.close());

  const refused = async (closed: ClosedCase, file = packages.newFile()) => {
    const answer = await exportCase(packages.parts(closed.ledger, closed.folder), closed.id, file);
    expect(readdirSync(packages.folder)).not.toContain(`${file.split('/').at(-1)}.part`);
    return answer;
  };

  it('is refused for a case nobody knows', async () => {
    const nobody = new ClosedCase(await desk.open(), desk.directory);
    expect(await refused(nobody)).toMatchObject({
      refusal: { code: 'no-such-case' },
      said: { sentence: expect.stringContaining('SI-2026-0001') },
    });
  });

  it('is refused while the case is open', async () => {
    const open = new ClosedCase(await desk.open(), desk.directory);
    await open.step({ kind: 'open', type: 'xstate.init', id: 'open-1', payload: {} }, 'a');
    expect(await refused(open)).toMatchObject({
      refusal: { code: 'export-open' },
      said: { sentence: expect.stringContaining('尚未办结') },
    });
  });

  it('is refused while its last link is not confirmed', async () => {
    const ledger = await desk.open();
    const closed = new ClosedCase(ledger, desk.directory);
    await closed.step({ kind: 'open', type: 'xstate.init', id: 'open-1', payload: {} }, 'a');
    closed.played.status = 'closed';
    await ledger.flush(closed.played.batch(closed.played.step({ state: ['closed'] })));
    expect(await refused(closed)).toMatchObject({
      refusal: { code: 'export-unconfirmed', params: { sequence: '2' } },
      said: { sentence: expect.stringContaining('第2号起尚未确认') },
    });
  });

  it('is refused where the record has been changed by hand', async () => {
    const place = desk.newPlace();
    const closed = await new ClosedCase(await desk.open(place), desk.directory).play();
    await desk.tamper(place, `update record set entry = replace(entry, '40.5', '41.5') where sequence = 2`);
    expect(await refused(closed)).toMatchObject({ refusal: { code: 'export-broken', params: { sequence: '2' } } });
  });

  it('is refused where an attachment is lost, and nothing is left behind', async () => {
    const closed = await new ClosedCase(await desk.open(), desk.directory).play();
    rmSync(join(desk.directory, 'attachments'), { recursive: true });
    const file = packages.newFile();
    expect(await refused(closed, file)).toMatchObject({
      refusal: { code: 'export-attachment-lost' },
      said: { sentence: expect.stringContaining('测试报告.pdf'), remedy: expect.stringContaining('备份') },
    });
    expect(existsSync(file)).toBe(false);
  });

  it('is refused where a file of that name is there, which stays as it is', async () => {
    const closed = await new ClosedCase(await desk.open(), desk.directory).play();
    const file = packages.newFile();
    writeFileSync(file, 'mine');
    expect(await refused(closed, file)).toMatchObject({ refusal: { code: 'export-file-exists' } });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

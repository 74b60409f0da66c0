import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { editionSaid, keptEditions } from '../../activities/directory';
import { openSite, reload, requestReload, type Site, serving } from '../../client/site';
import { watchDirectory } from '../../worker/directory-watch';
import { holdersOf, Installations } from '../support/installation';

const installations = new Installations();
afterAll(() => installations.close());

const now = Date.parse('2026-03-20T12:00:00+08:00');
const quiet = { info: () => {}, warn: () => {} };

function opened(files: Record<string, unknown> = {}, settings = {}): Site {
  const site = openSite(installations.city(['X1-desk', 'D10-desk'], settings, files), 'city', {});
  if ('errors' in site) throw new Error(site.errors.join('\n'));
  return site.ok;
}

const write = (site: Site, file: string, text: string) => writeFileSync(join(site.dataDir, file), text);
const handOver = (seat: string) => JSON.stringify(holdersOf(['X1-desk', seat]));
const holder = (site: Site, seat: string) => site.directory.holderOf(seat, now)?.person.id;

describe('files that changed are taken as a whole', () => {
  test('by whoever holds the site, its contacts and its identities', () => {
    const site = opened();
    const { directory, contacts, identities } = site;
    const { version } = directory;
    write(site, 'holders.yaml', handOver('D20-desk'));
    expect(reload(site, { env: {} })).toEqual({ ok: { from: version, to: directory.version } });
    expect(directory.version).not.toBe(version);
    expect([holder(site, 'D10-desk'), holder(site, 'D20-desk')]).toEqual([undefined, 'test-d20-desk']);
    expect(identities.mayActIn('test-d20-desk', 'D20-desk', now)).toBe(true);
    expect(contacts.of('D20-desk', now)).toBeUndefined();
  });

  test('contacts with them', () => {
    const contacts = (seat: string) => `contacts:\n  - { seat: ${seat}, channels: [{ email: a@example.org }] }\n`;
    const site = opened({ 'contacts.yaml': contacts('sg') }, { contacts: 'contacts.yaml' });
    write(site, 'contacts.yaml', contacts('mayor'));
    reload(site, { env: {} });
    expect([site.contacts.of('sg', now), site.contacts.of('mayor', now)]).toEqual([
      undefined,
      { script: 'hans', channels: [{ kind: 'email', address: 'a@example.org' }] },
    ]);
  });
});

describe('refused as a whole: the old one goes on serving', () => {
  test.each([
    [
      'an unknown seat',
      { 'holders.yaml': 'persons: []\nholders:\n  - { seat: D99-desk, person: person-01, source: n }\n' },
      /holders\.yaml:3: there is no unit 'D99'; expected one of the ids under 'units'$/,
    ],
    ['half a file', { 'holders.yaml': 'persons:\n  - { id: p' }, /holders\.yaml:\d: not valid YAML: /],
    ['an empty file', { 'holders.yaml': '' }, /holders\.yaml:1: expected a mapping of fields$/],
    [
      'contacts of a seat that is gone',
      {
        'holders.yaml': 'persons: []\n',
        'contacts.yaml': 'contacts:\n  - { person: test-x1-desk, channels: [{ email: a@example.org }] }\n',
      },
      /contacts\.yaml:2: the directory has no person 'test-x1-desk'; expected an id of /,
    ],
  ])('%s', (_, files, complaint) => {
    const site = opened({ 'contacts.yaml': 'contacts: []\n' }, { contacts: 'contacts.yaml' });
    const { version } = site.directory;
    for (const [file, text] of Object.entries(files)) write(site, file, text);
    const answer = reload(site, { env: {} });
    expect('errors' in answer && answer.errors[0]).toMatch(complaint);
    expect([site.directory.version, holder(site, 'D10-desk')]).toEqual([version, 'test-d10-desk']);
  });

  test('another version than the one that was checked and asked for', () => {
    const site = opened();
    const { version } = site.directory;
    write(site, 'holders.yaml', handOver('D20-desk'));
    expect(reload(site, { expected: version, env: {} })).toMatchObject({
      errors: [expect.stringContaining(`but ${version} was asked for`)],
    });
    expect(site.directory.version).toBe(version);
  });
});

test('a process takes what was asked for, says so, keeps every version, and is gone when it stops', async () => {
  const site = opened();
  const other = openSite(site.dataDir, 'city', {});
  if ('errors' in other) throw new Error(other.errors.join('\n'));
  const first = site.directory.version;
  const watches = [watchDirectory(site, 'worker', quiet, 20), watchDirectory(other.ok, 'gateway', quiet, 20)];
  try {
    expect(serving(site.dataDir).map(({ entrance, version }) => [entrance, version])).toEqual([
      ['gateway', first],
      ['worker', first],
    ]);
    write(site, 'holders.yaml', handOver('D20-desk'));
    await pause(100);
    expect(site.directory.version).toBe(first);
    const checked = openSite(site.dataDir, 'city', {});
    if ('errors' in checked) throw new Error(checked.errors.join('\n'));
    requestReload(site.dataDir, { id: 'r-1', version: checked.ok.directory.version });
    await until(() => serving(site.dataDir).every(({ request }) => request === 'r-1'));
    expect([site, other.ok].map((one) => holder(one, 'D20-desk'))).toEqual(['test-d20-desk', 'test-d20-desk']);
    expect(keptEditions(site.dataDir).sort()).toEqual([first, site.directory.version].sort());
    expect(editionSaid(site.dataDir, first)?.holders).toContainEqual({
      seat: 'D10-desk',
      person: 'test-d10-desk',
      source: 'test',
    });
    write(site, 'holders.yaml', 'holders: 7\n');
    requestReload(site.dataDir, { id: 'r-2', version: 'other@000000000000' });
    await until(() => serving(site.dataDir).every(({ request }) => request === 'r-2'));
    expect(serving(site.dataDir).map(({ errors, version }) => [errors?.[0], version])).toEqual([
      [expect.stringMatching(/holders\.yaml:1: holders expected a list$/), site.directory.version],
      [expect.stringMatching(/holders\.yaml:1: holders expected a list$/), site.directory.version],
    ]);
  } finally {
    for (const watch of watches) watch.stop();
  }
  expect(serving(site.dataDir)).toEqual([]);
  expect(existsSync(join(site.dataDir, 'directory', 'request.json'))).toBe(true);
});

test('a process that read the files before they were asked for takes them when it begins', () => {
  const site = opened();
  write(site, 'holders.yaml', handOver('D20-desk'));
  const checked = openSite(site.dataDir, 'city', {});
  if ('errors' in checked) throw new Error(checked.errors.join('\n'));
  requestReload(site.dataDir, { id: 'r-1', version: checked.ok.directory.version });
  watchDirectory(site, 'worker', quiet).stop();
  expect(holder(site, 'D20-desk')).toBe('test-d20-desk');
});

test('one that cannot write its data directory serves all the same, and says what is wrong', () => {
  const site = opened();
  write(site, 'directory', 'a file in the place of the folder');
  const said: string[] = [];
  const watch = watchDirectory(site, 'worker', {
    info: () => {},
    warn: (...sentence: unknown[]) => void said.push(String(sentence.at(-1))),
  });
  watch.stop();
  expect(said).toContainEqual(expect.stringContaining('the directory could not be looked after'));
  expect(said).toContainEqual(expect.stringContaining('4 fixed attendees of the standing meeting unassigned'));
  expect(holder(site, 'D10-desk')).toBe('test-d10-desk');
});

test('a version that is none leads to no file', () => {
  const site = opened();
  expect(editionSaid(site.dataDir, '../../zhengling')).toBeUndefined();
  expect(readFileSync(join(site.dataDir, 'zhengling.yaml'), 'utf8')).toContain('kind: city');
});

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); await pause(50))
    if (Date.now() > end) throw new Error('it did not come to pass');
}

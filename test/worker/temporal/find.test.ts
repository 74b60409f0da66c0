import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTemporal, TemporalError } from '../../../worker/temporal';
import { downloadCli } from '../../../worker/temporal/download';
import { run } from '../../../worker/temporal/run';

let home: string;
let bin: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'zhengling-find-'));
  bin = path.join(home, 'bin');
  mkdirSync(bin);
  env = { PATH: bin, HOME: home, ZHENGLING_CACHE: path.join(home, 'cache') };
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('which way is taken', () => {
  test.each([
    ['an unknown way', { ZHENGLING_TEMPORAL: 'docker' }, /"docker": it must be one of address, path, download, build/],
    ['an address that is not set', { ZHENGLING_TEMPORAL: 'address' }, /TEMPORAL_ADDRESS is not set/],
    ['a command that is not on PATH', { ZHENGLING_TEMPORAL: 'path' }, /no `temporal` on PATH/],
  ])('%s is refused in a sentence', async (_, settings, sentence) => {
    await expect(findTemporal({ env: { ...env, ...settings } })).rejects.toThrow(sentence);
    await expect(findTemporal({ env: { ...env, ...settings } })).rejects.toBeInstanceOf(TemporalError);
  });

  test('a running server that is named comes before everything else', async () => {
    command('temporal', 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"');
    expect(await findTemporal({ env: { ...env, TEMPORAL_ADDRESS: 'temporal.example:7233' } })).toEqual({
      kind: 'address',
      address: 'temporal.example:7233',
    });
  });

  test('a forced way wins over a named server', async () => {
    command('temporal', 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"');
    const settings = { TEMPORAL_ADDRESS: 'temporal.example:7233', ZHENGLING_TEMPORAL: 'path' };
    expect((await findTemporal({ env: { ...env, ...settings } })).kind).toBe('path');
  });

  test('the command on PATH is taken from server 1.32 on', async () => {
    command('temporal', 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"');
    expect(await findTemporal({ env })).toEqual({
      kind: 'path',
      cli: path.join(bin, 'temporal'),
      serverVersion: '1.32.0',
    });
  });

  test.each([
    [
      'the last server before 1.32',
      'temporal version 1.8.0 (Server 1.31.9, UI 2.50.0)',
      /carries Temporal server 1\.31\.9/,
    ],
    ['something that is not the Temporal CLI', 'temporal 3.0', /does not tell the version/],
  ])('%s on PATH is refused when forced', async (_, version, sentence) => {
    command('temporal', `echo "${version}"`);
    await expect(findTemporal({ env: { ...env, ZHENGLING_TEMPORAL: 'path' } })).rejects.toThrow(sentence);
  });

  test('an old command on PATH is passed over, and what is in the cache is used without any download', async () => {
    command('temporal', 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"');
    fakeGo();
    await findTemporal({ env: { ...env, ZHENGLING_TEMPORAL: 'build' } });
    const lines: string[] = [];
    expect((await findTemporal({ env, progress: (line) => lines.push(line) })).kind).toBe('build');
    expect(lines).toEqual([expect.stringMatching(/^passing over PATH: .*1\.29\.1/)]);
  });
});

describe('a build', () => {
  const build = (progress: (line: string) => void = () => {}) =>
    findTemporal({ env: { ...env, ZHENGLING_TEMPORAL: 'build' }, progress });

  test('without Go says which Go is needed and what else would do', async () => {
    await expect(build()).rejects.toThrow(
      /^Go 1\.26\.8 or later is needed .* `go` on PATH: install Go, .*TEMPORAL_ADDRESS/,
    );
  });

  test.each([
    [
      'with a Go that is too old',
      'echo "go: go.temporal.io/server@v1.32.1 requires go >= 1.26.8 (running go 1.25.1; GOTOOLCHAIN=local)"; exit 1',
      /needs Go 1\.26\.8 or later and this machine has Go 1\.25\.1/,
    ],
    [
      'that fails',
      'echo "go: downloading a v1" >&2; echo "a/b: no space left on device" >&2; echo "a/c" >&2; exit 1',
      /failed \(a\/b: no space left on device\)/,
    ],
    [
      'that makes another version',
      'printf "#!/bin/sh\\necho 1.0.0" > $GOBIN/server; chmod +x $GOBIN/server',
      /says it is "1\.0\.0"/,
    ],
  ])('%s is a sentence and leaves nothing that counts', async (_, install, sentence) => {
    command('go', `case $1 in list) exit 0;; esac; ${install}`);
    await expect(build()).rejects.toThrow(sentence);
    expect(readdirSync(path.join(home, 'cache', 'temporal'))).toEqual([]);
  });

  test('whose modules cannot be reached is refused before it begins', async () => {
    command(
      'go',
      'case $1 in list) echo "go: dial tcp: lookup proxy: no such host"; exit 1;; esac; touch $HOME/installed',
    );
    await expect(build()).rejects.toThrow(/cannot reach its module \(go: dial tcp: lookup proxy: no such host\)/);
    expect(existsSync(path.join(home, 'installed'))).toBe(false);
  });

  test('gives both programs under their own names, and the next time takes them from the cache', async () => {
    fakeGo();
    const lines: string[] = [];
    const source = await build((line) => lines.push(line));
    expect(source).toMatchObject({ kind: 'build', serverVersion: '1.32.1' });
    const programs = source.kind === 'build' ? [source.server, source.ui] : [];
    expect(programs.map((file) => path.basename(file))).toEqual(['temporal-server', 'temporal-ui-server']);
    expect(lines.some((line) => line.startsWith('built the Temporal server 1.32.1 in'))).toBe(true);
    expect(await build()).toEqual(source);
    expect(builds()).toEqual([
      'github.com/temporalio/ui-server/v2/cmd/server@v2.55.0',
      'go.temporal.io/server/cmd/server@v1.32.1',
    ]);
  });

  test.each([
    ['without its marker', (directory: string) => rmSync(path.join(directory, 'complete.json'))],
    [
      'of another size than was marked',
      (directory: string) => writeFileSync(path.join(directory, 'temporal-server'), '#!'),
    ],
    [
      'marked with another version',
      (directory: string) => writeFileSync(path.join(directory, 'complete.json'), '{"version":"1.32.0","bytes":27}'),
    ],
  ])('a program in the cache %s does not count and is built again', async (_, spoil) => {
    fakeGo();
    const source = await build();
    spoil(path.dirname(source.kind === 'build' ? source.server : ''));
    await build();
    expect(builds().filter((target) => target.startsWith('go.temporal.io/server'))).toHaveLength(2);
  });

  test('is done once when two ask at the same time, and what a killed build left is cleared away', async () => {
    fakeGo();
    const root = path.join(home, 'cache', 'temporal');
    const left = path.join(root, `server-1.32.1-${process.platform}-${process.arch}.making-1`);
    mkdirSync(left, { recursive: true });
    writeFileSync(`${left.replace('.making-1', '')}.lock`, JSON.stringify({ pid: 2 ** 22 + 1 }));
    const [first, second] = await Promise.all([build(), build()]);
    expect(first).toEqual(second);
    expect(builds()).toHaveLength(2);
    expect(readdirSync(root).filter((name) => /making|lock/.test(name))).toEqual([]);
  });
});

describe('a download', () => {
  let site: Server;
  let base: string;
  let requested: string[];

  beforeEach(async () => {
    requested = [];
    site = createServer((request, response) => {
      requested.push(request.url ?? '');
      if (request.url?.startsWith('/cli/')) {
        response.end(JSON.stringify({ archiveUrl: `${base}/moved`, fileToExtract: 'temporal' }));
      } else if (request.url === '/moved') {
        response.writeHead(302, { location: '/archive' }).end();
      } else if (existsSync(path.join(home, 'site.tar.gz'))) {
        response.end(readFileSync(path.join(home, 'site.tar.gz')));
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    env.PATH = process.env.PATH;
  });

  afterEach(() => new Promise((resolve) => site.close(resolve)));

  test('gives an executable of the version asked for, once', async () => {
    await archive('echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"');
    const cli = await downloadCli(env, () => {}, base);
    expect((await run(cli, ['--version'])).output).toContain('Server 1.32.0');
    expect(requested[0]).toMatch(/^\/cli\/v1\.9\.1\?arch=.+&platform=.+&format=tar\.gz$/);
    expect(await downloadCli(env, () => {}, base)).toBe(cli);
    expect(requested).toHaveLength(3);
    expect(await findTemporal({ env: { ...env, PATH: bin } })).toEqual({
      kind: 'download',
      cli,
      serverVersion: '1.32.0',
    });
  });

  test.each([
    ['is not there', async () => {}, /could not be downloaded from .* \(the answer was HTTP 404\)/],
    ['is not an archive', async () => writeFileSync(path.join(home, 'site.tar.gz'), 'half'), /unpacking it failed/],
    ['holds another version', () => archive('echo "temporal version 1.9.0"'), /says it is "temporal version 1\.9\.0"/],
  ])('whose archive %s is a sentence and leaves nothing that counts', async (_, prepare, sentence) => {
    await prepare();
    await expect(downloadCli(env, () => {}, base)).rejects.toThrow(sentence);
    expect(readdirSync(path.join(home, 'cache', 'temporal'))).toEqual([]);
  });

  async function archive(script: string): Promise<void> {
    command('temporal', script);
    await run('tar', ['-czf', path.join(home, 'site.tar.gz'), '-C', bin, 'temporal'], { env: process.env });
    rmSync(path.join(bin, 'temporal'));
  }
});

function command(name: string, script: string): void {
  const file = path.join(bin, name);
  writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
  chmodSync(file, 0o755);
}

/** A `go` that notes what it is asked to install and "builds" a script that reports the version. */
function fakeGo(): void {
  command(
    'go',
    [
      'case $1 in list) exit 0;; esac',
      'for target; do :; done',
      'echo "$target" >> "$HOME/builds"',
      'sleep 0.2',
      'version=$(echo "$target" | sed "s/.*@v//")',
      'printf "#!/bin/sh\\necho version %s" "$version" > "$GOBIN/server"',
      'chmod +x "$GOBIN/server"',
    ].join('\n'),
  );
}

function builds(): string[] {
  return readFileSync(path.join(home, 'builds'), 'utf8').trim().split('\n');
}

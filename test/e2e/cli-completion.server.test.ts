/** The shells' completion, by the compiled program and a real bash. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../activities/ledger';
import { Installations } from '../support/installation';
import { compiledProgram } from '../support/processes';

const installations = new Installations();
const { processes } = installations;
const data = installations.site('demo');

beforeAll(async () => (await openLedger({ file: join(data, 'ledger.db') })).close());
afterAll(() => installations.close());

async function offered(...words: string[]): Promise<string[]> {
  const { stdout, code } = await processes.program(['complete', '--', ...words], { ZHENGLING_DATA: data }).ended;
  expect(code).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith(':'))
    .map((line) => line.split('\t')[0]!);
}

it.each([
  { what: 'commands', words: ['li'], has: ['list'] },
  { what: 'commands below a command', words: ['ledger', 'v'], has: ['verify'] },
  { what: 'options', words: ['list', '--te'], has: ['--text'] },
  { what: 'choices of an option', words: ['inbox', '--box', ''], has: ['todo', 'done', 'unread'] },
  { what: 'procedures', words: ['start', ''], has: ['supervision-item'] },
  { what: 'events of a case', words: ['act', 'SI-2026-0001', 'AC'], has: ['ACCEPT'] },
  { what: 'events in the help', words: ['help', 'acts', 'supervision-item', 'REG'], has: ['REGISTER'] },
  { what: 'seats', words: ['act', 'SI-2026-0001', 'ACCEPT', '--by', 'X2'], has: ['X2-desk'] },
  { what: 'units', words: ['list', '--unit', 'D0'], has: ['D07'] },
])(
  'offers $what',
  async ({ words, has }) => {
    expect(await offered(...words)).toEqual(expect.arrayContaining(has));
  },
  20_000,
);

it('says nothing of what cannot be known: a data directory there is not', async () => {
  const { stdout, stderr, code } = await processes.program(['complete', '--', 'show', ''], {
    ZHENGLING_DATA: '/nowhere',
  }).ended;
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toMatch(/^:\d+$/m);
}, 20_000);

it.each(['bash', 'zsh', 'fish', 'powershell'])(
  'prints a script for %s',
  async (shell) => {
    const { stdout, code } = await processes.program(['completion', shell]).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/\bcomplete (--|'--')/);
  },
  20_000,
);

it('a shell there is not is refused with those there are', async () => {
  const { stderr, code } = await processes.program(['completion', 'tcsh']).ended;
  expect(stderr).toMatch(/'tcsh' is invalid.*bash, zsh, fish, powershell/);
  expect(code).toBe(2);
}, 20_000);

it('bash takes the script and completes with it', () => {
  const bin = join(installations.folder, 'bin');
  mkdirSync(bin);
  const program = join(bin, 'zhengling');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${compiledProgram}' "$@"\n`);
  chmodSync(program, 0o755);
  const script = `
    source <(zhengling completion bash)
    COMP_WORDS=(zhengling inbox --box "") COMP_CWORD=3 COMP_LINE="zhengling inbox --box "
    COMP_POINT=\${#COMP_LINE}
    complete -p zhengling | sed -E "s/.*-F ([^ ]+).*/\\1/" > "$OUT"
    "$(cat "$OUT")"
    printf "%s\\n" "\${COMPREPLY[@]}"`;
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, OUT: join(bin, 'function'), ZHENGLING_DATA: data };
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8', env });
  // It is called by us and not by a tab key, of which bash complains once.
  expect(stderr.replace(/^.*compopt: not currently executing completion function\n/m, '')).toBe('');
  expect(stdout.trim().split(/\s+/).sort()).toEqual(['done', 'todo', 'unread']);
}, 30_000);

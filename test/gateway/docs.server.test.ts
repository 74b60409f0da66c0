/** The examples of docs/gateway.md, run as they stand, in their order, by a shell. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Opened, openGatewayHouse } from './support';

const page = readFileSync(join(__dirname, '../../docs/gateway.md'), 'utf8');
const examples = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text!);
let opened: Opened;
let said: string[];

beforeAll(async () => {
  opened = await openGatewayHouse();
  const script = examples.map((text) => `${text}\nprintf '\\n----\\n'`).join('\n');
  said = (await bash(script, { GATEWAY: opened.gateway.address, TMPDIR: opened.installations.folder }))
    .split('\n----\n')
    .map((text) => text.trim());
}, 120_000);
afterAll(() => opened?.close());

it.each([
  ['opens a case', 1, [/"outcome":"changed".*"sequence":1/]],
  ['does an act', 2, [/"outcome":"changed".*"sequence":2/]],
  [
    'is refused, with its ground',
    3,
    [
      /"code":"CATEGORY_MISSING"/,
      /"ground":"依第四十四条、第六十二条推定"|"ground":"依第六十二条推定"/,
      /"remedy":"请/,
    ],
  ],
  [
    'reads',
    4,
    [/"stateLabel":"办理"/, /"items":\[\{"case":"SI-/, /"entries":\[/, /\{"todo":1,"overdue":0,"unread":\d+\}$/],
  ],
  ['sends in a document and reports it', 5, [/"outcome":"changed".*"sequence":3/, /已按要求落实/]],
  ['hears', 6, [/"specversion":"1.0"/, /^event: zhengling\.case\.opened$/m]],
  ['subscribes', 7, [/"secret":"whsec_/]],
])('%s', (_, index, shown) => {
  for (const pattern of shown) expect(said[index as number]).toMatch(pattern);
  if (index !== 3) expect(said[index as number]).not.toMatch(/"status":[45]\d\d/);
});

function bash(script: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const shell = spawn('bash', ['-eu', '-c', script], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [shell.stdout, shell.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    shell.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(said))));
  });
}

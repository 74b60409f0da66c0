/** schemathesis against the running gateway: no fault, no answer off its description. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dateOf, plusDays } from '../../workflows/law';
import { describeLane } from '../support/describe-lane';
import { laneAt } from '../support/lanes';
import { type Loose, Matters, type Opened, openGatewayHouse, Visitor } from './support';

/** Of every operation. */
const EXAMPLES = Number(process.env.ZHENGLING_SCHEMATHESIS_EXAMPLES ?? 10);
/** Which examples: a failure is found again with the seed it prints. */
const SEED = process.env.ZHENGLING_SCHEMATHESIS_SEED ?? '20260101';

/** What a signed message may hold is said by its event, what a document may be by its content; neither by the description. */
const SETTINGS = `
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "410", "422"]

[[operations]]
include-path = "/v1/messages/{system}"
checks.positive_data_acceptance.enabled = false

[[operations]]
include-path = "/v1/attachments"
checks.positive_data_acceptance.enabled = false
`;

let opened: Opened;

describeLane('schemathesis')('schemathesis', () => {
  beforeAll(async () => {
    opened = await openGatewayHouse({
      settings: { gateway: { requestsPerMinute: 1_000_000, strangersPerMinute: 1_000_000 } },
      options: { patienceMs: 100 },
    });
  }, 120_000);
  afterAll(() => opened?.close());

  it('finds no fault and no answer off its description', async () => {
    const visitor = new Visitor(opened.gateway.address, 'X2-desk');
    const matters = new Matters(visitor, plusDays(dateOf(Date.now()), 30));
    const cases = [
      await matters.registered(),
      await matters.assigned(),
      await matters.reviewing(),
      await matters.closed(),
    ];
    // Cases there are, so that acts meet them in every state.
    const described = (await visitor.get('/openapi.json')).body;
    for (const path of Object.values(described.paths) as Loose[])
      for (const operation of Object.values(path) as Loose[])
        for (const parameter of operation.parameters ?? [])
          if (parameter.in === 'path' && parameter.name === 'case')
            parameter.schema = { type: 'string', enum: [...cases, 'SI-2026-9999'] };
    writeFileSync(join(opened.installations.folder, 'schemathesis.toml'), SETTINGS);
    const file = join(opened.installations.folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(described));
    const args = [
      ...['run', file, '--url', opened.gateway.address, '--header', 'Authorization: Demo X2-desk', '--no-color'],
      ...[
        '--phases',
        'examples,coverage,fuzzing',
        '--max-examples',
        String(EXAMPLES),
        '--seed',
        SEED,
        '--generation-deterministic',
      ],
      // A stream that does not end is read by its own tests.
      ...['--exclude-path', '/v1/feed/stream', '--request-timeout', '20', '--continue-on-failure'],
    ];
    const { code, output } = await run(args, opened.installations.folder);
    if (code !== 0) throw new Error(output.slice(-20_000));
    expect(output).toMatch(/No issues found|passed/);
  }, 900_000);
});

function run(args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(laneAt('schemathesis')!, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd,
      env: { ...process.env, COLUMNS: '160' },
    });
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      if (process.env.ZHENGLING_SCHEMATHESIS_LOG) writeFileSync(process.env.ZHENGLING_SCHEMATHESIS_LOG, output);
      resolve({ code, output });
    });
  });
}

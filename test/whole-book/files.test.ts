import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../activities/directory';
import * as workflowTypes from '../../workflows';
import { procedures } from '../../workflows/procedures';

const root = packageRoot();
const folder = join(root, 'workflows', 'procedures');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const MOST_LINES = 400;

test.each(files)('workflows/procedures/%s is short enough to be read at once', (file) => {
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').length;
  expect(lines).toBeLessThanOrEqual(MOST_LINES);
});

test('every folder of a procedure is in the list, and every procedure has a folder of its name', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory() && one.name !== 'kit');
  expect(folders.map(({ name }) => name).sort()).toEqual(procedures.map(({ name }) => name).sort());
});

test('every procedure is a Workflow Type of its name, and there is no other', () => {
  expect(Object.keys(workflowTypes).sort()).toEqual(procedures.map(({ name }) => name).sort());
});

test('no two procedures share a machine or a series of case numbers', () => {
  expect(new Set(procedures.map(({ machine }) => machine.id)).size).toBe(procedures.length);
  expect(new Set(procedures.map(({ series }) => series)).size).toBe(procedures.length);
});

test('imports go the right way', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'check-imports.js')], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../activities/directory';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-root-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the data files are found from the compiled output as from the sources', () => {
  const compiled = join(folder, 'dist', 'activities', 'directory');
  mkdirSync(compiled, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'zhengling' }));
  writeFileSync(join(folder, 'dist', 'package.json'), JSON.stringify({ type: 'commonjs' }));
  expect(packageRoot(compiled)).toBe(folder);
});

test('outside the package there is no root, and the message says where it looked', () => {
  expect(() => packageRoot(folder)).toThrow(`no package.json named 'zhengling' in ${folder} or above it`);
});

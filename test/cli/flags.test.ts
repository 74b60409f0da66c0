import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Acting, askedBy } from '../../client/cli/acting';
import { count, position } from '../../client/cli/options';

const folder = mkdtempSync(join(tmpdir(), 'zhengling-flags-'));
afterAll(() => rmSync(folder, { recursive: true }));
let written = 0;
const file = (text: string): string => {
  const path = join(folder, `payload${++written}.json`);
  writeFileSync(path, text);
  return path;
};

const asked = (flags: Partial<Acting>) => askedBy({ data: '.', by: 'X2-desk', ...flags });

it('an act without payload carries an empty one', () => {
  expect(asked({})).toEqual({ seat: 'X2-desk', payload: {}, id: undefined });
});

it.each<[string, Partial<Acting>, object]>([
  ['as text', { payload: '{"a":1}' }, { payload: { a: 1 } }],
  ['from a file', { input: file('{"b":2}') }, { payload: { b: 2 } }],
  ['when it happened', { at: '2026-03-02T09:00:00+08:00' }, { at: Date.parse('2026-03-02T09:00:00+08:00') }],
  ['on whose word', { onWordOf: 'vm-5', ref: 'R-1' }, { onWordOf: { seat: 'vm-5', ref: 'R-1' } }],
])('takes %s', (_, flags, taken) => {
  expect(asked(flags)).toMatchObject(taken);
});

it.each<[string, Partial<Acting>, RegExp]>([
  ['two payloads', { payload: '{}', input: 'x' }, /not both/],
  ['half a JSON', { payload: '{' }, /^--payload is not valid JSON/],
  ['a file with half a JSON', { input: file('[') }, /payload\d\.json is not valid JSON/],
  ['a file there is not', { input: '/nowhere.json' }, /^\/nowhere\.json cannot be read \(ENOENT\)$/],
  ['a folder', { input: folder }, /cannot be read \(EISDIR\)/],
  ['a word without its paper', { onWordOf: 'vm-5' }, /--on-word-of needs --ref/],
  ['no instant', { at: 'yesterday' }, /^--at: /],
  ['an instant without its zone', { at: '2026-03-02T09:00:00' }, /^--at: /],
])('refuses %s', (_, flags, says) => {
  expect(() => asked(flags)).toThrow(says);
});

it.each(['0', '-1', '1.5', 'many', '', '1e3', ' 1', '501'])('%j is no number of lines', (text) => {
  expect(() => count(text)).toThrow('a number from 1 to 500 is expected');
});

it.each(['-1', '1.5', 'now', '', '99999999999999999'])('%j is no position of the feed', (text) => {
  expect(() => position(text)).toThrow('a position of the feed is expected');
});

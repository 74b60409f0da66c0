/** What a schema found wrong with a value, in words. Our own messages are keys (`expected.unit`); zod's are recognised. */
import { fill, type Values } from './fill';
import { type Pair, problems } from './zh';

const spoken: [RegExp, keyof typeof problems, (...found: string[]) => Values][] = [
  [/^Invalid input: expected \w+, received undefined$/, 'missing', () => ({})],
  [/^Invalid input: expected (\w+), received \w+$/, 'type', (type) => ({ type: types[type] ?? type })],
  [
    /^Invalid option: expected one of (.+)$/,
    'option',
    (options) => ({ options: options.replaceAll('"', '').replaceAll('|', '、') }),
  ],
  [/^Unrecognized keys?: (.+)$/, 'unrecognized', (keys) => ({ keys: keys.replaceAll('"', '') || '""' })],
  [/^Too small: expected \w+ to have >=(\d+)/, 'too-short', (least) => ({ least })],
  [/^Too big: expected \w+ to have <=(\d+)/, 'too-long', (most) => ({ most })],
  [/^Too small: expected \w+ to be >=(-?\d+)/, 'too-small', (least) => ({ least })],
  [/^Too big: expected \w+ to be <=(-?\d+)/, 'too-big', (most) => ({ most })],
  [/^Invalid ISO datetime$/, 'datetime', () => ({})],
  [/^Invalid (?:string: must match pattern|URL)/, 'pattern', () => ({})],
];

const types: Record<string, string> = {
  object: '{…}',
  array: '[…]',
  string: '"…"',
  number: '0…9',
  boolean: 'true / false',
  int: '0…9',
};

/** A message of a payload schema in one script; as it came where nothing is known about it. */
export function problemText(message: string, script: keyof Pair): string {
  if (Object.hasOwn(problems, message)) return problems[message as keyof typeof problems][script];
  for (const [pattern, key, valuesOf] of spoken) {
    const found = pattern.exec(message);
    if (found) return fill(problems[key][script], valuesOf(...found.slice(1)));
  }
  return message;
}

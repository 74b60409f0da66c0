/** The configuration as it may be shown: nothing secret in it. */
import type { SiteConfig } from './config';
import { configSchema } from './config';
import { settingsOf } from './settings';

type Tree = { [key: string]: unknown };

/** A secret is told from its stand-in by nobody; what only names a variable of the environment is none. */
const HIDDEN = '…';

export function shownConfig(config: SiteConfig): Tree {
  const secrets = settingsOf(configSchema).filter(({ isSecret }) => isSecret);
  return secrets.reduce((tree, { path }) => hidden(tree, path), structuredClone(config) as Tree);
}

function hidden(tree: Tree, [head = '', ...rest]: readonly string[]): Tree {
  const value = tree[head];
  if (value === undefined || value === null) return tree;
  if (rest.length > 0) return { ...tree, [head]: hidden(value as Tree, rest) };
  return { ...tree, [head]: hiddenValue(value) };
}

function hiddenValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return isReference(value) ? value : HIDDEN;
  if (Array.isArray(value)) return value.map(hiddenValue);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hiddenValue(inner)]));
}

const isReference = (value: unknown): boolean =>
  typeof value === 'string' && /^\{(?:env:[A-Za-z_][A-Za-z0-9_]*|[a-z]+)\}$/.test(value);

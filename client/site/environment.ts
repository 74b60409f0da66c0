/**
 * The environment, laid over the file by one rule: `gateway.publicUrl` is ZHENGLING_GATEWAY_PUBLIC_URL. Texts are taken as
 * they are; everything else is written as it would be in the file, lists and mappings in brackets.
 */
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Laid } from '../../activities/directory';
import { type Setting, settingsOf } from './settings';

type Tree = { [key: string]: unknown };

/** @param env an empty variable counts as none */
export function laidOver(schema: z.ZodType, env: NodeJS.ProcessEnv): Laid {
  const set = Object.keys(env).some((name) => name.startsWith('ZHENGLING_'))
    ? settingsOf(schema).filter(({ variable }) => variable !== undefined && env[variable])
    : [];
  return {
    over(data) {
      if (set.length === 0 || typeof data !== 'object' || data === null || Array.isArray(data)) return data;
      return set.reduce((tree, setting) => withValue(tree, setting.path, told(setting, env)), data as Tree);
    },
    from: (place) => set.find(({ path }) => path.every((part, i) => place[i] === part))?.variable,
  };
}

function told({ schema, variable }: Setting, env: NodeJS.ProcessEnv): unknown {
  const text = env[variable!]!;
  const { type } = schema._zod.def;
  if (type === 'string' || type === 'enum') return text;
  const document = parseDocument(text);
  // What cannot be read is no value of any kind: the schema says what was expected.
  return document.errors.length > 0 ? text : document.toJS();
}

function withValue(tree: Tree, [head, ...rest]: readonly string[], value: unknown): Tree {
  if (head === undefined) return tree;
  const below = tree[head];
  const inner = typeof below === 'object' && below !== null ? (below as Tree) : {};
  return { ...tree, [head]: rest.length === 0 ? value : withValue(inner, rest, value) };
}

#!/usr/bin/env node
/**
 * Import directions (docs/architecture.md): what each room of the house may import. Prints every import that goes the
 * wrong way and exits 1.
 */
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { dirname, join, relative, resolve } = require('node:path');

const root = resolve(__dirname, '..');

/** Room -> rooms it may import from. The most specific prefix counts. */
const allowed = {
  'workflows/runtime/workflow': [],
  'workflows/runtime/client': ['workflows/runtime/workflow'],
  'workflows/runtime/worker': ['workflows/runtime/workflow'],
  'workflows/runtime/testing': ['workflows/runtime/workflow', 'workflows/runtime/worker', 'workflows/runtime/client'],
  'workflows/law': [],
  'workflows/procedures': ['workflows/law', 'workflows/runtime/workflow'],
  'workflows/openings': [],
  'workflows/index.ts': ['workflows/procedures', 'workflows/runtime/workflow'],
  locale: ['workflows/law', 'workflows/runtime/workflow'],
  activities: ['activities', 'locale', 'workflows/law', 'workflows/runtime/workflow'],
  client: ['client', 'activities', 'locale', 'workflows/law', 'workflows/procedures', 'workflows/runtime'],
  worker: [
    'worker',
    'client',
    'activities',
    'locale',
    'workflows/law',
    'workflows/procedures',
    'workflows/runtime',
    'workflows/index.ts',
    'workflows/openings',
  ],
  bench: ['bench', 'worker', 'client', 'activities', 'locale', 'workflows', 'test/support/postgres-server'],
};

/** Packages that workflow code may load; everything else does I/O or costs memory in every case. */
const bundled = [
  'xstate',
  'xstate/guards',
  'zod',
  'canonicalize',
  '@noble/hashes/sha2.js',
  '@noble/hashes/utils.js',
  '@temporalio/workflow',
  '@temporalio/common',
];

function* sources(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (path.endsWith('.ts')) yield path;
  }
}

/** `import … from 'x'`, `export … from 'x'`, also where the braces span lines; `require('x')`. */
const IMPORT = /^(?:import|export|\})[^'\n]*from '([^']+)'|(?:require|import)\('([^']+)'\)/gm;

const roomOf = (path) =>
  Object.keys(allowed)
    .filter((room) => path === room || path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];

const isWorkflowCode = (path) => /^workflows\/(runtime\/workflow|law|procedures|openings|index\.ts)/.test(path);

const problems = [];
for (const top of ['workflows', 'activities', 'client', 'worker', 'locale', 'bench']) {
  for (const file of sources(join(root, top))) {
    const path = relative(root, file);
    const room = roomOf(path);
    for (const [, named, required] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const from = named ?? required;
      if (!from.startsWith('.')) {
        if (isWorkflowCode(path) && !bundled.includes(from))
          problems.push(`${path} loads '${from}', which workflow code may not`);
        continue;
      }
      const target = relative(root, resolve(dirname(file), from));
      const inside = room && (target === room || target.startsWith(`${room}/`));
      if (!room || inside || target.endsWith('package.json')) continue;
      if (
        !allowed[room].some((other) => target === other || `${target}.ts` === other || target.startsWith(`${other}/`))
      )
        problems.push(
          `${path} imports ${target}: ${room} may import ${allowed[room].join(', ') || 'nothing of the house'}`,
        );
    }
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('imports go the right way');

/**
 * Prints what the law computes, for a test that runs it under another zone of the host (TZ). Jest cannot: a process that
 * has started keeps its zone. Loads the sources through the compiler that Jest uses.
 */
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };
  module._compile(transformFileSync(file, options).code, file);
};

const { report } = require('./zone-report.ts');
process.stdout.write(JSON.stringify({ hostOffset: new Date(0).getTimezoneOffset(), report: report() }));

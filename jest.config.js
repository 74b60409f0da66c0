/** ESM-only packages that Jest must compile for the CommonJS package. */
const esmOnly = ['@noble/hashes', 'jose', 'nodemailer', 'smtp-server', 'kysely'];

const swc = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];

const common = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: { '\\.[jt]s$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`, '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** One real Temporal server and the compiled program for all test files. */
const real = {
  ...common,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

/** `pure` needs nothing but Node; `server` runs against one real Temporal server and the compiled program; `conformance` too, by itself (scripts/test.js). */
module.exports = {
  maxWorkers: 2,
  projects: [
    { ...common, displayName: 'pure', testMatch: ['**/*.test.ts'], testPathIgnorePatterns: ['\\.server\\.test\\.ts$'] },
    {
      ...real,
      displayName: 'server',
      testMatch: ['**/*.server.test.ts'],
      testPathIgnorePatterns: ['/conformance/'],
    },
    { ...real, displayName: 'conformance', testMatch: ['**/conformance/*.server.test.ts'] },
  ],
};

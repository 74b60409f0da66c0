/** ESM-only packages that Jest must compile for the CommonJS package. */
const esmOnly = ['@noble/hashes', 'nodemailer', 'smtp-server', 'kysely'];

const swc = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];

const common = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: { '\\.[jt]s$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`, '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** `pure` needs nothing but Node; `server` runs against one real Temporal server and the compiled program. */
module.exports = {
  maxWorkers: 2,
  projects: [
    { ...common, displayName: 'pure', testMatch: ['**/*.test.ts'], testPathIgnorePatterns: ['\\.server\\.test\\.ts$'] },
    {
      ...common,
      displayName: 'server',
      testMatch: ['**/*.server.test.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};

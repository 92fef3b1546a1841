/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  testTimeout: 60000,
  // Two real servers and a worker are busy behind many of these tests: two at a time is what two cores carry.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/long-first.js',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // `npm run coverage`: workflow code is counted inside its sandbox, which costs time.
  setupFilesAfterEnv: process.env.FORBEAR_COVERAGE ? ['<rootDir>/test/support/workflow-coverage.ts'] : [],
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.d.ts'],
  coverageReporters: ['text-summary', 'html', 'lcov'],
  reporters: ['default', '<rootDir>/test/support/last-line-reporter.js'],
};

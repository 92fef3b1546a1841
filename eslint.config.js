const js = require('@eslint/js');
const ts = require('typescript-eslint');

// In deciding code the host's clock, zone and randomness must not be read: a replay would decide otherwise.
const impure = [
  {
    selector: "CallExpression[callee.property.name='toLocaleString']",
    message: 'Reads the host zone and locale.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Reads the clock: take `now` as an argument.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Reads the clock: take `now` as an argument.',
  },
  {
    selector: "CallExpression[callee.property.name='format'][arguments.length=0]",
    message: 'Intl without a date reads the clock.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Decisions are not random: use a hash.',
  },
];

module.exports = ts.config(
  { ignores: ['dist/**', 'dist-bench/**', 'coverage/**', '.forbear/**', 'node_modules/**'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['src/domain/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...impure] } },
  {
    files: ['**/*.js', 'bin/*'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);

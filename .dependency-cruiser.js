/** The layers, from DESIGN: dependencies point one way only. */
const CONTRACT = '^src/activities/((bureau|feed)/)?contract[.]ts$';
const DOCUMENT = '^src/domain/(strategy|policy/pack)/document/|[.]schema[.]ts$';
const SIDES = ['client', 'activities', 'lab', 'codec', 'intake'];
/** The lender's files are taken at the command line and by the worker alike: both sides stand on the intake. */
const ON_INTAKE = ['client', 'activities'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-only-itself',
      comment: 'The core decides without Temporal, Node or the book; so it runs anywhere.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: '^src/', pathNot: '^src/domain/' },
    },
    {
      name: 'domain-without-packages',
      comment: 'Packages serve the documents only; a deciding file has none.',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: DOCUMENT },
      to: { dependencyTypesNot: ['local', 'core', 'type-only'], pathNot: '^src/' },
    },
    {
      name: 'domain-without-node',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'deciding-without-schemas',
      comment:
        'zod costs each workflow CPU and memory: what decides never loads it, nor what reads documents.',
      severity: 'error',
      from: { path: '^src/(domain|workflows)/', pathNot: DOCUMENT },
      to: { path: DOCUMENT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflows-import-only-domain',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { path: '^src/', pathNot: ['^src/(workflows|domain)/', CONTRACT] },
    },
    {
      name: 'workflows-without-packages',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { path: 'node_modules', pathNot: 'node_modules/@temporalio/(workflow|common)/' },
    },
    {
      name: 'workflows-without-node',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-is-types',
      comment: 'The activities behind the contract stay out of whoever only speaks to them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(activities|stack|worker)/|^src/worker[.]ts$' },
      to: { path: CONTRACT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'book-imports-only-domain',
      severity: 'error',
      from: { path: '^src/book/' },
      to: { path: '^src/', pathNot: ['^src/(book|domain)/', CONTRACT] },
    },
    ...SIDES.map((side) => ({
      name: `${side}-imports-only-book-and-domain`,
      comment: 'The command line is where the parts are put together: it may start the stack and the lab.',
      severity: 'error',
      from: { path: `^src/${side}/`, pathNot: '^src/client/cli/' },
      to: {
        path: '^src/',
        pathNot: [`^src/(${side}${ON_INTAKE.includes(side) ? '|intake' : ''}|book|domain|types)/`, CONTRACT],
      },
    })),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types are looked at as well, so that they can be told from the others.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};

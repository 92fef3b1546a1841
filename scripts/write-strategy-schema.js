// Writes the schemas that editors read: of strategies, mappings, watched folders, policy packs; run after `npm run build` when the document's shape changed.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { documentJsonSchema } = require('../dist/domain/strategy/document/json-schema');

writeFileSync(join(__dirname, '../strategies/strategy.schema.json'), documentJsonSchema());

const { mappingJsonSchema } = require('../dist/intake/mapping/mapping.schema');
writeFileSync(join(__dirname, '../schemas/mapping.schema.json'), mappingJsonSchema());

const {
  checkJsonSchema,
  holidaysJsonSchema,
  policyJsonSchema,
} = require('../dist/domain/policy/pack/document/json-schema');
writeFileSync(join(__dirname, '../policies/policy.schema.json'), policyJsonSchema());
writeFileSync(join(__dirname, '../policies/holidays.schema.json'), holidaysJsonSchema());
writeFileSync(join(__dirname, '../schemas/policy-check.schema.json'), checkJsonSchema());

const { settingsJsonSchema } = require('../dist/intake/watch/settings.schema');
writeFileSync(join(__dirname, '../schemas/feeds.schema.json'), settingsJsonSchema());

const { reportingJsonSchema } = require('../dist/intake/bureau/settings.schema');
writeFileSync(join(__dirname, '../schemas/bureau.schema.json'), reportingJsonSchema());

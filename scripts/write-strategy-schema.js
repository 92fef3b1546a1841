// Writes strategies/strategy.schema.json and schemas/mapping.schema.json, which editors read; run after `npm run build` when the document's shape changed.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { documentJsonSchema } = require('../dist/domain/strategy/document/json-schema');

writeFileSync(join(__dirname, '../strategies/strategy.schema.json'), documentJsonSchema());

const { mappingJsonSchema } = require('../dist/intake/mapping/mapping.schema');
writeFileSync(join(__dirname, '../schemas/mapping.schema.json'), mappingJsonSchema());

const { existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/** Bundles the workflows once, at build time: the worker then starts without webpack. */
async function main() {
  const workflows = join(__dirname, '..', 'dist', 'workflows');
  const entry = join(workflows, 'index.js');
  if (!existsSync(entry)) return;
  const { bundleWorkflowCode } = require('@temporalio/worker');
  const converter = join(workflows, 'payload-converter.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath: entry,
    ...(existsSync(converter) ? { payloadConverterPath: converter } : {}),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
  });
  writeFileSync(join(__dirname, '..', 'dist', 'workflow-bundle.js'), code);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});

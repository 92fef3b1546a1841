const { writeFileSync } = require('node:fs');
const { BUNDLE_FILE, bundleWorkflows } = require('../dist/worker/bundle');

/** Bundles the workflows once, at build time: the worker then starts without webpack. */
bundleWorkflows().then(
  ({ code }) => writeFileSync(BUNDLE_FILE, code),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);

const { findTemporal } = require('../dist/stack/temporal-server');
const { findTimeSkipping } = require('../dist/stack/time-skipping');

/** Finds or gets both servers that the tests need, so that no test waits minutes for a download or a build. */
async function main() {
  await findTemporal(console.log);
  await findTimeSkipping(console.log);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});

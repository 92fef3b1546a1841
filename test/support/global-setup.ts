import { Keeper } from '../../src/stack/keeper';
import { removeRun, runFolder, sweepDeadRuns } from './run-folder';

declare global {
  // Jest gives a module of its own to the teardown: only the global object is shared.
  var forbearTestRun: { end(): Promise<void> } | undefined;
}

/** Takes a folder for this run. The servers in it start only when a test file asks for them. */
export default async function globalSetup(): Promise<void> {
  await sweepDeadRuns();
  const folder = runFolder(process.pid);
  const keeper = await Keeper.open(folder);
  process.env['FORBEAR_TEST_RUN'] = folder;
  const end = async (): Promise<void> => {
    await keeper.close();
    removeRun(folder);
  };
  globalThis.forbearTestRun = { end };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void end().finally(() => process.exit(1));
    });
  }
}

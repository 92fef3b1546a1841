/** Stops the servers of this run, whatever came of its tests. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.forbearTestRun?.end();
}

import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache';

/** Nothing of the file has come by then: the place it comes from cannot be reached from here. */
const FIRST_BYTE_MS = 8_000;
const WHOLE_FILE_MS = 300_000;

/**
 * Lets Temporal's SDK download one of its servers into our cache, and returns the program, or null with the reason.
 * A process of its own does it, because the SDK's download cannot be broken off and waits long for a dead network.
 */
export async function sdkDownload(
  server: 'dev' | 'time-skipping',
  signal?: AbortSignal,
): Promise<{ path: string } | { failed: string }> {
  const folder = cacheFolder(`sdk-${server}`);
  const kept = programIn(folder);
  if (kept !== null) return { path: kept };

  const testing = require.resolve('@temporalio/testing');
  const create =
    server === 'dev'
      ? `createLocal({ server: { executable: { type: 'cached-download', downloadDir: process.argv[2] } } })`
      : `createTimeSkipping({ server: { executable: { type: 'cached-download', downloadDir: process.argv[2] } } })`;
  const script = `require(process.argv[1]).TestWorkflowEnvironment.${create}
    .then((env) => env.teardown()).then(() => process.exit(0), () => process.exit(1));`;
  const child = spawn(process.execPath, ['-e', script, testing, folder], {
    stdio: 'ignore',
    signal,
    killSignal: 'SIGKILL',
  });
  // Being broken off by the signal is no news: its exit is waited for below.
  child.on('error', () => undefined);
  const failed = await watch(child, folder);
  const path = programIn(folder);
  return path !== null && failed === null ? { path } : { failed: failed ?? 'it left no program' };
}

async function watch(child: ReturnType<typeof spawn>, folder: string): Promise<string | null> {
  const began = Date.now();
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  for (;;) {
    const code = await Promise.race([
      ended,
      new Promise<'running'>((done) => setTimeout(done, 250, 'running')),
    ]);
    if (code !== 'running') return code === 0 ? null : 'it cannot be reached';
    const waited = Date.now() - began;
    const nothing = waited > FIRST_BYTE_MS && readdirSync(folder).length === 0;
    if (nothing || waited > WHOLE_FILE_MS) {
      child.kill('SIGKILL');
      return nothing ? `nothing came within ${FIRST_BYTE_MS / 1000} s` : 'it took too long';
    }
  }
}

/** The finished program in a download folder; one that is still coming in is no program yet. */
function programIn(folder: string): string | null {
  const file = readdirSync(folder).find((name) => {
    const found = statSync(join(folder, name));
    return !name.endsWith('.downloading') && found.isFile() && (found.mode & 0o100) !== 0;
  });
  return file === undefined ? null : join(folder, file);
}

import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { fail } from '../domain/errors/forbear-error';
import { cacheFolder, type Say } from './cache';
import { sdkDownload } from './sdk-download';

/** Later versions cannot be installed this way: their module replaces one of its own parts. */
const GO_MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

export interface TemporalProgram {
  readonly path: string;
  /** Why it was taken, as said on the screen. */
  readonly why: string;
}

/**
 * Finds the program that holds Temporal's dev server, or gets it once: `TEMPORAL_CLI_PATH`, `temporal` on the PATH,
 * what an earlier run kept, the SDK's own download, and where that cannot be reached, Go.
 *
 * @throws STACK_NO_TEMPORAL with what was tried
 */
export async function findTemporal(say: Say, signal?: AbortSignal): Promise<TemporalProgram> {
  const found = installed() ?? (await keptFromEarlier());
  if (found !== null) return told(found, say);

  const tried = ['no `temporal` on the PATH'];
  say('Temporal server: none on this machine, trying the download of the Temporal SDK');
  const downloaded = await sdkDownload('dev', signal);
  if ('path' in downloaded) return told({ path: downloaded.path, why: "the SDK's own download" }, say);
  tried.push(`the SDK's download: ${downloaded.failed}`);

  const built = await buildWithGo(say, signal);
  if ('path' in built)
    return told({ path: built.path, why: `built with Go, as ${tried.join(' and ')}` }, say);
  tried.push(`Go: ${built.failed}`);
  return fail('STACK_NO_TEMPORAL', { tried: tried.join('; ') });
}

function installed(): TemporalProgram | null {
  const named = process.env['TEMPORAL_CLI_PATH'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return { path: named, why: 'named by TEMPORAL_CLI_PATH' };
    return fail('STACK_NO_TEMPORAL', { tried: `TEMPORAL_CLI_PATH names ${named}, which is no program` });
  }
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'temporal');
    if (folder !== '' && isProgram(path)) return { path, why: 'on the PATH' };
  }
  return null;
}

async function keptFromEarlier(): Promise<TemporalProgram | null> {
  const built = join(cacheFolder('go'), 'temporal');
  if (isProgram(built)) return { path: built, why: 'built with Go by an earlier run' };
  const go = await goPath();
  const inGo = go === null ? null : join(go, 'bin', 'temporal');
  if (inGo !== null && isProgram(inGo)) return { path: inGo, why: "in Go's own bin folder" };
  return null;
}

async function buildWithGo(say: Say, signal?: AbortSignal): Promise<{ path: string } | { failed: string }> {
  if ((await goPath()) === null) return { failed: 'not installed' };
  say(`Temporal server: building ${GO_MODULE} with Go, about five minutes, once`);
  const began = Date.now();
  const ticking = setInterval(() => {
    say(`Temporal server: still building, ${Math.round((Date.now() - began) / 1000)} s`);
  }, 30_000);
  const folder = cacheFolder('go');
  try {
    await promisify(execFile)('go', ['install', GO_MODULE], {
      env: { ...process.env, GOBIN: folder },
      maxBuffer: 64 * 1024 * 1024,
      timeout: 20 * 60_000,
      signal,
    });
  } catch (error) {
    const last = String((error as { stderr?: string }).stderr ?? '')
      .trim()
      .split('\n')
      .at(-1);
    return { failed: `go install failed (${last ?? 'no reason given'})` };
  } finally {
    clearInterval(ticking);
  }
  const path = join(folder, 'temporal');
  return isProgram(path) ? { path } : { failed: 'go install left no program' };
}

async function goPath(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('go', ['env', 'GOPATH']);
    return stdout.trim();
  } catch {
    return null;
  }
}

function told(found: TemporalProgram, say: Say): TemporalProgram {
  say(`Temporal server: ${found.path} (${found.why})`);
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}

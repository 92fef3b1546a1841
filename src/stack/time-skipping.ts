import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fail } from '../domain/errors/forbear-error';
import { cacheFolder, type Say } from './cache';
import { sdkDownload } from './sdk-download';

const VERSION = '1.32.0';

/**
 * Finds Temporal's time-skipping test server, or gets it once: what an earlier run kept, the SDK's own download, else
 * the Java artifact from Maven behind a script. Returns the program's path.
 *
 * @throws STACK_NO_TIME_SKIPPING with what was tried
 */
export async function findTimeSkipping(say: Say): Promise<string> {
  const kept = join(cacheFolder('maven'), `temporal-test-server-${VERSION}`, 'start');
  if (existsSync(kept)) return told(kept, 'from Maven, kept by an earlier run', say);

  const downloaded = await sdkDownload('time-skipping');
  if ('path' in downloaded) return told(downloaded.path, "the SDK's own download", say);
  const missing = (await Promise.all([lacks('mvn', '-v'), lacks('java', '-version')])).filter(
    (it) => it !== null,
  );
  const tried = `the SDK's download: ${downloaded.failed}`;
  if (missing.length > 0)
    return fail('STACK_NO_TIME_SKIPPING', { tried: `${tried}; missing: ${missing.join(', ')}` });

  say('Time-skipping server: fetching it with Maven, about 34 MB, once');
  const failed = await fetchWithMaven(kept);
  if (failed !== null) return fail('STACK_NO_TIME_SKIPPING', { tried: `${tried}; Maven: ${failed}` });
  return told(kept, `from Maven, as ${tried}`, say);
}

/** Two test files may fetch at once: each fills a folder of its own, and the first to finish gives it its name. */
async function fetchWithMaven(script: string): Promise<string | null> {
  const folder = join(script, '..');
  const filling = `${folder}.${process.pid}`;
  mkdirSync(filling, { recursive: true });
  writeFileSync(join(filling, 'pom.xml'), POM);
  const args = ['-q', '-B', '-f', join(filling, 'pom.xml'), 'dependency:copy-dependencies'];
  try {
    await promisify(execFile)('mvn', [...args, `-DoutputDirectory=${join(filling, 'jars')}`], {
      timeout: 10 * 60_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    const run = `exec java -cp '${join(folder, 'jars')}/*' io.temporal.testserver.TestServer "$@"`;
    writeFileSync(join(filling, 'start'), `#!/bin/sh\n${run}\n`, { mode: 0o755 });
    if (!existsSync(folder)) renameSync(filling, folder);
    return null;
  } catch (error) {
    return (error as { stdout?: string }).stdout?.trim().split('\n')[0] ?? (error as Error).message;
  } finally {
    rmSync(filling, { recursive: true, force: true });
  }
}

async function lacks(program: string, flag: string): Promise<string | null> {
  try {
    await promisify(execFile)(program, [flag]);
    return null;
  } catch {
    return program;
  }
}

function told(path: string, why: string, say: Say): string {
  say(`Time-skipping server: ${path} (${why})`);
  return path;
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>forbear</groupId>
  <artifactId>time-skipping</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

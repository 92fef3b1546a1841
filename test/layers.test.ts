import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

interface Cruised {
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

/** Violations as `rule: from -> to`, of the tree that stands in `folder/src`. */
async function violations(folder: string): Promise<string[]> {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, 'src', '--config', join(ROOT, '.dependency-cruiser.js'), '--output-type', 'json'];
  const printed = await new Promise<string>((done, reject) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, stdout) => {
      if (stdout === '') reject(error ?? new Error('dependency-cruiser printed nothing'));
      else done(stdout);
    });
  });
  const { summary } = JSON.parse(printed) as Cruised;
  return (
    summary.violations
      // A package is found from below the temporary folder or not at all: its name is what counts.
      .map((it) => `${it.rule.name}: ${it.from} -> ${it.to.replace(/^.*node_modules[/](\w+)[/].*$/, '$1')}`)
      .sort()
  );
}

test('dependencies point one way', async () => {
  expect(await violations(ROOT)).toEqual([]);
});

test('what points the wrong way is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-layers-'));
  const files: Record<string, string> = {
    'tsconfig.json': '{"compilerOptions":{"module":"node16","moduleResolution":"node16"}}',
    'src/domain/good.ts': `export const good = 1;`,
    'src/domain/account.schema.ts': `export const schema = 1;`,
    'src/domain/strategy/document/read.ts': `export const read = 1;`,
    'src/domain/on-node.ts': `import { hostname } from 'node:os'; export const a = hostname;`,
    'src/domain/on-package.ts': `import { z } from 'zod'; export const a = z;`,
    'src/domain/on-book.ts': `import type { Rows } from '../book/rows'; export type A = Rows;`,
    'src/domain/on-schema.ts': `import { schema } from './account.schema'; export const a = schema;`,
    'src/book/rows.ts': `import { good } from '../domain/good'; export type Rows = typeof good;`,
    'src/book/on-client.ts': `import { call } from '../client/call'; export const a = call;`,
    'src/activities/contract.ts': `export interface Contract { a: 1 } export const value = 1;`,
    'src/activities/send.ts': `export const send = 1;`,
    'src/client/call.ts': `export const call = 1;`,
    'src/client/on-worker.ts': `import { worker } from '../worker'; export const a = worker;`,
    'src/lab/on-client.ts': `import { call } from '../client/call'; export const a = call;`,
    'src/worker.ts': `import { send } from './activities/send'; export const worker = send;`,
    'src/workflows/good.ts': `import type { Contract } from '../activities/contract'; export type A = Contract;`,
    'src/workflows/on-value.ts': `import { value } from '../activities/contract'; export const a = value;`,
    'src/workflows/on-activity.ts': `import type { send } from '../activities/send'; export type A = typeof send;`,
    'src/workflows/on-document.ts': `import { read } from '../domain/strategy/document/read'; export const a = read;`,
    'src/workflows/on-node.ts': `import { join } from 'node:path'; export const a = join;`,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const found = await violations(folder);
  rmSync(folder, { recursive: true, force: true });
  expect(found).toEqual(
    [
      'book-imports-only-domain: src/book/on-client.ts -> src/client/call.ts',
      'client-imports-only-book-and-domain: src/client/on-worker.ts -> src/worker.ts',
      'contract-is-types: src/workflows/on-value.ts -> src/activities/contract.ts',
      'deciding-without-schemas: src/domain/on-schema.ts -> src/domain/account.schema.ts',
      'deciding-without-schemas: src/workflows/on-document.ts -> src/domain/strategy/document/read.ts',
      'domain-imports-only-itself: src/domain/on-book.ts -> src/book/rows.ts',
      'domain-without-node: src/domain/on-node.ts -> os',
      'domain-without-packages: src/domain/on-package.ts -> zod',
      'lab-imports-only-book-and-domain: src/lab/on-client.ts -> src/client/call.ts',
      'workflows-import-only-domain: src/workflows/on-activity.ts -> src/activities/send.ts',
      'workflows-without-node: src/workflows/on-node.ts -> path',
    ].sort(),
  );
});

import { bundleWorkflows } from '../src/worker/bundle';

/** Without its source map. Each account's workflow evaluates all of it anew, so it is kept small. */
const MOST_BYTES = 900 * 1024;

/** What the Temporal SDK itself puts into a workflow bundle. */
const OF_THE_SDK = new Set(['@temporalio/common', '@temporalio/workflow', 'nexus-rpc', 'long', 'ms']);

let code: string;
let sources: string[];

beforeAll(async () => {
  const bundle = (await bundleWorkflows()).code;
  const at = bundle.lastIndexOf('//# sourceMappingURL=');
  const map = bundle.slice(at).split('base64,')[1] ?? '';
  code = bundle.slice(0, at);
  sources = (JSON.parse(Buffer.from(map, 'base64').toString()) as { sources: string[] }).sources;
});

test('the workflow bundle holds the core and the SDK, and no other package', () => {
  const packages = sources.flatMap((it) => /node_modules[/]((@[^/]+[/])?[^/]+)/.exec(it)?.[1] ?? []);
  expect([...new Set(packages)].filter((it) => !OF_THE_SDK.has(it))).toEqual([]);
  expect(sources.some((it) => it.includes('src/domain/decide/'))).toBe(true);
  expect(sources.filter((it) => it.includes('strategy/document/') || it.includes('.schema.'))).toEqual([]);
});

test('it holds no Node module', () => {
  const externals = [...code.matchAll(/module\.exports = (?:require\(["']([^"']+)["']\)|(__temporal\w+))/g)];
  expect(externals.map((it) => it[1] ?? it[2])).toEqual([]);
});

test('it stays within its size', () => {
  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(MOST_BYTES);
});

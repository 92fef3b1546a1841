import { bundleWorkflows } from '../../src/worker/bundle';

/** Every account evaluates the bundle anew: what stands in it costs CPU at each wake and memory while cached. */
const MOST_BYTES = 900_000;

test('the workflow bundle is small, and holds neither schemas nor Node modules', async () => {
  const { code } = await bundleWorkflows();
  const program = code.slice(0, code.lastIndexOf('//# sourceMappingURL'));
  expect(program.length).toBeLessThan(MOST_BYTES);
  const modules = [...program.matchAll(/^\/\*\*\*\/ "([^"]+)"/gm)].map(([, name]) => name ?? '');
  expect(modules.length).toBeGreaterThan(50);
  const packages = modules.flatMap((name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []);
  expect([...new Set(packages)].filter((name) => !name.startsWith('@temporalio/')).sort()).toEqual(
    ['long', 'ms', 'nexus-rpc'].filter((name) => packages.includes(name)),
  );
  expect(
    modules.filter((name) =>
      /(src|dist)\/(book|client|stack|activities|codec|domain\/errors)\/|[.]schema|\/document\//.test(name),
    ),
  ).toEqual([]);
}, 120_000);

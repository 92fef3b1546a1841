import { WorkflowCoverage } from '@temporalio/nyc-test-coverage';
import type * as Worker from '@temporalio/worker';

/**
 * Set up before each test file by `npm run coverage`. Workflow code runs from a bundle in a sandbox of its own, where
 * Jest sees nothing of it: the bundle is instrumented, and what the sandboxes counted is added to Jest's own count.
 */

// Jest makes this only once an instrumented file was loaded, which may be never.
const counted = globalThis as { __coverage__?: unknown };
counted.__coverage__ ??= {};
const coverage = new WorkflowCoverage();
const mockCoverage = coverage;

jest.mock('@temporalio/worker', () => {
  const actual = jest.requireActual<typeof Worker>('@temporalio/worker');
  const create = (options: Worker.WorkerOptions): Promise<Worker.Worker> => {
    const { workflowBundle } = options;
    return actual.Worker.create(
      workflowBundle !== undefined && 'code' in workflowBundle
        ? mockCoverage.augmentWorkerOptionsWithBundle({ ...options, workflowBundle })
        : options,
    );
  };
  return {
    ...actual,
    bundleWorkflowCode: (options: Worker.BundleOptions) =>
      actual.bundleWorkflowCode(mockCoverage.augmentBundleOptions(options)),
    Worker: new Proxy(actual.Worker, {
      get: (target, name) => (name === 'create' ? create : (Reflect.get(target, name) as unknown)),
    }),
  };
});

afterAll(() => {
  coverage.mergeIntoGlobalCoverage();
  // The merge leaves instances of classes there, and Jest's reporter wants plain objects.
  counted.__coverage__ = JSON.parse(JSON.stringify(counted.__coverage__));
});

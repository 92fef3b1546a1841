import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

/** Where the built worker finds the bundle; `npm run build` writes it. */
export const BUNDLE_FILE = join(__dirname, '..', '..', 'dist', 'workflow-bundle.js');

/** The converter that both sides load: a message that cannot be read must not stop an account. */
export const PAYLOAD_CONVERTER = require.resolve('../workflows/payload-converter');

/**
 * All workflow code in one file, from the sources in tests and from `dist` when built. Takes some seconds.
 * @param interceptors paths of further workflow interceptors
 */
export function bundleWorkflows(interceptors: readonly string[] = []): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: require.resolve('../workflows/index'),
    payloadConverterPath: PAYLOAD_CONVERTER,
    workflowInterceptorModules: [require.resolve('../workflows/interceptors'), ...interceptors],
    logger: quiet,
  });
}

const nothing = (): void => undefined;
const quiet = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: (message: string) => console.error(message),
  error: (message: string) => console.error(message),
};

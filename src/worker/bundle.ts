import { join } from 'node:path';
import { bundleWorkflowCode, type BundleOptions, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

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
    webpackConfigHook: forToday,
    logger: quiet,
  });
}

type Hook = NonNullable<BundleOptions['webpackConfigHook']>;

/**
 * Sources are translated for the same JavaScript as `npm run build` does. The SDK's own choice is older: it writes each
 * spread of an object as a call, and a copy of those functions into every file. Tests would run other code than what is built.
 */
const forToday: Hook = (config) => {
  for (const rule of config.module?.rules ?? []) {
    const options = ofSwc(rule);
    if (options) options.jsc.target = 'es2022';
  }
  return config;
};

function ofSwc(rule: unknown): { jsc: { target: string } } | undefined {
  const { use } = (rule ?? {}) as { use?: { loader?: string; options?: { jsc: { target: string } } } };
  return use?.loader?.includes('swc-loader') ? use.options : undefined;
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

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
  const rules = config.module?.rules ?? [];
  for (const rule of [...rules]) {
    const swc = ofSwc(rule);
    if (swc === undefined) continue;
    Object.assign(swc.options.jsc, { target: 'es2022', minify: WITHOUT_COMMENTS });
    swc.options.minify = true;
    // What `npm run build` wrote is JavaScript already: it loses its comments likewise.
    const jsc = { parser: { syntax: 'ecmascript' }, target: 'es2022', minify: WITHOUT_COMMENTS };
    const built = { loader: swc.loader, options: { ...swc.options, jsc } };
    rules.push({ test: /[/](dist|src)[/].*[.]js$/, exclude: /node_modules/, use: built });
    // So does the SDK's own part of it, which is a third of comments.
    rules.push({ test: /node_modules[/]@temporalio[/](common|workflow)[/]lib[/].*[.]js$/, use: built });
  }
  // The bundler's own banners over every module and require are comments as well.
  return { ...config, output: { ...config.output, pathinfo: false } };
};

/**
 * Comments and spaces explain our sources and not what an account evaluates: they are kept out of every cached bundle.
 * Names stay as they are, so that a stack trace reads; the source map has the lines.
 */
const WITHOUT_COMMENTS = { compress: false, mangle: false, format: { comments: false } };

interface Swc {
  readonly loader: string;
  readonly options: { minify?: boolean; readonly jsc: object };
}

function ofSwc(rule: unknown): Swc | undefined {
  const { use } = (rule ?? {}) as { use?: Partial<Swc> };
  return use?.loader?.includes('swc-loader') ? (use as Swc) : undefined;
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

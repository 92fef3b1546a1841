import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/**
 * What the stack tells its worker, as environment variables: the worker is a process of its own, and the same
 * variables configure it where no stack starts it.
 */
export interface WorkerEnvironment {
  /** FORBEAR_TEMPORAL_ADDRESS: host and port. */
  readonly temporalAddress: string;
  /** FORBEAR_TEMPORAL_PROFILE is `1` when the address came from TEMPORAL_* variables or a profile of the SDK. */
  readonly temporalProfile: boolean;
  /** FORBEAR_NAMESPACE */
  readonly namespace: string;
  /** FORBEAR_TASK_QUEUE */
  readonly taskQueue: string;
  /** FORBEAR_BOOK_URL: `postgres://…` */
  readonly bookUrl: string;
  /** FORBEAR_SMTP_URL: `smtp://host:port` */
  readonly smtpUrl: string;
  /** FORBEAR_SMPP_URL: `smpp://host:port` */
  readonly smppUrl: string;
  /** FORBEAR_DATA: folder for the files that the worker writes, such as host actions and cases. */
  readonly data: string;
}

const NAMES = {
  temporalAddress: 'FORBEAR_TEMPORAL_ADDRESS',
  namespace: 'FORBEAR_NAMESPACE',
  taskQueue: 'FORBEAR_TASK_QUEUE',
  bookUrl: 'FORBEAR_BOOK_URL',
  smtpUrl: 'FORBEAR_SMTP_URL',
  smppUrl: 'FORBEAR_SMPP_URL',
  data: 'FORBEAR_DATA',
} as const;

const PROFILE = 'FORBEAR_TEMPORAL_PROFILE';

export function writeWorkerEnvironment(settings: WorkerEnvironment): NodeJS.ProcessEnv {
  const written = Object.entries(NAMES).map(([key, name]) => [name, settings[key as keyof typeof NAMES]]);
  return {
    ...(Object.fromEntries(written) as NodeJS.ProcessEnv),
    [PROFILE]: settings.temporalProfile ? '1' : '0',
  };
}

/** The settings of this process; the names of missing variables when there are any. */
export function readWorkerEnvironment(
  env: NodeJS.ProcessEnv,
): { readonly settings: WorkerEnvironment } | { readonly missing: readonly string[] } {
  const missing = Object.values(NAMES).filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0) return { missing };
  const read = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, env[name]]));
  return { settings: { ...(read as unknown as WorkerEnvironment), temporalProfile: env[PROFILE] === '1' } };
}

/** How to reach Temporal: by address alone on one machine, with the profile's certificates and keys elsewhere. */
export function connectionOf(
  to: Pick<WorkerEnvironment, 'temporalAddress' | 'temporalProfile'>,
): ConnectionOptions & { address: string } {
  const profile = to.temporalProfile ? loadClientConnectConfig().connectionOptions : {};
  return { ...profile, address: to.temporalAddress };
}

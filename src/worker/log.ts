import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogLevel } from '@temporalio/worker';
import pino, { type Logger } from 'pino';

/** Fields that could hold something personal, wherever a library puts them: they never reach the log. */
const PERSONAL = [
  'name',
  'phone',
  'mobile',
  'email',
  'address',
  'to',
  'recipient',
  'body',
  'text',
  'detail',
  'parameters',
];

/** One JSON line an entry on standard error; standard output is for the line that says the worker is ready. */
export function workerLog(level: string): Logger {
  const paths = PERSONAL.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  return pino({ level, redact: { paths, censor: '[personal]' } }, pino.destination({ dest: 2, sync: false }));
}

const LEVELS: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/**
 * Makes the SDK log through pino, and serve Prometheus metrics where an address is given. Once in a process, before
 * anything connects.
 */
export function installRuntime(log: Logger, metricsAddress: string | undefined): void {
  const logger = new DefaultLogger('INFO', ({ level, message, meta }) =>
    log[LEVELS[level]](meta ?? {}, message),
  );
  Runtime.install({
    logger,
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'INFO', other: 'WARN' }), forward: {} },
      ...(metricsAddress === undefined ? {} : { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  });
}

import { DefaultLogger, Runtime } from '@temporalio/worker';
import { type Logger as Log, pino } from 'pino';

export type { Log };

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** One log for everything the processes do; people's answers go to standard output, the log to standard error. */
export function openLog(level = process.env.ZHENGLING_LOG ?? 'warn'): Log {
  return pino({ name: 'zhengling', level, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

let installed = false;

/** The SDK's own messages go to the same log, its and our metrics to a Prometheus endpoint where a port is given. Signals are ours to handle: we stop in our own order. */
export function installRuntime(log: Log, metricsPort?: number): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    shutdownSignals: [],
    ...(metricsPort === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } } } }),
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      const { error, ...rest } = (meta ?? {}) as { error?: unknown };
      log[levels[level as keyof typeof levels]]({ ...rest, ...(error ? { err: error } : {}) }, message);
    }),
  });
}

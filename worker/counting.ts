/** Open cases by procedure and state, beside the SDK's metrics: the ledger knows them, no single worker does. */
import { Runtime } from '@temporalio/worker';
import { type Ledger, LedgerUnavailable } from '../activities/ledger';
import type { Log } from './logging';

const EVERY_MS = 30_000;

/** Sets the gauge `cases_open` now and from time to time. */
export function startCounting(ledger: Ledger, procedures: readonly string[], log: Log): { stop(): void } {
  const gauge = Runtime.instance().metricMeter.createGauge('cases_open', 'int', 'case', 'Open cases by state');
  const waiting = Runtime.instance().metricMeter.createGauge(
    'errands_waiting',
    'int',
    'errand',
    'What cases ask of others and is not carried yet',
  );
  const oldest = Runtime.instance().metricMeter.createGauge(
    'errands_oldest_seconds',
    'int',
    's',
    'How long the oldest of them has waited',
  );
  const shown = new Map<string, { procedure: string; state: string }>();
  const count = async (): Promise<void> => {
    const backlog = await ledger.errandBacklog();
    waiting.set(backlog.waiting);
    oldest.set(backlog.oldest ? Math.max(0, Math.round((Date.now() - backlog.oldest.at) / 1000)) : 0);
    const counted = new Set<string>();
    for (const procedure of procedures) {
      const { open } = await ledger.caseStatistics({ procedure });
      for (const [state, n] of Object.entries(open)) {
        const key = `${procedure}/${state}`;
        counted.add(key);
        shown.set(key, { procedure, state });
        gauge.set(n, { procedure, state });
      }
    }
    for (const [key, tags] of shown) if (!counted.has(key)) gauge.set(0, tags);
  };
  const quietly = () => {
    count().catch((error: unknown) => {
      if (!(error instanceof LedgerUnavailable)) throw error;
      log.warn(`open cases were not counted: ${error.message}`);
    });
  };
  quietly();
  const timer = setInterval(quietly, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}

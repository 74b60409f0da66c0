/** What the gateway counts, for Prometheus. Labels are routes, codes and numbers; never an id. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class Counters {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'gateway_request_seconds',
    help: 'Requests by route and status, from the first byte to the last',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly refusals = new Counter({
    name: 'gateway_refusals_total',
    help: 'Requests answered with a problem, by its code',
    labelNames: ['code', 'status'],
    registers: [this.registry],
  });
  readonly streams = new Gauge({
    name: 'gateway_streams',
    help: 'Streams of the feed that are open',
    registers: [this.registry],
  });
  readonly deliveries = new Counter({
    name: 'gateway_webhook_deliveries_total',
    help: 'Events sent to subscribers: taken, failed (tried again), dead (given up)',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
}

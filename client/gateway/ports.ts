/** What the gateway needs from the rest of the house. */
import type { Client } from '@temporalio/client';
import type { Ledger } from '../../activities/ledger';
import type { Instant } from '../../workflows/runtime/workflow';
import type { AttachmentStore } from '../attachments';
import type { City } from '../city';
import type { Identify } from '../identity';
import type { Site } from '../site';

/** Where what went wrong is written. Never given a body, a query or a header: they may hold what nobody may keep. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface GatewayParts {
  site: Site;
  /** Its entrance is the gateway's own: acts of one entrance never run backwards. */
  city: City;
  ledger: Ledger;
  temporal: Client;
  identify: Identify;
  attachments: AttachmentStore;
  log: Log;
  clock: () => Instant;
}

export interface GatewayOptions extends Omit<GatewayParts, 'clock' | 'attachments'> {
  /** 0: any free one. */
  port: number;
  host?: string;
  attachments?: AttachmentStore;
  clock?: () => Instant;
  /** Tells the duty room, by the gateway's own channel. Without one, outages stand in the log only. */
  alarm?: (sentence: string) => Promise<void>;
  /** How subscriptions are served; tests shorten the waits. */
  webhooks?: { retryAfterMs?: readonly number[]; pollMs?: number; timeoutMs?: number };
  /** How long a read waits for the step it must see, in milliseconds. */
  patienceMs?: number;
}

export interface Gateway {
  /** `http://host:port` */
  address: string;
  /** Answers what is under way, ends streams, and stops. */
  close(): Promise<void>;
}

/** Events of the feed as CloudEvents 1.0, structured JSON. */

import type { z } from 'zod';
import type { FeedEvent } from '../../activities/ledger';
import { formatInstant } from '../../workflows/law';
import type { cloudEvent } from './schemas';

export type CloudEvent = z.infer<typeof cloudEvent>;

export const CLOUD_EVENT = 'application/cloudevents+json; charset=utf-8';
export const CLOUD_EVENTS = 'application/cloudevents-batch+json; charset=utf-8';

export const PREFIX = 'zhengling.';

/** As many digits as a position can have: `sequence` sorts as text (CloudEvents' extension of that name). */
const DIGITS = 16;

/** @param source the installation, such as `/zhengling/city` */
export function cloudEventOf(event: FeedEvent, source: string): CloudEvent {
  return {
    specversion: '1.0',
    id: String(event.position),
    source,
    type: `${PREFIX}${event.type}`,
    subject: event.case,
    time: formatInstant(event.at),
    datacontenttype: 'application/json',
    sequence: String(event.position).padStart(DIGITS, '0'),
    data: { sequence: event.sequence, ...(event.data as object) },
  };
}

/** Server-sent events, taken up again where they broke off. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Listening {
  /** Opens the stream behind the last event seen. */
  open(last: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  last: string;
  each(data: string): void;
  /** Ends it. */
  signal: AbortSignal;
}

const AGAIN_MS = 2_000;

/** Ends with the signal. @throws what opening throws, unless it has been open once */
export async function serverSentEvents({ open, last, each, signal }: Listening): Promise<void> {
  let seen = last;
  for (let opened = false; !signal.aborted; ) {
    try {
      const stream = await open(seen, signal);
      opened = true;
      for await (const { id, data } of eventsIn(stream)) {
        each(data);
        seen = id ?? seen;
      }
    } catch (error) {
      if (!opened && !signal.aborted) throw error;
    }
    if (!signal.aborted) await pause(AGAIN_MS, undefined, { signal }).catch(() => {});
  }
}

/** The events of one stream: lines of fields, ended by an empty one. Comments and events without data are left out. */
export async function* eventsIn(stream: AsyncIterable<Uint8Array>): AsyncGenerator<{ id?: string; data: string }> {
  let event: { id?: string; data: string[] } = { data: [] };
  for await (const line of linesIn(stream)) {
    if (line === '') {
      if (event.data.length > 0) yield { ...event, data: event.data.join('\n') };
      event = { data: [] };
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'data') event.data.push(value);
    if (field === 'id') event.id = value;
  }
}

async function* linesIn(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

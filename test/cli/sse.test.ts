import fc from 'fast-check';
import { eventsIn, serverSentEvents } from '../../client/cli/sse';

async function* bytes(text: string, cuts: readonly number[] = []) {
  const all = new TextEncoder().encode(text);
  const at = [0, ...[...cuts].sort((a, b) => a - b), all.length];
  for (const [i, from] of at.slice(0, -1).entries()) yield all.slice(from, at[i + 1]);
}

async function read(stream: AsyncIterable<Uint8Array>) {
  const events = [];
  for await (const event of eventsIn(stream)) events.push(event);
  return events;
}

const STREAM =
  'retry: 2000\n: from 0\n\nid: 1\nevent: x\ndata: {"事项":"一"}\n\n: still here\n\nid:2\ndata: a\ndata: b\n\nid: 3\ndata: cut off';
const EVENTS = [
  { id: '1', data: '{"事项":"一"}' },
  { id: '2', data: 'a\nb' },
];

it('reads events; comments and an event that was cut off are none', async () => {
  expect(await read(bytes(STREAM))).toEqual(EVENTS);
});

it('reads the same wherever the network cuts, in the middle of a character too', async () => {
  const length = new TextEncoder().encode(STREAM).length;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(length), { maxLength: 8 }), async (cuts) => {
      expect(await read(bytes(STREAM, cuts))).toEqual(EVENTS);
    }),
  );
});

it('begins again behind the last event when a stream breaks off', async () => {
  const ended = new AbortController();
  const asked: string[] = [];
  const seen: string[] = [];
  await serverSentEvents({
    last: '0',
    signal: ended.signal,
    each: (data) => {
      seen.push(data);
      if (data === 'two') ended.abort();
    },
    async open(last) {
      asked.push(last);
      return ReadableStream.from(bytes(last === '0' ? 'id: 5\ndata: one\n\n' : 'id: 6\ndata: two\n\n'));
    },
  });
  expect({ asked, seen }).toEqual({ asked: ['0', '5'], seen: ['one', 'two'] });
}, 10_000);

it('what cannot be opened at all is thrown', async () => {
  const open = () => Promise.reject(new Error('refused'));
  const listening = { open, last: '0', each: () => {}, signal: new AbortController().signal };
  await expect(serverSentEvents(listening)).rejects.toThrow('refused');
});

import fc from 'fast-check';
import { BadCursor, type InboxItem, type InboxQuery, type Ledger } from '../../activities/ledger';
import { DAY, describeLedgers, HOUR, PlayedCase, T0, tellEffect } from './support';

interface Matter {
  id: string;
  awaiting: string[];
  due?: number;
  overdue?: boolean;
  closed?: boolean;
}

/** A case as its procedure would show it, with one confirmed entry. */
async function put(
  ledger: Ledger,
  { id, awaiting, due, overdue = false, closed = false }: Matter,
): Promise<PlayedCase> {
  const played = new PlayedCase(id);
  played.status = closed ? 'closed' : 'open';
  played.summary = { matter: 'roads', awaiting, overdue, ...(due === undefined ? {} : { due }) };
  await played.settled(ledger);
  return played;
}

const idOf = (item: InboxItem): string => (item.box === 'unread' ? item.tell.id : item.case.case);

async function everyPage(ledger: Ledger, query: InboxQuery): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await ledger.inbox({ ...query, after });
    ids.push(...page.items.map(idOf));
    after = page.next;
    more = after !== undefined;
  }
  return ids;
}

describeLedgers('待办', (desk) => {
  test('shows open cases that await a seat under any of its names: the overdue first, then the earliest due', async () => {
    const ledger = await desk.open();
    await put(ledger, { id: 'C-1', awaiting: ['D07'], due: T0 + 3 * DAY });
    await put(ledger, { id: 'C-2', awaiting: ['D07'] });
    await put(ledger, { id: 'C-3', awaiting: ['evm', 'D07'], due: T0 + DAY });
    await put(ledger, { id: 'C-4', awaiting: ['vm-1'], due: T0 + 2 * DAY, overdue: true });
    await put(ledger, { id: 'C-5', awaiting: ['D08'], due: T0 });
    await put(ledger, { id: 'C-6', awaiting: ['D07'], due: T0, closed: true });

    const { items, next } = await ledger.inbox({ for: ['vm-1', 'D07', 'evm'], box: 'todo' });

    expect(items.map(idOf)).toEqual(['C-4', 'C-3', 'C-1', 'C-2']);
    expect(items[0]).toMatchObject({ box: 'todo', overdue: true, due: T0 + 2 * DAY, case: { case: 'C-4' } });
    expect(items[3]).not.toHaveProperty('due');
    expect(next).toBeUndefined();
    expect(await ledger.counts({ for: ['vm-1', 'D07', 'evm'] })).toEqual({ todo: 4, overdue: 1, unread: 0 });
    expect(await ledger.inbox({ for: [], box: 'todo' })).toEqual({ items: [] });
  });

  test('follows a case: whom it awaits, when it is due, and that it is closed', async () => {
    const ledger = await desk.open();
    const played = await put(ledger, { id: 'C-7', awaiting: ['D07'] });
    played.summary = { awaiting: ['X2'], overdue: true };
    await played.settled(ledger);
    expect(await everyPage(ledger, { for: ['D07'], box: 'todo' })).toEqual([]);
    expect(await ledger.counts({ for: ['X2'] })).toEqual({ todo: 1, overdue: 1, unread: 0 });
    played.status = 'closed';
    await played.settled(ledger, { state: ['closed'] });
    expect(await everyPage(ledger, { for: ['X2'], box: 'todo' })).toEqual([]);
  });

  test('page by page it is the whole list, each case once, whatever the size of pages and the names', async () => {
    const ledger = await desk.open();
    const names = ['a', 'b', 'c'];
    let n = 0;
    const matter = fc.record({
      awaiting: fc.uniqueArray(fc.constantFrom(...names, 'd')),
      due: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      overdue: fc.boolean(),
    });
    const matters: Matter[] = [];
    for (const drawn of fc.sample(matter, { numRuns: 40, seed: 7 })) {
      n += 1;
      const { awaiting, due, overdue } = drawn;
      const made = { id: `P-${n}`, awaiting, overdue, ...(due === undefined ? {} : { due: T0 + due * HOUR }) };
      matters.push(made);
      await put(ledger, made);
    }
    const rank = ({ overdue, due = Number.MAX_SAFE_INTEGER, id }: Matter) => [overdue ? 0 : 1, due, id] as const;
    const before = (a: Matter, b: Matter) => {
      const [x, y] = [rank(a), rank(b)];
      return x[0] - y[0] || x[1] - y[1] || (x[2] < y[2] ? -1 : 1);
    };
    await fc.assert(
      fc.asyncProperty(fc.subarray(names, { minLength: 1 }), fc.integer({ min: 1, max: 45 }), async (mine, limit) => {
        const expected = matters.filter(({ awaiting }) => awaiting.some((one) => mine.includes(one))).sort(before);
        expect(await everyPage(ledger, { for: mine, box: 'todo', limit })).toEqual(expected.map(({ id }) => id));
      }),
      { numRuns: 25 },
    );
  });

  test('may be asked for one procedure only', async () => {
    const ledger = await desk.open();
    await put(ledger, { id: 'C-8', awaiting: ['D07'] });
    const list = (procedure: string) => everyPage(ledger, { for: ['D07'], box: 'todo', procedure });
    expect(await list('supervision-item')).toEqual(['C-8']);
    expect(await list('document-reply')).toEqual([]);
  });
});

describeLedgers('已办', (desk) => {
  const by = (seat: string, unit?: string) => ({ seat, ...(unit ? { unit } : {}), basis: 'own' });

  test('shows cases in which a seat, its unit or a leader on whose word it was acted, the latest act first', async () => {
    const ledger = await desk.open();
    const [one, two, three] = ['C-1', 'C-2', 'C-3'].map((id) => new PlayedCase(id)) as [
      PlayedCase,
      PlayedCase,
      PlayedCase,
    ];
    await one.settled(ledger, { at: T0, by: by('D07-desk', 'D07') });
    await two.settled(ledger, { at: T0 + HOUR, by: by('D07-head', 'D07') });
    await three.settled(ledger, {
      at: T0 + 2 * HOUR,
      by: { ...by('X1-desk', 'X1'), onWordOf: { seat: 'mayor', ref: 'r' } },
    });
    await one.settled(ledger, { at: T0 + 3 * HOUR, by: by('D07-desk', 'D07') });
    await one.settled(ledger, { at: T0 + 4 * HOUR });

    const done = (...names: string[]) => everyPage(ledger, { for: names, box: 'done', limit: 1 });
    expect(await done('D07-desk')).toEqual(['C-1']);
    expect(await done('D07-desk', 'D07')).toEqual(['C-1', 'C-2']);
    expect(await done('mayor')).toEqual(['C-3']);
    expect(await done('D07-head', 'mayor', 'D07')).toEqual(['C-1', 'C-3', 'C-2']);
    const { items } = await ledger.inbox({ for: ['D07'], box: 'done' });
    expect(items[0]).toMatchObject({ actedAt: T0 + 3 * HOUR, sequence: 2, case: { case: 'C-1', sequence: 3 } });
  });

  test('does not keep an act that never was', async () => {
    const ledger = await desk.open();
    const killed = new PlayedCase('C-4');
    await killed.settled(ledger, { by: by('X1-desk') });
    const successor = killed.fork();
    await ledger.flush(killed.batch(killed.step({ attempt: 'killed', by: by('mayor') })));
    expect(await everyPage(ledger, { for: ['mayor'], box: 'done' })).toEqual(['C-4']);
    await ledger.flush(successor.batch(successor.step({ attempt: 'successor', by: by('sg') })));
    expect(await everyPage(ledger, { for: ['mayor'], box: 'done' })).toEqual([]);
    expect(await everyPage(ledger, { for: ['sg'], box: 'done' })).toEqual(['C-4']);
    expect(await everyPage(ledger, { for: ['X1-desk'], box: 'done' })).toEqual(['C-4']);
  });
});

describeLedgers('待阅', (desk) => {
  test('shows what a seat was told and has not acknowledged, newest first, once it is known to stand', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('C-1');
    await played.settled(ledger, { effects: [tellEffect(['vm-1'], { deliverAt: T0 }), tellEffect(['mayor'])] });
    await played.settled(ledger, { effects: [tellEffect(['evm'], { deliverAt: T0 + HOUR })] });
    await ledger.flush(played.batch(played.step({ effects: [tellEffect(['vm-1'], { deliverAt: T0 + DAY })] })));
    const mine = { for: ['vm-1', 'evm'], box: 'unread', limit: 1 } as const;
    expect(await everyPage(ledger, mine)).toEqual(['C-1:2:0/evm', 'C-1:1:0/vm-1']);

    await ledger.flush(played.commit().batch(played.step()));
    expect(await everyPage(ledger, mine)).toEqual(['C-1:3:0/vm-1', 'C-1:2:0/evm', 'C-1:1:0/vm-1']);
    expect(await ledger.counts({ for: mine.for })).toMatchObject({ unread: 3 });
  });

  test('a message is acknowledged once, by the seat it is for or was brought to, and the feed says so', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('C-2');
    await played.settled(ledger, { effects: [tellEffect(['evm', 'mayor'])] });
    await ledger.flush(played.batch(played.step({ effects: [tellEffect(['mayor'])] })));
    const say = (tell: string, by: string, as?: string[]) =>
      ledger.acknowledge({ tell, by, as, at: T0 + HOUR, how: 'inbox' });

    expect(await say('C-2:1:0/evm', 'vm-2')).toBe('not-yours');
    expect(await say('C-2:1:0/evm', 'vm-2', ['evm'])).toBe('acknowledged');
    expect(await say('C-2:1:0/evm', 'vm-2', ['evm'])).toBe('already');
    expect(await say('C-2:2:0/mayor', 'mayor')).toBe('unknown');
    expect(await say('C-9:1:0/mayor', 'mayor')).toBe('unknown');

    expect(await everyPage(ledger, { for: ['evm'], box: 'unread' })).toEqual([]);
    expect(await ledger.tells({ case: 'C-2', acknowledged: true })).toMatchObject([
      { recipient: 'evm', acknowledged: { at: T0 + HOUR, by: 'vm-2', how: 'inbox' } },
    ]);
    expect(await ledger.tells({ case: 'C-2', acknowledged: false })).toHaveLength(2);
    expect(await ledger.feed({ types: ['tell.acknowledged'] })).toMatchObject([
      { case: 'C-2', sequence: 1, data: { tell: 'C-2:1:0/evm', recipient: 'evm', seat: 'vm-2', how: 'inbox' } },
    ]);
  });

  test('a message that was brought to a seat may be acknowledged by it under its own name', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('C-3');
    await played.settled(ledger, { effects: [tellEffect(['evm'])] });
    const [row] = await ledger.claimTells({ now: T0, leaseMs: HOUR, limit: 5, waiting: true });
    await ledger.settleTells(row!.lease, [row!.id], { state: 'delivered', at: T0, channel: 'email', seat: 'vm-2' });
    const link = { tell: row!.id, by: 'vm-2', at: T0 + HOUR, how: 'link' } as const;
    expect(await Promise.all([ledger.acknowledge(link), ledger.acknowledge(link)])).toEqual(
      expect.arrayContaining(['acknowledged', 'already']),
    );
  });
});

describeLedgers('a cursor', (desk) => {
  const strangers = [
    '',
    'x',
    'W10',
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ];
  test.each(strangers)('that no page gave out (%j) is refused', async (after) => {
    const ledger = await desk.open();
    for (const box of ['todo', 'done', 'unread'] as const)
      await expect(ledger.inbox({ for: ['a'], box, after })).rejects.toThrow(BadCursor);
    await expect(ledger.search({ text: 'a', after })).rejects.toThrow(/no cursor of this list/);
    await expect(ledger.documentNumbers({ after })).rejects.toThrow(BadCursor);
  });
});

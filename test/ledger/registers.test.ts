import type { Ledger, WebhookOutcome } from '../../activities/ledger';
import { DAY, describeLedgers, HOUR, MINUTE, PlayedCase, patient, T0, tellEffect } from './support';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describeLedgers('numbers of papers', (desk) => {
  const paper = (n: number | string) => ({ series: '石政发', year: 2026, paper: `paper-${n}` });

  test('are given in order, once for each paper, and stand as they are printed', async () => {
    const ledger = await desk.open();
    expect(await ledger.giveDocumentNumber({ ...paper(1), case: 'C-1' })).toEqual({
      id: '石政发〔2026〕1号',
      series: '石政发',
      year: 2026,
      number: 1,
      paper: 'paper-1',
      case: 'C-1',
      givenAt: T0,
      fresh: true,
    });
    expect(await ledger.giveDocumentNumber(paper(2))).toMatchObject({ number: 2 });
    expect(await ledger.giveDocumentNumber({ ...paper(1), series: '石政办发', year: 2027 })).toMatchObject({
      id: '石政发〔2026〕1号',
      fresh: false,
    });
    expect(await ledger.giveDocumentNumber({ ...paper(3), year: 2027 })).toMatchObject({ id: '石政发〔2027〕1号' });
  });

  test('a withdrawn paper keeps its number, which is never given again; the first reason stays', async () => {
    const ledger = await desk.open();
    for (const n of upTo(3)) await ledger.giveDocumentNumber(paper(n));
    const withdraw = (number: number, reason: string) =>
      ledger.voidDocumentNumber({ series: '石政发', year: 2026, number, reason, seat: 'X1-desk', at: T0 + HOUR });
    expect(await withdraw(3, '内容有误')).toBe('voided');
    expect(await withdraw(3, '其他')).toBe('already');
    expect(await withdraw(4, '无此号')).toBe('unknown');
    expect(await ledger.giveDocumentNumber(paper(4))).toMatchObject({ number: 4 });
    expect(await ledger.giveDocumentNumber(paper(3))).toMatchObject({ number: 3, fresh: false, voided: {} });
    const { items, next } = await ledger.documentNumbers({ series: '石政发', limit: 3 });
    expect(items.map(({ number, voided }) => [number, voided?.reason])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, '内容有误'],
    ]);
    expect((await ledger.documentNumbers({ series: '石政发', limit: 3, after: next })).items).toHaveLength(1);
  });

  test('are without gap and never given twice by many offices at once', async () => {
    const place = desk.newPlace();
    const offices = await Promise.all(upTo(4).map(() => desk.open(place)));
    const given = await Promise.all(
      upTo(40).map((n) => patient(() => offices[n % 4]!.giveDocumentNumber(paper(n % 30)))),
    );
    const fresh = given.filter((one) => one.fresh).map(({ number }) => number);
    expect(fresh.toSorted((a, b) => a - b)).toEqual(upTo(30));
    expect(new Set(given.map(({ paper: id, number }) => `${id} ${number}`)).size).toBe(30);
  });
});

describeLedgers('what may be used once', (desk) => {
  test('is spent by the first, whoever else comes at the same moment', async () => {
    const place = desk.newPlace();
    const offices = await Promise.all(upTo(3).map(() => desk.open(place)));
    const spend = (ledger: Ledger, purpose = 'acknowledge') =>
      patient(() => ledger.spendToken({ token: 'hash', purpose, at: T0 }));
    const [first] = offices;
    expect(await first!.tokenSpent({ token: 'hash', purpose: 'acknowledge' })).toBe(false);
    const outcomes = await Promise.all([...offices, ...offices].map((ledger) => spend(ledger)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await first!.tokenSpent({ token: 'hash', purpose: 'acknowledge' })).toBe(true);
    expect(await spend(first!, 'webhook')).toBe(true);
    expect(await first!.dropTokens(T0)).toBe(0);
    expect(await first!.dropTokens(T0 + 1)).toBe(2);
  });
});

describeLedgers('attachments', (desk) => {
  test('are known by their content: who sent it in, and which cases it was put to', async () => {
    const ledger = await desk.open();
    const file = { hash: 'a'.repeat(64), name: '附件1.pdf', mediaType: 'application/pdf', bytes: 12, seat: 'D07-desk' };
    await ledger.keepAttachment({ ...file, at: T0 });
    await ledger.keepAttachment({ ...file, name: 'another name', at: T0 + 1 });
    await ledger.keepAttachment({ ...file, case: 'C-1', at: T0 + 2 });
    await ledger.keepAttachment({ ...file, seat: 'D08-desk', at: T0 + 3 });
    expect(await ledger.attachment(file.hash)).toEqual({
      hash: file.hash,
      mediaType: 'application/pdf',
      bytes: 12,
      uploads: [
        { name: '附件1.pdf', seat: 'D07-desk', at: T0 },
        { name: '附件1.pdf', seat: 'D07-desk', at: T0 + 2, case: 'C-1' },
        { name: '附件1.pdf', seat: 'D08-desk', at: T0 + 3 },
      ],
    });
    expect(await ledger.attachment('b'.repeat(64))).toBeUndefined();
    expect(await ledger.attachmentsOf('C-1')).toEqual([{ ...file, case: 'C-1', at: T0 + 2 }]);
  });
});

describeLedgers('the log of readings', (desk) => {
  test('says who looked at what, newest first, until it is dropped', async () => {
    const ledger = await desk.open();
    const line = { reader: '0123', seat: 'D07-desk', entrance: 'gateway', what: 'view' };
    await ledger.logReading({ ...line, at: T0, case: 'C-1' });
    await ledger.logReading({ ...line, at: T0 + 1, what: 'search' });
    await ledger.logReading({ ...line, at: T0 + 2, case: 'C-1', reader: 'system' });
    expect((await ledger.readings({ case: 'C-1' })).map(({ reader }) => reader)).toEqual(['system', '0123']);
    expect(await ledger.readings({ reader: '0123', since: T0 + 1 })).toEqual([{ ...line, at: T0 + 1, what: 'search' }]);
    expect(await ledger.readings({ limit: 1 })).toHaveLength(1);
    expect(await ledger.dropReadings(T0 + 2)).toBe(2);
  });

  test('text with a character that one database cannot hold is kept and found on every one', async () => {
    const ledger = await desk.open();
    const line = { at: T0, entrance: 'gateway', seat: 'D07-desk', actType: 'REPORT', actId: 'a\0b', code: 'c' };
    await ledger.logRefusal(line);
    expect(await ledger.refusals()).toEqual([{ ...line, actId: 'a\uFFFDb' }]);
    expect(await ledger.personOf('x\0')).toBeUndefined();
  });
});

describeLedgers('the delivery log', (desk) => {
  test('keeps every try with its channel, also one that came to nothing', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('C-1');
    await played.settled(ledger, { effects: [tellEffect(['evm'])] });
    const claim = (now: number) => ledger.claimTells({ now, leaseMs: HOUR, limit: 5, waiting: true });
    const [first] = await claim(T0);
    const tries = [{ at: T0, channel: 'sms', outcome: 'failed', error: 'refused' } as const];
    await ledger.settleTells(
      first!.lease,
      [first!.id],
      { state: 'pending', retryAt: T0 + HOUR, error: 'refused' },
      tries,
    );
    const [second] = await claim(T0 + HOUR);
    const sent = { state: 'delivered', at: T0 + HOUR, channel: 'email', seat: 'vm-2' } as const;
    await ledger.settleTells(second!.lease, [second!.id], sent, [
      { at: T0 + HOUR, channel: 'sms', outcome: 'busy' },
      { at: T0 + HOUR + 1, channel: 'email', outcome: 'delivered' },
    ]);
    expect(
      (await ledger.deliveries({ case: 'C-1' })).map(({ attempt, channel, outcome, seat }) => [
        attempt,
        channel,
        outcome,
        seat,
      ]),
    ).toEqual([
      [3, 'email', 'delivered', 'vm-2'],
      [2, 'sms', 'busy', undefined],
      [1, 'sms', 'failed', undefined],
    ]);
    expect(await ledger.tells({ deliveredBefore: T0 + HOUR, acknowledged: false })).toHaveLength(1);
    expect(await ledger.tells({ deliveredBefore: T0 })).toEqual([]);
  });

  test('many loops at once never hand out a message twice, nor a recipient to two of them', async () => {
    const place = desk.newPlace();
    const loops = await Promise.all(upTo(4).map(() => desk.open(place)));
    for (const n of upTo(12)) {
      const played = new PlayedCase(`C-${n}`);
      await played.settled(loops[0]!, { effects: [tellEffect([`seat-${n % 4}`, `seat-${n % 3}`])] });
    }
    for (const round of upTo(3)) {
      const now = T0 + round * HOUR;
      const claims = await Promise.all(
        loops.map((ledger) => patient(() => ledger.claimTells({ now, leaseMs: MINUTE, limit: 5, waiting: true }))),
      );
      const rows = claims.flat();
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      const loopOf = new Map<string, string>();
      for (const { recipient, lease } of rows) {
        expect(loopOf.get(recipient) ?? lease).toBe(lease);
        loopOf.set(recipient, lease);
      }
    }
  });
});

describeLedgers('subscriptions', (desk) => {
  async function subscribed(...types: ('case.opened' | 'case.step')[]) {
    let now = T0;
    const place = desk.newPlace();
    const ledger = await desk.open({ ...place, clock: () => now });
    const played = new PlayedCase('C-1');
    for (let i = 0; i < 3; i++) await played.settled(ledger);
    const hook = { id: 'h', url: 'https://receiver.invalid/', secretRef: 'RECEIVER_SECRET' };
    expect(await ledger.addWebhook({ ...hook, ...(types.length > 0 ? { types } : {}), from: 1 })).toBe(true);
    const claim = (limit = 10) => ledger.claimWebhook({ now, leaseMs: MINUTE, limit });
    const settle = (lease: string, outcome: WebhookOutcome) => ledger.settleWebhook('h', lease, outcome);
    const pass = (ms: number) => {
      now += ms;
    };
    return { ledger, place, played, hook, claim, settle, pass };
  }

  test('hand out what is to be sent, to one sender at a time, and go on where they are', async () => {
    const { ledger, hook, claim, settle } = await subscribed();
    expect(await ledger.addWebhook(hook)).toBe(false);
    const first = await claim(2);
    expect(first?.events.map(({ position }) => position)).toEqual([1, 2]);
    expect(await claim()).toBeUndefined();
    expect(await settle(first!.lease, { state: 'sent', through: 2 })).toBe(true);
    expect((await claim())?.events.map(({ position }) => position)).toEqual([3]);
  });

  test('what failed is tried again later, by whoever comes then; a lease that ran out settles nothing', async () => {
    const { ledger, claim, settle, pass } = await subscribed();
    const first = await claim();
    await settle(first!.lease, { state: 'failed', through: 1, error: 'HTTP 500', retryAt: T0 + HOUR });
    expect(await claim()).toBeUndefined();
    expect(await ledger.webhooks()).toMatchObject([
      { position: 1, attempts: 1, lastError: 'HTTP 500', nextAt: T0 + HOUR },
    ]);
    pass(HOUR);
    const second = await claim();
    expect(second?.events[0]?.position).toBe(2);
    pass(2 * MINUTE);
    const third = await claim();
    expect(await settle(second!.lease, { state: 'sent', through: 3 })).toBe(false);
    expect(await settle(third!.lease, { state: 'sent', through: 3 })).toBe(true);
    expect(await ledger.webhooks()).toMatchObject([{ position: 3, attempts: 0 }]);
  });

  test('what cannot be brought becomes a dead letter; the rest goes on, and a replay tries it anew', async () => {
    const { ledger, claim, settle } = await subscribed();
    const first = await claim();
    await settle(first!.lease, { state: 'dead', position: 1, error: 'HTTP 410', at: T0 });
    expect(await ledger.deadLetters('h')).toMatchObject([{ event: { position: 1, case: 'C-1' }, error: 'HTTP 410' }]);
    const second = await claim();
    expect(second?.events[0]?.position).toBe(2);
    expect(second?.webhook.deadLetters).toBe(1);

    expect(await ledger.replayWebhook('h', 1)).toBe(true);
    expect(await settle(second!.lease, { state: 'sent', through: 3 })).toBe(false);
    expect(await ledger.deadLetters('h')).toEqual([]);
    expect((await claim())?.events.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(await ledger.replayWebhook('unknown', 1)).toBe(false);
    expect([await ledger.removeWebhook('h'), await ledger.removeWebhook('h')]).toEqual([true, false]);
  });

  test('one that asks for some types is told of these, and moves past the others by itself', async () => {
    const { ledger, played, claim, settle } = await subscribed('case.opened');
    const first = await claim();
    expect(first?.events.map(({ position }) => position)).toEqual([1]);
    await settle(first!.lease, { state: 'sent', through: 1 });
    expect(await claim()).toBeUndefined();
    expect(await ledger.webhooks()).toMatchObject([{ position: 3 }]);
    await new PlayedCase('C-2').settled(ledger);
    await played.settled(ledger);
    expect((await claim())?.events.map(({ position }) => position)).toEqual([4]);
  });

  test('senders that come at once are given one each', async () => {
    const { ledger, place, hook } = await subscribed();
    await ledger.addWebhook({ ...hook, id: 'i', from: 2 });
    const senders = await Promise.all(upTo(4).map(() => desk.open(place)));
    const claims = await Promise.all(
      senders.map((sender) => patient(() => sender.claimWebhook({ now: T0, leaseMs: MINUTE, limit: 5 }))),
    );
    const given = claims.flatMap((claimed) => claimed?.webhook.id ?? []);
    expect(given.toSorted()).toEqual(['h', 'i']);
  });

  test('one that is added without a position begins with what comes next', async () => {
    const { ledger, hook, claim } = await subscribed();
    await ledger.removeWebhook('h');
    await ledger.addWebhook(hook);
    expect(await claim()).toBeUndefined();
    await new PlayedCase('C-2').settled(ledger);
    expect((await claim())?.events.map(({ position }) => position)).toEqual([4]);
  });
});

describeLedgers('statistics of cases', (desk) => {
  test('count what was opened and closed within a time, what is open in which state, and who was late', async () => {
    const ledger = await desk.open();
    const table: [string, string | undefined, number, number | undefined, object, boolean][] = [
      // id, unit, opened at, closed at, summary, overdue
      ['C-1', 'D07', T0, undefined, { mainState: 'in-progress', due: T0 + DAY }, false],
      ['C-2', 'D07', T0, undefined, { mainState: 'overdue', due: T0 - DAY }, true],
      ['C-3', 'D07', T0 - DAY, T0 + HOUR, { mainState: 'closed', due: T0 + HOUR }, false],
      ['C-4', 'D07', T0 - DAY, T0 + HOUR, { mainState: 'closed', due: T0 + HOUR - 1 }, false],
      ['C-5', 'D08', T0 - DAY, T0 + HOUR, { mainState: 'closed', due: T0 + DAY, missed: 1 }, false],
      ['C-6', 'D08', T0 - DAY, T0 + HOUR, { mainState: 'closed' }, false],
      ['C-7', undefined, T0 - 2 * DAY, T0 - DAY, { mainState: 'closed', due: T0 }, false],
    ];
    for (const [id, unit, openedAt, closedAt, summary, overdue] of table) {
      const played = new PlayedCase(id);
      played.summary = { ...summary, overdue, ...(unit ? { unit } : {}) };
      if (closedAt !== undefined) await ledger.flush(played.batch(played.step({ at: openedAt })));
      played.status = closedAt === undefined ? 'open' : 'closed';
      await ledger.flush(played.batch(played.step({ at: closedAt ?? openedAt })));
    }
    expect(await ledger.caseStatistics({ since: T0, until: T0 + DAY })).toEqual({
      opened: 2,
      closed: 4,
      open: { 'in-progress': 1, overdue: 1 },
      overdue: 1,
      units: [
        { unit: 'D07', open: 2, overdue: 1, onTime: 1, late: 1, undated: 0 },
        { unit: 'D08', open: 0, overdue: 0, onTime: 0, late: 1, undated: 1 },
      ],
    });
    expect(await ledger.caseStatistics({ unit: 'D08' })).toMatchObject({
      opened: 2,
      closed: 2,
      units: [{ unit: 'D08' }],
    });
    expect(await ledger.caseStatistics({ procedure: 'document-reply' })).toEqual({
      opened: 0,
      closed: 0,
      open: {},
      overdue: 0,
      units: [],
    });
    expect(await ledger.caseStatistics()).toMatchObject({ opened: 7, closed: 5 });
  });
});

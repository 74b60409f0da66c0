/** What cases ask of one another, carried over a real ledger to receivers a test can look at. */
import { type CarryingOptions, createCarrying, type Opening } from '../../activities/cases';
import type { Ledger } from '../../activities/ledger';
import type { Effect, Notice } from '../../workflows/runtime/workflow/types';
import { Desk, MINUTE, PlayedCase, T0 } from '../ledger/support';
import { eventually } from '../support/processes';

const desk = new Desk();
afterAll(() => desk.clear());

const cite = { article: 9, basis: 'stated' };
const notice = (to: object, type = 'PRESIDER_CHANGED', payload: object = { version: 1 }): Effect =>
  ({ kind: 'notifyCase', to, type, payload, cite }) as Effect;
const opening = (key: string, more: object = {}): Effect =>
  ({
    kind: 'startCase',
    procedure: 'supervision-item',
    key,
    seat: 'X2-desk',
    payload: { title: '事项' },
    cite,
    ...more,
  }) as Effect;

/** What takes which notices. */
const taken: Record<string, string[]> = {
  'supervision-item': ['PRESIDER_CHANGED', 'VERSION_CHANGED'],
  'leave-request': ['PRESIDER_CHANGED', 'ABSENCE_RESERVED'],
};

class Receivers {
  readonly got: { case: string; notice: Notice }[] = [];
  readonly opened: Opening[] = [];
  readonly problems: string[] = [];
  readonly closed = new Set<string>();
  readonly missing = new Set<string>();
  /** Thrown before anything is sent. */
  trouble: (caseId: string) => string | undefined = () => undefined;
  refuse: (opening: Opening) => string | undefined = () => undefined;

  loop(ledger: Ledger, options: Partial<CarryingOptions> = {}) {
    return createCarrying({
      ledger,
      notify: async (caseId, sent) => {
        const trouble = this.trouble(caseId);
        if (trouble) throw new Error(trouble);
        if (this.closed.has(caseId)) return 'closed';
        if (this.missing.has(caseId)) return 'unknown';
        this.got.push({ case: caseId, notice: sent });
        return 'sent';
      },
      open: async (asked) => {
        this.opened.push(asked);
        const refused = this.refuse(asked);
        return refused ? { refused } : { case: `SI-${asked.key}` };
      },
      takes: (procedure, type) => taken[procedure]?.includes(type) ?? false,
      headOf: async () => undefined,
      onProblem: (sentence) => this.problems.push(sentence),
      ...options,
    });
  }

  get receivers(): string[] {
    return this.got.map((one) => one.case);
  }
}

/** An open case with its record, of any procedure. */
async function open(ledger: Ledger, id: string, procedure: string, awaiting: string[] = []): Promise<void> {
  const played = new PlayedCase(id);
  played.summary = { awaiting };
  const batch = played.batch(played.step());
  await ledger.flush({ ...batch, projection: { ...batch.projection, machine: `${procedure}@draft-2026` } });
}

const receiptsOf = async (ledger: Ledger) =>
  (await ledger.errands()).flatMap(({ receipts }) => receipts.map(({ receiver, outcome }) => `${receiver} ${outcome}`));

test('a notice has the id of its errand, its sender, and a sequence that grows with every step and place in it', async () => {
  const [ledger, receivers] = [await desk.open(), new Receivers()];
  await open(ledger, 'LR-1', 'leave-request');
  const played = new PlayedCase('AA-1');
  await played.settled(ledger);
  await played.settled(ledger, {
    effects: [opening('k'), notice({ case: 'LR-1' }, 'ABSENCE_RESERVED', { person: 'p' })],
  });
  expect(await receivers.loop(ledger).runOnce(T0)).toEqual({ carried: 2, givenUp: 0, failed: 0 });
  expect(receivers.got).toEqual([
    {
      case: 'LR-1',
      notice: { id: 'AA-1:2:1', from: 'AA-1', seq: 2_001, type: 'ABSENCE_RESERVED', payload: { person: 'p' } },
    },
  ]);
  expect(receivers.opened).toEqual([
    {
      procedure: 'supervision-item',
      key: 'k',
      seat: 'X2-desk',
      payload: { title: '事项' },
      cite,
      id: 'AA-1:2:0',
      from: 'AA-1',
    },
  ]);
  expect(await receiptsOf(ledger)).toEqual(['SI-k opened', 'LR-1 sent']);
});

describe('whom a notice is for', () => {
  async function four(): Promise<Ledger> {
    const ledger = await desk.open();
    await open(ledger, 'LR-1', 'leave-request', ['vm-1']);
    await open(ledger, 'LR-2', 'leave-request', ['vm-2', 'mayor']);
    await open(ledger, 'SI-1', 'supervision-item', ['vm-1', 'D07']);
    await open(ledger, 'XX-1', 'other', ['vm-1']);
    return ledger;
  }

  test.each([
    ['one case', { case: 'LR-2' }, ['LR-2']],
    ['the open cases of a procedure', { procedure: 'leave-request' }, ['LR-1', 'LR-2']],
    ['a procedure this version has not', { procedure: 'duty-watch' }, []],
    ['cases that wait for one of several, each once', { awaiting: ['vm-1', 'D07'] }, ['LR-1', 'SI-1']],
    ['nobody who is waited for', { awaiting: [] }, []],
    ['all that take it, but not the sender', { every: true }, ['LR-1', 'LR-2', 'SI-1', 'SI-9']],
  ])('%s', async (_, to, expected) => {
    const [ledger, receivers] = [await four(), new Receivers()];
    if ('every' in to) await open(ledger, 'SI-9', 'supervision-item');
    const sender = new PlayedCase('SI-8');
    sender.summary = { awaiting: ['vm-1'] };
    await sender.settled(ledger, { effects: [notice(to)] });
    await receivers.loop(ledger, { pace: { portion: 2 } }).runOnce(T0);
    expect(receivers.receivers).toEqual(expected);
    expect(await receiptsOf(ledger)).toEqual(expected.map((one) => `${one} sent`));
    expect(receivers.problems).toEqual([]);
  });

  test('is noted where a case takes none of its type, and nothing is sent', async () => {
    const [ledger, receivers] = [await four(), new Receivers()];
    await new PlayedCase('AA-1').settled(ledger, { effects: [notice({ case: 'SI-1' }, 'ABSENCE_RESERVED')] });
    await receivers.loop(ledger).runOnce(T0);
    expect([receivers.got, receivers.problems]).toEqual([[], []]);
    expect(await receiptsOf(ledger)).toEqual(['SI-1 not-taken']);
  });

  test('one that has closed is noted and passed over; later errands go on', async () => {
    const [ledger, receivers] = [await four(), new Receivers()];
    receivers.closed.add('LR-1');
    const effects = [notice({ procedure: 'leave-request' }), notice({ case: 'LR-1' }), notice({ case: 'LR-2' })];
    await new PlayedCase('AA-1').settled(ledger, { effects });
    expect(await receivers.loop(ledger).runOnce(T0)).toMatchObject({ carried: 3 });
    expect(receivers.receivers).toEqual(['LR-2', 'LR-2']);
    expect(await receiptsOf(ledger)).toEqual(['LR-1 closed', 'LR-2 sent', 'LR-1 closed', 'LR-2 sent']);
  });
});

test('one whose payload is not as its receivers declare it is not sent there: one alarm, and a word for each receiver', async () => {
  const [ledger, receivers] = [await desk.open(), new Receivers()];
  await open(ledger, 'LR-1', 'leave-request');
  await open(ledger, 'SI-1', 'supervision-item');
  await open(ledger, 'SI-2', 'supervision-item');
  await new PlayedCase('AA-1').settled(ledger, { effects: [notice({ every: true }), notice({ case: 'SI-1' })] });
  const amiss = (procedure: string) => (procedure === 'supervision-item' ? 'payload.since (a number)' : undefined);
  const problem = 'cases of supervision-item do not take this PRESIDER_CHANGED: payload.since (a number)';
  await receivers.loop(ledger, { amiss }).runOnce(T0);
  expect(receivers.receivers).toEqual(['LR-1']);
  expect(await receiptsOf(ledger)).toEqual(['LR-1 sent', 'SI-1 not-taken', 'SI-2 not-taken', 'SI-1 not-taken']);
  expect(receivers.problems).toEqual(
    [0, 1].map((n) => `ALARM: errand AA-1:1:${n} (PRESIDER_CHANGED) cannot be carried and is given up: ${problem}`),
  );
});

test('a notice of other law brings each receiver that of its own procedure, as it is when it is told', async () => {
  const [ledger, receivers] = [await desk.open(), new Receivers()];
  await open(ledger, 'SI-1', 'supervision-item');
  await open(ledger, 'LR-1', 'leave-request');
  const effects = [notice({ every: true }, 'VERSION_CHANGED', { to: '2027' }), notice({ every: true })];
  await new PlayedCase('RV-1').settled(ledger, { effects, at: T0 + 5 });
  const lawFor = (procedure: string, at: number) => ({ procedure, at });
  await receivers.loop(ledger, { lawFor }).runOnce(T0 + MINUTE);
  expect(receivers.got.map(({ case: id, notice: { payload } }) => [id, payload])).toEqual([
    ['SI-1', { to: '2027', law: { procedure: 'supervision-item', at: T0 + MINUTE } }],
    ['LR-1', { version: 1 }],
    ['SI-1', { version: 1 }],
  ]);
});

describe('what fails', () => {
  test('is tried again after a pause, from where it stopped, and holds up later errands of its case only', async () => {
    const [ledger, receivers] = [await desk.open(), new Receivers()];
    for (const id of ['LR-1', 'LR-2', 'LR-3']) await open(ledger, id, 'leave-request');
    const effects = [notice({ procedure: 'leave-request' }), notice({ case: 'LR-1' }, 'ABSENCE_RESERVED')];
    await new PlayedCase('AA-1').settled(ledger, { effects });
    await new PlayedCase('AA-2').settled(ledger, { effects: [notice({ case: 'LR-3' })] });
    receivers.trouble = (id) => (id === 'LR-2' ? 'the server does not answer' : undefined);
    const loop = receivers.loop(ledger, { pace: { retryFirstMs: MINUTE } });

    expect(await loop.runOnce(T0)).toEqual({ carried: 1, givenUp: 0, failed: 1 });
    expect(receivers.receivers.toSorted()).toEqual(['LR-1', 'LR-3', 'LR-3']);
    expect(receivers.problems).toEqual([
      'errand AA-1:1:0 (PRESIDER_CHANGED) was not carried and is tried again: the server does not answer',
    ]);
    expect(await loop.runOnce(T0 + MINUTE - 1)).toEqual({ carried: 0, givenUp: 0, failed: 0 });
    receivers.trouble = () => undefined;
    receivers.got.splice(0);
    expect(await loop.runOnce(T0 + MINUTE)).toEqual({ carried: 2, givenUp: 0, failed: 0 });
    expect(receivers.got.map(({ case: id, notice: { seq } }) => [id, seq])).toEqual([
      ['LR-2', 1_000],
      ['LR-1', 1_001],
    ]);
    expect(await ledger.errands({ case: 'AA-1' })).toMatchObject([{ attempts: 2, state: 'carried' }, { attempts: 1 }]);
  });

  test.each([
    [
      'an opening that is refused',
      opening('k'),
      'the opening of a case of supervision-item (key k) was refused: nobody',
    ],
    ['a notice to a case there is not', notice({ case: 'LR-9' }), 'there is no case LR-9'],
  ])('%s raises one alarm, is listed as given up, and holds up nothing', async (_, effect, problem) => {
    const [ledger, receivers] = [await desk.open(), new Receivers()];
    receivers.refuse = () => 'nobody';
    receivers.missing.add('LR-9');
    await open(ledger, 'LR-1', 'leave-request');
    await new PlayedCase('AA-1').settled(ledger, { effects: [effect, notice({ case: 'LR-1' })] });
    const loop = receivers.loop(ledger);
    expect(await loop.runOnce(T0)).toEqual({ carried: 1, givenUp: 1, failed: 0 });
    await loop.runOnce(T0 + MINUTE);
    expect(receivers.problems).toEqual([expect.stringMatching(/^ALARM: errand AA-1:1:0 .* is given up: /)]);
    expect(receivers.problems[0]).toContain(problem);
    expect(receivers.receivers).toEqual(['LR-1']);
    expect(await ledger.errandsGivenUp()).toMatchObject([{ id: 'AA-1:1:0', lastError: problem }]);
  });
});

describe('confirmation', () => {
  test('nothing is carried on an unconfirmed entry; its case is asked at once, and again if it could not say', async () => {
    const [ledger, receivers] = [await desk.open(), new Receivers()];
    await open(ledger, 'LR-1', 'leave-request');
    const played = new PlayedCase('AA-1');
    await ledger.flush(played.batch(played.step({ effects: [notice({ case: 'LR-1' })] })));
    const asked: string[] = [];
    let answers = false;
    const headOf = async (caseId: string) => {
      asked.push(caseId);
      return answers ? played.head : undefined;
    };
    const loop = receivers.loop(ledger, { headOf, pace: { askAgainMs: 2_000 } });
    await loop.runOnce(T0);
    await loop.runOnce(T0 + 1_999);
    expect([asked, receivers.got]).toEqual([['AA-1'], []]);
    answers = true;
    expect(await loop.runOnce(T0 + 2_000)).toMatchObject({ carried: 1 });
    expect(asked).toEqual(['AA-1', 'AA-1']);
  });

  test('what a killed worker left behind is never carried; what took its place is', async () => {
    const [ledger, receivers] = [await desk.open(), new Receivers()];
    await open(ledger, 'LR-1', 'leave-request');
    const killed = new PlayedCase('AA-1');
    await killed.settled(ledger);
    const successor = killed.fork();
    await ledger.flush(killed.batch(killed.step({ attempt: 'killed', effects: [notice({ case: 'LR-1' }, 'X')] })));
    await ledger.flush(successor.batch(successor.step({ attempt: 'again', effects: [notice({ case: 'LR-1' })] })));
    await receivers.loop(ledger, { headOf: async () => successor.head }).runOnce(T0);
    expect(receivers.got.map(({ notice: { type } }) => type)).toEqual(['PRESIDER_CHANGED']);
  });
});

describe('a loop that runs', () => {
  test('carries at once what it is told of, looks for what others wrote, and stops without leaving anything half done', async () => {
    const [ledger, receivers] = [await desk.open({ clock: Date.now }), new Receivers()];
    await open(ledger, 'LR-1', 'leave-request');
    const played = new PlayedCase('AA-1');
    const loop = receivers.loop(ledger, { headOf: async () => played.head, pace: { pollMs: 400 } });
    loop.start();
    await ledger.flush(played.batch(played.step({ effects: [notice({ case: 'LR-1' })] })));
    const begun = performance.now();
    loop.soon();
    await eventually(() => expect(receivers.got).toHaveLength(1));
    expect(performance.now() - begun).toBeLessThan(300);
    await ledger.flush(played.batch(played.step({ effects: [notice({ case: 'LR-1' })] })));
    await eventually(() => expect(receivers.got).toHaveLength(2));
    await loop.stop();
    expect(await ledger.errandBacklog()).toEqual({ waiting: 0 });
    await played.settled(ledger, { effects: [notice({ case: 'LR-1' })] });
    loop.soon();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await ledger.errandBacklog()).toMatchObject({ waiting: 1 });
  });

  test('two of them carry everything once and each case in its order', async () => {
    const place = desk.newPlace();
    const [here, there] = [await desk.open(place), await desk.open(place)];
    const receivers = new Receivers();
    await open(here, 'LR-1', 'leave-request');
    for (const id of ['AA-1', 'AA-2', 'AA-3']) {
      const played = new PlayedCase(id);
      for (let n = 0; n < 5; n += 1)
        await played.settled(here, { effects: [notice({ case: 'LR-1' }), notice({ procedure: 'leave-request' })] });
    }
    const loops = [receivers.loop(here), receivers.loop(there)];
    for (const loop of loops) loop.start();
    await eventually(async () => expect(await here.errandBacklog()).toEqual({ waiting: 0 }));
    await Promise.all(loops.map((loop) => loop.stop()));
    expect(receivers.got).toHaveLength(30);
    for (const id of ['AA-1', 'AA-2', 'AA-3']) {
      const sequences = receivers.got.filter(({ notice: { from } }) => from === id).map(({ notice: { seq } }) => seq);
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    }
    expect(receivers.problems.filter((sentence) => !/locked/.test(sentence))).toEqual([]);
  });
});

import { join } from 'node:path';
import fc from 'fast-check';
import { Processes, pause } from '../support/processes';
import { describeLedgers, type Place } from './support';

const WRITER = join(__dirname, 'writer-process.js');
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describeLedgers('offices that are killed while they write', (desk) => {
  const processes = new Processes();
  afterAll(() => processes.killAll());

  /** Three at once, each killed at a moment of its own; answers what they were told before. */
  async function killed(place: Place, round: number): Promise<string[][]> {
    const moments = fc.sample(fc.integer({ min: 60, max: 900 }), { numRuns: 3, seed: round });
    const said = await Promise.all(
      moments.map(async (ms, i) => {
        const office = processes.node([WRITER, JSON.stringify({ place, name: `office-${round}-${i}` })], {}, undefined);
        await office.says('ready');
        await pause(ms);
        const { stdout, stderr } = await office.stop('SIGKILL');
        expect(stderr).toBe('');
        return stdout.split('\n').slice(0, -1);
      }),
    );
    return said.flat().map((line) => line.split(' '));
  }

  test('leave neither a hole nor a number given twice, and nothing they were told is lost', async () => {
    const place = desk.newPlace();
    const ledger = await desk.open(place);
    const said: string[][] = [];
    for (const round of upTo(3)) said.push(...(await killed(place, round)));

    const papers = [];
    for (let after: string | undefined, more = true; more; ) {
      const page = await ledger.documentNumbers({ after });
      papers.push(...page.items);
      after = page.next;
      more = after !== undefined;
    }
    expect(papers.map(({ number }) => number)).toEqual(upTo(papers.length));
    expect(await ledger.giveDocumentNumber({ series: '石政发', year: 2026, paper: 'the next' })).toMatchObject({
      number: papers.length + 1,
    });
    const given = new Map(papers.map(({ paper, number }) => [paper, String(number)]));
    const told = (what: string) => said.filter(([first]) => first === what).map(([, ...rest]) => rest);
    expect(told('paper').length).toBeGreaterThan(3);
    for (const [paper, number] of told('paper')) expect([paper, given.get(paper!)]).toEqual([paper, number]);

    const numbers = new Set(told('case').map(([, number]) => number));
    expect(numbers.size).toBe(told('case').length);
    for (const [key, number] of told('case'))
      expect(await ledger.giveNumber({ series: 'SI', year: 2026, key: key! })).toMatchObject({
        number: Number(number),
        fresh: false,
      });

    for (const [id, sequence, hash] of told('entry'))
      expect((await ledger.record(id!))[Number(sequence) - 1]?.entry.hash).toBe(hash);
    expect(await ledger.verify()).toMatchObject({ ok: true });
    const positions: number[] = [];
    for (let more = true; more; ) {
      const events = await ledger.feed({ after: positions.at(-1) ?? 0, limit: 1_000 });
      positions.push(...events.map(({ position }) => position));
      more = events.length > 0;
    }
    expect(positions).toEqual(upTo(await ledger.lastPosition()));
    const acknowledged = (await ledger.feed({ types: ['tell.acknowledged'], limit: 1_000 })).length;
    expect(acknowledged).toBeGreaterThanOrEqual(told('acknowledged').length);
    expect((await ledger.tells({ acknowledged: true, limit: 1_000 })).length).toBe(acknowledged);
  });
});

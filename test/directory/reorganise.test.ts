import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Directory, loadDirectory, shippedFiles } from '../../activities/directory';
import { applied, type CaseReport, type Parts, planned, undone } from '../../worker/reorganisation';
import { Batches } from '../../worker/reorganisation-batches';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Json, Notice } from '../../workflows/runtime/workflow';
import { Matter } from '../support/supervision';
import { cleanUp, temporaryFile } from './temporary';

const dataDir = mkdtempSync(join(tmpdir(), 'reorganise-test-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  cleanUp();
});

const unit = (id: string, more = '') =>
  `  - { id: ${id}, kind: department, nameZh: ${id}, nameHant: ${id}, shortZh: ${id}, shortHant: ${id}, source: n${more} }\n`;
const directory = ((): Directory => {
  const text = `units:\n${unit('D32')}${unit('D33')}${unit('D40', ', to: 2026-06-30')}${unit('D41', ', to: 2026-06-30')}reorganisations:
  - { id: R1, from: 2026-07-01, units: { D40: D32 }, source: 测试〔2026〕2号 }
  - { id: R2, from: 2026-07-01, units: { D41: [D32, D33] }, source: 测试〔2026〕3号 }
  - { id: R3, from: 2026-07-01, units: { D20: [D20, D33] }, source: 测试〔2026〕4号 }
`;
  const loaded = loadDirectory([shippedFiles().city, temporaryFile('more.yaml', text)]);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.ok;
})();
const reorganisation = (id: string) => directory.reorganisations.find((one) => one.id === id)!;

/** Cases in this process, behind what the command knows of Temporal and the ledger. */
class Cases {
  readonly matters = new Map<string, Matter>();
  /** Notices still taken; then the command is killed. */
  until = Number.POSITIVE_INFINITY;
  /** Notices a case got but never takes, as one whose worker is away. */
  readonly deaf = new Set<string>();
  readonly closed = new Set<string>();

  add(id: string, leadUnits: string[], supporting: string[] = []): this {
    this.matters.set(id, Matter.assigned('2026-12-31', { leadUnits, supporting }));
    return this;
  }

  lead(id: string): unknown {
    return this.context(id).lead;
  }

  context(id: string): { [key: string]: Json } {
    return this.matters.get(id)!.play.subject.snapshot.context as { [key: string]: Json };
  }

  moves(id: string): number {
    return this.matters.get(id)!.play.effects('units-changed').length;
  }

  get parts(): Parts {
    const of = (id: string) => this.matters.get(id)!.play;
    return {
      directory,
      procedures: [procedure],
      patienceMs: 50,
      ledger: {
        listPage: async () => ({ items: [...this.matters.keys()].map((id) => ({ case: id })) as never }),
        record: async (id) => of(id).entries.map((entry) => ({ entry, confirmed: true })) as never,
      },
      cases: {
        view: async (id) => {
          const view = of(id).subject.view(of(id).now, 0);
          return this.closed.has(id) ? { ...view, status: 'closed' } : view;
        },
        notify: async (id: string, { type, payload, ...notice }: Notice) => {
          if (this.until <= 0) throw new Error('killed');
          this.until -= 1;
          if (this.closed.has(id)) return 'closed';
          if (!this.deaf.has(id)) of(id).notify(type, payload, notice);
          return 'sent';
        },
      },
    };
  }
}

const batches = new Batches(dataDir);
const apply = (cases: Cases, id: string, more: object = {}) =>
  applied(cases.parts, {
    reorganisation: reorganisation(id),
    batch: batches.current(id),
    by: 'X1-desk',
    batches,
    ...more,
  });
const outcomes = (reports: CaseReport[]) => Object.fromEntries(reports.map((one) => [one.case, one.outcome]));

describe('a merger', () => {
  const cases = new Cases().add('SI-1', ['D40']).add('SI-2', ['D20'], ['D40']).add('SI-3', ['D20']);

  test('a dry run says case by case what would change, and changes nothing', async () => {
    expect(await planned(cases.parts, { reorganisation: reorganisation('R1') })).toEqual([
      { case: 'SI-1', outcome: 'would-move', changes: [{ at: '/lead', before: 'D40', after: 'D32' }] },
      { case: 'SI-2', outcome: 'would-move', changes: [{ at: '/supporting', before: ['D40'], after: ['D32'] }] },
    ]);
    expect(cases.lead('SI-1')).toBe('D40');
    expect(batches.all).toEqual([]);
  });

  test('every case that names the old unit is moved, by one step; others are not touched', async () => {
    expect(outcomes(await apply(cases, 'R1'))).toEqual({ 'SI-1': 'moved', 'SI-2': 'moved' });
    expect([cases.lead('SI-1'), cases.context('SI-2').supporting]).toEqual(['D32', ['D32']]);
    expect(['SI-1', 'SI-2', 'SI-3'].map((id) => cases.moves(id))).toEqual([1, 1, 0]);
    expect(batches.of('R1-1')).toMatchObject({
      cases: ['SI-1', 'SI-2'],
      by: 'X1-desk',
      finishedAt: expect.any(String),
    });
  });

  test('once more there is nothing to move', async () => {
    expect(await apply(cases, 'R1')).toEqual([]);
    expect(batches.all).toHaveLength(1);
  });

  test('the batch is taken back as a whole, and only once', async () => {
    const undo = () => undone(cases.parts, { batch: 'R1-1', by: 'X1-desk', batches });
    expect(outcomes(await undo())).toEqual({ 'SI-1': 'restored', 'SI-2': 'restored' });
    expect([cases.lead('SI-1'), cases.context('SI-2').supporting]).toEqual(['D40', ['D40']]);
    expect(await undo()).toEqual([]);
    expect(batches.of('R1-1')?.undoneAt).toBeDefined();
  });

  test('and may be made again, as another batch; what somebody changed since is left and named', async () => {
    expect(outcomes(await apply(cases, 'R1'))).toEqual({ 'SI-1': 'moved', 'SI-2': 'moved' });
    cases.matters
      .get('SI-1')!
      .play.notify(
        'UNIT_CHANGED',
        { batch: 'X', reorganisation: 'X', ref: 'n', by: 'X1-desk', ids: { D32: 'D20' }, names: {} },
        { from: 'directory', seq: Date.now() + 1 },
      );
    const reports = await undone(cases.parts, { batch: 'R1-2', by: 'X1-desk', batches });
    expect(outcomes(reports)).toEqual({ 'SI-1': 'changed-since', 'SI-2': 'restored' });
    expect(cases.lead('SI-1')).toBe('D20');
  });
});

describe('killed in between', () => {
  test.each([0, 1, 2, 3, 4])(
    'after %i notices: run again, every case has moved once, and one batch has them all',
    async (until) => {
      const own = new Batches(mkdtempSync(join(dataDir, 'killed-')));
      const cases = new Cases();
      for (let i = 1; i <= 5; i++) cases.add(`SI-${i}`, ['D40']);
      const run = () =>
        applied(cases.parts, {
          reorganisation: reorganisation('R1'),
          batch: own.current('R1'),
          by: 'X1-desk',
          batches: own,
        });
      cases.until = until;
      await expect(run()).rejects.toThrow('killed');
      cases.until = Number.POSITIVE_INFINITY;
      await run();
      const ids = [...cases.matters.keys()];
      expect(ids.map((id) => [cases.lead(id), cases.moves(id)])).toEqual(ids.map(() => ['D32', 1]));
      expect(own.all).toHaveLength(1);
      expect(own.of('R1-1')?.cases).toEqual(ids);
      const back = await undone(cases.parts, { batch: 'R1-1', by: 'X1-desk', batches: own });
      expect(new Set(back.map(({ outcome }) => outcome))).toEqual(new Set(['restored']));
      expect(ids.map((id) => cases.lead(id))).toEqual(ids.map(() => 'D40'));
    },
  );

  test('an undoing that is killed goes on where it was', async () => {
    const own = new Batches(mkdtempSync(join(dataDir, 'undone-')));
    const cases = new Cases().add('SI-1', ['D40']).add('SI-2', ['D40']);
    await applied(cases.parts, { reorganisation: reorganisation('R1'), batch: 'R1-1', by: 'X1-desk', batches: own });
    const undo = () => undone(cases.parts, { batch: 'R1-1', by: 'X1-desk', batches: own });
    cases.until = 1;
    await expect(undo()).rejects.toThrow('killed');
    cases.until = Number.POSITIVE_INFINITY;
    expect(await undo()).toHaveLength(1);
    expect(['SI-1', 'SI-2'].map((id) => [cases.lead(id), cases.moves(id)])).toEqual([
      ['D40', 2],
      ['D40', 2],
    ]);
  });
});

describe('a case that cannot follow is named, and the others do', () => {
  test('one whose worker is away, or that runs on an older build', async () => {
    const cases = new Cases().add('SI-1', ['D40']).add('SI-2', ['D40']);
    cases.deaf.add('SI-1');
    const [first, second] = await apply(cases, 'R1');
    expect(first).toMatchObject({ outcome: 'not-taken', why: expect.stringContaining('zhengling upgrade') });
    expect(second).toMatchObject({ outcome: 'moved' });
    const open = batches.current('R1');
    expect(batches.of(open)?.finishedAt).toBeUndefined();
    cases.deaf.clear();
    expect(outcomes(await apply(cases, 'R1'))).toEqual({ 'SI-1': 'moved' });
    expect(batches.of(open)?.finishedAt).toBeDefined();
  });

  test('one that closed meanwhile is passed over', async () => {
    const cases = new Cases().add('SI-1', ['D40']);
    cases.closed.add('SI-1');
    expect(await apply(cases, 'R1')).toEqual([]);
  });
});

describe('a split', () => {
  test('nobody is guessed at: which unit has a case, a person says', async () => {
    const cases = new Cases().add('SI-1', ['D41']).add('SI-2', ['D41']).add('SI-3', ['D20']);
    const choices = new Map([['SI-2', 'D33']]);
    const reports = await apply(cases, 'R2', { choices });
    expect(reports).toMatchObject([
      {
        case: 'SI-1',
        outcome: 'to-choose',
        choices: ['D32', 'D33'],
        why: expect.stringContaining('--choose SI-1=D32'),
      },
      { case: 'SI-2', outcome: 'moved' },
    ]);
    expect(['SI-1', 'SI-2'].map((id) => cases.lead(id))).toEqual(['D41', 'D33']);
  });

  test('a part that keeps the name keeps what nobody gives to the other', async () => {
    const cases = new Cases().add('SI-1', ['D20']).add('SI-2', ['D20']);
    const reports = await apply(cases, 'R3', { choices: new Map([['SI-2', 'D33']]) });
    expect(outcomes(reports)).toEqual({ 'SI-2': 'moved' });
    expect(['SI-1', 'SI-2'].map((id) => cases.lead(id))).toEqual(['D20', 'D33']);
  });
});

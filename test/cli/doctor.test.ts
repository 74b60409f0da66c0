/** What the doctor reads off the files alone. */
import { check, within } from '../../client/cli/doctor/check';
import { backupCheck } from '../../client/cli/doctor/machine';
import { siteChecks } from '../../client/cli/doctor/site';
import { openSite, type SiteKind } from '../../client/site';
import { Installations } from '../support/installation';

const installations = new Installations();
afterAll(() => installations.close());

function site(kind: SiteKind, settings = {}, files = {}) {
  const opened = openSite(installations.site(kind, settings, files), kind, {});
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  return opened.ok;
}

const at = (day: string) => Date.parse(`${day}T12:00:00+08:00`);
const found = (what: string, on: string, opened = site('city')) =>
  siteChecks(opened, at(on)).find((one) => one.what === what);

describe('the calendar', () => {
  const statutory = ['01-01', '02-05', '02-06', '02-07', '02-08', '04-05', '05-01', '05-02', '06-09', '09-15'];
  const holidays = [...statutory, '10-01', '10-02', '10-03'].map((day) => `2027-${day}`);
  const year = { year: 2027, notice: '国办发明电〔2026〕7号', holidays, adjustedWorkingDays: [] };

  it.each([
    ['2026-10-31', true],
    ['2026-11-01', false],
    ['2027-01-01', false],
  ])('on %s: in order %s, with the notice of 2026 the last', (on, ok) => {
    expect(found('calendar', on)).toMatchObject({
      ok,
      seen: expect.stringContaining('through 2026; it runs out on 2026-12-31'),
    });
  });

  it('is in order once the next notice is loaded', () => {
    const opened = site('city', { calendar: { years: ['2027.json'] } }, { '2027.json': year });
    expect(found('calendar', '2026-11-01', opened)).toEqual({
      what: 'calendar',
      ok: true,
      seen: 'State Council notices through 2027; it runs out on 2027-12-31',
    });
  });
});

it('seats nobody holds are named with what to do', () => {
  const checked = found('directory', '2026-06-01');
  expect(checked).toMatchObject({ ok: false, todo: expect.stringContaining('name holders in a directory file') });
  expect(found('directory', '2026-06-01', site('demo'))).toMatchObject({ ok: true });
});

it('what is in order has nothing to do', () => {
  expect(check('x', 'seen', undefined)).toEqual({ what: 'x', ok: true, seen: 'seen' });
  expect(check('x', 'seen', 'do')).toEqual({ what: 'x', ok: false, seen: 'seen', todo: 'do' });
});

it('waits for nobody for ever', async () => {
  await expect(within(20, new Promise(() => {}))).rejects.toThrow('no answer within 0.02 s');
  await expect(within(1_000, Promise.resolve('soon'))).resolves.toBe('soon');
});

describe('the backup', () => {
  const made = (note?: object) =>
    backupCheck(
      { dataDir: installations.site('city', {}, note ? { 'last-backup.json': note } : {}), kind: 'city' },
      at('2026-06-10'),
    );
  const on = (day: string) => ({ at: `${day}T12:00:00+08:00`, directory: '/backups/1' });

  it.each([
    ['none', undefined, false, 'none by this program'],
    ['one of today', on('2026-06-10'), true, '0 days old, in /backups/1'],
    ['one a week old', on('2026-06-03'), true, '7 days old, in /backups/1'],
    ['one older than that', on('2026-06-02'), false, '8 days old, in /backups/1'],
  ])('%s', (_, note, ok, seen) => {
    expect(made(note)).toMatchObject([{ what: 'backup', ok, seen }]);
  });

  it("of a demonstration is nobody's concern", () => {
    expect(backupCheck({ dataDir: installations.site('demo'), kind: 'demo' }, at('2026-06-10'))).toEqual([]);
  });
});

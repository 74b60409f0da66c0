import { join } from 'node:path';
import { stringify } from 'yaml';
import * as calendar from '../../client/cli/calendar';
import { tableOf } from '../../client/cli/calendar-text';
import { Installations } from '../support/installation';

const notice = {
  year: 2027,
  notice: '测试〔2026〕7号',
  holidays: [
    '2027-01-01/2027-01-03',
    '2027-02-05/2027-02-11',
    '2027-04-05',
    '2027-05-01/2027-05-05',
    '2027-06-09',
    '2027-09-15',
    '2027-10-01/2027-10-07',
  ],
  adjustedWorkingDays: ['2027-02-14'],
};

const installations = new Installations();
const data = installations.site(
  'city',
  {},
  { 'good.yaml': notice, 'bad.yaml': stringify({ ...notice, holidays: ['2028-01-01', ...notice.holidays] }) },
);
const file = (name: string) => join(data, name);
afterAll(() => installations.close());

/** What a command prints, and the number it ends with. */
async function run(command: () => Promise<void>): Promise<{ code: unknown; said: string }> {
  const before = process.exitCode;
  const said: string[] = [];
  const catching = (text: unknown) => said.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((out) =>
    jest.spyOn(out, 'write').mockImplementation(catching as never),
  );
  try {
    await command();
    return { code: process.exitCode, said: said.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = before;
  }
}

const commands: Record<string, [() => Promise<void>, number, RegExp]> = {
  'a year that is published': [
    () => calendar.show('2026', { data }),
    0,
    /2026年：依国办发明电〔2025〕7号\n放假：2026-01-01 – 2026-01-03/,
  ],
  'a year that is not': [
    () => calendar.show('2031', { data }),
    0,
    /2031年：尚未公布，按法定节假日暂定\n.*2031-10-01.*\n上班：无/,
  ],
  'a year before the calendar': [
    () => calendar.show('1999', { data }),
    2,
    /'1999' is no year of the calendar; one from 2025 to 2099 is expected/,
  ],
  'no year': [() => calendar.show('soon', { data }), 2, /'soon' is no year/],
  'a notice in order': [() => calendar.check(file('good.yaml'), { data }), 0, /2027年工作日历（测试〔2026〕7号）无误/],
  'a notice with a day of another year': [
    () => calendar.check(file('bad.yaml'), { data }),
    2,
    /bad\.yaml:4: holidays\[0\] must lie in 2027/,
  ],
  'a notice that is not there': [
    () => calendar.check(file('none.yaml'), { data }),
    2,
    /none\.yaml: cannot be read \(ENOENT\)/,
  ],
  'publishing what is not in order': [
    () => calendar.publish(file('bad.yaml'), { data, by: 'X1-desk' }),
    2,
    /bad\.yaml:4: holidays\[0\]/,
  ],
  'publishing in nobody’s name': [
    () => calendar.publish(file('good.yaml'), { data }),
    2,
    /published by a seat of the Office, such as --by X1-desk; none is named/,
  ],
  'publishing in the name of a bureau': [
    () => calendar.publish(file('good.yaml'), { data, by: 'D07-head' }),
    2,
    /D07-head is none/,
  ],
  'publishing where nothing runs': [
    () => calendar.publish(file('good.yaml'), { data, by: 'X1-desk' }),
    2,
    /nothing runs on/,
  ],
};

it.each(Object.entries(commands))('calendar: %s', async (_, [command, code, said]) => {
  expect(await run(command)).toEqual({ code, said: expect.stringMatching(said) });
});

it('nothing of it was published', async () => {
  const { code, said } = await run(() => calendar.show('2027', { data, json: true }));
  expect(code).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ year: 2027 });
  expect(JSON.parse(said).notice).toBeUndefined();
});

it('a dry run lists case, deadline, old and new instant, and who could not say', () => {
  const at = (text: string) => Date.parse(text);
  const [from, to] = [at('2027-01-13T00:00:00+08:00'), at('2027-01-14T00:00:00+08:00')];
  const lines = tableOf(
    [
      {
        case: 'SI-2026-0001',
        procedure: 'supervision-item',
        moved: [{ name: 'progress', label: '进展报告', from, to }],
      },
      { case: 'SI-2026-0002', procedure: 'supervision-item', moved: [] },
      { case: 'SI-2025-0001', procedure: 'supervision-item', moved: undefined },
    ],
    'hans',
  ).split('\n');
  expect(lines[1]).toMatch(/SI-2026-0001 .*进展报告 .*2027-01-12 24:00 .*2027-01-13 24:00/);
  expect(lines.join()).not.toContain('SI-2026-0002');
  expect(lines.at(-1)).toContain('SI-2025-0001');
  expect(tableOf([], 'hans')).toBe('没有期限因此变动；未作任何改动');
});

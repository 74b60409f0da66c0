import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCalendar, readCalendarFile } from '../../client/lawbook';

const good = `# 2027
year: 2027
notice: 测试〔2026〕7号
holidays:
  - 2027-01-01/2027-01-03
  - 2027-02-05/2027-02-11
  - 2027-04-05
  - 2027-05-01/2027-05-05
  - 2027-06-09
  - 2027-09-15
  - 2027-10-01/2027-10-07
adjustedWorkingDays:
  - 2027-02-14
`;
const but = (before: string, after: string) => {
  if (!good.includes(before)) throw new Error(`no '${before}'`);
  return good.replace(before, after);
};

it('takes a notice as it is issued', () => {
  expect(checkCalendar(good, '2027.yaml')).toEqual({
    ok: expect.objectContaining({ year: 2027, notice: '测试〔2026〕7号', adjustedWorkingDays: ['2027-02-14'] }),
  });
});

it.each<[what: string, text: string, complaint: RegExp]>([
  [
    'a malformed year',
    but('year: 2027', 'year: twenty'),
    /^2027\.yaml:2: year must be a year from 2025 to 2100, but is "twenty"/,
  ],
  ['no year', but('year: 2027\n', ''), /^2027\.yaml:\d+: year must be a year/],
  ['no number of the notice', but('notice: 测试〔2026〕7号', 'notice: ""'), /^2027\.yaml:3: notice must be the number/],
  ['a day that is none', but('2027-04-05', '2027-04-31'), /^2027\.yaml:7: holidays\[2\] must be a date or a span/],
  ['a holiday outside the year', but('2027-04-05', '2028-04-05'), /^2027\.yaml:7: holidays\[2\] must lie in 2027/],
  [
    'a span that runs backwards',
    but('2027-10-01/2027-10-07', '2027-10-07/2027-10-01'),
    /^2027\.yaml:11: holidays\[6\] must span 1 to 15 days/,
  ],
  [
    'spans that overlap',
    but('  - 2027-02-05/2027-02-11\n', '  - 2027-02-05/2027-02-11\n  - 2027-02-11/2027-02-12\n'),
    /^2027\.yaml:7: holidays\[2\] must name each day once, but 2027-02-11 stands in holidays\[1\] too\.$/,
  ],
  [
    'a weekday that is worked in exchange',
    but('  - 2027-02-14', '  - 2027-02-15'),
    /^2027\.yaml:13: adjustedWorkingDays\[0\] must be a Saturday or Sunday/,
  ],
  [
    'the same Sunday twice',
    but('  - 2027-02-14', '  - 2027-02-14\n  - 2027-02-14'),
    /^2027\.yaml:14: adjustedWorkingDays\[1\] must name each day once/,
  ],
  [
    'a statutory holiday left out',
    but('  - 2027-06-09\n', ''),
    /^2027\.yaml:4: holidays must include the statutory holiday 2027-06-09/,
  ],
  ['a field nobody knows', `${good}weekend: yes\n`, /^2027\.yaml:14: weekend is not expected/],
  ['a list where a notice should be', '- 2027\n', /^2027\.yaml:1: must hold the notice of one year/],
  ['nothing', '', /^2027\.yaml:1: must hold the notice of one year/],
  ['what is no YAML', 'year: [2027\n', /^2027\.yaml:\d: not valid YAML/],
])('refuses %s, by file and line', (_, text, complaint) => {
  expect(checkCalendar(text, '2027.yaml')).toEqual({ errors: [expect.stringMatching(complaint)] });
});

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengling-calendar-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('that is not there is named', () => {
    expect(readCalendarFile(join(folder, 'none.yaml'))).toEqual({
      errors: [expect.stringContaining('none.yaml: cannot be read (ENOENT)')],
    });
  });

  it('that is not UTF-8 is named', () => {
    const file = join(folder, 'gb.yaml');
    writeFileSync(file, Buffer.from([0x79, 0x3a, 0x20, 0xb9, 0xfa]));
    expect(readCalendarFile(file)).toEqual({ errors: [expect.stringMatching(/gb\.yaml: is not UTF-8; expected/)] });
  });
});

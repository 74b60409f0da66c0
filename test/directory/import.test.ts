import { readFileSync, writeFileSync } from 'node:fs';
import { loadDirectory, shippedFiles } from '../../activities/directory';
import { type ImportKind, type ImportOptions, importCsv } from '../../activities/directory/import';
import { small } from './small-city';
import { cleanUp, temporaryFile } from './temporary';

afterAll(cleanUp);

const beside = [temporaryFile('city.yaml', small)];

function imported(kind: ImportKind, content: string | Buffer, more: Partial<ImportOptions> = {}) {
  const file = temporaryFile('list.csv', '');
  writeFileSync(file, content);
  const made = importCsv(kind, file, { beside, ...more });
  return 'ok' in made ? made : { errors: made.errors.map((one) => one.replaceAll(file, 'list.csv')) };
}

/** What was made, taken together with the files there are. */
function directoryWith(kind: ImportKind, content: string | Buffer, more: Partial<ImportOptions> = {}) {
  const made = imported(kind, content, more);
  if ('errors' in made) throw new Error(made.errors.join('\n'));
  const loaded = loadDirectory([...(more.beside ?? beside), temporaryFile('made.yaml', made.ok.yaml)]);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.ok;
}

/** 编号,姓名,姓名（繁体） and one row, in GB18030. */
const gb18030 = Buffer.from(
  'b1e0bac52cd0d5c3fb2cd0d5c3fba3a8b7b1cce5a3a90d0a706572736f6e2d332cd5c52cc8fb0d0a'.replace('c8fb', '8f88'),
  'hex',
);
const at = Date.parse('2026-03-20T12:00:00+08:00');

describe('a list becomes a directory file that passes the check together with the files there are', () => {
  test('persons, headed in English or in Chinese', () => {
    const directory = directoryWith('persons', 'id,nameZh,姓名（繁体）,中共党员\nperson-3,张,張,是\nperson-4,李,李,\n');
    expect(directory.person('person-3')).toEqual({
      id: 'person-3',
      nameZh: '张',
      nameHant: '張',
      active: true,
      cpc: true,
    });
    expect(directory.person('person-4')).toEqual({ id: 'person-4', nameZh: '李', nameHant: '李', active: true });
  });

  test('holders, with days as spreadsheets write them, and one source for all', () => {
    const directory = directoryWith('holders', 'seat,person,from\nD01-head,person-1,2026/3/1\n', {
      source: '任免〔2026〕3号',
    });
    expect(directory.holderOf('D01-head', at)).toMatchObject({ from: '2026-03-01', source: '任免〔2026〕3号' });
  });

  test('units; to institutions and agencies the rules apply by article 74', () => {
    const head = 'id,kind,nameZh,nameHant,shortZh,shortHant,source';
    const directory = directoryWith(
      'units',
      `${head}\nD03,department,丙局,丙局,丙局,丙局,n\nI1,institution,中心,中心,中心,中心,n\n`,
    );
    expect(directory.unit('D03')?.legalScope).toBeUndefined();
    expect(directory.unit('I1')?.legalScope).toEqual({ article: 74, basis: 'stated' });
  });

  test('portfolios, with several units and fields in a cell', () => {
    const directory = directoryWith('portfolios', 'seat,units,subjects,source\nvm-1,D01 D02,教育、科技,n\n');
    expect(['D01', 'D02', '教育', '科技'].map((one) => directory.vmcOf(one, at))).toEqual([
      'vm-1',
      'vm-1',
      'vm-1',
      'vm-1',
    ]);
  });

  test('beside the shipped city', () => {
    const directory = directoryWith('holders', 'seat,person,source\nD07-head,person-10,n\n', {
      beside: [shippedFiles().city],
    });
    expect(directory.holderOf('D07-head', at)?.person.id).toBe('person-10');
  });

  test('cells in quotes may hold commas and line breaks; empty lines are passed over', () => {
    const directory = directoryWith('holders', 'seat,person,source\n\nD01-head,person-1,"甲, 乙\n丙"\n\n');
    expect(directory.holderOf('D01-head', at)?.source).toBe('甲, 乙\n丙');
  });
});

describe('encodings', () => {
  const utf8 = '编号,姓名,姓名（繁体）\r\nperson-3,张,張\r\n';

  test.each([
    ['UTF-8', Buffer.from(utf8), 'utf-8'],
    ['UTF-8 with a mark at its beginning', Buffer.from(`\ufeff${utf8}`), 'utf-8'],
    ['GB18030', gb18030, 'gb18030'],
  ])('%s is read as what it is', (_, bytes, encoding) => {
    const made = imported('persons', bytes);
    expect('ok' in made && made.ok).toMatchObject({ rows: 1, encoding });
    expect(directoryWith('persons', bytes).person('person-3')?.nameZh).toBe('张');
  });

  test('what neither fits is refused by its line, and named where it can be', () => {
    expect(imported('persons', Buffer.from('id,nameZh,nameHant\nperson-3,\xff\xff,x\n', 'latin1'))).toEqual({
      errors: ['list.csv:2: is not UTF-8 or GB18030; expected the file saved so'],
    });
    expect(imported('persons', Buffer.from(`\ufeff${utf8}`, 'utf16le'))).toEqual({
      errors: ['list.csv:1: is not UTF-8 or GB18030 (it looks like UTF-16); expected the file saved so'],
    });
    expect(imported('persons', Buffer.from('PK\x03\x04\x00\x00', 'latin1'))).toEqual({
      errors: [
        'list.csv:1: is not UTF-8 or GB18030 (it looks like a spreadsheet; save it as CSV); expected the file saved so',
      ],
    });
  });

  test('named, it is held to', () => {
    expect(imported('persons', gb18030, { encoding: 'utf-8' })).toEqual({
      errors: ['list.csv:1: is not UTF-8 (it reads as GB18030); expected the file saved so'],
    });
  });
});

describe('what is wrong is told by file, line, column and what is expected, and nothing is made', () => {
  const holders = 'seat,person,from,to,source';
  test.each<[string, ImportKind, string, string]>([
    ['an empty file', 'holders', '', 'list.csv:1: is empty; expected a first line seat,person,from,to,source'],
    ['a head without rows', 'holders', `${holders}\n`, 'list.csv:2: has no rows; expected one holder a line'],
    [
      'a column nobody knows',
      'holders',
      'seat,person,since\n',
      "list.csv:1:3: holders have no column 'since'; expected some of seat, person, from, to, source",
    ],
    [
      'a column twice',
      'holders',
      'seat,person,席位\n',
      "list.csv:1:3: the column 'seat' is there already, as column 1",
    ],
    [
      'another separator',
      'holders',
      'seat;person\nD01-head;person-1\n',
      "list.csv:1:1: holders have no column 'seat;person'; expected some of seat, person, from, to, source",
    ],
    [
      'a row with too many cells',
      'holders',
      `${holders}\nD01-head,person-1,,,甲,乙\n`,
      'list.csv:2: has 6 columns; expected 5, as in the first line (a cell with a comma stands in quotes)',
    ],
    [
      'a cell left out',
      'holders',
      `${holders}\n,person-1,,,n\n`,
      'list.csv:2:1: seat is missing; expected a seat id such as vm-3 or D07-head',
    ],
    [
      'a source that neither row nor command gives',
      'holders',
      'seat,person\nD01-head,person-1\n',
      'list.csv:2: source is missing; expected a text that is not empty',
    ],
    [
      'a malformed day',
      'holders',
      `${holders}\nD01-head,person-1,2026-02-30,,n\n`,
      'list.csv:2:3: from expected a day such as 2026-03-20, found "2026-02-30"',
    ],
    [
      'a period that ends before it begins',
      'holders',
      `${holders}\nD01-head,person-1,2026-03-02,2026-03-01,n\n`,
      "list.csv:2:4: ends on 2026-03-01, before it begins on 2026-03-02; expected 'to' on or after 'from'",
    ],
    [
      'an unknown person',
      'holders',
      `${holders}\nD02-head,person-1,,,n\nD01-head,person-9,,,n\n`,
      "list.csv:3:2: nobody has the id 'person-9'; expected one of the ids under 'persons'",
    ],
    [
      'an unknown seat',
      'holders',
      `${holders}\nD09-head,person-1,,,n\n`,
      "list.csv:2:1: there is no unit 'D09'; expected one of the ids under 'units'",
    ],
    [
      'two holders of one seat on one day',
      'holders',
      `${holders}\nD01-head,person-1,,2026-03-01,n\nD01-head,person-2,2026-03-01,,n\n`,
      "list.csv:3:1: 'D01-head' is held by 'person-2' (from 2026-03-01), but 'D01-head' is held by 'person-1' (to 2026-03-01) at list.csv:2; periods must not share a day",
    ],
    [
      'the same row twice',
      'persons',
      'id,nameZh,nameHant\nperson-3,张,張\nperson-4,李,李\nperson-3,张,張\n',
      'list.csv:4: says the same as line 2; expected each row once',
    ],
    [
      'a person who is there already',
      'persons',
      'id,nameZh,nameHant\nperson-1,张,張\n',
      /^list\.csv:2:1: the person 'person-1' is there already, at .*city\.yaml:12; an id names one person$/ as unknown as string,
    ],
    [
      'yes or no in other words',
      'persons',
      'id,nameZh,nameHant,active\nperson-3,张,張,maybe\n',
      "list.csv:2:4: active expected 是 or 否, found 'maybe'",
    ],
    [
      'a kind of unit that does not exist',
      'units',
      'id,kind,nameZh,nameHant,shortZh,shortHant,source\nD03,ministry,丙,丙,丙,丙,n\n',
      "list.csv:2:2: kind expected one of department, commission, office-unit, institution, agency, county, administered, stationed, found 'ministry'",
    ],
    [
      'overlapping portfolios',
      'portfolios',
      'seat,units,source\nvm-1,D01、D02,n\nvm-2,D02,n\n',
      "list.csv:3:2: unit 'D02' is in the portfolio of 'vm-2' (always), but unit 'D02' is in the portfolio of 'vm-1' (always) at list.csv:2; periods must not share a day",
    ],
    [
      'quotes that do not end',
      'holders',
      `${holders}\nD01-head,"person-1,,,n\n`,
      /^list\.csv:\d+: is not valid CSV / as unknown as string,
    ],
  ])('%s', (_, kind, content, complaint) => {
    const made = imported(kind, content);
    const errors = 'errors' in made ? made.errors : [];
    if (typeof complaint === 'string') expect(errors).toContain(complaint);
    else expect(errors).toContainEqual(expect.stringMatching(complaint));
  });

  test('files beside it that are not in order are named first', () => {
    const broken = temporaryFile('broken.yaml', 'units: 7\n');
    const made = imported('persons', 'id,nameZh,nameHant\nperson-3,张,張\n', { beside: [broken] });
    expect(made).toEqual({ errors: [`${broken}:1: units expected a list`] });
  });

  test('a file that is not there', () => {
    expect(importCsv('persons', '/nowhere/list.csv', { beside })).toEqual({
      errors: ['/nowhere/list.csv: cannot be read (ENOENT); expected a CSV file'],
    });
  });

  test('what is made is YAML that says where it comes from', () => {
    const made = imported('persons', 'id,nameZh,nameHant\nperson-3,张,張\n');
    expect('ok' in made && made.ok.yaml).toBe(
      '# Made from list.csv; checked together with the directory files of the installation.\npersons:\n  - active: true\n    id: person-3\n    nameZh: 张\n    nameHant: 張\n',
    );
    expect(readFileSync(beside[0]!, 'utf8')).toBe(small);
  });
});

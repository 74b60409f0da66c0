/** Classified matter is refused at every entrance, and nothing of it is anywhere afterwards. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dateOf, plusDays } from '../../workflows/law';
import { Commands, matter, report } from '../support/installation';
import { docx, ofd, pdf } from './documents';
import { type Answered, Matters, type Opened, openGatewayHouse, Visitor } from './support';

const due = plusDays(dateOf(Date.now()), 30);
/** A word that stands nowhere else. */
const WORD = `绿鸵鸟计划${Date.now()}`;
const MARKED = `【机密】${WORD}`;
let opened: Opened;
let visitor: Visitor;
let matters: Matters;
let commands: Commands;
let assigned: string;

beforeAll(async () => {
  opened = await openGatewayHouse({ ownServer: true });
  visitor = new Visitor(opened.gateway.address);
  matters = new Matters(visitor, due);
  commands = new Commands(opened.installations.processes, opened.house.site.dataDir, {
    TEMPORAL_ADDRESS: opened.temporal,
  });
  assigned = await matters.assigned();
}, 120_000);
afterAll(() => opened?.close());

const attach = (bytes: Buffer, name: string): Promise<Answered> => {
  const form = new FormData();
  form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  return visitor.as('D10-desk').send('POST', '/v1/attachments', form);
};

const entrances: [string, () => Promise<Answered>][] = [
  ['a title', () => visitor.as('X2-desk').post('/v1/supervision-item', matter(MARKED))],
  ['a title in Traditional', () => visitor.as('X2-desk').post('/v1/supervision-item', matter(`絕密★ ${WORD}`))],
  [
    'a title, full width and spaced',
    () => visitor.as('X2-desk').post('/v1/supervision-item', matter(`［ 秘　密 ］${WORD}`)),
  ],
  [
    'a source',
    () =>
      visitor
        .as('X2-desk')
        .post('/v1/supervision-item', { ...matter(), source: { kind: 'minutes', ref: `${WORD}（秘密）` } }),
  ],
  [
    'a field for the mark',
    () => visitor.as('X2-desk').post('/v1/supervision-item', { ...matter(WORD), secrecy: '机密' }),
  ],
  ['the payload of an act', () => matters.act(assigned, 'D10-desk', 'PROGRESS', { text: MARKED })],
  [
    'a document an act names',
    () =>
      matters.act(assigned, 'D10-desk', 'REPORT', {
        ...report(),
        doc: { ref: `${WORD} 机密★5年`, hash: 'a'.repeat(64) },
      }),
  ],
  ['a payload off schema', () => matters.act(assigned, 'D10-desk', 'PROGRESS', { [WORD]: { deep: [MARKED] } })],
  ['an event nobody knows', () => matters.act(assigned, 'D10-desk', 'BURN', { text: MARKED })],
  [
    'the paper behind a leader’s word',
    () => matters.act(assigned, 'X1-desk', `IMPROVE?onWordOf=vm-5&ref=${encodeURIComponent(MARKED)}`, { opinion: 'x' }),
  ],
  [
    'the address of a subscription',
    () => visitor.as('X2-desk').post('/v1/subscriptions', { url: `http://127.0.0.1:9/${encodeURIComponent(MARKED)}` }),
  ],
  ['the name of a file', () => attach(pdf('x'), `${WORD}_机密.pdf`)],
  ['a text file', () => attach(Buffer.from(`机密\n${WORD}`), 'a.txt')],
  ['a text document', () => attach(docx('【机', '密】', WORD), 'a.docx')],
  ['a fixed layout document', () => attach(ofd(`绝密★长期 ${WORD}`), 'a.ofd')],
  ['the properties of a PDF', () => attach(pdf(`【机密】${WORD}`), 'a.pdf')],
];

describe('a matter marked as classified', () => {
  it.each(entrances)(
    'in %s: 422, with the way out, and no word of it in the answer',
    async (_, send) => {
      const { status, body, text } = await send();
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'classified', remedy: expect.stringContaining('保密渠道') });
      expect(text).not.toContain(WORD);
    },
    30_000,
  );

  it('by the command line: exit code 1, and no word of it', async () => {
    const refused = [
      await commands.start('supervision-item', { by: 'X2-desk', payload: matter(MARKED) }),
      await commands.act(assigned, 'PROGRESS', { by: 'D10-desk', payload: { text: MARKED } }, ['--json']),
      await commands.start('supervision-item', { by: 'X2-desk', key: MARKED, payload: matter() }),
    ];
    for (const { code, stdout } of refused) {
      expect(code).toBe(1);
      expect(stdout).toMatch(/密级标志|classified/);
      expect(stdout).not.toContain(WORD);
    }
  }, 60_000);

  it('is logged by code and seat, nothing else', async () => {
    const lines = (await opened.house.ledger.refusals({ limit: 100 })).filter(({ code }) => code === 'classified');
    expect(lines.length).toBeGreaterThanOrEqual(entrances.length - 1);
    expect(lines.every(({ actId, actType }) => actId === '' && actType === '')).toBe(true);
    expect(lines.map(({ seat }) => seat)).toEqual(expect.arrayContaining(['X2-desk', 'D10-desk']));
  });

  it('leaves nothing in ledger, logs, disk, or Temporal, while what is not marked is found by the same search', async () => {
    const found = `松鼠工程${Date.now()}`;
    await matters.registered({ title: found });
    await commands.run(['list', '--json']);
    // Its database, write-ahead log and logs.
    const temporal = join(opened.installations.folder, 'temporal');
    const folders = [opened.house.site.dataDir, temporal];
    await new Promise((done) => setTimeout(done, 1_000));
    expect(folders.filter((folder) => holds(folder, found))).not.toEqual([]);
    expect(holds(temporal, found)).toBe(true);
    for (const folder of folders) expect(holds(folder, WORD)).toBe(false);
    const matching = [];
    for await (const one of opened.house.temporal.workflow.list())
      matching.push(JSON.stringify([one.workflowId, one.memo, one.searchAttributes]));
    expect(matching.filter((text) => text.includes(WORD))).toEqual([]);
  }, 60_000);

  it('words that only speak of secrets are taken', async () => {
    expect(
      (await visitor.as('X2-desk').post('/v1/supervision-item', matter('贯彻保守国家秘密法、保护商业秘密'))).status,
    ).toBe(201);
    expect((await matters.act(assigned, 'D10-desk', 'PROGRESS', { text: '请司机密切配合' })).status).toBe(200);
  }, 30_000);
});

/** Whether any file below a folder holds a word: as UTF-8, as UTF-16, as JSON escapes, as base64 at any offset. */
function holds(folder: string, word: string): boolean {
  const forms = [
    Buffer.from(word),
    Buffer.from(word, 'utf16le'),
    Buffer.from(
      [...word]
        .map((char) => (char.charCodeAt(0) > 127 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char))
        .join(''),
    ),
    ...[0, 1, 2].map((shift) => Buffer.from(inside(Buffer.concat([Buffer.alloc(shift), Buffer.from(word)])))),
  ];
  return [...files(folder)].some((file) => {
    const bytes = readFileSync(file);
    return forms.some((form) => bytes.includes(form));
  });
}

/** The middle of a base64 text: its ends depend on what stands beside. */
const inside = (bytes: Buffer): string => bytes.toString('base64').slice(4, -4);

function* files(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) yield* files(path);
    else if (stat?.isFile()) yield path;
  }
}

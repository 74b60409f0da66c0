/** Documents over HTTP: kept by hash, typed by content, given to whoever may read the case. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../client/attachments';
import { dateOf, plusDays } from '../../workflows/law';
import { docx, pdf, png } from './documents';
import { type Answered, Matters, type Opened, openGatewayHouse, seen, Visitor } from './support';

const due = plusDays(dateOf(Date.now()), 30);
const LIMIT = 100_000;
let opened: Opened;
let visitor: Visitor;
let matters: Matters;

beforeAll(async () => {
  opened = await openGatewayHouse({ settings: { attachments: { limit: LIMIT } } });
  visitor = new Visitor(opened.gateway.address);
  matters = new Matters(visitor, due);
}, 120_000);
afterAll(() => opened?.close());

function upload(
  from: Visitor,
  bytes: Buffer,
  name: string,
  query = '',
  type = 'application/octet-stream',
): Promise<Answered> {
  const form = new FormData();
  form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), name);
  return from.send('POST', `/v1/attachments${query}`, form);
}

const fileOf = (hash: string): string => join(opened.house.site.dataDir, 'attachments', hash.slice(0, 2), hash);

describe('a document', () => {
  it('is kept under its SHA-256, with the type found in it and not the one it was said to have', async () => {
    const bytes = pdf('落实情况报告');
    const { status, body } = await upload(visitor.as('D10-desk'), bytes, '报告.exe', '', 'image/gif');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      hash: sha256(bytes),
      name: '报告.exe',
      mediaType: 'application/pdf',
      bytes: bytes.length,
      seat: 'D10-desk',
    });
    expect(readFileSync(fileOf(body.hash))).toEqual(bytes);
  });

  it('enters a case by reference and hash only, and is read by whoever may read the case', async () => {
    const bytes = docx('落实情况');
    const { hash } = (await upload(visitor.as('D10-desk'), bytes, '落实情况.docx')).body;
    expect((await visitor.as('X2-desk').get(`/v1/attachments/${hash}`)).status).toBe(403);
    const id = await matters.assigned();
    const receipt = await matters.act(id, 'D10-desk', 'REPORT', {
      doc: { ref: '报告〔2026〕1号', hash },
      evidence: ['E-1'],
      claims: 'done',
    });
    const office = visitor.as('X2-desk');
    const { body } = await office.get(`/v1/cases/${id}/attachments?atLeast=${seen(receipt)}`);
    expect(body.items).toMatchObject([{ hash, name: '落实情况.docx', case: id }]);
    const got = await fetch(`${opened.gateway.address}/v1/attachments/${hash}`, {
      headers: { authorization: 'Demo X2-desk' },
    });
    expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes);
    expect(got.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('落实情况.docx')}`,
    );
    expect(await visitor.as('D07-desk').get(`/v1/attachments/${hash}`)).toMatchObject({
      status: 403,
      body: { code: 'attachment-refused' },
    });
    expect(JSON.stringify((await opened.house.ledger.record(id)).at(-1))).not.toContain('落实情况.docx');
  }, 30_000);

  it('naming the hash of somebody else’s document does not open it', async () => {
    const { hash } = (await upload(visitor.as('D13-desk'), pdf('别的单位'), '别的单位.pdf')).body;
    const id = await matters.assigned();
    await matters.act(id, 'D10-desk', 'REPORT', { doc: { ref: 'R', hash }, evidence: ['E-1'], claims: 'done' });
    expect((await visitor.as('D10-desk').get(`/v1/attachments/${hash}`)).status).toBe(403);
  }, 30_000);

  it('that was changed on the disk is not given out', async () => {
    const { hash } = (await upload(visitor.as('D10-desk'), pdf('原件'), '原件.pdf')).body;
    writeFileSync(fileOf(hash), 'something else');
    expect(await visitor.as('D10-desk').get(`/v1/attachments/${hash}`)).toMatchObject({
      status: 503,
      body: { code: 'attachment-damaged' },
    });
  });

  it('nobody sent is not there', async () => {
    expect(await visitor.as('X2-desk').get(`/v1/attachments/${'0'.repeat(64)}`)).toMatchObject({
      status: 404,
      body: { code: 'no-such-attachment' },
    });
  });
});

describe('a document that is not taken', () => {
  it.each<[string, () => Promise<Answered>, number, string]>([
    [
      'one over the limit',
      () => upload(visitor.as('D10-desk'), Buffer.concat([pdf('大'), Buffer.alloc(LIMIT)]), 'a.pdf'),
      413,
      'too-large',
    ],
    [
      'a program',
      () => upload(visitor.as('D10-desk'), Buffer.from('7f454c4602010100', 'hex'), '报告.pdf'),
      415,
      'attachment-kind',
    ],
    ['an empty one', () => upload(visitor.as('D10-desk'), Buffer.alloc(0), 'a.pdf'), 400, 'attachment-missing'],
    [
      'a form without one',
      () => visitor.as('D10-desk').send('POST', '/v1/attachments', new FormData()),
      400,
      'attachment-missing',
    ],
    ['none at all', () => visitor.as('D10-desk').post('/v1/attachments', {}), 415, 'media-type'],
    [
      'one cut off',
      () =>
        visitor
          .as('D10-desk')
          .send(
            'POST',
            '/v1/attachments',
            '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7',
            { 'content-type': 'multipart/form-data; boundary=b' },
          ),
      400,
      'attachment-missing',
    ],
    [
      'one for a case that may not be read',
      async () => upload(visitor.as('D07-desk'), png, 'a.png', `?case=${await matters.assigned()}`),
      403,
      'reading-refused',
    ],
    [
      'one for a case there is not',
      () => upload(visitor.as('D10-desk'), png, 'a.png', '?case=SI-2026-9999'),
      404,
      'no-such-case',
    ],
    [
      'one in the seat of somebody else',
      () => upload(visitor.as('D10-desk'), png, 'a.png', '?seat=X2-desk'),
      403,
      'seat-not-yours',
    ],
  ])(
    '%s: %#',
    async (_, send, status, code) => {
      const answer = await send();
      expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
    },
    30_000,
  );

  it.each(['../../../etc/passwd.pdf', '..\\..\\x.pdf', '/etc/cron.d/x.pdf'])(
    'its name is no path: %s',
    async (name) => {
      const bytes = pdf(name);
      const { status, body } = await upload(visitor.as('D10-desk'), bytes, name);
      expect(status).toBe(201);
      expect(body.name).not.toMatch(/[\\/]/);
      expect(existsSync(fileOf(sha256(bytes)))).toBe(true);
    },
  );
});

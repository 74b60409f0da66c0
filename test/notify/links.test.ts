import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acknowledgeByLink, casesOf, LINK_KEY_FILE, linkKey, NoticeLinks, readLink } from '../../activities/notify';
import { acknowledgeAnswerPage, acknowledgePage } from '../../locale';
import { DAY, Desk, PlayedCase, T0, tellEffect } from '../ledger/support';

const desk = new Desk();
const folder = mkdtempSync(join(tmpdir(), 'zhengling-links-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await desk.clear();
});

const links = new NoticeLinks({ key: linkKey(folder), address: 'https://zhengling.example.invalid/' });
const tells = ['SI-2026-0001:1:0/sg'];
const token = links.tokenFor(tells, 'sg', T0);

describe('the key', () => {
  test('is made once, and for its owner only', () => {
    expect(linkKey(folder)).toEqual(linkKey(folder));
    expect(linkKey(folder)).toHaveLength(32);
    expect(statSync(join(folder, LINK_KEY_FILE)).mode & 0o777).toBe(0o600);
  });

  test('that is damaged is told, not replaced: links under way would become void', () => {
    const other = mkdtempSync(join(tmpdir(), 'zhengling-links-'));
    writeFileSync(join(other, LINK_KEY_FILE), 'abc\n');
    expect(() => linkKey(other)).toThrow(/holds no key of 32 bytes; restore it/);
    expect(readFileSync(join(other, LINK_KEY_FILE), 'utf8')).toBe('abc\n');
    rmSync(other, { recursive: true });
    expect(existsSync(other)).toBe(false);
  });
});

describe('a link', () => {
  test('leads to the gateway and says nothing in clear but the token', () => {
    expect(links.linkFor(tells, 'sg', T0)).toBe(`https://zhengling.example.invalid/acknowledge/${token}`);
    expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/);
  });

  test('is good up to its last moment, not at the moment after', () => {
    const until = T0 + 30 * DAY;
    expect(links.read(token, until - 1)).toEqual({ tells, seat: 'sg', until });
    expect(links.read(token, until)).toEqual({ refused: 'expired' });
  });

  const [body = '', signature = ''] = token.split('.');
  const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace('sg', 'vm-1')).toString('base64url');
  test.each([
    ['another seat', `${forged}.${signature}`],
    ['a changed signature', `${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`],
    ['another spelling of the signature', `${body}.${signature}=`],
    ['a cut signature', token.slice(0, -1)],
    ['no signature', body],
    ['an empty signature', `${body}.`],
    ['more than a token', `${token}.x`],
    ['nothing', ''],
    ['nonsense', '../../etc/passwd'],
    ['a null byte', `${token}\0`],
    ['the key of another house', new NoticeLinks({ key: Buffer.alloc(32, 1), address: 'x' }).tokenFor(tells, 'sg', T0)],
  ])('with %s is forged', (_, given) => {
    expect(links.read(given, T0)).toEqual({ refused: 'forged' });
  });

  test('knows the cases it speaks of', () => {
    expect(casesOf({ tells: [...tells, 'SI-2026-0001:2:0/sg', 'SI-2026-0002:1:0/evm'] })).toEqual([
      'SI-2026-0001',
      'SI-2026-0002',
    ]);
  });
});

describe('acknowledging by link', () => {
  async function told(to: string[], id = 'SI-2026-0001') {
    const ledger = await desk.open();
    await new PlayedCase(id).settled(ledger, { effects: [tellEffect(to), tellEffect(to)] });
    const claim = { now: T0, leaseMs: 60_000, limit: 10, waiting: false };
    for (const row of await ledger.claimTells(claim))
      await ledger.settleTells(row.lease, [row.id], { state: 'delivered', at: T0, channel: 'email', seat: 'sg' });
    const ids = (await ledger.tells()).map((tell) => tell.id).sort();
    return { ledger, ids, token: links.tokenFor(ids, 'sg', T0) };
  }
  const acknowledgedIn = async (ledger: Awaited<ReturnType<typeof told>>['ledger']) =>
    (await ledger.tells()).map(({ acknowledged }) => acknowledged?.how);

  test('to look at it changes nothing, however often a scanner looks', async () => {
    const { ledger, ids, token: given } = await told(['sg']);
    for (let i = 0; i < 3; i++)
      expect(await readLink(links, ledger, given, T0)).toMatchObject({ tells: ids, seat: 'sg' });
    expect(await acknowledgedIn(ledger)).toEqual([undefined, undefined]);
  });

  test('acknowledges every notice of the message once, and the link is spent', async () => {
    const { ledger, ids, token: given } = await told(['sg']);
    expect(await acknowledgeByLink(links, ledger, given, T0 + 1)).toEqual({
      outcome: 'acknowledged',
      tells: ids,
      seat: 'sg',
    });
    expect(await acknowledgedIn(ledger)).toEqual(['link', 'link']);
    expect(await acknowledgeByLink(links, ledger, given, T0 + 2)).toEqual({ refused: 'spent' });
    expect(await readLink(links, ledger, given, T0 + 2)).toEqual({ refused: 'spent' });
  });

  test('of what was acknowledged in the inbox meanwhile says so', async () => {
    const { ledger, ids, token: given } = await told(['sg']);
    for (const tell of ids) await ledger.acknowledge({ tell, by: 'sg', at: T0, how: 'inbox' });
    expect(await acknowledgeByLink(links, ledger, given, T0 + 1)).toMatchObject({ outcome: 'already' });
    expect(await acknowledgedIn(ledger)).toEqual(['inbox', 'inbox']);
  });

  test('pressed twice at once acknowledges once', async () => {
    const { ledger, token: given } = await told(['sg']);
    const press = () => acknowledgeByLink(links, ledger, given, T0 + 1);
    const answers = await Promise.all([press(), press(), press()]);
    expect(answers.filter((answer) => 'outcome' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => 'refused' in answer && answer.refused === 'spent')).toHaveLength(2);
  });

  test('reaches what was sent to a function by the seat that had it', async () => {
    const { ledger, token: given } = await told(['evm']);
    expect(await acknowledgeByLink(links, ledger, given, T0)).toMatchObject({ outcome: 'acknowledged' });
  });

  test('is not spent when the ledger did not answer in between', async () => {
    const { ledger, token: given } = await told(['sg']);
    const cutOff = {
      acknowledge: ledger.acknowledge.bind(ledger),
      tokenSpent: ledger.tokenSpent.bind(ledger),
      spendToken: () => Promise.reject(new Error('the power went')),
    };
    await expect(acknowledgeByLink(links, cutOff, given, T0)).rejects.toThrow('the power went');
    expect(await acknowledgeByLink(links, ledger, given, T0)).toMatchObject({ outcome: 'already' });
  });

  test.each([
    ['a notice that does not exist', ['SI-2026-0009:1:0/sg'], 'sg'],
    ['another seat than it reached', undefined, 'vm-7'],
  ])('of %s changes nothing', async (_, other, seat) => {
    const { ledger, ids } = await told(['sg']);
    const given = links.tokenFor(other ?? ids, seat, T0);
    expect(await acknowledgeByLink(links, ledger, given, T0)).toEqual({ refused: 'unknown' });
    expect(await acknowledgedIn(ledger)).toEqual([undefined, undefined]);
  });

  test.each(['expired', 'forged'] as const)('of a link that is %s asks nothing of the ledger', async (refused) => {
    const none = { acknowledge: never, spendToken: never, tokenSpent: never };
    const [given, at] = refused === 'expired' ? [token, T0 + 31 * DAY] : ['x.y', T0];
    expect(await acknowledgeByLink(links, none, given, at)).toEqual({ refused });
  });
});

const never = () => Promise.reject(new Error('the ledger was asked'));

describe('the pages', () => {
  const question = { cases: ['SI-2026-0001', 'SI-2026-0002'], seat: 'sg' };

  test.each([
    ['hans', '秘书长', '签收'],
    ['hant', '秘書長', '簽收'],
  ] as const)('ask in %s with number and seat, and their button posts', (script, name, button) => {
    const page = acknowledgePage(question, script, { nameOf: () => name });
    expect(page).toContain(name);
    expect(page).toContain('SI-2026-0001、SI-2026-0002');
    expect(page).toContain(`<form method="post"><button type="submit">${button}</button></form>`);
    expect(page).not.toMatch(/<script|http|\{|\[/);
  });

  test('take no markup from outside', () => {
    const page = acknowledgePage({ cases: ['<b>"&\''], seat: '<i>' }, 'hans');
    expect(page).toContain('&lt;b&gt;&quot;&amp;&#39;');
    expect(page).not.toMatch(/<b>|<i>/);
  });

  test.each(['acknowledged', 'already', 'expired', 'forged', 'spent', 'unknown', 'unavailable'] as const)(
    'answer %s in words, marked where it is not the real thing',
    (answer) => {
      for (const script of ['hans', 'hant'] as const) {
        expect(acknowledgeAnswerPage(answer, script, '【演示】')).toMatch(
          /<h1>【演示】[签簽]收通知<\/h1><p>[^<]+。<\/p>/,
        );
        expect(acknowledgeAnswerPage(answer, script)).not.toContain('【');
      }
    },
  );
});

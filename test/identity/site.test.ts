/** Which installations have which identities: said when they are opened, before anybody can come in. */
import { openIdentity } from '../../client/identity';
import { openSite, type SiteKind } from '../../client/site';
import { refusalText } from '../../locale';
import { Installations } from '../support/installation';

const installations = new Installations();
afterAll(() => installations.close());

const issuer = { issuer: 'https://id.example.org', audience: 'zhengling' };

function opened(kind: SiteKind, identity?: object, files: Record<string, unknown> = {}) {
  return openSite(installations.site(kind, identity === undefined ? {} : ({ identity } as never), files), kind);
}

describe('a site is not opened', () => {
  it.each<[string, SiteKind, object, string]>([
    ['with demo identities beside an issuer', 'demo', { ...issuer, demo: true }, 'names an issuer and demo identities'],
    ['with demo identities in a city', 'city', { demo: true }, 'identity.demo is for demonstrations and drills'],
    [
      'with an issuer whose tokens may be for anybody',
      'city',
      { issuer: issuer.issuer },
      'expected issuer and audience together',
    ],
    ['with an issuer in the clear', 'city', { ...issuer, issuer: 'http://id.example.org' }, 'begins with https://'],
    [
      'with an issuer that is no address',
      'city',
      { ...issuer, issuer: 'the cellar' },
      'expected the address of an issuer',
    ],
    ['with a signature anybody can make', 'city', { ...issuer, algorithms: ['HS256'] }, 'expected one of RS256'],
    ['with no signature at all', 'city', { ...issuer, algorithms: ['none'] }, 'expected one of RS256'],
    ['with clocks an hour apart', 'city', { ...issuer, tolerance: 3600 }, 'expected at most 300 seconds'],
    ['with an identities file that is not there', 'city', { identities: 'gone.yaml' }, 'gone.yaml: cannot be read'],
  ])('%s', (_, kind, identity, error) => {
    const answer = opened(kind, identity);
    expect('errors' in answer ? answer.errors.join('\n') : '').toContain(error);
    expect('errors' in answer ? answer.errors[0] : '').toMatch(/\.yaml(:\d+)?: /);
  });
});

describe('demo identities', () => {
  async function asDemo(kind: SiteKind, identity: object | undefined, seat: string) {
    const answer = opened(kind, identity);
    if ('errors' in answer) throw new Error(answer.errors.join('\n'));
    const site = answer.ok;
    const ledger = { spendToken: () => Promise.reject(new Error('no webhook was sent')) };
    const { identities } = site;
    const identify = openIdentity({ kind, config: site.config.identity, identities, ledger, entrance: 'gateway' });
    return identify({ headers: { authorization: `Demo ${seat}` } });
  }

  it.each<[SiteKind, object | undefined]>([
    ['demo', undefined],
    ['drill', undefined],
    ['demo', { demo: true }],
  ])('a %s with %j takes them, as the holder of the seat', async (kind, identity) => {
    expect(await asDemo(kind, identity, 'D07-desk')).toEqual({
      caller: { kind: 'person', person: 'assumed-d07-desk', seats: ['D07-desk'], entrance: 'gateway', proof: 'demo' },
    });
  });

  it.each<[string, SiteKind, object | undefined]>([
    ['a city', 'city', undefined],
    ['a city with an issuer', 'city', issuer],
    ['a demonstration with an issuer', 'demo', issuer],
    ['a demonstration that wants none', 'demo', { demo: false }],
  ])('%s refuses them', async (_, kind, identity) => {
    const answer = await asDemo(kind, identity, 'D07-desk');
    expect(answer).toMatchObject({ refused: { status: 401, refusal: { code: 'demo-refused' } } });
  });

  it.each([
    ['D99-desk', 'unit-unknown', '名录中没有单位“D99”。'],
    ['vm-99', 'seat-unknown', '名录中没有席位“副市长（vm-99）”。'],
  ])('a seat that is not there (%s) is refused', async (seat, code, sentence) => {
    const answer = await asDemo('demo', undefined, seat);
    const refusal = 'refused' in answer ? answer.refused.refusal : { code: 'none' };
    expect(refusal.code).toBe(code);
    expect(refusalText(refusal, 'hans').sentence).toBe(sentence);
  });
});

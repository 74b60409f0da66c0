/** Signed webhooks of department systems: Standard Webhooks, each message once. */
import { Webhook } from 'standardwebhooks';
import { shippedDirectory } from '../../activities/directory';
import { type Ledger, openLedger } from '../../activities/ledger';
import { type Identified, type Identify, loadIdentities, openIdentity } from '../../client/identity';
import { refusalText } from '../../locale';
import { cleanUp, temporaryFile } from '../directory/temporary';

const secretOf = (name: string) => `whsec_${Buffer.from(`${name}: at least 24 bytes`).toString('base64')}`;
const env = { NOW: secretOf('the present secret'), NEXT: secretOf('the secret to come') };
const FILE = `systems:
  - id: d10-oa
    webhook: [{ env: NOW }, { env: NEXT }]
    unit: D10
    seat: D10-desk
    procedures: [supervision-item]
    acts: [PROGRESS]
  - { id: d07-oa, client: d07-oa, unit: D07, seat: D07-desk, procedures: [supervision-item], acts: [PROGRESS] }
`;
const BODY = '{"case":"SI-2026-0001","act":"PROGRESS","payload":{"text":"进展"}}';

let ledger: Ledger;
let identify: Identify;

beforeAll(async () => {
  ledger = await openLedger({ file: ':memory:' });
  const acts = new Map([['supervision-item', ['PROGRESS']]]);
  const loaded = loadIdentities(temporaryFile('identities.yaml', FILE), shippedDirectory('drill'), acts, env);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  identify = openIdentity({ kind: 'city', config: undefined, identities: loaded.ok, ledger, entrance: 'gateway' });
});

afterAll(async () => {
  await ledger.close();
  cleanUp();
});

interface Sent {
  id?: string;
  /** Seconds from now. */
  sentIn?: number;
  body?: string;
  secret?: string;
}

let messages = 0;

function signed({ id = `msg_${++messages}`, sentIn = 0, body = BODY, secret = env.NOW }: Sent = {}) {
  const at = new Date(Date.now() + sentIn * 1000);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

const receive = (headers: Record<string, string>, system = 'd10-oa', body = BODY): Promise<Identified> =>
  identify({ headers, webhook: { system, body } });

describe('a signed message', () => {
  it('comes from the system its address names, under its own id', async () => {
    expect(await receive(signed({ id: 'msg_a' }))).toEqual({
      caller: {
        kind: 'system',
        system: 'd10-oa',
        unit: 'D10',
        seat: 'D10-desk',
        procedures: ['supervision-item'],
        acts: ['PROGRESS'],
        entrance: 'gateway',
        proof: 'webhook',
        message: 'msg_a',
      },
    });
  });

  it('may be signed with the secret that is to come', async () => {
    expect(await receive(signed({ secret: env.NEXT }))).toHaveProperty('caller');
  });

  it('may carry signatures of both, as senders do while they change', async () => {
    const [one, other] = [signed({ id: 'msg_b', secret: secretOf('a secret of nobody') }), signed({ id: 'msg_b' })];
    const both = { ...other, 'webhook-signature': `${one['webhook-signature']} ${other['webhook-signature']}` };
    expect(await receive(both)).toHaveProperty('caller');
  });

  it.each([-299, 299])('may be %i seconds off', async (sentIn) => {
    expect(await receive(signed({ sentIn }))).toHaveProperty('caller');
  });
});

describe('a message is refused', () => {
  const without = (name: string) => {
    const { [name]: _, ...rest } = signed() as Record<string, string>;
    return rest;
  };

  it.each<[string, () => Promise<Identified>, string]>([
    ['with another body', () => receive(signed({ body: BODY.replace('PROGRESS', 'REPORT') })), 'webhook.signature'],
    ['with another id', () => receive({ ...signed(), 'webhook-id': 'msg_other' }), 'webhook.signature'],
    [
      'with another time',
      () => receive({ ...signed(), 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 60) }),
      'webhook.signature',
    ],
    ['with a secret of nobody', () => receive(signed({ secret: secretOf('a secret of nobody') })), 'webhook.signature'],
    ['with a garbled signature', () => receive({ ...signed(), 'webhook-signature': 'v1' }), 'webhook.signature'],
    [
      'with a signature of another kind',
      () => receive({ ...signed(), 'webhook-signature': 'v1a,abc' }),
      'webhook.signature',
    ],
    ['that was sent too long ago', () => receive(signed({ sentIn: -302 })), 'webhook.too-old'],
    ['from the future', () => receive(signed({ sentIn: 303 })), 'webhook.in-future'],
    ['without an id', () => receive(without('webhook-id')), 'webhook.headers'],
    ['without a time', () => receive(without('webhook-timestamp')), 'webhook.headers'],
    ['without a signature', () => receive(without('webhook-signature')), 'webhook.headers'],
    ['with a time that is none', () => receive({ ...signed(), 'webhook-timestamp': '12 o’clock' }), 'webhook.headers'],
    ['with an id that can be read in two ways', () => receive(signed({ id: 'msg.1' })), 'webhook.headers'],
    ['of a system nobody entered', () => receive(signed(), 'd99-oa'), 'webhook.no-system'],
    ['of a system without a secret', () => receive(signed(), 'd07-oa'), 'webhook.no-system'],
  ])('%s', async (_, send, problem) => {
    const answer = await send();
    expect(answer).toMatchObject({
      refused: { status: 401, refusal: { code: 'webhook-refused', params: { problem } } },
    });
    const refusal = 'refused' in answer ? answer.refused.refusal : { code: 'none' };
    expect(refusalText(refusal, 'hans').sentence).toMatch(/^签名消息未通过核验：.+。$/);
  });

  it('when it was taken before: somebody listened', async () => {
    const message = signed({ id: 'msg_c' });
    expect(await receive(message)).toHaveProperty('caller');
    expect(await receive(message)).toEqual({
      refused: { status: 409, refusal: { code: 'webhook-replayed', params: { id: 'msg_c' } } },
    });
  });

  it('of several at once, all but one', async () => {
    const message = signed();
    const answers = await Promise.all([1, 2, 3, 4].map(() => receive(message)));
    expect(answers.filter((answer) => 'caller' in answer)).toHaveLength(1);
  });

  it('but not when its sender signs it again: it is the same message, and says so by its id', async () => {
    expect(await receive(signed({ id: 'msg_d', sentIn: -5 }))).toMatchObject({ caller: { message: 'msg_d' } });
    expect(await receive(signed({ id: 'msg_d' }))).toMatchObject({ caller: { message: 'msg_d' } });
  });

  it('that was refused was not spent: the true one is taken afterwards', async () => {
    const message = signed({ id: 'msg_e' });
    expect(await receive({ ...message, 'webhook-signature': 'v1,AAAA' })).toHaveProperty('refused');
    expect(await receive(message)).toHaveProperty('caller');
  });

  it('cannot stand in for a token: where no address names a system, its headers say nothing', async () => {
    expect(await identify({ headers: signed() })).toMatchObject({ refused: { refusal: { code: 'not-identified' } } });
  });
});

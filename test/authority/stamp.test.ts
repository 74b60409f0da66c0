import { type Directory, loadDirectory, shippedDirectory } from '../../activities/directory';
import { actorOf, type StampRequest, stampFor } from '../../client/authority';
import { refusalText } from '../../locale';
import { cleanUp, temporaryFile } from '../directory/temporary';
import { given, standing } from '../support/standing';

afterAll(cleanUp);

const city = shippedDirectory();
const drill = shippedDirectory('drill');
const receivedAt = Date.parse('2026-03-20T12:00:00+08:00');
const actorSalt = 'a salt of this installation';

/** The small city of one secretary-general who leaves and one who comes. */
function handedOver(): Directory {
  const loaded = loadDirectory([
    temporaryFile(
      'city.yaml',
      `seats:
  - { id: mayor, kind: mayor, nameZh: 市长, nameHant: 市長 }
  - { id: vm-1, kind: vm, nameZh: 副市长, nameHant: 副市長 }
  - { id: sg, kind: sg, nameZh: 秘书长, nameHant: 秘書長 }
  - { id: party-secretary, kind: party-secretary, nameZh: 市委书记, nameHant: 市委書記 }
persons:
  - { id: person-1, nameZh: 甲, nameHant: 甲, active: true }
  - { id: person-2, nameZh: 乙, nameHant: 乙, active: true }
holders:
  - { seat: sg, person: person-1, to: 2026-03-01, source: page }
  - { seat: sg, person: person-2, from: 2026-03-03, source: page }
`,
    ),
  ]);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.ok;
}

const request = (asked: Partial<StampRequest>): StampRequest => ({
  directory: drill,
  seat: 'D07-desk',
  entrance: 'gateway-1',
  receivedAt,
  actorSalt,
  ...asked,
});

function granted(asked: Partial<StampRequest>) {
  const stamped = stampFor(request(asked));
  if ('refused' in stamped) throw new Error(JSON.stringify(stamped.refused));
  return stamped.ok;
}

function refused(asked: Partial<StampRequest>) {
  const stamped = stampFor(request(asked));
  return 'refused' in stamped ? stamped.refused : undefined;
}

describe('a stamp says who acts, in which seat, on what basis, as of when', () => {
  test('for the desk of a unit', () => {
    expect(granted({})).toEqual({
      receivedAt,
      entrance: 'gateway-1',
      seat: 'D07-desk',
      unit: 'D07',
      basis: 'own',
      actor: actorOf('assumed-d07-desk', actorSalt),
      asOf: receivedAt,
      directoryVersion: drill.version,
    });
  });

  test("a leader's seat has no unit", () => {
    expect(granted({ directory: city, seat: 'vm-7' })).not.toHaveProperty('unit');
  });

  test('the person is a salted hash: the same one gives the same, another person or salt another', () => {
    const { actor } = granted({ directory: city, seat: 'mayor' });
    expect(actor).toMatch(/^[0-9a-f]{16}$/);
    expect(granted({ directory: city, seat: 'mayor', receivedAt: receivedAt + 1 }).actor).toBe(actor);
    expect(granted({ directory: city, seat: 'sg' }).actor).not.toBe(actor);
    expect(granted({ directory: city, seat: 'mayor', actorSalt: `${actorSalt}!` }).actor).not.toBe(actor);
    expect(JSON.stringify(granted({ directory: city, seat: 'mayor' }))).not.toMatch(/person-01|王/);
  });

  test('the hash is SHA-256 over salt and person, cut to 16 digits', () => {
    expect(actorOf('c', 'ab')).toBe('ba7816bf8f01cfea');
  });

  test('a salt too short to hide anybody is a fault of the installation', () => {
    expect(() => stampFor(request({ actorSalt: 'fifteen letters' }))).toThrow('expected at least 16');
    expect(() => stampFor(request({ actorSalt: 'sixteen letters!' }))).not.toThrow();
  });
});

describe('a stamp for a caller who is known', () => {
  const clerk = { person: 'person-9', mayActIn: (seat: string) => seat === 'X1-desk' };

  test('carries the hash of who acts, not of who holds the seat', () => {
    expect(granted({ seat: 'X1-desk', by: clerk }).actor).toBe(actorOf('person-9', actorSalt));
  });

  test('needs no holder where the desk is staffed', () => {
    expect(granted({ directory: city, seat: 'X1-desk', by: clerk })).toMatchObject({ seat: 'X1-desk', unit: 'X1' });
  });

  test('names the system that acts, and no person', () => {
    const stamp = granted({ by: { system: 'd07-oa' } });
    expect(stamp).toMatchObject({ seat: 'D07-desk', unit: 'D07', system: 'd07-oa' });
    expect(stamp).not.toHaveProperty('actor');
  });

  test.each<[string, Partial<StampRequest>, string]>([
    ['in a seat that is not his', { seat: 'D07-desk', by: clerk }, 'seat-not-yours'],
    ['in a seat that does not exist', { seat: 'vm-9', by: clerk }, 'seat-unknown'],
    ['in a seat of a unit that does not exist', { seat: 'D99-desk', by: { system: 's' } }, 'unit-unknown'],
    [
      'on the word of a leader, by a system of the Office',
      { seat: 'X1-desk', by: { system: 's' }, onWordOf: { seat: 'mayor', ref: 'note 7' } },
      'not-entitled',
    ],
  ])('is not made %s', (_, asked, code) => {
    expect(refused(asked)?.code).toBe(code);
  });
});

describe('the Office enters what a leader said', () => {
  test('and the stamp shows both', () => {
    expect(granted({ seat: 'X1-desk', onWordOf: { seat: 'mayor', ref: 'note 7' } })).toMatchObject({
      seat: 'X1-desk',
      unit: 'X1',
      actor: actorOf('assumed-x1-desk', actorSalt),
      onWordOf: { seat: 'mayor', ref: 'note 7', actor: actorOf('person-01', actorSalt) },
    });
  });
});

describe('on what basis a seat acts', () => {
  const tasks = [given('task', 'vm-2', { matter: { units: ['D07'] } }), given('chair-standing', 'vm-1')];
  const by = (asked: Partial<StampRequest>) => {
    const { basis, entrustment } = granted({ directory: drill, ...asked });
    return [basis, entrustment];
  };

  test.each<[string, Partial<StampRequest>, [string, string | undefined]]>([
    ['its own office, while no term is open', { seat: 'vm-3', row: 20 }, ['own', undefined]],
    ['its own office, for an act of no row', { seat: 'vm-3', standing: standing('C') }, ['own', undefined]],
    ['its own office: the mayor', { seat: 'mayor', row: 20, standing: standing('A') }, ['own', undefined]],
    [
      'acting: the executive vice mayor who presides',
      { seat: 'vm-1', row: 20, standing: standing('B') },
      ['acting', undefined],
    ],
    ['acting: the ranked vice mayor', { seat: 'vm-3', row: 20, standing: standing('C') }, ['acting', undefined]],
    ['its own office, where another presides', { seat: 'vm-2', row: 20, standing: standing('C') }, ['own', undefined]],
    [
      'an entrustment: the chair of the standing meeting',
      { seat: 'vm-1', row: 6, standing: standing('B', tasks) },
      ['entrusted', 'E-chair-standing-vm-1'],
    ],
    [
      'an entrustment with the matter',
      { seat: 'vm-2', row: 17, standing: standing('A', tasks), charge: 'E-task-vm-2' },
      ['entrusted', 'E-task-vm-2'],
    ],
    [
      'that of the leader whose word is entered',
      { seat: 'X1-desk', onWordOf: { seat: 'vm-3', ref: 'n' }, row: 20, standing: standing('C') },
      ['acting', undefined],
    ],
  ])('%s', (_, asked, basis) => {
    expect(by(asked)).toEqual(basis);
  });

  test('the stamp carries who presides, and of entrustments those of the seat that run', () => {
    const over = given('task', 'vm-1', { id: 'E-over', period: { from: 0, to: receivedAt } });
    const all = standing('B', [...tasks, over]);
    expect(granted({ seat: 'vm-1', standing: all }).standing).toEqual({ ...all, entrustments: [tasks[1]] });
    expect(granted({ seat: 'vm-1' })).not.toHaveProperty('standing');
  });
});

describe('no stamp', () => {
  const refusals: [string, Partial<StampRequest>, object][] = [
    [
      'for an unknown unit',
      { seat: 'D99-desk' },
      { code: 'unit-unknown', path: 'seat', params: { unit: 'D99', seat: 'D99-desk' } },
    ],
    ['for an unknown seat', { seat: 'vm-9' }, { code: 'seat-unknown', path: 'seat', params: { seat: 'vm-9' } }],
    [
      'for an unknown position of a known unit',
      { seat: 'D07-driver' },
      { code: 'seat-unknown', path: 'seat', params: { seat: 'D07-driver' } },
    ],
    [
      'for a function in place of a seat',
      { seat: 'evm' },
      { code: 'seat-unknown', path: 'seat', params: { seat: 'evm' } },
    ],
    [
      'for a seat nobody is named for',
      { directory: city, seat: 'D07-head' },
      { code: 'seat-unassigned', path: 'seat', params: { seat: 'D07-head' } },
    ],
    [
      'on the word of a leader, from outside the Office',
      { onWordOf: { seat: 'mayor', ref: 'note 7' } },
      { code: 'not-entitled', params: { seat: 'D07-desk', event: 'onWordOf' }, entitled: ['X1'] },
    ],
    [
      'on the word of a leader, without the paper',
      { seat: 'X1-desk', onWordOf: { seat: 'mayor', ref: ' ' } },
      { code: 'malformed', path: 'onWordOf.ref', params: { expected: 'ref' } },
    ],
    [
      'on the word of an unknown seat',
      { seat: 'X1-desk', onWordOf: { seat: 'vm-9', ref: 'note 7' } },
      { code: 'seat-unknown', path: 'onWordOf.seat', params: { seat: 'vm-9' } },
    ],
  ];

  test.each(refusals)('%s', (_, asked, refusal) => {
    expect(refused(asked)).toEqual(refusal);
  });

  test.each(refusals)('%s: told in a sentence, in both scripts', (_, asked) => {
    const refusal = refused(asked);
    for (const script of ['hans', 'hant'] as const) {
      const { sentence, remedy, citation } = refusalText(refusal ?? { code: 'none' }, script, {
        nameOf: city.nameOf.bind(city),
      });
      expect([sentence, remedy].every((text) => text.endsWith('。'))).toBe(true);
      expect(citation).toBeUndefined();
    }
  });

  test.each([
    ['in the last moment of the last day', '2026-03-01T23:59:59.999', undefined],
    ['the moment after', '2026-03-02T00:00:00', 'seat-not-held'],
    ['in the last moment before the successor', '2026-03-02T23:59:59.999', 'seat-not-held'],
    ["on the successor's first day", '2026-03-03T00:00:00', undefined],
  ])('once the seat is no longer held: %s', (_, instant, code) => {
    const answer = refused({ directory: handedOver(), seat: 'sg', receivedAt: Date.parse(`${instant}+08:00`) });
    expect(answer?.code).toBe(code);
  });

  test('once the seat is no longer held, and the answer names when it was', () => {
    const answer = refused({
      directory: handedOver(),
      seat: 'sg',
      receivedAt: Date.parse('2026-03-02T12:00:00+08:00'),
    });
    expect(refusalText(answer ?? { code: 'none' }, 'hans').sentence).toBe(
      '受理之时席位“秘书长”无人任职（任职期间：… – 2026-03-01；2026-03-03 – …）。',
    );
  });
});

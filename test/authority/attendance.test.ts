import {
  fixedObservers,
  holders,
  meetingLeave,
  missingFor,
  type Place,
  substitutesFor,
  substitutions,
} from '../../workflows/law';

describe('leave from a meeting (49)', () => {
  it.each([
    ['standing', 'leader', 11, undefined],
    ['standing', 'observer', 12, undefined],
    ['standing', 'unit-head-observer', 12, 'unit-deputy'],
    ['mayors-office', 'unit-head', 12, 'unit-deputy'],
    ['special', 'leader', 36, undefined],
    ['special', 'unit-head', 36, 'unit-deputy'],
    ['plenary', 'department-head', 37, 'unit-deputy'],
    ['party-group', 'group-member', 37, undefined],
    ['plenary', 'guest', undefined, undefined],
  ] as const)('from a %s meeting, a %s asks by row %s', (kind, attending, row, substitute) => {
    const leave = meetingLeave(kind, attending);
    expect({ row: leave.row, substitute: leave.substitute }).toEqual({ row, substitute });
    if (leave.row) expect(() => holders(leave.row!, { at: 1, variant: leave.variant })).not.toThrow();
  });

  it('of members whom the text does not regulate, says that the choice is ours', () => {
    expect(meetingLeave('plenary', 'department-head').cite.basis).toBe('chosen');
    expect(meetingLeave('standing', 'leader').cite).toEqual({ basis: 'stated', article: 49 });
  });
});

describe('an item needs vice mayor in charge and principal in the room (49)', () => {
  const item = { vmc: 'vm-2', principal: 'D07-head' };

  it.each([
    ['both are there', ['vm-2', 'D07-head'], []],
    ['the principal sends his deputy', ['vm-2', 'D07-deputy'], ['D07-head']],
    ['another vice mayor is there', ['vm-3', 'D07-head'], ['vm-2']],
    ['neither is', ['mayor'], ['vm-2', 'D07-head']],
  ])('%s', (_, present, missing) => {
    expect(missingFor('standing', item, present)).toEqual(missing);
  });

  it('a leader put it: only the vice mayor is tested', () => {
    expect(missingFor('special', { vmc: 'vm-2' }, [])).toEqual(['vm-2']);
  });

  it.each(['party-group', 'standing', 'mayors-office', 'special'] as const)('in a %s meeting', (kind) => {
    expect(missingFor(kind, item, [])).toHaveLength(2);
  });

  it('not in a plenary', () => {
    expect(missingFor('plenary', item, [])).toEqual([]);
  });
});

it('the fixed observers are those of article 44', () => {
  expect(fixedObservers).toMatchObject({ units: ['X3', 'D06', 'D07', 'D20'], kinds: ['dsg'], cite: { article: 44 } });
});

describe('substitution is what the text has, and nothing else', () => {
  it.each([
    ['mayor', 'preside', ['evm', 'vm']],
    ['mayor', 'chair-standing', ['evm-entrusted']],
    ['mayor', 'sign-upward', ['presider']],
    ['mayor', 'sign-rule-or-order', []],
    ['pg-secretary', 'chair-party-group', ['pg-deputy-entrusted']],
    ['vmc', 'decide-document', ['passed-vm']],
    ['vmc', 'entrusted-work', ['vm-entrusted']],
    ['vmc', 'first-approval', []],
    ['observer', 'observe', ['deputy-principal']],
    ['sg', 'prepare-standing-item', []],
    ['sg', 'grant-leave-to-observers', []],
    ['principal', 'sign-unit-document', []],
    ['evm', 'review-agreement', []],
  ] as [Place, string, Place[]][])('%s absent, %s: %j', (absent, act, by) => {
    expect(substitutesFor(absent, act).map((one) => one.by)).toEqual(by);
  });

  it('has nine lines, each stated by an article', () => {
    expect(substitutions.map(({ cite }) => (cite as { article: number }).article)).toEqual([
      9, 9, 7, 43, 44, 46, 49, 53, 55,
    ]);
    expect(substitutions.every(({ cite }) => cite.basis === 'stated')).toBe(true);
  });
});

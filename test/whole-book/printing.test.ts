import { and, not, or, stateIn } from 'xstate';
import { z } from 'zod';
import { conditionOf, rulesIn, say } from '../../client/docs/condition';
import { edgesOf } from '../../client/docs/edges';
import { table } from '../../client/docs/markdown';
import { mentionsIn } from '../../client/docs/mentions';
import { diagram, idOf, labelText } from '../../client/docs/mermaid';
import { fieldsOf } from '../../client/docs/payload';
import type { Words } from '../../client/docs/words';
import { rule } from '../../workflows/law';
import { small } from './support/small';

describe('ids and labels in a diagram', () => {
  it.each([
    ['in-progress', 's_in_progress'],
    ['end', 's_end'],
    ['a.b c', 's_a_b_c'],
    ['交办', 's___'],
  ])('the state %s becomes the id %s', (key, id) => {
    expect(idOf(key)).toBe(id);
    expect(id).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
  });

  it.each([
    ['a colon, which starts a label', '到期: 办理', '到期： 办理'],
    ['a semicolon, which ends a statement', '甲;乙', '甲；乙'],
    ['a quote, which ends a name', '“a" b', '“a” b'],
    ['a hash, which starts an entity', '#35', '＃35'],
    ['braces, which open a composite', '{x}', '｛x｝'],
    ['brackets, which make an end', '[*]', '［*］'],
    ['angles, which make HTML or a choice', '<<choice>>', '〈〈choice〉〉'],
    ['percent signs, which make a comment', '%% x', '％％ x'],
    ['a line break', '甲\n乙', '甲 乙'],
    ['an arrow', 'a --> b', 'a --〉 b'],
  ])('%s is written so that Mermaid takes it as text', (_, text, label) => {
    expect(labelText(text)).toBe(label);
  });

  it('a label needs a character', () => {
    expect(() => labelText(' \n')).toThrow('at least one character');
  });
});

describe('a diagram', () => {
  const words = {
    state: ({ key }: { key: string }) => key,
    event: (type: string) => type,
    deadline: (name: string) => name,
    fact: (name: string) => name,
    at: (path: string) => path,
  } as unknown as Words;
  const drawn = (states: object, more: object = {}) => {
    const machine = small({ initial: 'a', states, ...more }, { guards: { late: () => true }, delays: { due: 1 } });
    return diagram(machine.root, edgesOf(machine, ['GO', 'STAY', 'BACK']), words);
  };

  it('shows states, start, acts, deadlines, conditions and the end of the case', () => {
    const states = {
      a: { on: { GO: 'b', STAY: {} }, after: { due: 'b' } },
      b: { always: { target: 'done', guard: not('late') }, on: { BACK: { target: 'b', reenter: true } } },
      done: { type: 'final' },
    };
    expect(drawn(states)).toBe(
      [
        'stateDiagram-v2',
        '    state "a" as s_a',
        '    state "b" as s_b',
        '    state "done" as s_done',
        '    [*] --> s_a',
        '    s_a --> s_b : GO / ⏱ due',
        '    s_b --> s_b : BACK',
        '    s_b --> s_done : 非late',
        '    s_done --> [*]',
      ].join('\n'),
    );
  });

  it('draws from every state what holds in all of them, and leaves what happens inside a state to its own diagram', () => {
    const inner = { initial: 'x', states: { x: { on: { GO: 'y' } }, y: { on: { BACK: '#b' } } } };
    const arrows = drawn({ a: inner, b: { id: 'b' } }, { on: { STAY: '.b' } })!
      .split('\n')
      .filter((line) => line.includes('-->'))
      .map((line) => line.trim());
    expect(arrows).toEqual(['[*] --> s_a', 's_a --> s_b : STAY / BACK', 's_b --> s_b : STAY']);
  });

  it('is left out where nothing moves, and refused where two states would get one id', () => {
    expect(drawn({ a: {} })).toBeUndefined();
    expect(() => drawn({ 'a-b': { on: { GO: 'a_b' } }, a_b: {} }, { initial: 'a-b' })).toThrow('differ only in');
  });
});

describe('a condition', () => {
  const check = () => true;
  const guards = {
    signed: rule({ code: 'EVIDENCE_MISSING', check }),
    late: check,
    both: and([]),
  };
  const machine = small(
    { initial: 'a', states: { a: { initial: 'x', states: { x: {} } }, b: { id: 'b' } } },
    { guards },
  );
  const wording = {
    leaf: (leaf: { kind: string; name?: string; path?: string }) => `${leaf.kind}:${leaf.name ?? leaf.path}`,
    group: (inner: string) => `(${inner})`,
    not: (inner: string) => `!${inner}`,
    and: ' & ',
    or: ' | ',
  };
  const said = (guard: unknown) => say(conditionOf(guard, machine)!, wording);

  it.each([
    ['a rule by name', 'signed', 'rule:signed'],
    ['a rule as it stands, under the name it was given', guards.signed, 'rule:signed'],
    ['a fact', { type: 'late', params: {} }, 'fact:late'],
    ['a state', stateIn({ a: 'x' }), 'in:a.x'],
    ['a state by its id', stateIn('#b'), 'in:b'],
    [
      'a composition',
      and(['signed', or(['late', not(stateIn('b'))] as never)] as never),
      'rule:signed & (fact:late | !in:b)',
    ],
  ])('is read from %s', (_, guard, text) => {
    expect(said(guard)).toBe(text);
  });

  it('gives the rules it asks', () => {
    const condition = conditionOf(and(['late', not('signed')] as never), machine);
    expect(rulesIn(condition).map(({ rule: { code } }) => code)).toEqual(['EVIDENCE_MISSING']);
  });

  it('cannot be printed without a name', () => {
    expect(() => conditionOf(() => false, machine)).toThrow("guard '(inline)' has no implementation under a name");
    expect(() => conditionOf('nobody', machine)).toThrow("guard 'nobody'");
  });
});

describe('what sources name', () => {
  it.each([
    ["{ code: 'a', path: 'payload' }", ['a']],
    ["{ code: ahead ? 'a' : 'b', params }", ['a', 'b']],
    ["{ code: rule?.code ?? 'a' }", ['a']],
    ["refusedBy('A_B', params)", ['A_B']],
    ["code === 'a'", []],
    ["// code: 'a'", []],
  ])('the codes in %s', (source, codes) => {
    expect(mentionsIn(source).codes).toEqual(codes);
  });

  it('a template with a variable part stands for all that fit', () => {
    expect(mentionsIn(`template: \`supervision.level$\{level}\``).templates).toEqual([
      'supervision.level1',
      'supervision.level2',
      'supervision.level3',
    ]);
  });
});

describe('what an event carries', () => {
  it('is one line per field, with what may be left out', () => {
    const schema = z.strictObject({
      ref: z.string().min(1).max(9),
      day: z.iso.date(),
      percent: z.int().min(0).max(100).optional(),
      wish: z.enum(['a', 'b']),
      units: z.array(z.string()).min(2),
      doc: z.strictObject({ hash: z.string().regex(/^x$/), ok: z.boolean().optional() }),
    });
    expect(fieldsOf(schema)).toEqual([
      '`ref` text of 1 to 9 characters',
      '`day` date',
      '`percent`? whole number from 0 to 100',
      '`wish` "a" or "b"',
      '`units` list of text, at least 2',
      '`doc` { hash text like `^x$`; ok? yes or no }',
    ]);
  });

  it('can be printed of zod schemas only', () => {
    expect(() => fieldsOf({ '~standard': { validate: () => ({}) } })).toThrow('only a zod schema');
  });
});

test('a bar or a line break in a cell does not end it', () => {
  expect(
    table(
      ['a', 'b'],
      [
        ['x|y', 'l\nm'],
        ['', ' '],
      ],
    ),
  ).toBe(['| a | b |', '| --- | --- |', '| x\\|y | l m |', '| — | — |'].join('\n'));
});

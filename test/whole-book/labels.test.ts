import { factsIn } from '../../client/docs/condition';
import { actionsOf, edgesOf } from '../../client/docs/edges';
import { isMain, paramsInWords, prefixOf, Words } from '../../client/docs/words';
import { type LabelKey, label } from '../../locale';
import { procedures } from '../../workflows/procedures';
import { nodesOf } from '../../workflows/runtime/workflow';

/** What cannot be said, in the words of whoever looked for it. */
function unsaid(say: () => unknown): string[] {
  try {
    const said = say();
    return typeof said === 'string' && !/\p{Script=Han}/u.test(said) ? [`'${said}' is not Chinese`] : [];
  } catch (error) {
    return [(error as Error).message];
  }
}

describe.each(procedures)('$name', (procedure) => {
  const { machine, acts, later, opening, states, title } = procedure;
  const words = new Words(procedure);
  const nodes = nodesOf(machine.root).filter((node) => node.parent !== undefined);
  const edges = edgesOf(machine, Object.keys(acts));

  it('has a label for every state', () => {
    expect(nodes.flatMap((node) => unsaid(() => words.state(node)))).toEqual([]);
  });

  it('has a label for every event it takes, raises or announces', () => {
    const inside = edges.flatMap(({ trigger }) => (trigger.kind === 'inside' ? [trigger.event] : []));
    const types = [opening.type, ...Object.keys(acts), ...later, ...inside];
    expect(types.flatMap((type) => unsaid(() => words.event(type)))).toEqual([]);
  });

  it('has words for every fact a guard looks at', () => {
    const facts = edges.flatMap(({ condition }) => factsIn(condition));
    expect(
      facts.flatMap((fact) => unsaid(() => (fact.kind === 'in' ? words.at(fact.path) : words.fact(fact.name)))),
    ).toEqual([]);
  });

  it('has words for whom, which task and which paper its actions name', () => {
    const actions = [
      ...edges.flatMap((edge) => edge.actions),
      ...nodes.flatMap((node) => [...actionsOf(node.entry), ...actionsOf(node.exit)]),
    ];
    expect(actions.flatMap((action) => unsaid(() => paramsInWords(action, words).length))).toEqual([]);
  });

  it('calls itself and its main states as the locale table does', () => {
    const prefix = prefixOf(procedure.name);
    const inTable = (key: string) => label(`${prefix}.${key}` as LabelKey, 'hans');
    expect(title).toBe(inTable('title'));
    expect(states).toEqual(Object.fromEntries(Object.keys(states).map((key) => [key, inTable(`state.${key}`)])));
  });

  it('labels no main state that the machine does not have', () => {
    const keys = nodes.filter((node) => isMain(node, procedure) || node.path.length === 1).map(({ key }) => key);
    expect(Object.keys(states).filter((key) => !keys.includes(key))).toEqual([]);
  });
});

test('a procedure without a title in the locale table is told by name', () => {
  expect(() => prefixOf('no-such-procedure')).toThrow("no title for 'no-such-procedure'");
});

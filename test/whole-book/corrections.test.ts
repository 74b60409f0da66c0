/** What may be corrected is never what a rule or a deadline looks at: no correction moves a case. */
import { figuresBehind } from '../../client/docs/figures';
import { ownersOf } from '../../client/docs/owners';
import { valueText } from '../../client/docs/payload';
import { Words } from '../../client/docs/words';
import { edition, lawData, parseInstant } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';
import type { Procedure } from '../../workflows/procedures/kit';
import { within } from '../../workflows/runtime/workflow/ambient';

type Guard = ((args: object, params: undefined) => unknown) & { guards?: unknown[] };

const AT = parseInstant('2026-06-01T12:00:00+08:00');
/** What a field of a case may hold, one after the other, so that a rule gets past the first it looks at. */
const STAND_INS = [undefined, AT, [], 'x', {}];

/** The fields of a case that its guards look at, in whatever they are asked about. */
function lookedAt({ machine, acts, parameters }: Procedure): Set<string> {
  const fields = new Set<string>();
  const guards = Object.values(machine.implementations.guards as Record<string, Guard>);
  const frame = { now: AT, wake: AT, data: { law: lawData(edition, parameters, '2026-06-01'), names: {} } as never };
  for (const guard of guards.filter((one) => typeof one === 'function' && !one.guards))
    for (const type of Object.keys(acts))
      for (const value of STAND_INS) {
        const noting = (_: object, field: string | symbol) => {
          fields.add(String(field));
          return value;
        };
        const context = new Proxy({}, { get: noting });
        const event = new Proxy({ type }, { get: (own, field) => (field === 'type' ? own.type : value) });
        try {
          within({ ...frame, caseId: 'C', sequence: 1, effects: [] }, () => guard({ context, event }, undefined));
        } catch {
          // Asked about an event or a value that is not its own.
        }
      }
  return fields;
}

test('the look at rules finds what they look at', () => {
  expect([...lookedAt(procedures[0]!)]).toEqual(expect.arrayContaining(['due', 'explanation', 'dueSetBy', 'missed']));
});

describe.each(procedures)('$name', (procedure) => {
  const { correctable } = procedure;
  const rootOf = ({ path }: { path: string }) => path.split('.')[0]!;

  it('says what may be corrected, what it is called, what it may be, and who may', () => {
    const words = new Words(procedure);
    for (const { path, label, schema, who } of correctable) {
      expect(label).toMatch(/\p{Script=Han}/u);
      expect(valueText(schema)).not.toMatch(/any value|list|\{/);
      const { owners } = ownersOf(path, { who });
      expect(owners.length).toBeGreaterThan(0);
      for (const id of owners) expect(words.who(id)).toMatch(/\p{Script=Han}/u);
    }
  });

  it('lets no deadline rest on what may be corrected', () => {
    const fields = Object.values(figuresBehind(procedure)).flatMap((behind) => behind.fields);
    expect(correctable.map(rootOf).filter((field) => fields.includes(field))).toEqual([]);
  });

  it('lets no rule look at what may be corrected', () => {
    const fields = lookedAt(procedure);
    expect(correctable.map(rootOf).filter((field) => fields.has(field))).toEqual([]);
  });
});

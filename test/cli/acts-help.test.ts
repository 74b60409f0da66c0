/** What `zhengling help acts` says is what the procedure takes. */
import { actsHelp, helpOf } from '../../client/cli/acts-help';
import type { Out } from '../../client/cli/out';
import { procedures } from '../../workflows/procedures';
import { openingsOf } from '../../workflows/procedures/kit';
import { validate } from '../../workflows/runtime/workflow';

function said(name?: string, event?: string, json = false): string {
  const lines: string[] = [];
  const out: Out = { json, script: 'hans', marks: '', nameOf: (id) => id, print: (text) => lines.push(text) };
  actsHelp(name, event, out);
  return lines.join('\n');
}

describe.each(procedures)('$name', (procedure) => {
  const help = helpOf(procedure, 'hans');
  const events = help.events.map((event) => [event.type, event] as const);
  const openings = openingsOf(procedure);

  it('names the opening and every act and fact', () => {
    const sent = Object.entries(procedure.acts).flatMap(([type, { kind, amends }]) =>
      kind === 'notice' || (amends === 'record' && procedure.correctable.length === 0) ? [] : [type],
    );
    expect(help.events.map(({ type }) => type)).toEqual([...openings.map(({ type }) => type), ...sent]);
  });

  it.each(events)('%s: somebody may, on some ground, and the example fits', (type, event) => {
    const { schema } = event.kind === 'open' ? openings.find((one) => one.type === type)! : procedure.acts[type]!;
    expect(validate(schema, event.example as never)).toBeUndefined();
    expect(event.who.length).toBeGreaterThan(0);
    expect(event.ground).toMatch(/第.+条|本系统规定/);
    const required = event.fields.filter((field) => field.required).map(({ name }) => name);
    expect(Object.keys(event.example as object)).toEqual(required);
  });

  it.each(events)('%s in words names every field and the command', (type, event) => {
    const text = said(procedure.name, type);
    for (const { name } of event.fields) expect(text).toContain(name);
    const further = type === procedure.opening.type ? '' : ` ${type}`;
    expect(text).toContain(
      event.kind === 'open' ? `zhengling start ${procedure.name}${further} --by` : `zhengling act CASE ${type}`,
    );
  });
});

it('ACCEPT is for the Supervision Office and the Office, by article 61, and asks for evidence', () => {
  const text = said('supervision-item', 'ACCEPT');
  expect(text).toContain('办理者　政府督查室、政府办公室');
  expect(text).toMatch(/依据　　.*第六十一条/);
  expect(text).toMatch(/规则　　.*EVIDENCE_MISSING/);
  expect(text).toMatch(/evidence +必填/);
});

it('is one JSON value', () => {
  expect(JSON.parse(said('supervision-item', 'ACCEPT', true))).toMatchObject({
    type: 'ACCEPT',
    kind: 'act',
    fields: [{ name: 'evidence', required: true }],
  });
});

it.each([
  ['a procedure there is not', 'parade', undefined, "there is no procedure 'parade'; there is supervision-item"],
  [
    'an event there is not',
    'supervision-item',
    'CLAP',
    "supervision-item has no event 'CLAP'; it has REGISTER, ASSIGN",
  ],
])('refuses %s', (_, name, event, says) => {
  expect(() => said(name, event)).toThrow(says);
});

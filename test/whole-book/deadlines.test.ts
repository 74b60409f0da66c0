import { edgesOf } from '../../client/docs/edges';
import { figureRows, figuresBehind } from '../../client/docs/figures';
import { isParameterKey, type ParameterKey, parameter } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';

const LENGTHS = ['minutes', 'hours', 'days', 'workingDays', 'months', 'quarters', 'halfYears', 'years', 'length'];
const isLength = (key: ParameterKey): boolean => LENGTHS.includes(parameter(key).unit);

describe.each(procedures)('$name', (procedure) => {
  const { machine, acts, deadlines, parameters } = procedure;
  const declared = Object.keys(machine.implementations.delays as object).sort();
  const waits = edgesOf(machine, Object.keys(acts)).flatMap(({ trigger }) =>
    trigger.kind === 'deadline' ? [trigger.delay] : [],
  );

  it('hides no length of time as a number in the machine', () => {
    expect(waits.filter((delay) => typeof delay === 'number')).toEqual([]);
  });

  it('waits by every delay it declares, and by no other', () => {
    expect([...new Set(waits)].sort()).toEqual(declared);
  });

  it('labels every delay it declares, and no other', () => {
    expect(Object.keys(deadlines).sort()).toEqual(declared);
    expect(Object.values(deadlines).filter(({ label }) => !/\p{Script=Han}/u.test(label))).toEqual([]);
  });

  it.each(declared)('rests %s on a figure of the law that it declares, or on a date set in the case', (name) => {
    const { figures, fields } = figuresBehind(procedure)[name]!;
    expect(figures.map(({ key }) => key).filter((key) => !isParameterKey(key))).toEqual([]);
    expect(figures.map(({ key }) => key).filter((key) => !parameters.some((one) => one === key))).toEqual([]);
    expect(figures.length + fields.length).toBeGreaterThan(0);
  });

  it.each([...parameters])('declares %s, which has a value, a unit and a ground', (key) => {
    for (const { value, cite, reason } of figureRows({ key })) {
      expect(value).toMatch(isLength(key) ? /\d .*(分钟|小时|自然日|工作日|个月|季度|半年|年)\)/ : /\S/);
      expect(cite.basis === 'chosen' ? reason : cite.basis).toBeTruthy();
    }
    expect(figureRows({ key }).length).toBeGreaterThan(0);
  });
});

describe('what stands behind a deadline', () => {
  const [procedure] = procedures;

  it('is told apart: a figure, one amount of several, a date of the case', () => {
    const { dispatchLimit, level3, due } = figuresBehind(procedure!);
    expect(dispatchLimit).toEqual({ figures: [{ key: 'supervision.dispatch' }], fields: [] });
    expect(level3!.figures).toEqual([{ key: 'supervision.ladder', part: '2' }]);
    expect(due).toEqual({ figures: [], fields: ['due'] });
  });

  it('is refused where the procedure does not declare the figure', () => {
    const parameters = procedure!.parameters.filter((key) => key !== 'supervision.dispatch');
    expect(() => figuresBehind({ ...procedure!, parameters })).toThrow('carries no supervision.dispatch');
  });
});

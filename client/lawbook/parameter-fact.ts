import { isParameterKey, parameters } from '../../workflows/law';
import type { ParameterFact } from '../../workflows/procedures/kit';
import type { Json } from '../../workflows/runtime/workflow';

/** Beside an act that sets a figure: whether there is one of the key, and whether the value fits it. */
export function parameterFact(payload: Json): ParameterFact {
  const { key: named, value } = (payload ?? {}) as { key?: Json; value?: Json };
  const key = typeof named === 'string' ? named : '';
  if (!isParameterKey(key)) return { key };
  const { shape } = parameters[key];
  return { key, unit: shape.unit, expected: shape.expected, fits: shape.accepts(value) };
}

/** Putting right a slip of the record: one value of the context, whatever the state; no transition, no deadline moves. */
import { type Refused, validateValue } from './admission';
import type { Amended, Amendment } from './amendments';
import { isPlace, valueAt, withValue } from './deep';
import type { CorrectableField, CorrectSpec } from './definition';
import type { Act, Cite, Json } from './types';

interface Correction {
  field: string;
  /** What stands, as the sender knows it; absent or null: nothing. */
  old?: Json;
  new: Json;
}

export class Correct implements Amendment {
  readonly isFinal = false;

  constructor(
    private readonly spec: CorrectSpec,
    private readonly amended: Amended,
  ) {}

  get cite(): Cite | undefined {
    return this.spec.cite;
  }

  amiss({ payload }: Act): Refused | undefined {
    const { field, old = null, new: given } = (payload ?? {}) as Partial<Correction>;
    const found = fieldOf(this.spec.fields, field);
    const path = pathOf(field);
    if (!found || !isPlace(this.#context, path)) {
      const params = { field: String(field), fields: this.spec.fields.map((one) => one.path).join(', ') };
      return { outcome: 'malformed', refusal: { code: 'correct-field', path: 'payload.field', params } };
    }
    const stands = valueAt(this.#context, path) ?? null;
    if (stands !== old) {
      const params = { field: String(field), stands: JSON.stringify(stands) };
      return { outcome: 'rule', refusal: { code: 'correct-old', path: 'payload.old', params } };
    }
    const unfit = validateValue(found.schema, given, 'payload.new');
    if (unfit) return { outcome: 'malformed', refusal: unfit };
    if (given !== stands) return undefined;
    return { outcome: 'unchanged', refusal: { code: 'unchanged', params: { event: this.spec.event } } };
  }

  carryOut({ payload }: Act): void {
    const { field, new: given } = payload as unknown as Correction;
    const { machine } = this.amended;
    const { cite } = this.spec;
    machine.write(withValue(this.#context, pathOf(field), given), {
      from: '(root)',
      ...(cite === undefined ? {} : { cite }),
    });
  }

  get #context(): unknown {
    return this.amended.machine.snapshot.context;
  }
}

/** The declaration behind a field as an act names it. */
export function fieldOf<Field extends CorrectableField>(fields: readonly Field[], field: unknown): Field | undefined {
  const path = pathOf(field);
  return fields.find((one) => {
    const declared = one.path.split('.');
    return (
      declared.length === path.length &&
      declared.every((key, i) => key === path[i] || (key === '*' && /^\d+$/.test(path[i]!)))
    );
  });
}

const pathOf = (field: unknown): string[] => (typeof field === 'string' && field !== '' ? field.split('.') : []);

/**
 * Who may send an event, read off the function that decides it. That function takes a case; it is asked twice: with every
 * field of the case standing for itself, and with none of them set.
 */
import type { ActSpec } from '../../workflows/procedures/kit';

export interface Owners {
  /** Seats and units; `{field}` stands for what that field of the case holds. */
  owners: string[];
  /** Others who may while the fields that `owners` names are not set yet. */
  before: string[];
}

type Use = 'one' | 'many';

/** @throws Error when the function looks inside a field, which cannot stand for itself there */
export function ownersOf(type: string, act: Pick<ActSpec<never>, 'who'>): Owners {
  const used = new Map<string, Use>();
  const owners = asked(act, named(used, type));
  const unset = Object.fromEntries([...used].map(([field, use]) => [field, use === 'many' ? [] : undefined]));
  const before = asked(act, unset).filter((id) => !owners.includes(id));
  return { owners, before };
}

function asked({ who }: Pick<ActSpec<never>, 'who'>, context: object): string[] {
  const ids = [...who(context as never)].filter((id) => id !== undefined).map(String);
  return [...new Set(ids)];
}

function named(used: Map<string, Use>, type: string): object {
  return new Proxy(
    {},
    {
      get(_, field) {
        const name = String(field);
        if (!used.has(name)) used.set(name, 'one');
        return standIn(name, used, type);
      },
    },
  );
}

/** Reads as the text `{field}`, and as a list of that one text. */
function standIn(field: string, used: Map<string, Use>, type: string): unknown {
  const list = [`{${field}}`];
  return new Proxy(list, {
    get(_, member) {
      if (member === Symbol.toPrimitive) return () => list[0];
      if (!(member in list))
        throw new Error(`who may send ${type} depends on '${field}.${String(member)}', which cannot be printed`);
      used.set(field, 'many');
      return Reflect.get(list, member, list);
    },
  });
}

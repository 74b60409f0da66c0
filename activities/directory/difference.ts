/** What changed between two directories, entry by entry. */
import canonicalize from 'canonicalize';
import { type Said, type Section, sections } from './content';

export interface Difference {
  section: Section;
  /** What tells the entry from the others of its list: `D07`, `D07-head 2026-03-01`. */
  entry: string;
  kind: 'added' | 'removed' | 'changed';
  /** Of what changed: each field with both values. */
  fields?: { field: string; before?: unknown; after?: unknown }[];
  /** Of what was added or removed: all of it. */
  said?: object;
}

type Listed = { [field: string]: unknown };

/** By what an entry is known; a holder of a seat from a day on is another entry than the one before. */
const keys: Record<Section, readonly string[]> = {
  units: ['id'],
  seats: ['id'],
  persons: ['id'],
  holders: ['seat', 'from'],
  functions: ['function', 'from'],
  portfolios: ['seat', 'from'],
  appointmentOrder: ['from'],
  desks: ['unit', 'subject', 'label', 'from'],
  attendees: ['meeting', 'seat', 'from'],
  reorganisations: ['id'],
};

export function differences(before: Said, after: Said): Difference[] {
  return sections.flatMap((section) => {
    const [old, fresh] = [named(section, before), named(section, after)];
    const gone = [...old].filter(([name]) => !fresh.has(name));
    const come = [...fresh].filter(([name]) => !old.has(name));
    const both = [...fresh].filter(([name]) => old.has(name));
    return [
      ...gone.map(([entry, said]): Difference => ({ section, entry, kind: 'removed', said })),
      ...come.map(([entry, said]): Difference => ({ section, entry, kind: 'added', said })),
      ...both.flatMap(([entry, said]): Difference[] => {
        const fields = changed(old.get(entry)!, said);
        return fields.length === 0 ? [] : [{ section, entry, kind: 'changed', fields }];
      }),
    ];
  });
}

function named(section: Section, said: Said): Map<string, Listed> {
  const entries = new Map<string, Listed>();
  for (const entry of (said[section] ?? []) as Listed[]) {
    const parts = keys[section].flatMap((key) => (entry[key] === undefined ? [] : [String(entry[key])]));
    const name = parts.join(' ') || 'always';
    let unique = name;
    for (let n = 2; entries.has(unique); n++) unique = `${name} (${n})`;
    entries.set(unique, entry);
  }
  return entries;
}

function changed(before: Listed, after: Listed): NonNullable<Difference['fields']> {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => canonicalize(before[field]) !== canonicalize(after[field]))
    .map((field) => ({
      field,
      ...(before[field] === undefined ? {} : { before: before[field] }),
      ...(after[field] === undefined ? {} : { after: after[field] }),
    }));
}

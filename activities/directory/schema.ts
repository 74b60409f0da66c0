/** The shapes of directory files. One file or several: their lists are read as one. */
import { z } from 'zod';
import { isDate } from '../../workflows/law';

const text = z.string({ error: 'expected a text that is not empty' }).min(1, 'expected a text that is not empty');
const day = z.string({ error: dayExpected }).refine(isDate, { error: dayExpected });
const id = (pattern: RegExp, expected: string) =>
  z.string({ error: `expected ${expected}` }).regex(pattern, `expected ${expected}`);

function dayExpected({ input }: { input?: unknown }): string {
  return `expected a day such as 2026-03-20, found ${JSON.stringify(input) ?? 'nothing'}`;
}

const unitId = id(/^[A-Z]\d{1,3}$/, 'a unit id such as D07');
const seatId = id(/^[A-Za-z0-9]+(-[a-z0-9]+)*$/, 'a seat id such as vm-3 or D07-head');
const personId = id(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a person id such as person-04');

const names = { nameZh: text, nameHant: text };
/** Days, both included: from 00:00 of `from` to 24:00 of `to`. Open where a day is left out. */
const period = { from: day.optional(), to: day.optional() };
/** Where it is known from: `page`, `rulebook`, or the paper an operator names. */
const source = { source: text };

export const unitKinds = ['department', 'commission', 'office-unit', 'institution', 'agency', 'county'] as const;
export const leaderKinds = ['mayor', 'vm', 'sg', 'candidate', 'party-secretary'] as const;
/** Functions that a seat holds and that are addressed by name. */
export const functionNames = ['evm'] as const;
export const UNASSIGNED = 'unassigned';

const unit = z.strictObject({
  id: unitId,
  kind: z.enum(unitKinds),
  ...names,
  shortZh: text,
  shortHant: text,
  /** Why the rules apply to a unit that is no working department. */
  legalScope: z.strictObject({ article: z.int().min(1).max(75), basis: z.enum(['stated', 'derived']) }).optional(),
  ...period,
  ...source,
});
const seat = z.strictObject({ id: seatId, kind: z.enum(leaderKinds), ...names });
const person = z.strictObject({
  id: personId,
  ...names,
  /** The name is not certain as printed. */
  nameUncertain: z.boolean().optional(),
  active: z.boolean(),
});
const holder = z.strictObject({ seat: seatId, person: personId, ...period, ...source });
const assignment = z.strictObject({ function: z.enum(functionNames), seat: seatId, ...period, ...source });
const portfolio = z.strictObject({ seat: seatId, units: z.array(unitId).min(1), ...period, ...source });
const order = z.strictObject({ order: z.array(seatId).min(1), ...period, ...source });
const desk = z.strictObject({ seat: seatId, unit: unitId, label: z.enum(['归口', '分管']), ...period, ...source });

const list = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);

export const directoryFile = z.strictObject({
  /** Of the organisation; the first file that gives it counts. */
  name: id(/^[a-z][a-z0-9-]*$/, 'a short lower-case name such as shizuishan').optional(),
  units: list(unit),
  seats: list(seat),
  persons: list(person),
  holders: list(holder),
  functions: list(assignment),
  portfolios: list(portfolio),
  appointmentOrder: list(order),
  desks: list(desk),
});

const unsourced = { from: true, to: true, source: true } as const;

/** What a drill or demonstration assumes where the city's own data say nothing. */
export const overlayFile = z.strictObject({
  marks: z.strictObject({ drill: z.strictObject(names), demo: z.strictObject(names) }),
  functions: z.array(assignment.omit(unsourced)),
  portfolios: z.array(portfolio.omit(unsourced)),
  appointmentOrder: z.array(seatId).min(1),
});

export type DirectoryFile = z.output<typeof directoryFile>;
export type OverlayFile = z.output<typeof overlayFile>;
export type UnitKind = (typeof unitKinds)[number];
export type LeaderKind = (typeof leaderKinds)[number];
export type FunctionName = (typeof functionNames)[number];

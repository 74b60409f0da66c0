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

/** `administered`: 部门管理机构. `stationed`: 驻石单位, which obey a ministry elsewhere (article 42). */
export const unitKinds = [
  'department',
  'commission',
  'office-unit',
  'institution',
  'agency',
  'county',
  'administered',
  'stationed',
] as const;
export const leaderKinds = [
  'mayor',
  'vm',
  'sg',
  'dsg',
  'candidate',
  'party-secretary',
  'party-office',
  'pg-secretary',
  'pg-deputy',
  'pg-member',
] as const;
/** Seats of a unit beyond the three it has by being one. */
export const furtherKinds = ['office-deputy', 'unit-deputy'] as const;
/** The labels of 歸口 and 分管, told apart by articles 47 and 50. */
export const deskLabels = ['归口', '分管'] as const;
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
  /** Whether its head is a member of the government (5.34); by its kind unless said. */
  isMemberDepartment: z.boolean().optional(),
  /** The department that administers it. */
  under: unitId.optional(),
  ...period,
  ...source,
});
const seat = z.strictObject({
  id: seatId,
  kind: z.enum([...leaderKinds, ...furtherKinds]),
  ...names,
  /** Of a further deputy: whose. */
  unit: unitId.optional(),
});
const person = z.strictObject({
  id: personId,
  ...names,
  /** The name is not certain as printed. */
  nameUncertain: z.boolean().optional(),
  active: z.boolean(),
  /** Member of the Communist Party: a vice mayor who is none is invited to the Party group (article 43). */
  cpc: z.boolean().optional(),
});
const holder = z.strictObject({ seat: seatId, person: personId, ...period, ...source });
const assignment = z.strictObject({ function: z.enum(functionNames), seat: seatId, ...period, ...source });
/** Units and fields of work a vice mayor is in charge of; of `mayor`: what stands directly under the mayor (5.38). */
const portfolio = z.strictObject({
  seat: seatId,
  units: z.array(unitId).default([]),
  subjects: z.array(text).optional(),
  ...period,
  ...source,
});
const rank = z.strictObject({
  seat: seatId,
  rank: z.int({ error: 'expected a rank such as 1' }).min(1, 'expected a rank such as 1').optional(),
  appointedOn: day.optional(),
});
/** Either the seats in their order, or each with its rank or day of appointment. */
const order = z.strictObject({
  order: z.array(seatId).min(1).optional(),
  ranks: z.array(rank).min(1).optional(),
  ...period,
  ...source,
});
/** Which deputy secretary-general answers for a unit or a field; without a label, under both (5.39). */
const desk = z.strictObject({
  seat: seatId,
  unit: unitId.optional(),
  subject: text.optional(),
  label: z.enum(deskLabels).optional(),
  ...period,
  ...source,
});
/** Who attends a meeting without being a member; where no line is given, those article 44 names. */
const attendee = z.strictObject({ meeting: z.enum(['standing']), seat: seatId, ...period, ...source });
/** Units that end, and those that take their work from a day on. Several for one: a split, told apart case by case. */
const reorganisation = z.strictObject({
  id: id(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, 'an id such as R2026-1'),
  from: day,
  units: z.record(
    z.string(),
    z.preprocess((to) => (typeof to === 'string' ? [to] : to), z.array(unitId).min(1)),
  ),
  ...source,
});

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
  attendees: list(attendee),
  reorganisations: list(reorganisation),
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
export type FurtherKind = (typeof furtherKinds)[number];
export type DeskLabel = (typeof deskLabels)[number];
export type FunctionName = (typeof functionNames)[number];

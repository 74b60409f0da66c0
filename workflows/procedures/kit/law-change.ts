/**
 * Law that changes under an open case, the same in every procedure and every state (spec 2.0b, 2.34, gap 5.30). What was
 * done stands. Figures, routing and calendars hold from the next step on, and what is due is counted anew from when it was
 * armed; a date that a person set does not move. A change of structure is not taken of itself: the Office chooses.
 */
import { z } from 'zod';
import { chosen, formatInstant, type LawData, stated } from '../../law/machine';
import {
  type Act,
  type ClockSpec,
  type DataActSpec,
  type DataChange,
  digest,
  emitEffect,
  type Json,
  type Moved,
  type Notice,
  type Stands,
} from '../../runtime/workflow';
import type { CaseData, VersionChoice } from './case-data';
import { rungFrom } from './case-law';
import type { ChainRung } from './chain';
import { press, tell } from './effects';

/** What changed between two versions: figures, who is asked, or the course itself. */
export const versionKinds = ['limits', 'routing', 'structure'] as const;

const edition = z.string().min(1).max(200);
const lawCarried = z.looseObject({ edition, parameters: z.looseObject({}), calendar: z.looseObject({}) });

/** `law` is put in by whoever carries the notice, as it is for the procedure of the receiver. */
export const lawNotices = {
  VERSION_CHANGED: z.strictObject({
    from: edition,
    to: edition,
    kind: z.enum(versionKinds),
    at: z.int().optional(),
    law: lawCarried,
  }),
  CALENDAR_CHANGED: z.strictObject({ year: z.int(), notice: z.string().min(1), law: lawCarried }),
};

export const chooseVersion = z.strictObject({
  choice: z.enum(['continue', 'move']),
  reason: z.string().min(1).max(1000).optional(),
});

/** Seats of the Office choose. */
export const chooses = ['X1'];
const OFFICE_DESK = 'X1-desk';
const CHOICE = 'version.choice';
const rests = chosen(75);
const restsOf = (type: string): Json => (type === 'CALENDAR_CHANGED' ? chosen() : rests) as Json;

/** CH-DESK at the Office. */
const rungs: readonly ChainRung[] = [
  { to: [OFFICE_DESK, 'sg'], cite: stated([8, 73]) },
  { to: ['evm'], cite: stated([6, 73]) },
  { to: ['mayor'], cite: stated([6, 73]) },
];

export const choiceDelay = { [CHOICE]: { label: '选择适用版本', cite: rests as Json } };

const held = (data: Json): CaseData => data as unknown as CaseData;
const carried = (data: CaseData): Json => data as unknown as Json;

/** Whether the Office is asked under which version the case goes on. */
export const isAsked = (data: Json): boolean => held(data).choice !== undefined;

/** Desks of the units and the seats that a case waits for. */
export type Awaited = (stands: Stands) => readonly string[];

/** What a notice of changed law does to a case; undefined where it is no such notice, or brings nothing new. */
export function onLawNotice({ type, payload }: Notice, data: Json, awaited: Awaited): DataChange | undefined {
  const schema = Object.hasOwn(lawNotices, type) ? lawNotices[type as keyof typeof lawNotices] : undefined;
  if (!schema || !held(data)?.law || !schema.safeParse(payload).success) return undefined;
  const { law: brought, ...kept } = payload as { law: Json; [key: string]: Json };
  const law = brought as unknown as LawData;
  const change =
    type === 'CALENDAR_CHANGED'
      ? calendarChanged(held(data), law, { type, awaited })
      : versionChanged(held(data), law, { type, awaited, kind: kept.kind as string });
  return change && { ...change, cite: restsOf(type), kept: { ...kept, law: digest(law) } };
}

interface Told {
  type: string;
  awaited: Awaited;
}

function versionChanged(data: CaseData, law: LawData, told: Told & { kind: string }): DataChange | undefined {
  const known = data.choice?.law ?? data.law;
  if ((law.since ?? 0) < (known.since ?? 0)) return undefined;
  if (isToFinishUnderOld(law) && data.choice === undefined) return leave(data, law, told.type);
  const isToChoose = told.kind === 'structure' || data.choice !== undefined || data.stays !== undefined;
  return isToChoose ? ask(data, law) : take(data, merged(data.law, law), told);
}

/** Gap 5.30 as a site may have read it otherwise: open cases end under the version they began under. */
function isToFinishUnderOld({ parameters }: LawData): boolean {
  return parameters['version.openCasePolicy']?.values[0]?.value === 'finish-under-old';
}

function leave(data: CaseData, { edition: to }: LawData, type: string): DataChange | undefined {
  if (data.stays === to || data.law.edition === to) return undefined;
  const { edition: from } = data.law;
  const said = { kind: 'law', type, from, to: from, left: to, cite: rests as Json };
  return { data: carried({ ...data, stays: to }), effects: () => emitEffect(said) };
}

function calendarChanged(data: CaseData, { calendar }: LawData, told: Told): DataChange | undefined {
  const change = take(data, { ...data.law, calendar: calendarOf(data.law, calendar) }, told);
  const { choice } = data;
  if (!change || !choice) return change;
  const law = { ...choice.law, calendar: calendarOf(choice.law, calendar) };
  return { ...change, data: carried({ ...held(change.data), choice: { ...choice, law } }) };
}

/** The case goes by other law from here on. */
function take(data: CaseData, law: LawData, told: Told): DataChange | undefined {
  if (digest(law) === digest(data.law)) return undefined;
  return {
    data: carried({ ...data, law }),
    recount: true,
    effects: (moved, stands) => inform(data.law, law, { moved, type: told.type, to: told.awaited(stands) }),
  };
}

function inform(
  before: LawData,
  law: LawData,
  { moved, type, to }: { moved: readonly Moved[]; type: string; to: readonly string[] },
): void {
  const deadlines = moved.map(({ name, label, from, to: due }) => ({
    name,
    label,
    from: formatInstant(from),
    to: formatInstant(due),
  }));
  emitEffect({ kind: 'law', type, from: before.edition, to: law.edition, deadlines, cite: restsOf(type) });
  if (type === 'CALENDAR_CHANGED' && moved.length === 0) return;
  const data = { edition: law.edition, moved: moved.length };
  if (type === 'CALENDAR_CHANGED') tell({ to, template: 'law.calendar', cite: chosen(), data });
  else tell({ to, template: 'law.changed', cite: rests, data });
}

/** The case goes on as it is, and the Office is asked; what it is asked about follows the newest version. */
function ask(data: CaseData, law: LawData): DataChange | undefined {
  const { choice } = data;
  if (choice && digest(choice.law) === digest(law)) return undefined;
  // A version it was left out of is not asked about twice.
  if (!choice && data.stays === law.edition) return undefined;
  const asked: VersionChoice = { from: data.law.edition, to: law.edition, law, rung: choice?.rung ?? 0 };
  const { from, to } = asked;
  return {
    // The chain at the Office may rest on a figure that a case of an older build does not carry.
    data: carried({ ...data, choice: asked, law: withMissing(data.law, law) }),
    ...(choice ? {} : { start: [CHOICE] }),
    effects: () => {
      emitEffect({ kind: 'law', type: 'ask', from, to, cite: rests as Json });
      tell({ to: [OFFICE_DESK], template: 'law.choose', cite: rests, data: { edition: to } });
    },
  };
}

/** What the Office chose. */
export function choosing(awaited: Awaited): DataActSpec {
  return { cite: rests as Json, isOpen: isAsked, change: (act, data) => chose(act, held(data), awaited) };
}

function chose({ type, payload }: Act, data: CaseData, awaited: Awaited): DataChange {
  const { choice: asked, stays: _, ...rest } = data;
  if (!asked) throw new Error('nobody was asked to choose a version');
  const { choice } = payload as z.infer<typeof chooseVersion>;
  if (choice === 'continue') {
    const { to } = asked;
    const said = { kind: 'law', type, from: data.law.edition, to: data.law.edition, left: to, cite: rests as Json };
    return { data: carried({ ...rest, stays: to }), stop: [CHOICE], effects: () => emitEffect(said) };
  }
  const law = merged(data.law, asked.law);
  return {
    data: carried({ ...rest, law }),
    recount: true,
    stop: [CHOICE],
    effects: (moved, stands) => inform(data.law, law, { moved, type, to: awaited(stands) }),
  };
}

export const lawClocks: Record<string, ClockSpec> = {
  [CHOICE]: {
    delay: () => rungFrom('escalation.deskStep'),
    due: (data) => pressed(held(data)),
  },
};

function pressed(data: CaseData): DataChange {
  const { choice } = data;
  if (!choice) throw new Error('the Office was pressed for a choice that nobody waits for');
  const rung = Math.min(choice.rung + 1, rungs.length);
  const { to, cite } = rungs[rung - 1]!;
  return {
    data: carried({ ...data, choice: { ...choice, rung } }),
    start: [CHOICE],
    cite: cite as Json,
    effects: () => press({ to, cite }),
  };
}

/** Limits open at a change are counted by the new figures from when they were armed, though these hold since today only. */
const ALWAYS = '2000-01-01';

function merged(old: LawData, fresh: LawData): LawData {
  const since = Object.entries(fresh.parameters).map(([key, { unit, values }]) => {
    const [first, ...later] = values;
    return [key, { unit, values: first ? [{ ...first, from: ALWAYS }, ...later] : [] }] as const;
  });
  return {
    ...fresh,
    parameters: { ...old.parameters, ...Object.fromEntries(since) },
    calendar: calendarOf(old, fresh.calendar),
  };
}

function withMissing(old: LawData, fresh: LawData): LawData {
  const missing = Object.keys(fresh.parameters).filter((key) => !Object.hasOwn(old.parameters, key));
  return missing.length === 0 ? old : { ...old, parameters: { ...merged(old, fresh).parameters, ...old.parameters } };
}

/** Years that the new calendar does not reach any more, because the case is old, stay as they were. */
function calendarOf({ calendar: old }: LawData, fresh: LawData['calendar']): LawData['calendar'] {
  const first = Math.min(...fresh.years.map(({ year }) => year));
  const past = (days: readonly string[]) => days.filter((day) => Number(day.slice(0, 4)) < first);
  const { off, on } = fresh.overlay;
  return {
    years: [...old.years.filter(({ year }) => year < first), ...fresh.years],
    overlay: { off: [...past(old.overlay.off), ...off], on: [...past(old.overlay.on), ...on] },
  };
}

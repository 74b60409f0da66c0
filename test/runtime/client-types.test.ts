/** The typed client is inferred from the machine. What must not compile is marked so; `npm run check` holds it. */
import { setup } from 'xstate';
import { z } from 'zod';
import {
  type ActType,
  type CaseClient,
  casesOf,
  type ExposedOf,
  type OpeningOf,
  type OutputOf,
  type PayloadOf,
  type StatePath,
  type TypedView,
} from '../../workflows/runtime/client';
import type { Act, Definition, Receipt } from '../../workflows/runtime/workflow';
import type { loan } from './loan';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_ extends true>(): void => {};

type By = { stamp: { receivedAt: number; entrance: string; seat: string } };

const parcel = setup({
  types: {
    context: {} as { weight: number; sentAt: Date; seen: string[] },
    input: {} as { weight: number; express?: boolean },
    output: {} as { arrivedAt: Date; hops: number },
    tags: {} as 'moving' | 'lost',
    events: {} as
      | ({ type: 'SCAN'; place: string; note?: string } & By)
      | ({ type: 'HANDOVER'; at?: number; to: { name: string; floor: number }[] } & By)
      | ({ type: 'DROP' } & By)
      | { type: 'STRIKE'; line: string; notice: { id: string; from: string; seq: number } }
      | { type: 'route.recalculated' },
  },
}).createMachine({
  id: 'parcel@1',
  context: ({ input }) => ({ weight: input.weight, sentAt: new Date(0), seen: [] }),
  type: 'parallel',
  states: {
    way: {
      initial: 'depot',
      states: { depot: {}, road: { initial: 'van', states: { van: {}, bike: {} } }, there: { type: 'final' } },
    },
    papers: { initial: 'open', states: { open: {}, signed: { type: 'final' } } },
  },
});

const parcelDefinition = {
  machine: parcel,
  events: {
    SCAN: { kind: 'act', schema: z.object({ place: z.string() }) },
    HANDOVER: { kind: 'fact' },
    DROP: { kind: 'act' },
    STRIKE: { kind: 'notice' },
  },
  expose: (snapshot) => ({ weight: (snapshot.context as { weight: number }).weight }),
} satisfies Definition;

type Parcel = typeof parcelDefinition;

const receipt: Receipt = {
  outcome: 'changed',
  id: '',
  content: '',
  state: [],
  sequence: 1,
  recordHash: '',
  deadlines: [],
  recorded: 'yes',
};

function recording() {
  const sent: { caseId: string; act: Act; fresh: boolean | undefined }[] = [];
  const started: { type: string; start: object }[] = [];
  const client = {
    act: async (caseId: string, act: Act, { fresh }: { fresh?: boolean } = {}) => {
      sent.push({ caseId, act, fresh });
      return receipt;
    },
    start: async (type: string, start: object) => {
      started.push({ type, start });
      return { opened: true, view: {} };
    },
  } as unknown as CaseClient;
  return { client, sent, started };
}

/** Compiled, never called. */
const neverCalled = (_: () => unknown): void => {};

describe('the typed client', () => {
  it('takes events, payloads, input, context, output, tags and states from a definition', () => {
    holds<Same<ActType<Parcel>, 'SCAN' | 'HANDOVER' | 'DROP'>>();
    holds<Same<PayloadOf<Parcel, 'SCAN'>, { place: string; note?: string }>>();
    holds<Same<PayloadOf<Parcel, 'HANDOVER'>, { to: { name: string; floor: number }[] }>>();
    holds<Same<PayloadOf<Parcel, 'DROP'>, Record<string, never>>>();
    holds<Same<OpeningOf<Parcel>, { weight: number; express?: boolean }>>();
    holds<Same<ExposedOf<Parcel>, { weight: number }>>();
    holds<Same<OutputOf<Parcel>, { arrivedAt: string; hops: number }>>();
    holds<Same<TypedView<Parcel>['tags'], ('moving' | 'lost')[]>>();
    holds<Same<TypedView<Parcel>['accepts'][number]['type'], 'SCAN' | 'HANDOVER' | 'DROP'>>();
    holds<
      Same<
        StatePath<Parcel>,
        | '(root)'
        | 'way'
        | 'way.depot'
        | 'way.road'
        | 'way.road.van'
        | 'way.road.bike'
        | 'way.there'
        | 'papers'
        | 'papers.open'
        | 'papers.signed'
      >
    >();
  });

  it('takes them from a machine alone, its whole context shown and notices left out', () => {
    holds<Same<ActType<typeof parcel>, 'SCAN' | 'HANDOVER' | 'DROP' | 'route.recalculated'>>();
    holds<Same<ExposedOf<typeof parcel>, { weight: number; sentAt: string; seen: string[] }>>();
    holds<Same<ActType<typeof loan>, 'RENEW' | 'RETURN' | 'LOOK' | 'PAY'>>();
    holds<Same<PayloadOf<typeof loan, 'RETURN'>, { condition: 'good' | 'torn' }>>();
    holds<Same<OpeningOf<typeof loan>, { days: number }>>();
    holds<Same<StatePath<typeof loan>, '(root)' | 'lent' | 'overdue' | 'back'>>();
  });

  it('shows nothing of the context where a definition exposes nothing', () => {
    holds<Same<ExposedOf<{ machine: typeof loan; events: { RENEW: { kind: 'act' } } }>, null>>();
    holds<Same<ActType<{ machine: typeof loan; events: { RENEW: { kind: 'act' } } }>, 'RENEW'>>();
  });

  it('does not compile with a wrong event, payload, input or state', () => {
    const parcels = casesOf<Parcel>(recording().client, 'parcel');
    neverCalled(() => [
      parcels.act('p', 'SCAN', { place: 'x' }),
      parcels.act('p', 'DROP'),
      // @ts-expect-error there is no such event
      parcels.act('p', 'SCANN', { place: 'x' }),
      // @ts-expect-error a notice is not an act
      parcels.act('p', 'STRIKE', { line: '4' }),
      // @ts-expect-error the machine sends this to itself
      parcels.act('p', 'route.recalculated'),
      // @ts-expect-error the payload is missing
      parcels.act('p', 'SCAN'),
      // @ts-expect-error the place is missing
      parcels.act('p', 'SCAN', { note: 'x' }),
      // @ts-expect-error the place is a text
      parcels.act('p', 'SCAN', { place: 4 }),
      // @ts-expect-error the stamp is the entrance's
      parcels.act('p', 'SCAN', { place: 'x', stamp: { receivedAt: 0, entrance: 'x', seat: 'y' } }),
      // @ts-expect-error there is nothing to say about it
      parcels.act('p', 'DROP', { place: 'x' }),
      // @ts-expect-error a person has a floor
      parcels.act('p', 'HANDOVER', { to: [{ name: 'x' }] }),
      // @ts-expect-error the weight is missing
      parcels.start({ id: 'p', input: {} }),
      // @ts-expect-error the weight is a number
      parcels.start({ id: 'p', input: { weight: '4' } }),
      // @ts-expect-error there is no such state
      parcels.waitFor('p', 'way.boat', { timeout: 1 }),
      parcels.waitFor('p', 'way.road', { timeout: 1 }),
      // @ts-expect-error nothing of the context but the weight is shown
      parcels.waitFor('p', ({ context }) => context.seen.length > 0, { timeout: 1 }),
      parcels.waitFor('p', ({ context }) => context.weight > 1, { timeout: 1 }),
    ]);
  });

  it('does not take dates, which would arrive as text', () => {
    holds<Same<PayloadOf<{ machine: typeof dated; events: { SET: { kind: 'act' } } }, 'SET'>, { day: never }>>();
    const dated = setup({ types: { events: {} as { type: 'SET'; day: Date } } }).createMachine({ id: 'dated@1' });
  });

  it('sends payload, stamp and claimed instant apart, and makes an id where none is given', async () => {
    const { client, sent } = recording();
    const stamp = { receivedAt: 7, entrance: 'counter' };
    const parcels = casesOf<Parcel>(client, 'parcel', { stamp: () => stamp });
    await parcels.act('p', 'SCAN', { place: 'x' }, { id: 'a', at: 5 });
    await parcels.act('p', 'DROP');
    expect(sent[0]).toEqual({
      caseId: 'p',
      fresh: false,
      act: { id: 'a', type: 'SCAN', payload: { place: 'x' }, stamp, at: 5 },
    });
    expect(sent[1]).toMatchObject({ fresh: true, act: { type: 'DROP', payload: {}, stamp } });
    expect(sent[1]!.act.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('opens with the same opening act every time, so that a repetition is one', async () => {
    const { client, started } = recording();
    const parcels = casesOf<Parcel>(client, 'parcel', { data: { law: 1 } });
    await parcels.start({ id: 'p', input: { weight: 4 } });
    await parcels.start({ id: 'p', input: { weight: 4 }, actId: 'mine', data: null });
    expect(started).toMatchObject([
      { type: 'parcel', start: { id: 'p', actId: 'open', data: { law: 1 }, stamp: { entrance: 'client' } } },
      { type: 'parcel', start: { id: 'p', actId: 'mine', data: null } },
    ]);
  });
});

import { assign, raise, setup } from 'xstate';
import { trial, UNIT } from '../trial';

const half = UNIT / 2;
const DAY = new Date(Date.UTC(2026, 2, 2));

interface Kept {
  note: string | undefined;
  on: Date;
  list: (number | undefined)[];
  $zl: string;
}

const kept: Kept = { note: undefined, on: DAY, list: [1, undefined, 3], $zl: 'date' };

function isIntact({ context }: { context: Kept }): boolean {
  return (
    'note' in context &&
    context.note === undefined &&
    context.on instanceof Date &&
    context.on.getTime() === DAY.getTime() &&
    1 in context.list &&
    context.list[1] === undefined &&
    context.$zl === 'date'
  );
}

export const data = [
  trial({
    id: 'undefined',
    shows: 'undefined and Date in the context are what they were, however often the case continues as new',
    machine: () =>
      setup({ types: {} as { context: Kept }, guards: { intact: isIntact } }).createMachine({
        id: 'undefined@1',
        context: kept,
        initial: 'a',
        states: {
          a: {
            on: {
              NOTE: { actions: assign({ note: undefined }) },
              CHECK: [{ guard: 'intact', target: 'intact' }, 'lost'],
            },
          },
          intact: {},
          lost: {},
        },
      }),
    acts: ['NOTE', 'CHECK'],
    expose: () => null,
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'NOTE', course: ['1 NOTE: a>a = a'], state: ['a'] },
      { at: 2, send: 'NOTE', course: ['2 NOTE: a>a = a'], state: ['a'] },
      { at: 3, send: 'CHECK', course: ['3 CHECK: a>intact = intact'], state: ['intact'] },
    ],
  }),
  trial({
    id: 'event-data',
    shows: 'what a delayed event holds arrives as it was sent',
    machine: () =>
      setup({
        types: {} as { context: object; events: { type: 'NOTE' } | { type: 'LATER'; note: undefined; on: Date } },
        guards: { intact: ({ event }) => event.type === 'LATER' && 'note' in event && event.on instanceof Date },
      }).createMachine({
        id: 'event-data@1',
        context: {},
        initial: 'a',
        states: {
          a: {
            entry: raise({ type: 'LATER', note: undefined, on: DAY }, { delay: 5 * half }),
            on: { NOTE: { actions: [() => {}] }, LATER: [{ guard: 'intact', target: 'intact' }, { target: 'lost' }] },
          },
          intact: {},
          lost: {},
        },
      }),
    acts: ['NOTE'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'NOTE', course: ['1 NOTE: a>a = a'], state: ['a'] },
      { at: 3, course: ['2.5 LATER: a>intact = intact'], state: ['intact'] },
    ],
  }),
];

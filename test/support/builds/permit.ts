/** One procedure in two editions, and a faulty build of the first: what an upgrade has to deal with. */
import { setup } from 'xstate';
import type { Definition, Presentation } from '../../../workflows/runtime/workflow';

interface Types {
  context: { checks: number };
  events: { type: 'CHECK' } | { type: 'GRANT' } | { type: 'SHELVE' };
}

const present = (edition: string) => (): Presentation => ({
  details: 'permit',
  summary: null,
  attributes: [
    { name: 'Procedure', type: 'KEYWORD', value: 'permit' },
    { name: 'Edition', type: 'KEYWORD', value: edition },
  ],
});

const events: NonNullable<Definition['events']> = {
  CHECK: { kind: 'act' },
  GRANT: { kind: 'act' },
  SHELVE: { kind: 'act' },
};
const delays: NonNullable<Definition['delays']> = { limit: { label: 'limit' } };

/** @param faulty its guard throws, as code does that nobody tried */
export function firstEdition(faulty = false): Definition {
  const machine = setup({
    types: {} as Types,
    delays: { limit: 3_600_000 },
    guards: {
      complete: () => {
        if (faulty) throw new Error('a slip in the first build');
        return true;
      },
    },
  }).createMachine({
    id: 'permit@1',
    context: { checks: 0 },
    initial: 'asked',
    states: {
      asked: { on: { CHECK: { target: 'checked', guard: 'complete' }, SHELVE: 'shelved' }, after: { limit: 'late' } },
      checked: { on: { GRANT: 'granted' } },
      late: {},
      shelved: {},
      granted: { type: 'final' },
    },
  });
  return { machine, events, delays, present: present('1') };
}

const secondMachine = setup({ types: {} as Types, delays: { limit: 7_200_000 } }).createMachine({
  id: 'permit@2',
  context: { checks: 0 },
  initial: 'requested',
  states: {
    requested: { on: { CHECK: 'examined' }, after: { limit: 'late' } },
    examined: { on: { GRANT: 'granted' } },
    late: {},
    shelved: {},
    granted: { type: 'final' },
  },
});

const renamed = { asked: 'requested', checked: 'examined' };

export const secondEdition: Definition = {
  machine: secondMachine,
  events,
  delays,
  present: present('2'),
  migrations: [{ from: 'permit@1', states: renamed, context: () => ({ checks: 1 }) }],
};

/** The second edition by someone who forgot what a case can be in. */
export const secondWithGap: Definition = {
  ...secondEdition,
  migrations: [{ from: 'permit@1', states: { asked: 'requested' } }],
};

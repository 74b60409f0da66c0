/** Nothing is approved because nobody spoke: no deadline, and nothing a deadline sets off, settles a case. */
import { raise, stateIn } from 'xstate';
import { procedures } from '../../workflows/procedures';
import { small } from './support/small';
import { Walk } from './support/walk';

const implementations = { guards: { enough: () => true }, actors: { check: {} } };
const silent = (states: object) =>
  new Walk(small({ initial: 'open', states }, implementations), ['ACCEPT', 'GO']).settledInSilence();

const closed = { type: 'final' };

describe('the walk calls it silence when', () => {
  it('a deadline closes the case', () => {
    expect(silent({ open: { after: { 5: 'closed' } }, closed })).toEqual(['open --deadline 5--> closed']);
  });

  it('a deadline leads to a state that is left for the end at once', () => {
    const states = { open: { after: { 5: 'done' } }, done: { always: 'closed' }, closed };
    expect(silent(states)).toEqual(['open --deadline 5--> done']);
  });

  it('a waiting state turns into acceptance of itself', () => {
    const states = {
      open: { always: { target: 'accepted', guard: 'enough' } },
      accepted: { always: 'closed' },
      closed,
    };
    expect(silent(states)).toEqual(['open --always--> accepted']);
  });

  it('a deadline in one region is what another region waits for', () => {
    const open = {
      type: 'parallel',
      states: {
        course: {
          initial: 'reviewing',
          states: {
            reviewing: { always: { target: 'accepted', guard: stateIn({ open: { clock: 'passed' } }) } },
            accepted: {},
          },
        },
        clock: { initial: 'running', states: { running: { after: { 5: 'passed' } }, passed: {} } },
      },
    };
    expect(silent({ open })).toEqual(['open.course.reviewing --always--> open.course.accepted']);
  });

  it('a deadline raises the event that accepts', () => {
    const open = { after: { 5: { actions: raise({ type: 'agreed' } as never) } }, on: { agreed: 'accepted' } };
    expect(silent({ open, accepted: {} })).toEqual(['open --inside agreed--> accepted']);
  });

  it('the event that accepts was raised in advance', () => {
    const on = { GO: { actions: raise({ type: 'agreed' } as never, { delay: 5 }) }, agreed: 'accepted' };
    expect(silent({ open: { on }, accepted: {} })).toEqual(['open --inside agreed--> accepted']);
  });

  it('an activity that somebody started ends', () => {
    const states = { open: { invoke: { src: 'check', onDone: 'accepted' } }, accepted: {} };
    expect(silent(states)).toHaveLength(1);
  });
});

describe('the walk does not call it silence when', () => {
  it.each([
    ['an act accepts', { open: { on: { ACCEPT: 'closed' } }, closed }],
    [
      'an act accepts, and the case is closed in the same step',
      {
        open: { on: { ACCEPT: 'accepted' } },
        accepted: { always: 'closed' },
        closed,
      },
    ],
    [
      'an act raises the event that accepts',
      {
        open: { on: { ACCEPT: { actions: raise({ type: 'agreed' } as never) }, agreed: 'accepted' } },
        accepted: {},
      },
    ],
    [
      'a deadline only presses',
      { open: { after: { 5: 'late' }, on: { ACCEPT: 'closed' } }, late: { on: { ACCEPT: 'closed' } }, closed },
    ],
  ])('%s', (_, states) => {
    expect(silent(states)).toEqual([]);
  });
});

describe.each(procedures)('$name', ({ machine, acts }) => {
  it('is never settled without an act', () => {
    expect(new Walk(machine, Object.keys(acts)).settledInSilence()).toEqual([]);
  });
});

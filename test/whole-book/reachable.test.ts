import { raise } from 'xstate';
import { procedures } from '../../workflows/procedures';
import { small } from './support/small';
import { Walk } from './support/walk';

const walk = (states: object) => new Walk(small({ initial: 'a', states }), ['GO', 'STOP']);

describe('the walk', () => {
  it('finds a state that no transition leads to', () => {
    expect(walk({ a: { on: { GO: 'b' } }, b: {}, lost: {} }).unreachable()).toEqual(['lost']);
  });

  it('follows deadlines and transitions taken of themselves', () => {
    expect(walk({ a: { after: { 1: 'b' } }, b: { always: 'c' }, c: {} }).unreachable()).toEqual([]);
  });

  it('does not follow an event of the machine that nothing raises', () => {
    const states = { a: { on: { GO: 'b', 'all.done': 'c' } }, b: {}, c: {} };
    expect(walk(states).unreachable()).toEqual(['c']);
  });

  it('follows one that something raises', () => {
    const states = { a: { entry: raise({ type: 'all.done' } as never), on: { 'all.done': 'c' } }, c: {} };
    expect(walk(states).unreachable()).toEqual([]);
  });

  it('follows the end of a child state only where that end can be reached', () => {
    const inner = (on: object) => ({ initial: 'x', onDone: 'b', states: { x: { on }, y: { type: 'final' } } });
    expect(walk({ a: inner({ GO: 'y' }), b: {} }).unreachable()).toEqual([]);
    expect(walk({ a: inner({}), b: {} }).unreachable()).toEqual(['a.y', 'b']);
  });

  it('enters every region of a parallel state, and only the first state of a compound one', () => {
    const states = { a: { type: 'parallel', states: { p: { initial: 'x', states: { x: {}, y: {} } }, q: {} } } };
    expect(walk(states).unreachable()).toEqual(['a.p.y']);
  });
});

describe.each(procedures)('$name', ({ machine, acts }) => {
  it('reaches every one of its states', () => {
    expect(new Walk(machine, Object.keys(acts)).unreachable()).toEqual([]);
  });
});

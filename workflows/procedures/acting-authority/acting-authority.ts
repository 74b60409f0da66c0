/**
 * 主持工作顺位: who presides over government work, at every moment exactly one or nobody with a reason (articles 6 to 9; spec
 * 2.1). One long-lived case for a term of the government, fed by leaves, appointments and the mayor's entrustments.
 */
import { not } from 'xstate';
import { chosen, derived, stated } from '../../law/machine';
import { now, stepId } from '../../runtime/workflow';
import { by, emptyCommon } from '../kit';
import { decide } from './decide';
import type { Context } from './rules';
import { begun } from './updates';
import { vocabulary } from './vocabulary';

/** Where each evaluation leads, and what it rests on; the text says nothing of nobody being there. */
const toMayor = { target: 'mayor-presiding', guard: 'mayorPresides', meta: by(stated(6)) } as const;
const toExecutive = { target: 'evm-presiding', guard: 'executivePresides', meta: by(stated(9)) } as const;
const toRanked = { target: 'ranked-vm-presiding', guard: 'rankedPresides', meta: by(stated(9)) } as const;
const toAwaiting = { target: 'awaiting-entrustment', guard: 'nobodyEntrusted', meta: by(stated(9)) } as const;
const toUnresolved = { target: 'unresolved', guard: 'nobodyPresides', meta: by(chosen(9)) } as const;

const course = vocabulary.createStateConfig({
  initial: 'mayor-presiding',
  states: {
    'mayor-presiding': { always: [toExecutive, toAwaiting, toRanked, toUnresolved] },
    'evm-presiding': { always: [toMayor, toAwaiting, toRanked, toUnresolved] },
    'ranked-vm-presiding': { always: [toMayor, toExecutive, toAwaiting, toUnresolved] },
    'awaiting-entrustment': { always: [toMayor, toExecutive, toRanked, toUnresolved] },
    unresolved: { always: [toMayor, toExecutive, toRanked, toAwaiting] },
  },
});

/** While an entrustment is awaited, or nobody is there: at once, and again with every step. */
const pressing = vocabulary.createStateConfig({
  initial: 'resting',
  states: {
    resting: {
      always: [
        { target: 'awaited', guard: 'entrustmentOwed', actions: 'pressEntrustment', meta: by(stated([8, 9])) },
        { target: 'nobody', guard: 'nobodyPresides', actions: 'pressEverybody', meta: by(stated(9)) },
      ],
    },
    awaited: {
      always: { target: 'resting', guard: not('entrustmentOwed'), meta: by(stated(9)) },
      after: {
        deskStep: { target: 'awaited', reenter: true, actions: 'pressEntrustment', meta: by(stated([8, 9])) },
      },
    },
    nobody: {
      always: { target: 'resting', guard: not('nobodyPresides'), meta: by(stated(9)) },
      after: { deskStep: { target: 'nobody', reenter: true, actions: 'pressEverybody', meta: by(stated(9)) } },
    },
  },
});

const turns = vocabulary.createStateConfig({
  initial: 'none',
  on: { 'clocks.set': { target: '.none', meta: by(stated(9)) } },
  states: {
    none: { always: { target: 'ahead', guard: 'turnAhead', meta: by(stated(9)) } },
    ahead: { after: { turn: { target: 'none', actions: 'evaluate', meta: by(stated(9)) } } },
  },
});

const reminders = vocabulary.createStateConfig({
  initial: 'none',
  on: { 'clocks.set': { target: '.none', meta: by(stated(9)) } },
  states: {
    none: { always: { target: 'ahead', guard: 'uncoveredAhead', meta: by(stated(9)) } },
    ahead: { after: { entrustmentLead: { target: 'none', actions: 'remindEntrustment', meta: by(stated(9)) } } },
  },
});

const WRITES = ['apply', 'evaluate'] as const;
const LEAVES = { actions: WRITES, meta: by(derived(9)) } as const;

export const actingAuthority = vocabulary.createMachine({
  id: 'acting-authority@draft-2026',
  context: ({ input: { openedBy, ...term } }): Context => {
    const known = { term: stepId().split(':')[0]!, ...begun(term, now()), entrustments: [] };
    return {
      ...emptyCommon(),
      openedBy,
      ...known,
      ...decide(known, now()),
      confirmed: [],
      reminded: [],
    };
  },
  initial: 'open',
  states: {
    open: {
      entry: 'announceTerm',
      type: 'parallel',
      states: { course, pressing, turns, reminders },
      on: {
        SEAT_CHANGED: { actions: WRITES, meta: by(derived(9)) },
        ORDER_SET: { guard: 'maySetOrder', actions: WRITES, meta: by(stated(9)) },
        ENTRUST: { guard: 'mayEntrust', actions: WRITES, meta: by(stated([7, 9])) },
        REVOKE_ENTRUSTMENT: { actions: WRITES, meta: by(derived([7, 9])) },
        CONFIRM_NOTICE: { guard: 'presiderAsComputed', actions: 'apply', meta: by(chosen(9)) },
        RESERVE_ABSENCE: { actions: ['answerReservation', ...WRITES], meta: by(chosen(71)) },
        RELEASE_RESERVATION: { actions: WRITES, meta: by(chosen(71)) },
        ABSENCE_PLANNED: LEAVES,
        ABSENCE_CANCELLED: LEAVES,
        ABSENCE_STARTED: LEAVES,
        ABSENCE_ENDED: LEAVES,
        CLOSE_TERM: { target: 'term-closed', actions: 'endTerm', meta: by(chosen(9)) },
      },
    },
    'term-closed': { type: 'final' },
  },
});

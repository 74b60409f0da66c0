/**
 * 規則版本: an edition of the rulebook, or figures alone, from the draft to the day another takes its place (articles 1, 74,
 * 75; spec 2.34). One case per version; of all versions one is published at any moment.
 */
import { chosen, stated } from '../../law/machine';
import { by, chain, emptyCommon } from '../kit';
import { publishDesk } from './told';
import { vocabulary } from './vocabulary';

const WITHDRAW = { target: '#withdrawn', meta: by(chosen(75)) } as const;

export const rulebookVersion = vocabulary.createMachine({
  id: 'rulebook-version@draft-2026',
  context: ({ input }) => ({ ...input, ...emptyCommon(), parameters: [] }),
  initial: 'open',
  states: {
    open: {
      initial: 'draft',
      states: {
        draft: {
          on: {
            SET_PARAMETER: { guard: 'basisGiven', actions: 'apply', meta: by(chosen(75)) },
            APPROVE: {
              target: 'approved',
              actions: ['apply', { type: 'tellOffice', params: { template: 'rulebook.approved' } }],
              meta: by(chosen(75)),
            },
            WITHDRAW,
          },
        },
        approved: {
          on: {
            PUBLISH: {
              target: 'published',
              guard: 'mayPublish',
              actions: ['apply', 'announce', 'tellPublished'],
              meta: by(stated(75)),
            },
            WITHDRAW,
          },
          ...chain('publishLimit', 'publishStep', publishDesk),
        },
        published: {
          on: {
            VERSION_CHANGED: {
              target: '#superseded',
              guard: 'supersededByIt',
              actions: ['noteSuccessor', { type: 'tellOffice', params: { template: 'rulebook.superseded' } }],
              meta: by(stated(75)),
            },
          },
        },
      },
    },
    superseded: { id: 'superseded', type: 'final' },
    withdrawn: { id: 'withdrawn', type: 'final' },
  },
});

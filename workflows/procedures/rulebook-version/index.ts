import { chosen } from '../../law/machine';
import type { Json } from '../../runtime/workflow';
import { type ActSpec, actingSeat, defineProcedure, type ParameterFact } from '../kit';
import { parameters } from './delays';
import { type Draft, draftVersion, events, versionChanged } from './events';
import * as labels from './labels';
import { contextSchema, correctable } from './record';
import { rulebookVersion } from './rulebook-version';
import { type Context, parametersAlone } from './rules';
import { JUSTICE, OFFICE } from './told';

const office = () => [OFFICE];

const acts: Record<string, ActSpec<Context>> = {
  SET_PARAMETER: {
    kind: 'act',
    schema: events.SET_PARAMETER,
    who: () => [OFFICE, JUSTICE],
    facts: ['parameter'],
    barred: (_, { facts }, payload) => {
      const { unit } = payload as { unit: string };
      const { key, unit: known, expected = '', fits } = facts?.parameter ?? ({ key: '' } as ParameterFact);
      if (known === undefined) return { code: 'parameter-unknown', path: 'payload.key', params: { key } };
      if (unit !== known) return { code: 'parameter-unit', path: 'payload.unit', params: { key, expected: known } };
      return fits ? undefined : { code: 'parameter-value', path: 'payload.value', params: { key, expected } };
    },
  },
  APPROVE: {
    kind: 'act',
    schema: events.APPROVE,
    who: () => ['mayor', 'sg'],
    barred: (context, stamp) => {
      const params = { event: 'APPROVE', seat: stamp.seat };
      if (actingSeat(stamp).seat !== 'sg' || parametersAlone(context)) return undefined;
      return { code: 'not-entitled', entitled: ['mayor'], params };
    },
  },
  PUBLISH: {
    kind: 'act',
    schema: events.PUBLISH,
    who: office,
    facts: ['version'],
    barred: (_, { facts }) =>
      facts?.version ? undefined : { code: 'version-unknown', path: 'stamp.facts.version', params: {} },
  },
  WITHDRAW: { kind: 'act', schema: events.WITHDRAW, who: office },
  VERSION_CHANGED: { kind: 'notice', schema: versionChanged, who: () => [] },
};

/** X0, spec 2.34. */
export const rulebookVersionProcedure = defineProcedure<Context, Draft>({
  name: 'rulebook-version',
  title: labels.title,
  series: 'RV',
  articles: [1, 74, 75],
  machine: rulebookVersion,
  opening: {
    type: 'DRAFT_VERSION',
    schema: draftVersion,
    who: [OFFICE],
    refuse: () => undefined,
    input: (payload, stamp) => ({ ...payload, openedBy: actingSeat(stamp) }),
  },
  acts,
  correctable,
  contextSchema,
  later: [],
  parameters,
  deadlines: {
    publishLimit: { label: '公布时限', cite: chosen([73, 75]), counted: true },
    publishStep: { label: '催办公布', cite: chosen([73, 75]), counted: true },
  },
  states: labels.states,
  mainRegion: 'open',
  summary: (context, { main }) => ({
    matter: context.published?.number ?? context.number ?? labels.title,
    overdue: false,
    level: 0,
    awaiting: awaited(context, main),
    version: versionOf(context, main) as unknown as Json,
  }),
});

function awaited(context: Context, main: string): string[] {
  if (main === 'draft') return [OFFICE, parametersAlone(context) ? 'sg' : 'mayor'];
  return main === 'approved' ? [OFFICE] : [];
}

/** What of a version is law, for the lawbook of the installation. */
function versionOf({ kind, repeals, basis, scope, parameters: sets, published, approval }: Context, state: string) {
  return {
    state,
    kind,
    repeals,
    basis,
    scope,
    parametersAlone: parametersAlone({ kind, repeals }),
    parameters: sets.map(({ by: _, at: __, ...set }) => set),
    ...(approval ? { approval } : {}),
    ...(published ? { published } : {}),
  };
}

/** How a case is shown outside, by the gateway and by the command line alike. Loads neither. */
import type { z } from 'zod';
import type { ListedCase } from '../../activities/ledger';
import { eventLabel, mainStateLabel, type Script } from '../../locale';
import type { CaseView } from '../../workflows/runtime/workflow';
import type { caseView, listed } from './schemas';

export interface Around {
  name: string;
  title: string;
  /** 【演示】 and the like. */
  marks: string;
  script: Script;
}

const labelled = (state: readonly string[], script: Script, machine: string) => {
  const label = mainStateLabel(state, script, machine);
  return label === undefined ? {} : { stateLabel: label };
};

export function viewShown(view: CaseView, { name, title, marks, script }: Around): z.infer<typeof caseView> {
  const { case: caseId, machine, status, state, tags, context, accepts, deadlines, head, recorded } = view;
  const { openedAt, lastSteps, drill, now, output } = view;
  return {
    ...{
      case: caseId,
      procedure: name,
      machine,
      title,
      marks,
      status,
      state,
      tags,
      context,
      deadlines,
      head,
      recorded,
    },
    ...labelled(state, script, machine),
    accepts: accepts.map(({ type, entitled }) => ({ type, label: eventLabel(type, script), entitled })),
    ...{ openedAt, lastSteps, drill, now },
    ...(view.takeable === undefined ? {} : { takeable: view.takeable }),
    ...(output === undefined ? {} : { output }),
  } as z.infer<typeof caseView>;
}

export function listedShown(one: ListedCase, script: Script): z.infer<typeof listed> {
  const { case: caseId, machine, sequence, status, state, deadlines, summary, drill } = one;
  return {
    ...{ case: caseId, machine, sequence, status, state },
    ...labelled(state, script, machine),
    ...{ deadlines, summary, drill },
  } as z.infer<typeof listed>;
}

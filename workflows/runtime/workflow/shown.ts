import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CaseActor } from './case-actor';
import type { AttributeValue } from './definition';
import type { Instant } from './types';

/** What the Temporal UI and its lists see; attributes are written only where they changed, also since the last run. */
export class Shown {
  readonly #attributes: Map<string, string>;

  constructor() {
    const carried = workflowInfo().typedSearchAttributes.getAll();
    this.#attributes = new Map(carried.map(({ key, value }) => [key.name, JSON.stringify(value)]));
  }

  show(subject: CaseActor, at: Instant, recorded: number): void {
    const { details, attributes } = subject.present(at, recorded);
    setCurrentDetails(details);
    const changed = attributes.filter((a) => (this.#attributes.get(a.name) ?? 'null') !== JSON.stringify(a.value));
    if (changed.length === 0) return;
    for (const a of changed) this.#attributes.set(a.name, JSON.stringify(a.value));
    upsertSearchAttributes(changed.map(pairOf));
  }
}

function pairOf({ name, type, value }: AttributeValue) {
  return { key: defineSearchAttributeKey(name, type), value } as never;
}

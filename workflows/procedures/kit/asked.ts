/** What a rule is asked about. */
export interface Asked<Context> {
  context: Context;
  event: { type: string };
}

/**
 * A reader of events as the types they are; a rule asked about another event is a slip in the machine.
 * @returns `as(event, …types)`, which throws an Error naming the event where it is none of the types
 */
export const reader =
  <Event extends { type: string }>() =>
  <Type extends Event['type']>(event: { type: string }, ...types: Type[]): Extract<Event, { type: Type }> => {
    if (!types.some((type) => type === event.type))
      throw new Error(`a rule for ${types.join(', ')} was asked about ${event.type}`);
    return event as Extract<Event, { type: Type }>;
  };

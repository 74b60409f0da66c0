/** Loaded once, before any case: what is kept here outlives the cases of an isolate. */
let kept: object | undefined;

/** What `load` gives the first time. */
export function held(load: () => object): object {
  kept ??= load();
  return kept;
}

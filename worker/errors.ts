/** Something that cannot be started or done, said in one sentence. */
export class CannotStart extends Error {}

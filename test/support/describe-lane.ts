import { type Lane, notRun } from './lanes';

/** `describe` of what needs a lane; where that is not run, in place of the tests one skipped test that says why. */
export function describeLane(name: Lane): (title: string, tests: () => void) => void {
  const why = notRun(name);
  return why === undefined ? describe : (title) => describe(title, () => test.skip(why, () => {}));
}

/**
 * A PostgreSQL of a test file's own, gone when the file ends. Where `ZHENGLING_TEST_POSTGRES` names a server
 * (`postgres://…`), that one is used and only the schemas made in it are dropped.
 */
import { postgresMissing } from './postgres-server';

export { postgresMissing, startPostgres, type TestPostgres } from './postgres-server';

/** What a test that needs it is called where it is missing; scripts look for these words. */
export const laneNotRun = `lane not run: postgresql (${postgresMissing})`;

/** `describe`, or one skipped test that says why. */
export const describeOnPostgres: (name: string, tests: () => void) => void =
  postgresMissing === undefined
    ? describe
    : (name) => {
        describe(name, () => {
          test.skip(laneNotRun, () => {});
        });
      };

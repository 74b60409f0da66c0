/**
 * A PostgreSQL of a test file's own, gone when the file ends. Where `ZHENGLING_TEST_POSTGRES` names a server
 * (`postgres://…`), that one is used and only the schemas made in it are dropped.
 */
import { describeLane } from './describe-lane';

export { startPostgres, type TestPostgres } from './postgres-server';

export const describeOnPostgres = describeLane('postgresql');

/** What cases ask of other cases, and what became of it at each of them. No case of an earlier version asked anything. */
import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration speaks of tables as they were, which have no types any more
type Then = Kysely<any>;

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

const needed: Column = (column) => column.notNull();

/** Ordered by code points everywhere, so that every database has the same order. */
const text = (db: Then) =>
  db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : ('text' as const);

export async function third(db: Then): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('errand')
    .addColumn('id', text(db), (c) => c.primaryKey())
    .addColumn('case_id', text(db), needed)
    .addColumn('sequence', 'integer', needed)
    .addColumn('position', 'integer', needed)
    .addColumn('kind', text(db), needed)
    .addColumn('effect', text(db), needed)
    .addColumn('at', 'bigint', needed)
    .addColumn('confirmed', 'integer', needed)
    .addColumn('state', text(db), needed)
    .addColumn('next_at', 'bigint', needed)
    .addColumn('lease', text(db))
    .addColumn('lease_until', 'bigint')
    .addColumn('attempts', 'integer', needed)
    .addColumn('last_error', text(db))
    .addColumn('settled_at', 'bigint')
    .execute();
  await schema.createIndex('errand_case').on('errand').columns(['case_id', 'sequence', 'position']).execute();
  await sql`create index errand_open on errand (case_id, sequence, position) where settled_at is null`.execute(db);
  await sql`create index errand_unconfirmed on errand (case_id, sequence) where confirmed = 0`.execute(db);
  await sql`create index errand_given_up on errand (at, id) where state = 'given-up'`.execute(db);
  await schema
    .createTable('errand_receipt')
    .addColumn('errand_id', text(db), needed)
    .addColumn('receiver', text(db), needed)
    .addColumn('outcome', text(db), needed)
    .addColumn('at', 'bigint', needed)
    .addColumn('detail', text(db))
    .addPrimaryKeyConstraint('errand_receipt_pk', ['errand_id', 'receiver'])
    .execute();
  await sql`create index case_view_open on case_view (procedure, case_id) where status = 'open'`.execute(db);
}

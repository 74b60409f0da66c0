/**
 * Feed, inbox, search, acknowledgements, numbers of papers, attachments, readings, subscriptions. What follows from record
 * and projections is filled by reindexing afterwards; here only what does not: which messages may be seen, and the feed,
 * whose order is fixed from now on.
 */
import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration speaks of tables as they were, which have no types any more
type Then = Kysely<any>;

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

const needed: Column = (column) => column.notNull();
const isPostgres = (db: Then): boolean => db.getExecutor().adapter instanceof PostgresAdapter;

/** Ordered by code points everywhere, so that every database has the same order. */
const text = (db: Then) => (isPostgres(db) ? sql`text collate "C"` : ('text' as const));

export async function second(db: Then): Promise<void> {
  if (isPostgres(db)) await orderByCodePoints(db);
  await sql`create index record_pending on record (case_id, sequence) where confirmed = 0`.execute(db);
  await tells(db);
  await views(db);
  await feedTables(db);
  await papers(db);
  await registers(db);
  await webhooks(db);
  await fillFeed(db);
}

async function orderByCodePoints(db: Then): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and data_type = 'text' order by 1, 2`.execute(db);
  for (const { table, column } of rows)
    await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} type text collate "C"`.execute(db);
}

async function tells(db: Then): Promise<void> {
  const { schema } = db;
  const add = (name: string, type: 'integer' | 'bigint' | ReturnType<typeof text>, build: Column = (c) => c) =>
    schema.alterTable('tell').addColumn(name, type, build).execute();
  await add('confirmed', 'integer', (c) => c.notNull().defaultTo(0));
  await add('acknowledged_at', 'bigint');
  await add('acknowledged_by', text(db));
  await add('acknowledged_how', text(db));
  await sql`update tell set confirmed = 1 where exists (select 1 from record
    where record.case_id = tell.case_id and record.sequence = tell.sequence and record.confirmed = 1)`.execute(db);
  await sql`create index tell_unread on tell (recipient, deliver_at, id)
    where confirmed = 1 and acknowledged_at is null and state != 'withdrawn'`.execute(db);
  await schema.createIndex('tell_told').on('tell').columns(['recipient', 'case_id']).execute();
  await schema
    .createTable('delivery_log')
    .addColumn('tell_id', text(db), needed)
    .addColumn('attempt', 'integer', needed)
    .addColumn('at', 'bigint', needed)
    .addColumn('outcome', text(db), needed)
    .addColumn('channel', text(db))
    .addColumn('seat', text(db))
    .addColumn('error', text(db))
    .addPrimaryKeyConstraint('delivery_log_pk', ['tell_id', 'attempt'])
    .execute();
  await schema.createIndex('delivery_log_at').on('delivery_log').column('at').execute();
}

async function views(db: Then): Promise<void> {
  const { schema } = db;
  const add = (name: string, type: 'integer' | 'bigint' | ReturnType<typeof text>, build: Column = (c) => c) =>
    schema.alterTable('case_view').addColumn(name, type, build).execute();
  const words: Column = (c) => c.notNull().defaultTo('');
  const figure: Column = (c) => c.notNull().defaultTo(0);
  await add('procedure', text(db), words);
  await add('unit', text(db), words);
  await add('main_state', text(db), words);
  await add('words', text(db), words);
  await add('overdue', 'integer', figure);
  await add('opened_at', 'bigint', figure);
  await add('closed_at', 'bigint');
  await add('late', 'integer');
  await schema.createIndex('case_view_procedure').on('case_view').columns(['procedure', 'case_id']).execute();
  await schema.createIndex('case_view_opened').on('case_view').columns(['opened_at', 'case_id']).execute();
  await schema.createIndex('case_view_closed').on('case_view').columns(['closed_at']).execute();

  await schema
    .createTable('awaited')
    .addColumn('party', text(db), needed)
    .addColumn('case_id', text(db), needed)
    .addColumn('procedure', text(db), needed)
    .addColumn('standing', 'integer', needed)
    .addColumn('due', 'bigint', needed)
    .addPrimaryKeyConstraint('awaited_pk', ['case_id', 'party'])
    .execute();
  const inOrder = ['standing', 'due', 'case_id'];
  await schema
    .createIndex('awaited_order')
    .on('awaited')
    .columns(['party', ...inOrder])
    .execute();
  await schema
    .createIndex('awaited_procedure')
    .on('awaited')
    .columns(['party', 'procedure', ...inOrder])
    .execute();

  await schema
    .createTable('acted')
    .addColumn('party', text(db), needed)
    .addColumn('case_id', text(db), needed)
    .addColumn('procedure', text(db), needed)
    .addColumn('acted_at', 'bigint', needed)
    .addColumn('sequence', 'integer', needed)
    .addPrimaryKeyConstraint('acted_pk', ['case_id', 'party'])
    .execute();
  await schema.createIndex('acted_order').on('acted').columns(['party', 'acted_at', 'case_id']).execute();
  await schema
    .createIndex('acted_procedure')
    .on('acted')
    .columns(['party', 'procedure', 'acted_at', 'case_id'])
    .execute();

  await schema
    .createTable('case_gram')
    .addColumn('gram', text(db), needed)
    .addColumn('opened_at', 'bigint', needed)
    .addColumn('case_id', text(db), needed)
    .addPrimaryKeyConstraint('case_gram_pk', ['gram', 'opened_at', 'case_id'])
    .execute();
}

async function feedTables(db: Then): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('feed')
    .addColumn('position', 'bigint', (c) => c.primaryKey())
    .addColumn('at', 'bigint', needed)
    .addColumn('type', text(db), needed)
    .addColumn('case_id', text(db), needed)
    .addColumn('sequence', 'integer', needed)
    .addColumn('subject', text(db), needed)
    .addColumn('data', text(db), needed)
    .addUniqueConstraint('feed_once', ['case_id', 'sequence', 'type', 'subject'])
    .execute();
  await schema.createIndex('feed_case').on('feed').columns(['case_id', 'position']).execute();
  await schema.createIndex('feed_type').on('feed').columns(['type', 'position']).execute();
  await schema
    .createTable('feed_end')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('position', 'bigint', needed)
    .execute();
}

async function papers(db: Then): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('document_series')
    .addColumn('series', text(db), needed)
    .addColumn('year', 'integer', needed)
    .addColumn('last', 'integer', needed)
    .addPrimaryKeyConstraint('document_series_pk', ['series', 'year'])
    .execute();
  await schema
    .createTable('document_number')
    .addColumn('series', text(db), needed)
    .addColumn('year', 'integer', needed)
    .addColumn('number', 'integer', needed)
    .addColumn('paper', text(db), needed)
    .addColumn('case_id', text(db))
    .addColumn('given_at', 'bigint', needed)
    .addColumn('void_at', 'bigint')
    .addColumn('void_seat', text(db))
    .addColumn('void_reason', text(db))
    .addPrimaryKeyConstraint('document_number_pk', ['series', 'year', 'number'])
    .addUniqueConstraint('document_number_paper', ['paper'])
    .execute();
  await schema.createIndex('document_number_case').on('document_number').column('case_id').execute();
}

async function registers(db: Then): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('attachment')
    .addColumn('hash', text(db), needed)
    .addColumn('seat', text(db), needed)
    .addColumn('case_id', text(db), needed)
    .addColumn('name', text(db), needed)
    .addColumn('media_type', text(db), needed)
    .addColumn('bytes', 'bigint', needed)
    .addColumn('at', 'bigint', needed)
    .addPrimaryKeyConstraint('attachment_pk', ['hash', 'seat', 'case_id'])
    .execute();
  await schema.createIndex('attachment_case').on('attachment').columns(['case_id', 'at']).execute();
  await schema
    .createTable('reading_log')
    .addColumn('id', text(db), (c) => c.primaryKey())
    .addColumn('at', 'bigint', needed)
    .addColumn('reader', text(db), needed)
    .addColumn('seat', text(db), needed)
    .addColumn('entrance', text(db), needed)
    .addColumn('what', text(db), needed)
    .addColumn('case_id', text(db))
    .execute();
  await schema.createIndex('reading_log_at').on('reading_log').columns(['at', 'id']).execute();
  await schema.createIndex('reading_log_case').on('reading_log').columns(['case_id', 'at']).execute();
  await schema.createIndex('reading_log_reader').on('reading_log').columns(['reader', 'at']).execute();
  await schema
    .createTable('spent_token')
    .addColumn('purpose', text(db), needed)
    .addColumn('token', text(db), needed)
    .addColumn('at', 'bigint', needed)
    .addPrimaryKeyConstraint('spent_token_pk', ['purpose', 'token'])
    .execute();
  await schema.createIndex('spent_token_at').on('spent_token').column('at').execute();
}

async function webhooks(db: Then): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('webhook')
    .addColumn('id', text(db), (c) => c.primaryKey())
    .addColumn('url', text(db), needed)
    .addColumn('secret_ref', text(db), needed)
    .addColumn('types', text(db))
    .addColumn('position', 'bigint', needed)
    .addColumn('attempts', 'integer', needed)
    .addColumn('next_at', 'bigint', needed)
    .addColumn('last_error', text(db))
    .addColumn('lease', text(db))
    .addColumn('lease_until', 'bigint')
    .addColumn('added_at', 'bigint', needed)
    .execute();
  await schema
    .createTable('dead_letter')
    .addColumn('webhook_id', text(db), needed)
    .addColumn('position', 'bigint', needed)
    .addColumn('at', 'bigint', needed)
    .addColumn('error', text(db), needed)
    .addColumn('attempts', 'integer', needed)
    .addPrimaryKeyConstraint('dead_letter_pk', ['webhook_id', 'position'])
    .execute();
}

interface Link {
  case_id: string;
  sequence: number;
  entry: string;
  first_written_at: number;
}

const PAGE = 500;

/** Entries that are confirmed already, in the order in which they were written. */
async function fillFeed(db: Then): Promise<void> {
  await db.schema
    .createIndex('record_written')
    .on('record')
    .columns(['first_written_at', 'case_id', 'sequence'])
    .execute();
  let position = 0;
  for (let last: Link | undefined, more = true; more; ) {
    const rows = await linksAfter(db, last);
    const events = (await Promise.all(rows.map((row) => eventsOf(db, row)))).flat();
    const numbered = events.map((event) => {
      position += 1;
      return { position, ...event };
    });
    if (numbered.length > 0) await db.insertInto('feed').values(numbered).execute();
    last = rows.at(-1);
    more = rows.length === PAGE;
  }
  await db.insertInto('feed_end').values({ id: 1, position }).execute();
  await db.schema.dropIndex('record_written').execute();
}

function linksAfter(db: Then, last: Link | undefined): Promise<Link[]> {
  const query = db
    .selectFrom('record')
    .select(['case_id', 'sequence', 'entry', 'first_written_at'])
    .where('confirmed', '=', 1)
    .orderBy('first_written_at')
    .orderBy('case_id')
    .orderBy('sequence')
    .limit(PAGE);
  if (!last) return query.execute();
  const { first_written_at: at, case_id, sequence } = last;
  return query
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('first_written_at', 'case_id', 'sequence'), '>', tuple(at, case_id, sequence)),
    )
    .execute();
}

async function eventsOf(db: Then, { case_id, sequence, entry }: Link) {
  const { recordedAt, machine, state, trigger, hash } = JSON.parse(entry);
  const closing = await db
    .selectFrom('case_view')
    .select('case_id')
    .where('case_id', '=', case_id)
    .where('sequence', '=', sequence)
    .where('status', '=', 'closed')
    .executeTakeFirst();
  const types = [...(sequence === 1 ? ['case.opened'] : []), ...(closing ? ['case.closed'] : [])];
  const data = JSON.stringify({ machine, state, trigger: trigger.type, hash });
  return (types.length > 0 ? types : ['case.step']).map((type) => {
    return { at: Date.parse(recordedAt), type, case_id, sequence, subject: '', data };
  });
}

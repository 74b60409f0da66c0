/** How a ledger came to its tables, oldest first. Appended to, never edited: files in the field have run them. */
import type { CreateTableBuilder, Kysely, Migration } from 'kysely';
import { second } from './migration-0002';
import { third } from './migration-0003';

type Schema = Kysely<unknown>['schema'];

export const migrations: Record<string, Migration> = {
  '0001-record-views-tells': { up: ({ schema }) => first(schema) },
  '0002-feed-inbox-search': { up: second },
  '0003-errands': { up: third },
};

async function first(schema: Schema): Promise<void> {
  await recordTables(schema);
  await viewTables(schema);
  await tellTable(schema);
  await sealTables(schema);
  await registers(schema);
}

async function recordTables(schema: Schema): Promise<void> {
  const link = <T extends string>(table: CreateTableBuilder<T>) =>
    table
      .addColumn('case_id', 'text', (c) => c.notNull())
      .addColumn('sequence', 'integer', (c) => c.notNull())
      .addColumn('entry', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('previous', 'text', (c) => c.notNull())
      .addColumn('first_written_at', 'bigint', (c) => c.notNull())
      .addColumn('projection', 'text');
  await link(schema.createTable('record'))
    .addColumn('confirmed', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('record_pk', ['case_id', 'sequence'])
    .execute();
  await schema
    .createIndex('record_unconfirmed')
    .on('record')
    .columns(['first_written_at'])
    .where('confirmed' as never, '=', 0)
    .execute();
  await link(schema.createTable('abandoned'))
    .addColumn('abandoned_at', 'bigint', (c) => c.notNull())
    .addColumn('tells', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('abandoned_pk', ['case_id', 'sequence', 'hash'])
    .execute();
}

async function viewTables(schema: Schema): Promise<void> {
  await schema
    .createTable('case_view')
    .addColumn('case_id', 'text', (c) => c.primaryKey())
    .addColumn('machine', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('deadlines', 'text', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('drill', 'integer', (c) => c.notNull())
    .execute();
  await schema.createIndex('case_view_status').on('case_view').columns(['status', 'case_id']).execute();
  await schema
    .createTable('case_key')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_key_pk', ['kind', 'value', 'case_id'])
    .execute();
  await schema.createIndex('case_key_case').on('case_key').column('case_id').execute();
}

async function tellTable(schema: Schema): Promise<void> {
  await schema
    .createTable('tell')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('template', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('cite', 'text', (c) => c.notNull())
    .addColumn('deliver_at', 'bigint', (c) => c.notNull())
    .addColumn('deferred', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('lease', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('last_error', 'text')
    .addColumn('delivered_at', 'bigint')
    .addColumn('channel', 'text')
    .addColumn('seat', 'text')
    .execute();
  await schema.createIndex('tell_due').on('tell').columns(['state', 'next_at']).execute();
  await schema.createIndex('tell_case').on('tell').columns(['case_id', 'sequence']).execute();
  await schema.createIndex('tell_recipient').on('tell').columns(['recipient', 'deliver_at']).execute();
}

async function sealTables(schema: Schema): Promise<void> {
  await schema
    .createTable('seal')
    .addColumn('day', 'text', (c) => c.primaryKey())
    .addColumn('cases', 'integer', (c) => c.notNull())
    .addColumn('entries', 'integer', (c) => c.notNull())
    .addColumn('heads', 'text', (c) => c.notNull())
    .addColumn('previous', 'text', (c) => c.notNull())
    .addColumn('sealed_at', 'bigint', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('seal_head')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('seal_head_pk', ['day', 'case_id'])
    .execute();
}

async function registers(schema: Schema): Promise<void> {
  await schema
    .createTable('person')
    .addColumn('actor', 'text', (c) => c.primaryKey())
    .addColumn('person', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('number_series')
    .addColumn('series', 'text', (c) => c.notNull())
    .addColumn('year', 'integer', (c) => c.notNull())
    .addColumn('next', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('number_series_pk', ['series', 'year'])
    .execute();
  await schema
    .createTable('case_number')
    .addColumn('series', 'text', (c) => c.notNull())
    .addColumn('year', 'integer', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('business_key', 'text', (c) => c.notNull())
    .addColumn('given_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_number_pk', ['series', 'year', 'number'])
    .addUniqueConstraint('case_number_business_key', ['series', 'business_key'])
    .execute();
  await schema
    .createTable('refusal_log')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('entrance', 'text', (c) => c.notNull())
    .addColumn('seat', 'text', (c) => c.notNull())
    .addColumn('act_type', 'text', (c) => c.notNull())
    .addColumn('act_id', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text')
    .addColumn('code', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('refusal_log_at').on('refusal_log').column('at').execute();
  await schema
    .createTable('meta')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}

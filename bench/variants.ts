/** The ways the procedure is run. */

/** On a Temporal server. */
export const VARIANTS = ['ours', 'plain', 'kept', 'floor'] as const;
export type Variant = (typeof VARIANTS)[number];

/** What a measurement may find figures of: those, and the same machine on Restate where that was asked for. */
export const COLUMNS = [...VARIANTS, 'restate'] as const;
export type Column = (typeof COLUMNS)[number];

export const TITLES: Record<Column, string> = {
  ours: 'ours',
  plain: 'hand-written',
  kept: 'hand-written with record',
  floor: 'update only',
  restate: 'Restate',
};

export const modulesOf = (): Record<Variant, string> => ({
  ours: require.resolve('./cases/ours'),
  plain: require.resolve('./cases/plain'),
  kept: require.resolve('./cases/kept'),
  floor: require.resolve('./cases/floor'),
});

/** One list for every column. */
export const perColumn = <T>(): Record<Column, T[]> => ({ ours: [], plain: [], kept: [], floor: [], restate: [] });

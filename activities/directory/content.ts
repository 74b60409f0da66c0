/** The lists of all directory files together, each entry with the place it was written at. */
import type { DirectoryFile } from './schema';
import type { YamlFile } from './yaml-file';

export const sections = [
  'units',
  'seats',
  'persons',
  'holders',
  'functions',
  'portfolios',
  'appointmentOrder',
  'desks',
  'attendees',
  'reorganisations',
] as const;
export type Section = (typeof sections)[number];

/** Lists that came later: left out of the version while they are empty, so that older versions keep their names. */
const later: readonly Section[] = ['attendees', 'reorganisations'];

/** One entry of a list and its `file:line`. `assumption`: set up for a drill or demonstration, not the city's. */
export type Entry<S extends Section> = DirectoryFile[S][number] & { where: string; assumption?: true };

export type Content = { name: string; where: string } & { [S in Section]: Entry<S>[] };

/** What the content says, without where it was written. */
export type Said = { name: string } & { [S in Section]?: Omit<Entry<S>, 'where'>[] };

export function contentOf(files: readonly YamlFile<DirectoryFile>[]): Content {
  const named = files.find((file) => file.data.name !== undefined);
  const content = { name: named?.data.name ?? 'unnamed', where: files[0]?.where([]) ?? 'no file' } as Content;
  for (const section of sections) Object.assign(content, { [section]: files.flatMap((f) => entriesOf(f, section)) });
  return content;
}

function entriesOf<S extends Section>(file: YamlFile<DirectoryFile>, section: S): Entry<S>[] {
  return file.data[section].map((entry, i) => ({ ...entry, where: file.where([section, i]) }) as Entry<S>);
}

/** A comment or a moved line changes nothing. */
export function saidBy(content: Content): Said {
  const said = JSON.parse(JSON.stringify(content, (key, value) => (key === 'where' ? undefined : value))) as Said;
  for (const section of later) if (said[section]?.length === 0) delete said[section];
  return said;
}

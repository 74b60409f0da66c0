import { join } from 'node:path';
import { contradictions } from './check';
import { contentOf } from './content';
import { Directory } from './directory';
import { markOf, type OverlayKind, withAssumptions } from './overlay';
import { packageRoot } from './package-root';
import { directoryFile, overlayFile } from './schema';
import { readYaml } from './yaml-file';

export type Loaded<T> = { ok: T } | { errors: string[] };

/** A file of assumptions and what they are for. */
export interface Overlay {
  file: string;
  kind: OverlayKind;
}

/**
 * Reads directory files as one directory, checks it and, with an overlay, fills what is unassigned. Errors are sentences
 * that begin with `file:line`; a directory with any error is not used.
 */
export function loadDirectory(files: readonly string[], overlay?: Overlay): Loaded<Directory> {
  if (files.length === 0) return { errors: ['no directory file was named; expected at least one'] };
  const read = files.map((file) => readYaml(file, directoryFile));
  const errors = read.flatMap((answer) => ('errors' in answer ? answer.errors : []));
  if (errors.length > 0) return { errors };
  const content = contentOf(read.flatMap((answer) => ('ok' in answer ? [answer.ok] : [])));
  const wrong = contradictions(content);
  if (wrong.length > 0) return { errors: wrong };
  return overlay ? overlaid(content, overlay) : { ok: new Directory(content) };
}

function overlaid(content: ReturnType<typeof contentOf>, { file, kind }: Overlay): Loaded<Directory> {
  const read = readYaml(file, overlayFile);
  if ('errors' in read) return read;
  const mark = markOf(read.ok, kind);
  const filled = withAssumptions(content, read.ok, mark);
  const wrong = contradictions(filled);
  return wrong.length > 0 ? { errors: wrong } : { ok: new Directory(filled, mark) };
}

/** The files this package ships: the city as its public page gives it, and the assumptions of drills and demonstrations. */
export function shippedFiles(): { city: string; overlay: string } {
  const data = join(packageRoot(), 'activities', 'directory', 'data');
  return { city: join(data, 'shizuishan.yaml'), overlay: join(data, 'overlay.yaml') };
}

/**
 * The shipped city; with `kind`, filled for a drill or demonstration.
 * @throws Error when the shipped files are damaged
 */
export function shippedDirectory(kind?: OverlayKind): Directory {
  const { city, overlay } = shippedFiles();
  const loaded = loadDirectory([city], kind && { file: overlay, kind });
  if ('errors' in loaded) throw new Error(`the shipped directory cannot be used:\n${loaded.errors.join('\n')}`);
  return loaded.ok;
}

import { type Directory, loadDirectory } from '../../activities/directory';
import { temporaryFile } from './temporary';

/** A small city without fault. Lines are numbered from 1; what is added begins at line `added`. */
export const small = `name: small
units:
  - { id: D01, kind: department, nameZh: 甲局, nameHant: 甲局, shortZh: 甲局, shortHant: 甲局, source: page }
  - { id: D02, kind: department, nameZh: 乙局, nameHant: 乙局, shortZh: 乙局, shortHant: 乙局, source: page }
seats:
  - { id: mayor, kind: mayor, nameZh: 市长, nameHant: 市長 }
  - { id: vm-1, kind: vm, nameZh: 副市长一, nameHant: 副市長一 }
  - { id: vm-2, kind: vm, nameZh: 副市长二, nameHant: 副市長二 }
  - { id: sg, kind: sg, nameZh: 秘书长, nameHant: 秘書長 }
  - { id: party-secretary, kind: party-secretary, nameZh: 市委书记, nameHant: 市委書記 }
persons:
  - { id: person-1, nameZh: 甲, nameHant: 甲, active: true }
  - { id: person-2, nameZh: 乙, nameHant: 乙, active: true }
`;
export const added = small.split('\n').length;

/** What is wrong with a file, with its name instead of its path. */
export function complaints(text: string): string[] {
  const loaded = loadDirectory([temporaryFile('city.yaml', text)]);
  const errors = 'errors' in loaded ? loaded.errors : [];
  return errors.map((error) => error.replace(/\S*\/(city\.yaml)/g, (_, name: string) => name));
}

export function directoryOf(text: string): Directory {
  const loaded = loadDirectory([temporaryFile('city.yaml', text)]);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.ok;
}

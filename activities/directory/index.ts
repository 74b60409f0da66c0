export { type Contact, type Contacts, loadContacts, ServedContacts, sinkContacts } from './contacts';
export type { Said } from './content';
export { type Difference, differences } from './difference';
export {
  type Body,
  Directory,
  type Holding,
  type InCharge,
  type LeaveGroup,
  type Member,
  type MemberSet,
  type Person,
  type Script,
  type Unit,
} from './directory';
export { editionSaid, keepEdition, keptEditions, writeWhole } from './editions';
export { type Encoding, encodings } from './encoding';
export { type Imported, type ImportKind, importCsv, importKinds } from './import';
export { type Loaded, loadDirectory, type Overlay, shippedDirectory, shippedFiles } from './load';
export type { Mark, OverlayKind } from './overlay';
export { packageRoot } from './package-root';
export { printPeriod } from './period';
export { type Remark, remarks } from './remarks';
export type { DeskLabel } from './schema';
export type { Seat } from './seats';
export type { Reorganisation } from './successors';
export { type Laid, readYaml, type YamlFile } from './yaml-file';

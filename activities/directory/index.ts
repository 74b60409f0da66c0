export { type Contact, type Contacts, loadContacts, sinkContacts } from './contacts';
export { Directory, type Holding, type Person, type Script, type Unit } from './directory';
export { type Loaded, loadDirectory, type Overlay, shippedDirectory, shippedFiles } from './load';
export type { Mark, OverlayKind } from './overlay';
export { packageRoot } from './package-root';
export type { Seat } from './seats';
export { type Laid, readYaml, type YamlFile } from './yaml-file';

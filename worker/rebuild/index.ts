/** `zhengling ledger rebuild`. */

export { isWhole, type RebuildOptions, rebuildInstallation, rebuildText } from './command';
export { type Difference, type RebuildParts, type RebuildProgress, type Rebuilt, rebuildLedger } from './rebuild';

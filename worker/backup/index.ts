/** `zhengling backup` and `zhengling restore`. */
export { type BackedUp, type BackUpOptions, backUp } from './back-up';
export type { Manifest } from './manifest';
export { type Restored, type RestoreOptions, restore } from './restore';
export { backedUpText, restoredText } from './text';

/** Temporal server that is built from source. */
export const serverVersion = '1.32.1';

/** Temporal UI that is built from source; later ones need a newer Go than the server does. */
export const uiServerVersion = '2.55.0';

/** Official Temporal CLI that is downloaded; it carries server 1.32.0. */
export const cliVersion = '1.9.1';

/** Go that both builds need. A newer one does as well. */
export const goVersion = '1.26.8';

/** Oldest server the runtime is tried with: an older CLI on PATH lacks features that cases depend on. */
export const oldestServer = '1.32';

/** Major and minor number of a version such as `1.32.1`: what decides whether two servers can share a database. */
export function series(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Whether `version` is `oldest` or later, compared by major and minor number. */
export function atLeast(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** The directory of a running process, replaced by what its files say now: as a whole, or not at all. */
import { type Loaded, ServedContacts } from '../../activities/directory';
import { openSite, type Site } from './site';

export interface Reloaded {
  from: string;
  to: string;
}

/**
 * Reads the data directory anew and takes its directory, contacts and identities. With any error nothing is taken, and what
 * was there goes on serving. Other settings count from the next start.
 *
 * @param expected the version that was checked and asked for; another one is not taken
 */
export function reload(
  site: Site,
  { expected, env }: { expected?: string; env?: NodeJS.ProcessEnv } = {},
): Loaded<Reloaded> {
  const opened = openSite(site.dataDir, site.kind, env);
  if ('errors' in opened) return opened;
  const { directory, contacts, identities } = opened.ok;
  const { version: to } = directory;
  if (expected !== undefined && to !== expected)
    return {
      errors: [
        `the files say ${to}, but ${expected} was asked for: they changed since; 'zhengling directory reload' again`,
      ],
    };
  const { version: from } = site.directory;
  if (!(site.contacts instanceof ServedContacts && contacts instanceof ServedContacts))
    throw new Error('a site that was not opened from its files cannot be reloaded');
  site.directory.take(directory);
  site.contacts.take(contacts);
  site.identities.take(identities);
  return { ok: { from, to } };
}

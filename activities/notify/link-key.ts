/** The secret that signs links of acknowledgement; one file in the data directory, made when it is first needed. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const LINK_KEY_FILE = 'notice-links.key';

const BYTES = 32;

/**
 * The key of an installation. Who has it can acknowledge for anybody: the file is readable by its owner only, and belongs
 * into a backup, or the links under way are void after it.
 *
 * @throws Error when the file cannot be read or written, or holds something else
 */
export function linkKey(dataDir: string): Buffer {
  const path = join(dataDir, LINK_KEY_FILE);
  if (!existsSync(path)) make(path);
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  if (key.length !== BYTES)
    throw new Error(
      `${path} holds no key of ${BYTES} bytes; restore it, or remove it and all links sent so far are void`,
    );
  return key;
}

/** Written beside and then named, so that another process finds the whole key or none. */
function make(path: string): void {
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(beside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

/** A package as one .zip, written file by file. The same files always give the same bytes. */
import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface PackageFile {
  /** Inside the package, with `/`. */
  path: string;
  bytes: Uint8Array;
  /** Compressed already, as attachments mostly are. */
  asItIs?: boolean;
}

/** Of the format itself: an archive says when its files were changed, and these were made by nobody at no time. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * Written under another name and renamed, so that half a package is never taken for one.
 * @param folder in which everything lies once it is unpacked
 */
export async function writePackage(
  file: string,
  folder: string,
  files: AsyncIterable<PackageFile>,
): Promise<{ bytes: number; sha256: string }> {
  const under = `${file}.part`;
  const target = await open(under, 'w', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const made: Uint8Array[] = [];
    const zip = new Zip((error, chunk) => {
      if (error) throw error;
      made.push(chunk);
    });
    const written = async (): Promise<void> => {
      for (const chunk of made.splice(0)) {
        hash.update(chunk);
        bytes += chunk.length;
        await target.writeFile(chunk);
      }
    };
    for await (const { path, bytes: content, asItIs } of files) {
      const name = `${folder}/${path}`;
      const entry = asItIs ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 9 });
      entry.mtime = NO_TIME;
      zip.add(entry);
      entry.push(content, true);
      await written();
    }
    zip.end();
    await written();
    await target.sync();
  } catch (error) {
    await target.close();
    await rm(under, { force: true });
    throw error;
  }
  await target.close();
  await rename(under, file);
  return { bytes, sha256: hash.digest('hex') };
}

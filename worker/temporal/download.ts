import { createWriteStream } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Artefact, cached, obtain, type Progress } from './cache';
import { reason, TemporalError } from './errors';
import { executableName } from './path';
import { run } from './run';
import { cliVersion } from './versions';

const cli: Artefact = {
  name: 'cli',
  version: cliVersion,
  file: executableName('temporal'),
  title: `Temporal CLI ${cliVersion}`,
  reports: cliVersion,
};

const connectLimit = 10_000;
const stallLimit = 30_000;
const site = 'https://temporal.download';

/** What the download site answers for a version and a platform. */
interface DownloadInfo {
  archiveUrl: string;
  fileToExtract: string;
}

/** The official CLI if an earlier download left it in the cache. */
export function cachedCli(env: NodeJS.ProcessEnv): string | undefined {
  return cached(cli, env);
}

/**
 * Downloads the official CLI, the archive the SDK's own test server comes from, at a fixed version. (The SDK downloads
 * only together with starting a server in our process group, so this is done here.) The site publishes no checksum next
 * to the archive: what is trusted is TLS; what is checked is that the archive is whole and that the program in it runs
 * and reports the version asked for. `base` is the address of the site. Throws {@link TemporalError}.
 */
export async function downloadCli(env: NodeJS.ProcessEnv, progress: Progress, base = site): Promise<string> {
  return obtain(cli, env, progress, async (directory) => {
    const info = await downloadInfo(base);
    const archive = path.join(directory, 'archive.tar.gz');
    await fetchArchive(info.archiveUrl, archive, progress);
    await extract(archive, info.fileToExtract, directory);
  });
}

async function downloadInfo(base: string): Promise<DownloadInfo> {
  const url = new URL(`/cli/v${cliVersion}`, base);
  url.search = new URLSearchParams({ arch: goArch(), platform: goPlatform(), format: 'tar.gz' }).toString();
  const answer = await guarded(base, async () => JSON.parse(await text(await get(url))) as Partial<DownloadInfo>);
  if (typeof answer.archiveUrl !== 'string' || typeof answer.fileToExtract !== 'string') {
    throw failure(base, 'the answer names no archive');
  }
  return { archiveUrl: answer.archiveUrl, fileToExtract: answer.fileToExtract };
}

async function fetchArchive(url: string, file: string, progress: Progress): Promise<void> {
  await guarded(url, async () => {
    const response = await get(new URL(url));
    const total = Number(response.headers['content-length']) || undefined;
    progress(`downloading the ${cli.title}${total ? ` (${Math.round(total / 1e6)} MB)` : ''}`);
    await pipeline(response, createWriteStream(file));
  });
}

async function extract(archive: string, file: string, directory: string): Promise<void> {
  const outcome = await guarded(archive, () => run('tar', ['-xzf', archive, '-C', directory, file]));
  if (outcome.code !== 0) throw failure(archive, `unpacking it failed: ${outcome.output.trim()}`);
}

/** GET with a limit for the connection and the answer's head, and one for silence in the body. Follows redirections. */
function get(url: URL, redirections = 5): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'http:' ? http : https).get(url);
    const limit = setTimeout(
      () => request.destroy(new Error(`no answer within ${connectLimit / 1000} s`)),
      connectLimit,
    );
    request.once('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    request.once('response', (response) => {
      clearTimeout(limit);
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined && redirections > 0) {
        response.resume();
        get(new URL(headers.location, url), redirections - 1).then(resolve, reject);
      } else if (statusCode === 200) {
        response.setTimeout(stallLimit, () => response.destroy(new Error(`nothing came for ${stallLimit / 1000} s`)));
        resolve(response);
      } else {
        response.resume();
        reject(new Error(`the answer was HTTP ${statusCode}`));
      }
    });
  });
}

async function guarded<T>(where: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw failure(where, reason(error));
  }
}

function failure(where: string, why: string): TemporalError {
  return new TemporalError(`The ${cli.title} could not be downloaded from ${where} (${why}).`);
}

function goPlatform(): string {
  return process.platform === 'win32' ? 'windows' : process.platform;
}

function goArch(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

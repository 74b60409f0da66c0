import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [process.env.CHROMIUM, '/usr/bin/chromium'].filter((place) => place !== undefined);
const executablePath = places.find((place) => existsSync(place));

/** `describe`, left out with a word about it on a machine without Chromium. */
export const describeInBrowser: jest.Describe = executablePath === undefined ? leftOut() : describe;

function leftOut(): jest.Describe {
  process.stderr.write('browser lane left out: no Chromium; install it, or name it by CHROMIUM\n');
  return describe.skip;
}

/** A headless browser that asks nobody but the pages it is sent to. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

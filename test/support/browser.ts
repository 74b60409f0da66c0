import { type Browser, chromium } from 'playwright-core';
import { describeLane } from './describe-lane';
import { laneAt } from './lanes';

/** `describe` of what is looked at in a browser. */
export const describeInBrowser = describeLane('browser');

/** A headless browser that asks nobody but the pages it is sent to. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: laneAt('browser')!,
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

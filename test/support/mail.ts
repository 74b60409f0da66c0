import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMail } from '../../activities/notify/mime';

export interface KeptMail {
  to: string;
  subject: string;
  text: string;
}

/** What an SMTP sink wrote into its directory, oldest first. */
export function readMails(directory: string): KeptMail[] {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.eml'))
    .sort();
  return files.map((name) => {
    const { headers, text } = readMail(readFileSync(join(directory, name)));
    return { to: headers.get('to') ?? '', subject: headers.get('subject') ?? '', text };
  });
}

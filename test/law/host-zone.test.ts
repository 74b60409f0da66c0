import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { report } from './support/zone-report';

const expected = JSON.parse(JSON.stringify(report()));

/** West and east of Greenwich, with and without summer time, and the far end of the date line. */
test.each(['America/New_York', 'Europe/London', 'Pacific/Kiritimati', 'Asia/Shanghai', 'UTC'])(
  'a host in %s computes the same days, limits and times',
  (TZ) => {
    const script = join(__dirname, 'support', 'print-zone-report.js');
    const printed = execFileSync(process.execPath, [script], { env: { ...process.env, TZ }, encoding: 'utf8' });
    const { hostOffset, report } = JSON.parse(printed);
    expect(hostOffset).toBe(
      { 'America/New_York': 300, 'Europe/London': -60, 'Pacific/Kiritimati': 640, 'Asia/Shanghai': -480 }[TZ] ?? 0,
    );
    expect(report).toEqual(expected);
  },
);

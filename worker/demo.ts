/** `npm start`: the drill, then two sample cases on the real clock. Everything is marked 【演示】 or 【演练】. */
import { join, resolve } from 'node:path';
import type { City } from '../client/city';
import { dateOf, plusDays } from '../workflows/law';
import { supervisionItemProcedure as procedure } from '../workflows/procedures/supervision-item';
import { playDrillIn } from './drill';
import type { Log } from './logging';
import { bringUp, untilStopped } from './up';

export async function demo(data: string, log: Log, exit: boolean): Promise<boolean> {
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  print(
    `演示 This is the demo: sample matters under assumed office-holders, data in ${resolve(data)}. The real thing is 'zhengling up --data DIR'.`,
  );
  const running = await bringUp({ data, kind: 'demo', log, say });
  try {
    const { address, uiUrl } = running.temporal;
    const { code } = running.house;
    const folder = join(resolve(data), 'drill');
    const drilled = await playDrillIn({ folder, address, log, json: false, code, print, say });
    const cases = await sampleCases(running.house.city);
    print('');
    for (const id of cases)
      print(`${running.house.site.mark}${id}  ${uiUrl ? `${uiUrl}/namespaces/demo/workflows/${id}` : ''}`);
    const { address: gateway } = running.gateway;
    print(`Temporal UI: ${uiUrl ?? 'at the server TEMPORAL_ADDRESS names'}`);
    print(`Gateway: ${gateway}, described at ${gateway}/openapi.json`);
    print(`Try: node dist/worker/main.js list --data ${data}    record ${cases[0]} --data ${data}`);
    print(`     curl -H 'Authorization: Demo X2-desk' ${gateway}/v1/cases/${cases[0]}`);
    if (exit) return drilled.passed;
    print('Ctrl-C stops everything; the next start finds the cases again.');
    await untilStopped();
    say('stopping');
    return drilled.passed;
  } finally {
    await running.stop();
  }
}

/** One waiting to be assigned, one under way with its due date running. Opened once. */
async function sampleCases(city: City): Promise<string[]> {
  const today = dateOf(Date.now());
  const opened = async (key: string, title: string, category: number) => {
    const payload = {
      category,
      title,
      source: { kind: 'minutes', ref: `演示〔${key}〕会议纪要` },
      content: `演示〔${key}〕任务内容`,
      decidedBy: 'standing',
    };
    const answer = await city.start(procedure, { seat: 'X2-desk', key, id: key, payload });
    if (answer.case === undefined) throw new Error(`the sample ${key} was refused: ${answer.said?.sentence}`);
    return answer.case;
  };
  const waiting = await opened('demo-1', '老旧小区供热管网改造', 4);
  const running = await opened('demo-2', '黄河流域排污口整治', 3);
  const assignment = {
    leadUnits: ['D10'],
    supporting: ['D13'],
    leadVms: ['vm-5'],
    due: plusDays(today, 20),
    dueSetBy: 'SupO',
  };
  await city.act(procedure, running, 'ASSIGN', { seat: 'X2-desk', id: 'demo-2-assign', payload: assignment });
  return [running, waiting];
}

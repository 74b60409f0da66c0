/** What an operator sees of a case in the Temporal UI, looked at in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { openSite } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { dateOf, endOfDay, formatDeadline, plusDays } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Deadline } from '../../workflows/runtime/workflow';
import { describeInBrowser, openBrowser } from '../support/browser';
import { assignment, Installations, matter } from '../support/installation';

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const ui = process.env.ZHENGLING_TEST_TEMPORAL_UI;
const NAMESPACE = 'ui';
const TITLE = '黄河流域排污口整治';
const due = plusDays(dateOf(Date.now()), 20);

describeInBrowser('a case in the Temporal UI', () => {
  const installations = new Installations();
  let house: House;
  let browser: Browser;
  let page: Page;
  let id: string;
  let deadlines: Deadline[];

  beforeAll(async () => {
    process.env.ZHENGLING_SMTP_PORT = '0';
    const opened = openSite(installations.site('demo'), 'demo');
    if ('errors' in opened) throw new Error(opened.errors.join('\n'));
    const site = { ...opened.ok, namespace: NAMESPACE };
    house = await openHouse({ site, address, log: openLog('silent'), entrance: 'test' });
    const answer = await house.city.start(procedure, { seat: 'X2-desk', payload: matter(TITLE) });
    id = answer.case!;
    await house.city.act(procedure, id, 'ASSIGN', { seat: 'X2-desk', payload: assignment(due) });
    ({ deadlines } = await house.city.view(id));
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1500, height: 1050 } });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await house?.stop();
    await installations.close();
  }, 30_000);

  /** Opens a tab of the case and waits until a text stands on it. */
  async function tab(name: string, until: string): Promise<string> {
    const { runId } = await house.temporal.workflow.getHandle(id).describe();
    await page.goto(`${ui}/namespaces/${NAMESPACE}/workflows/${id}/${runId}/${name}`, {
      waitUntil: 'domcontentloaded',
    });
    await page.getByText(until).first().waitFor({ timeout: 30_000 });
    return page.locator('main, body').first().innerText();
  }

  /** The current details stand in a frame of their own. */
  async function details(): Promise<{ text: string; tables: string[][][] }> {
    await tab('user-metadata', 'Current Details');
    for (const until = Date.now() + 30_000; ; await page.waitForTimeout(200)) {
      for (const frame of page.frames()) {
        const tables = await frame.locator('table').all();
        if (tables.length < 2) continue;
        const cells = await Promise.all(
          tables.map(async (table) =>
            Promise.all((await table.locator('tbody tr').all()).map((row) => row.locator('td').allInnerTexts())),
          ),
        );
        return { text: await frame.locator('body').innerText(), tables: cells };
      }
      if (Date.now() > until) throw new Error(`no details:\n${await page.locator('body').innerText()}`);
    }
  }

  it('has its number and title in the summary, with the marks', async () => {
    const { text } = await details();
    expect(text).toContain(`【演示】【规则版本待确认】 督查事项 ${id}`);
    expect(text).toContain(TITLE);
    expect(await page.locator('body').innerText()).toContain(`【演示】督查事项 ${id} ${TITLE}`);
  }, 60_000);

  it('shows state, owner, due date and who is waited for, and every deadline with its article', async () => {
    const { tables } = await details();
    expect(tables[0]).toEqual([['办理', '生态环境局', formatDue(due), '—', '生态环境局']]);
    expect(tables[1]!.map(([label, at]) => [label, at])).toEqual(
      deadlines.map(({ label, dueAt }) => [label, formatDeadline(dueAt)]),
    );
    expect(tables[1]!.map((row) => row[3])).toEqual(expect.arrayContaining(['第六十一条', '本系统规定']));
  }, 60_000);

  it('runs one timer, named after the next deadline', async () => {
    const [next] = deadlines;
    const name = `${next!.label} ${formatDeadline(next!.dueAt)} · 本系统规定`;
    const text = await tab('timeline', name);
    for (const { label } of deadlines.slice(1)) expect(text).not.toContain(label);
  }, 60_000);

  it('can be found by state, unit and due date', async () => {
    const text = await tab('search-attributes', 'DueAt');
    expect(text).toMatch(/State\s+\[?"?in-progress/);
    expect(text).toMatch(/Unit\s+D10/);
    const query = encodeURIComponent("State = 'in-progress' AND Unit = 'D10' AND Overdue = false");
    await page.goto(`${ui}/namespaces/${NAMESPACE}/workflows?query=${query}`);
    await page.getByText(id).first().waitFor({ timeout: 30_000 });
  }, 60_000);
});

const formatDue = (day: string): string => formatDeadline(endOfDay(day));

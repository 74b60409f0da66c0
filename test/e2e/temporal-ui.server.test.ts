/** What an operator sees of a case in the Temporal UI, looked at in a real browser. */
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { openSite } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { type Citation, dateOf, endOfDay, formatDeadline, plusDays, printCitation } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Deadline } from '../../workflows/runtime/workflow';
import { describeInBrowser, openBrowser } from '../support/browser';
import { assignment, Installations, matter } from '../support/installation';
import { eventually } from '../support/processes';

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

  async function open(tab: string): Promise<void> {
    const { runId } = await house.temporal.workflow.getHandle(id).describe();
    await page.goto(`${ui}/namespaces/${NAMESPACE}/workflows/${id}/${runId}/${tab}`, { waitUntil: 'domcontentloaded' });
  }

  const visible = (text: string) => page.frames().flatMap((frame) => frame.getByText(text).filter({ visible: true }));
  const count = async (text: string): Promise<number> => {
    const counts = await Promise.all(visible(text).map((found) => found.count()));
    return counts.reduce((a, b) => a + b, 0);
  };

  /** The UI draws what people may write, such as summaries, in frames of their own. */
  const seen = (text: string) =>
    eventually(async () => {
      if ((await count(text)) === 0) throw new Error(`'${text}' is not seen on ${page.url()}`);
    }, 30_000);

  /** The current details are drawn in a frame of their own. */
  async function details(): Promise<Frame> {
    await open('user-metadata');
    return eventually(async () => {
      for (const frame of page.frames()) if ((await frame.locator('table').count()) >= 2) return frame;
      throw new Error('the page shows no current details');
    }, 30_000);
  }

  async function cellsOf(table: Locator): Promise<string[][]> {
    const rows = await table.locator('tbody tr').all();
    return Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
  }

  it('has number, title and marks in its summary and over its details', async () => {
    await details();
    await seen(`【演示】督查事项 ${id} ${TITLE}`);
    await seen(`【演示】【规则版本待确认】 督查事项 ${id}`);
    await seen(TITLE);
  }, 60_000);

  it('shows state, owner, due date and who is waited for, and every deadline with its article', async () => {
    const [matterTable, deadlineTable] = await (await details()).locator('table').all();
    expect(await cellsOf(matterTable!)).toEqual([
      ['办理', '生态环境局', formatDeadline(endOfDay(due)), '—', '生态环境局'],
    ]);
    const rows = await cellsOf(deadlineTable!);
    expect(rows.map(([label, at, , article]) => [label, at, article])).toEqual(
      deadlines.map(({ label, dueAt, cite }) => [label, formatDeadline(dueAt), printCitation(cite as Citation)]),
    );
    expect(rows.map(([label]) => label)).toContain('办理期限');
  }, 60_000);

  it('runs one timer, named after the next deadline', async () => {
    const [next, ...others] = deadlines;
    await open('timeline');
    await seen(`${next!.label} ${formatDeadline(next!.dueAt)} · ${printCitation(next!.cite as Citation)}`);
    // The one it stood in for has been drawn as well, so what is not seen now is not there.
    await seen('交办时限');
    expect(others.length).toBeGreaterThan(0);
    for (const { label } of others) expect(await count(label)).toBe(0);
  }, 60_000);

  it('is found by state, unit and lateness', async () => {
    const list = async (query: string) => {
      const asked = `${ui}/namespaces/${NAMESPACE}/workflows?query=${encodeURIComponent(query)}`;
      await page.goto(asked, { waitUntil: 'domcontentloaded' });
    };
    await list("State = 'in-progress' AND Unit = 'D10' AND Overdue = false");
    await seen(id);
    await list("State = 'in-progress' AND Unit = 'D10' AND Overdue = true");
    await seen('No Workflows');
    expect(await count(id)).toBe(0);
  }, 60_000);
});

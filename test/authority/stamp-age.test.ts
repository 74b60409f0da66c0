/** A stamp speaks for a seat as it was held then: the case takes it so long and no longer. */
import { refusalText } from '../../locale';
import { parseInstant } from '../../workflows/law';
import { Matter } from '../support/supervision';

const HOUR = 3_600_000;
const received = parseInstant('2026-03-03T09:00:00+08:00');

/** The receipt of progress received on 3 March and judged so many milliseconds later. */
function judgedAfter(ms: number) {
  const matter = Matter.assigned('2026-03-20');
  matter.play.oversleep(received + ms);
  return matter.send('D07-desk', 'PROGRESS', { text: 'T-1', percent: 10 }, { stamp: stamp() });
}

const stamp = () => ({ receivedAt: received, entrance: 'other', seat: 'D07-desk', unit: 'D07', basis: 'own' });

test('after an outage as long as a weekend, in the last moment, it is taken', () => {
  expect(judgedAfter(72 * HOUR).outcome).toBe('changed');
});

test('the moment after, it is refused, on our own ground, and nothing is recorded', () => {
  const receipt = judgedAfter(72 * HOUR + 1);
  expect(receipt).toMatchObject({
    outcome: 'malformed',
    refusal: { code: 'stamp-too-old', path: 'stamp.receivedAt', cite: { basis: 'chosen' } },
  });
  expect(refusalText(receipt.refusal!, 'hans')).toEqual({
    sentence: '授权凭据出具过早，不再有效（2026-03-03 09:00）。',
    remedy: '请从入口重新提交，由入口重新出具凭据。',
    citation: '本系统规定',
  });
});

test('a case opened before there was a limit takes it as it always did', () => {
  const matter = Matter.assigned('2026-03-20');
  const { parameters } = (matter.play.subject.data as unknown as { law: { parameters: Record<string, unknown> } }).law;
  delete parameters['stamp.maxAge'];
  matter.play.oversleep(received + 200 * HOUR);
  expect(matter.send('D07-desk', 'PROGRESS', { text: 'T-1', percent: 10 }, { stamp: stamp() }).outcome).toBe('changed');
});

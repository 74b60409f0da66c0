import { Leave } from '../support/leave';

const meeting = (id: string, from: string) => ({ case: id, from: Date.parse(from) });

describe('article 49: leave to travel is no leave from a meeting', () => {
  it('makes a meeting within the leave a task of its own, told to applicant and Office, and refuses nothing', () => {
    const leave = new Leave('viceMayor');
    const meetings = [
      meeting('CM-2026-0001', '2026-03-12T09:00:00+08:00'),
      meeting('CM-2026-0002', '2026-03-13T18:00:00+08:00'),
    ];
    expect(leave.submit({}, { meetings }).outcome).toBe('changed');
    expect(leave.context.tasks).toEqual([
      expect.objectContaining({ task: 'meeting-leave', ref: 'CM-2026-0001', cite: { article: 49, basis: 'stated' } }),
    ]);
    expect(leave.effects('task')).toEqual([expect.objectContaining({ task: 'meeting-leave', owner: 'X1' })]);
    expect(leave.told('leave.meeting')).toEqual([['vm-3', 'X1-desk']]);
  });

  it('makes one for each of several', () => {
    const leave = new Leave('viceMayor');
    leave.submit(
      {},
      {
        meetings: [meeting('CM-1', '2026-03-11T08:00:00+08:00'), meeting('CM-2', '2026-03-13T17:59:59+08:00')],
      },
    );
    expect((leave.context.tasks as { ref: string }[]).map(({ ref }) => ref)).toEqual(['CM-1', 'CM-2']);
  });

  it('makes it once, though the request is handed in anew', () => {
    const leave = new Leave('evm');
    const beside = { absences: [], meetings: [meeting('CM-1', '2026-03-12T09:00:00+08:00')] };
    leave.submit({}, beside);
    leave.notice('ABSENCE_OVERLAPS', { overlaps: [] });
    leave.submit({}, beside);
    expect(leave.context.tasks).toHaveLength(1);
  });

  it('the meetings hear of the leave themselves, so that presence is looked at again', () => {
    const leave = Leave.approved('viceMayor');
    for (const procedure of ['standing-meeting', 'special-meeting', 'meeting-agenda-item', 'plenary-meeting'])
      expect(leave.notified(procedure).map(({ type }) => type)).toEqual(['ABSENCE_PLANNED']);
  });
});

import { alone, drafted, Version } from '../support/version';

describe('article 1: a version names what it is made under', () => {
  it('keeps the instruments, the scope and what it repeals in what lists show', () => {
    const version = Version.published('2026-03-01');
    expect(version.play.subject.present(version.play.now, 0).summary).toMatchObject({
      procedure: 'rulebook-version',
      matter: '测试〔2026〕1号',
      version: {
        state: 'published',
        basis: ['中华人民共和国宪法'],
        repeals: [{ number: '石政发〔2019〕53号', date: '2019-09-19' }],
        published: { effectiveFrom: '2026-03-01', number: '测试〔2026〕1号', before: 'draft-2026' },
      },
    });
  });

  it.each([
    { what: 'the mayor himself', draft: drafted, seat: 'mayor', outcome: 'changed' },
    { what: 'the secretary-general, where it repeals something', draft: drafted, seat: 'sg', outcome: 'not-entitled' },
    { what: 'the secretary-general, where it is figures alone', draft: alone, seat: 'sg', outcome: 'changed' },
    { what: 'the mayor, where it is figures alone', draft: alone, seat: 'mayor', outcome: 'changed' },
    {
      what: 'the secretary-general, where the routing changes',
      draft: { ...alone, kind: 'routing' },
      seat: 'sg',
      outcome: 'not-entitled',
    },
    { what: 'the Office of its own', draft: alone, seat: 'X1-desk', outcome: 'not-entitled' },
    { what: 'the executive vice mayor', draft: drafted, seat: 'evm', outcome: 'not-entitled' },
  ])('is approved by $what: $outcome', ({ draft, seat, outcome }) => {
    const version = new Version(draft);
    expect(version.send(seat, 'APPROVE', { ref: 'P-1' }).outcome).toBe(outcome);
    expect(version.state).toBe(outcome === 'changed' ? 'approved' : 'draft');
  });

  it("is approved by the mayor's word, which the Office records with the paper", () => {
    const version = new Version();
    const word = { onWordOf: { seat: 'mayor', ref: 'N-1' } };
    expect(version.send('X1-desk', 'APPROVE', { ref: 'N-1' }, word).outcome).toBe('changed');
    expect(version.play.entries.at(-1)!.by).toMatchObject({ seat: 'X1-desk', onWordOf: { seat: 'mayor' } });
  });

  it("is not approved by the mayor's word in the mouth of another unit", () => {
    const version = new Version();
    const word = { onWordOf: { seat: 'mayor', ref: 'N-1' } };
    expect(version.send('D06-desk', 'APPROVE', { ref: 'N-1' }, word).outcome).toBe('not-entitled');
  });
});

import { edgesOf } from '../../client/docs/edges';
import { ownersOf } from '../../client/docs/owners';
import { fieldsOf } from '../../client/docs/payload';
import { Words } from '../../client/docs/words';
import { procedures } from '../../workflows/procedures';

const OUTSIDE = /^[A-Z][A-Z_]*$/;

describe.each(procedures)('$name', (procedure) => {
  const { machine, acts, later, opening } = procedure;
  const words = new Words(procedure);
  const taken = edgesOf(machine, Object.keys(acts)).flatMap(({ trigger }) =>
    trigger.kind === 'outside' || trigger.kind === 'inside' ? [trigger] : [],
  );

  it('gives every event with an outside name a schema and an owner', () => {
    expect(taken.filter(({ kind, event }) => kind === 'inside' && OUTSIDE.test(event))).toEqual([]);
    expect(Object.keys(acts).filter((type) => !OUTSIDE.test(type))).toEqual([]);
  });

  it('takes every event it declares in some state', () => {
    const own = Object.keys(acts).filter((type) => !acts[type]!.amends);
    expect(own.filter((type) => !taken.some(({ event }) => event === type))).toEqual([]);
  });

  it('knows correction, recall and a change of law, and has no transition for any of them', () => {
    const amending = Object.keys(acts).filter((type) => acts[type]!.amends);
    const law = ['CALENDAR_CHANGED', 'CHOOSE_VERSION', 'VERSION_CHANGED'];
    expect(amending.filter((type) => !law.includes(type))).toEqual(['CORRECT', 'RECALL']);
    expect(taken.filter(({ event }) => acts[event]?.amends)).toEqual([]);
  });

  it.each(Object.keys(acts))('says what %s carries and who may send it', (type) => {
    const { owners, before } = ownersOf(type, acts[type]!);
    expect(fieldsOf(acts[type]!.schema).length).toBeGreaterThan(0);
    // A notice comes from another case, and where nothing may be corrected nobody corrects.
    const nobody = acts[type]!.kind === 'notice' || (type === 'CORRECT' && procedure.correctable.length === 0);
    expect(owners.length > 0).toBe(!nobody);
    for (const id of [...owners, ...before]) expect(words.who(id)).toMatch(/\p{Script=Han}/u);
  });

  it('says what its opening act carries and who may open a case', () => {
    expect(fieldsOf(opening.schema).length).toBeGreaterThan(0);
    expect(opening.who.length).toBeGreaterThan(0);
    for (const id of opening.who) expect(words.who(id)).toMatch(/\p{Script=Han}/u);
  });

  it('announces for later only what it does not take yet', () => {
    expect(later.filter((type) => type in acts || type === opening.type || !OUTSIDE.test(type))).toEqual([]);
    expect(new Set(later).size).toBe(later.length);
  });
});

describe('who may send an event', () => {
  it('is read off with every field of the case standing for itself', () => {
    const who = ({ lead, vms }: { lead?: string; vms: string[] }) => [lead, lead && `${lead}-head`, ...vms, 'sg'];
    expect(ownersOf('GO', { who } as never)).toEqual({ owners: ['{lead}', '{lead}-head', '{vms}', 'sg'], before: [] });
  });

  it('is read off again with none of them set', () => {
    const who = ({ lead, others }: { lead?: string; others: string[] }) =>
      lead ? [lead, ...others].map((unit) => `${unit}-head`) : ['*-head'];
    expect(ownersOf('GO', { who } as never)).toEqual({ owners: ['{lead}-head', '{others}-head'], before: ['*-head'] });
  });

  it('cannot be printed where it looks inside a field, and says so', () => {
    const who = ({ openedBy }: { openedBy: { unit: string } }) => [openedBy.unit];
    expect(() => ownersOf('GO', { who } as never)).toThrow("who may send GO depends on 'openedBy.unit'");
  });
});

import { rulebookVersionProcedure as procedure } from '../../workflows/procedures/rulebook-version';
import { validate } from '../../workflows/runtime/workflow';
import { drafted, Version } from '../support/version';

describe('article 74: to whom a version applies', () => {
  it.each([
    ['nobody', { ...drafted, scope: [] }, 'payload.scope'],
    ['somebody the rules do not know', { ...drafted, scope: ['companies'] }, 'payload.scope.0'],
    ['no list', { ...drafted, scope: 'departments' }, 'payload.scope'],
  ])('cannot be %s', (_, payload, path) => {
    expect(validate(procedure.opening.schema, payload)).toMatchObject({ code: 'malformed', path });
  });

  it('is told to the desks of all units and to those who lead when it is published', () => {
    const version = Version.published('2026-03-01');
    expect(version.told('rulebook.published')).toEqual([['D06-desk', 'D07-desk', 'sg', 'evm', 'mayor']]);
  });
});

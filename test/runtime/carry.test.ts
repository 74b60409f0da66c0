import fc from 'fast-check';
import { NotCarriable } from '../../workflows/runtime/workflow';
import { jsonBytes, pack, unpack } from '../../workflows/runtime/workflow/carry';

const over = (value: unknown) => unpack(JSON.parse(JSON.stringify(pack(value))));

const carriable = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, undefined, true, false),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('$zl')), tie('value'), { noNullPrototype: true }),
  ),
})).value;

describe('what a case carries', () => {
  it('comes back as it was, undefined and Date included', () => {
    fc.assert(fc.property(carriable, (value) => expect(over(value)).toStrictEqual(value)));
  });

  it('may hold the same object twice', () => {
    const twice = { a: 1 };
    expect(over([twice, twice])).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it.each<{ what: string; value: unknown; says: string }>([
    { what: 'a function', value: { a: [() => 1] }, says: '$.a[0] holds a function' },
    { what: 'a bigint', value: { a: 1n }, says: '$.a holds a bigint' },
    { what: 'a symbol', value: [Symbol('x')], says: '$[0] holds a symbol' },
    { what: 'a key that is a symbol', value: { [Symbol('x')]: 1 }, says: '$ holds a key that is a symbol' },
    { what: 'NaN', value: { a: Number.NaN }, says: '$.a holds the number NaN' },
    { what: 'an error', value: { e: new TypeError('x') }, says: '$.e holds an instance of TypeError' },
    { what: 'a set', value: new Set(), says: '$ holds an instance of Set' },
    { what: 'an invalid date', value: { at: new Date(Number.NaN) }, says: '$.at holds an invalid Date' },
  ])('is refused with its path: $what', ({ value, says }) => {
    expect(() => pack(value)).toThrow(NotCarriable);
    expect(() => pack(value)).toThrow(says);
  });

  it('is counted in bytes of UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) =>
        expect(jsonBytes({ text })).toBe(Buffer.byteLength(JSON.stringify({ text }))),
      ),
    );
    expect(jsonBytes('政é🀄')).toBe(2 + 3 + 2 + 4);
  });
});

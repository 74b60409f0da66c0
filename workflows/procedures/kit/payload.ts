/** What payloads are made of, the same in every procedure. Ids are those of the directory, never names. */
import { z } from 'zod';
import { isDate } from '../../law/machine';

/** A paper, by whatever it is filed under. */
export const reference = z.string().min(1).max(200);

const UNIT = /^[A-Z]\d{1,3}$/;

export const isUnit = (id: string): boolean => UNIT.test(id);

export const unit = z.string().regex(UNIT, 'expected.unit').meta({ directory: 'unit' });

export const seat = z
  .string()
  .regex(/^[a-zA-Z0-9]+(-[a-z0-9]+)*$/, 'expected.seat')
  .meta({ directory: 'seat' });

export const person = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected.person')
  .meta({ directory: 'person' });

/** Of this century: a later one is a slip, and no timer reaches it (the server counts nanoseconds, up to 2262). */
export const date = z
  .string()
  .regex(/^20\d{2}-\d{2}-\d{2}$/, 'expected.date')
  .refine(isDate, 'expected.date')
  .meta({ format: 'date' });

export const instant = z.iso.datetime({ offset: true });

/** A document with the SHA-256 of its content. */
export const document = z.strictObject({
  ref: reference,
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'expected.sha256'),
});

/** The `attachments` section of zhengling.yaml. */
import { z } from 'zod';

const env = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable');

export const attachmentsConfig = z.strictObject({
  limit: z
    .int()
    .min(1)
    .max(1024 * 1024 * 1024)
    .describe('largest attachment, in bytes; 20 MiB unless told')
    .optional(),
  s3: z
    .strictObject({
      endpoint: z
        .url('expected the address of an S3-compatible storage')
        .describe('S3-compatible storage that keeps them instead of the data directory; buckets are named by path'),
      bucket: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket')
        .describe('bucket they are kept in'),
      region: z.string().min(1).describe('its region; us-east-1 unless told').optional(),
      accessKeyId: z.strictObject({ env: env.describe('environment variable that holds the id of the key') }),
      secretAccessKey: z.strictObject({ env: env.describe('environment variable that holds the key itself') }),
    })
    .optional(),
});

export type AttachmentsConfig = z.infer<typeof attachmentsConfig>;

export const DEFAULT_LIMIT = 20 * 1024 * 1024;

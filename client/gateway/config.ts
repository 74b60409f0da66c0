/** The `gateway` section of zhengling.yaml. */
import { z } from 'zod';

export const gatewayConfig = z.strictObject({
  host: z
    .string()
    .min(1, 'expected an address of this machine')
    .describe('address it listens on; 127.0.0.1 unless told')
    .optional(),
  port: z.int().min(0).max(65_535).describe('port it listens on; 8080 unless told, 0 takes any free one').optional(),
  publicUrl: z
    .url('expected the address under which it is reached, such as https://zhengling.example.gov.cn')
    .describe('where it is reached from outside, through the proxy that ends TLS')
    .optional(),
  requestsPerMinute: z.int().min(1).describe('requests a caller may make in a minute; 1200 unless told').optional(),
  strangersPerMinute: z
    .int()
    .min(1)
    .describe('requests of one address that show nothing valid, in a minute; 60 unless told')
    .optional(),
  webhookHosts: z
    .array(z.string().min(1))
    .describe('hosts to which subscribers may have events sent, with their port where it is not the usual one')
    .optional(),
  alarmAfterMinutes: z
    .int()
    .min(2)
    .describe('minutes without a worker after which the duty room is alarmed; 5 unless told')
    .optional(),
});

export type GatewayConfig = z.infer<typeof gatewayConfig>;

export const REQUESTS_PER_MINUTE = 1_200;
export const STRANGERS_PER_MINUTE = 60;
/** JSON above this size is a document; those are attachments. */
export const BODY_LIMIT = 600 * 1024;
export const PORT = 8080;

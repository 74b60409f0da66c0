/** The `channels` section of zhengling.yaml. A channel that is not there is off. */
import { z } from 'zod';
import { strangersIn, type Template } from './port';

const limit = z.strictObject({
  count: z.int().min(1, 'expected at least 1').describe('messages its provider takes in the time below'),
  perSeconds: z
    .int()
    .min(1, 'expected at least 1')
    .max(86_400, 'expected at most 86400, a day')
    .describe('that time, in seconds'),
});

/** A secret itself, or `{env:NAME}`: it stands in the environment then. */
const secret = z.string().meta({ secret: true });
/** Shorter than the time for which a loop has a message to itself. */
const timeoutSeconds = z
  .int()
  .min(1)
  .max(30, 'expected at most 30 seconds')
  .describe('seconds it may take to answer')
  .optional();
const named = z.string().min(1);

const smtp = z.strictObject({
  host: named.describe('mail server'),
  port: z.int().min(1).max(65_535).describe('its port, such as 587'),
  from: z.string().min(3).describe('sender, such as `政府办公室 <office@example.org>`'),
  secure: z.boolean().describe('TLS from the first byte (port 465); otherwise STARTTLS where it is offered').optional(),
  user: z.string().describe('user name there').optional(),
  password: secret.meta({ secret: true, description: 'password, or `{env:NAME}`' }).optional(),
  limit: limit.optional(),
  timeoutSeconds,
});

const webhook = z.strictObject({
  secret: secret
    .refine((text) => text.length >= 16 || text.startsWith('{env:'), 'at least 16 characters, or {env:NAME}')
    .meta({
      secret: true,
      description: 'signs ([Standard Webhooks](https://www.standardwebhooks.com)); itself, or `{env:NAME}`',
    }),
  limit: limit.optional(),
  timeoutSeconds,
});

const robot = z.strictObject({ limit: limit.optional(), timeoutSeconds });

const template: z.ZodType<Template> = z.json() as never;

const port = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'expected an address that begins with https:// or http://' })
      .meta({ secret: true, description: 'where the provider takes messages' }),
    headers: z
      .record(z.string(), z.string())
      .meta({ secret: true, description: 'headers it wants; they may hold `{env:NAME}`' })
      .optional(),
    body: template.meta({
      secret: true,
      description:
        'JSON it wants; its strings may hold `{number}`, `{text}`, `{subject}`, `{case}`, `{seat}`, `{id}`, `{env:NAME}`',
    }),
    idempotencyHeader: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/, 'expected the name of a header')
      .describe('header by which it tells a repetition')
      .optional(),
    success: z
      .strictObject({
        field: named.describe('field of its answer that says whether it took the message'),
        equals: z.union([z.string(), z.number(), z.boolean()]).describe('what stands there where it did'),
      })
      .optional(),
    busy: z
      .array(z.union([z.string(), z.number()]))
      .describe('what stands there where it asks to wait')
      .optional(),
    limit: limit.optional(),
    timeoutSeconds,
  })
  .superRefine(({ body, busy, success }, context) => {
    const strangers = strangersIn(body);
    if (strangers.length > 0)
      context.addIssue({
        code: 'custom',
        path: ['body'],
        message: `nothing is put in the place of ${strangers.map((name) => `{${name}}`).join(', ')}; expected {number}, {text}, {subject}, {case}, {seat}, {id} or {env:NAME}`,
      });
    if (!JSON.stringify(body).includes('{number}'))
      context.addIssue({
        code: 'custom',
        path: ['body'],
        message: 'does not say where the number goes; expected {number} in it',
      });
    if (busy && !success)
      context.addIssue({
        code: 'custom',
        path: ['busy'],
        message: 'has no field to look at; expected success beside it',
      });
  });

export const channelsConfig = z.strictObject({
  smtp: smtp.optional(),
  webhook: webhook.optional(),
  wecom: robot.optional(),
  dingtalk: robot.optional(),
  feishu: robot.optional(),
  sms: port.optional(),
  telephone: port.optional(),
  alarm: z
    .array(named)
    .min(1, 'expected at least one seat')
    .describe('seats that are told when the system itself is in trouble, the duty room; X1-desk unless told')
    .optional(),
});

export type ChannelsConfig = z.infer<typeof channelsConfig>;

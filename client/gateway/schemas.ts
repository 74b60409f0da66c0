/** What goes over the wire, for the description of the interface. Registered ones are named in it. */
import { z } from 'zod';
import { isPlain } from './body';

function named<T extends z.ZodType>(id: string, schema: T): T {
  return schema.meta({ id });
}

export const CASE_ID = /^[A-Z]{1,8}-\d{4}-\d{4,8}$/;
export const SEAT_ID = /^[a-zA-Z0-9]{1,20}(-[a-z0-9]{1,20}){0,3}$/;
export const SHA256 = /^[0-9a-f]{64}$/;

const any = z.unknown();
const instant = z.int().describe('milliseconds since 1970-01-01T00:00:00Z');
/** Text as somebody wrote it: nothing that cannot be written, nothing that was lost on the way (U+FFFD). */
export const plain = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => isPlain(text) && !text.includes('\ufffd'), 'body.characters')
    .meta({ pattern: '^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\uFFFD]*$' });

/** Characters a text may have (see `isPlain`), as a pattern. */
export const WRITTEN = '^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]*$';

/** `/cases/{case}` */
export const caseParams = z.strictObject({
  case: z.string().regex(CASE_ID).describe('number of the case').meta({ example: 'SI-2026-0001' }),
});

const seat = z
  .string()
  .regex(SEAT_ID)
  .max(80)
  .describe('which of your seats acts or asks; needed where you have several');
/** A query is text; digits stand for the number. */
export const count = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^(?:0|[1-9]\d{0,15})$/.test(value) ? Number(value) : value),
    z.int().min(least).max(most),
  );

export const PAGE = 50;
export const LARGEST_PAGE = 500;
const limit = count(1, LARGEST_PAGE).optional().describe(`at most so many; ${PAGE} unless told`);
const cursor = plain(300).optional().describe('`next` of the page before');
const atLeast = z
  .string()
  .regex(/^[A-Z]{1,8}-\d{4}-\d{4,8}:[1-9]\d{0,8}$/)
  .optional()
  .describe('`case:sequence` of a receipt: the answer is given once that step is in it');

const name = z.string().regex(/^[a-z0-9-]{1,60}$/);
const unit = z.string().regex(/^[A-Z]\d{1,3}$/);

export const readQuery = z.strictObject({ atLeast });
export const listQuery = z.strictObject({
  status: z.enum(['open', 'closed']).optional(),
  unit: unit.optional().describe('lead unit'),
  state: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,120}$/)
    .optional()
    .describe('a state, or the last part of its path'),
  procedure: name.optional().describe('name of a procedure'),
  awaiting: z.string().regex(SEAT_ID).max(80).optional().describe('seat or unit that is awaited'),
  limit,
  after: cursor,
  atLeast,
});
export const searchQuery = z.strictObject({
  text: plain(100).describe('in number, matter or unit'),
  status: z.enum(['open', 'closed']).optional(),
  procedure: name.optional().describe('name of a procedure'),
  limit,
  after: cursor,
  atLeast,
});
export const inboxQuery = z.strictObject({
  box: z.enum(['todo', 'done', 'unread']).describe('待办 · 已办 · 待阅'),
  seat: seat.optional(),
  procedure: name.optional().describe('name of a procedure'),
  limit,
  after: cursor,
  atLeast,
});
export const countsQuery = z.strictObject({ seat: seat.optional(), atLeast });
/** As CloudEvents name them. */
export const FEED_TYPES = [
  'zhengling.case.opened',
  'zhengling.case.step',
  'zhengling.case.closed',
  'zhengling.tell.acknowledged',
] as const;

const oneType = `(?:${FEED_TYPES.map((type) => type.replaceAll('.', '\\.')).join('|')})`;
const TYPES = new RegExp(`^${oneType}(?:,${oneType})*$`);

export const feedQuery = z.strictObject({
  after: count(0, Number.MAX_SAFE_INTEGER).optional().describe('the last position seen; 0 from the beginning'),
  limit,
  case: z.string().regex(CASE_ID).optional().describe('of one case'),
  types: z.string().regex(TYPES).optional().describe('types of events, separated by commas; all unless told'),
});

/** How an act is asked for, beside its payload. */
export const actQuery = z.strictObject({
  seat: seat.optional(),
  at: z.iso.datetime({ offset: true }).optional().describe('when it happened, where that is not now'),
  onWordOf: z
    .string()
    .regex(SEAT_ID)
    .max(80)
    .optional()
    .describe('the Office enters what this leader said or wrote; needs `ref`'),
  ref: plain(200).optional().describe('the paper that shows it'),
});
export const startQuery = actQuery.extend({
  key: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/)
    .optional()
    .describe('your own key of the matter: the same key opens one case only'),
});

export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;
export const actHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(IDEMPOTENCY_KEY)
    .optional()
    .describe('your id of the act: sent again it is done once, and answered with the first receipt'),
});

export const problem = named(
  'Problem',
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('what is wrong, in a sentence'),
    instance: z.string(),
    code: z.string(),
    remedy: z.string().describe('what would make it right'),
    ground: z.string().describe('the article, or 本系统规定'),
    articles: z.array(z.int()).optional(),
    outcome: z
      .enum(['changed', 'unchanged', 'not-accepted', 'rule', 'not-entitled', 'duplicate', 'malformed', 'closed'])
      .optional(),
    case: z.string().optional(),
    id: z.string().optional(),
    path: z.string().optional().describe('where the request is wrong'),
    state: z.array(z.string()).optional(),
    accepted: z.array(z.string()).optional().describe('what is accepted now'),
    entitled: z.array(z.string()).optional().describe('seats and units that may'),
    params: z.record(z.string(), any).optional(),
  }),
);

const deadline = named(
  'Deadline',
  z.strictObject({ name: z.string(), dueAt: instant, label: z.string(), cite: any.optional() }),
);

export const receipt = named(
  'Receipt',
  z.strictObject({
    outcome: z.literal('changed'),
    case: z.string(),
    id: z.string().describe('id of the act'),
    content: z.string().describe('fingerprint of what was asked'),
    state: z.array(z.string()),
    sequence: z
      .int()
      .describe('the entry of the record this act became; `case:sequence` is what reads take as `atLeast`'),
    recordHash: z.string(),
    deadlines: z.array(deadline),
    recorded: z.enum(['yes', 'pending']),
    repeated: z.literal(true).optional().describe('the first receipt, given again'),
  }),
);

const step = z.strictObject({
  from: z.string(),
  to: z.array(z.string()),
  label: z.string().optional(),
  cite: any.optional(),
});

export const caseView = named(
  'CaseView',
  z.strictObject({
    case: z.string(),
    procedure: z.string(),
    machine: z.string(),
    title: z.string(),
    marks: z.string().describe('【演示】, 【规则版本待确认】: to be shown wherever the case is'),
    status: z.enum(['open', 'closed']),
    state: z.array(z.string()),
    stateLabel: z.string().optional(),
    tags: z.array(z.string()),
    context: any,
    accepts: z.array(z.strictObject({ type: z.string(), label: z.string(), entitled: z.array(z.string()) })),
    deadlines: z.array(deadline),
    head: z.strictObject({ sequence: z.int(), hash: z.string() }),
    recorded: z.int(),
    openedAt: instant,
    lastSteps: z.array(z.strictObject({ sequence: z.int(), at: instant, trigger: z.string(), steps: z.array(step) })),
    drill: z.boolean(),
    now: instant,
    takeable: z
      .strictObject({ id: z.string(), type: z.string(), sequence: z.int() })
      .optional()
      .describe('the last act, while its seat may take it back by RECALL with this id'),
    output: any.optional(),
  }),
);

export const listed = named(
  'ListedCase',
  z.strictObject({
    case: z.string(),
    machine: z.string(),
    sequence: z.int(),
    status: z.enum(['open', 'closed']),
    state: z.array(z.string()),
    stateLabel: z.string().optional(),
    deadlines: z.array(deadline),
    summary: any,
    drill: z.boolean(),
  }),
);

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() });

const tell = named(
  'Tell',
  z.strictObject({
    id: z.string(),
    case: z.string(),
    sequence: z.int(),
    recipient: z.string(),
    template: z.string(),
    subject: z.string(),
    body: z.string(),
    cite: any,
    deliverAt: instant,
    deliveredAt: instant.optional(),
  }),
);

export const inboxItem = named(
  'InboxItem',
  z.discriminatedUnion('box', [
    z.strictObject({ box: z.literal('todo'), case: listed, overdue: z.boolean(), due: instant.optional() }),
    z.strictObject({ box: z.literal('done'), case: listed, actedAt: instant, sequence: z.int() }),
    z.strictObject({ box: z.literal('unread'), tell }),
  ]),
);

export const recordEntry = named(
  'RecordEntry',
  z.strictObject({
    case: z.string(),
    sequence: z.int(),
    machine: z.string(),
    trigger: z.strictObject({
      kind: z.enum(['open', 'act', 'notice', 'timer', 'result', 'runtime']),
      type: z.string(),
      id: z.string().optional(),
      payload: any.optional(),
    }),
    happenedAt: z.string(),
    receivedAt: z.string(),
    recordedAt: z.string(),
    by: any.optional(),
    steps: z.array(step),
    effects: z.array(z.record(z.string(), any)),
    state: z.array(z.string()),
    previous: z.string(),
    hash: z.string().describe('SHA-256 over RFC 8785 JSON of the rest'),
  }),
);

export const cloudEvent = named(
  'CloudEvent',
  z.strictObject({
    specversion: z.literal('1.0'),
    id: z.string().describe('the position in the feed'),
    source: z.string(),
    type: z.string(),
    subject: z.string().describe('the case'),
    time: z.string(),
    datacontenttype: z.literal('application/json'),
    sequence: z.string().describe('the position, in digits that sort as text'),
    data: z.record(z.string(), any).describe('no content, nothing personal'),
  }),
);

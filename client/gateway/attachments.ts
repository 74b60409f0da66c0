/** Documents that acts speak of: kept by their hash, typed by their content, read by whoever may read the case. */
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Attachment, KeptAttachment } from '../../activities/ledger';
import { DEFAULT_LIMIT, isClassified, kindOf, kinds, NotStored, sha256 } from '../attachments';
import { isMarkedName } from '../secrecy';
import type { App } from './app';
import { isPlain } from './body';
import { callerOf, seatOf } from './callers';
import { answers, bodyAsItCame, READ_REFUSED, SEEN_REFUSED } from './openapi';
import type { GatewayParts } from './ports';
import { refuse } from './problem';
import { firstSeatOf, type Readings } from './reading';
import { CASE_ID, caseParams, readQuery, SEAT_ID, SHA256 } from './schemas';

export interface AttachmentParts extends Pick<GatewayParts, 'attachments' | 'ledger' | 'site' | 'clock'> {
  readings: Readings;
}

const attachment = z
  .strictObject({
    hash: z.string().describe('SHA-256 of the content: what acts name it by'),
    name: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    case: z.string().optional(),
    seat: z.string(),
    at: z.int(),
  })
  .meta({ id: 'Attachment' });
const LONGEST_NAME = 200;
/** Wrapping of one part. */
const OVERHEAD = 16 * 1024;

export async function attachmentRoutes(app: App, parts: AttachmentParts): Promise<void> {
  const limit = parts.site.config.attachments?.limit ?? DEFAULT_LIMIT;
  await app.register(multipart, {
    limits: { fileSize: limit, files: 2, fields: 0, parts: 2, headerPairs: 20 },
    throwFileSizeLimit: false,
  });
  uploadRoute(app, parts, limit);
  downloadRoute(app, parts);
  ofCaseRoute(app, parts);
}

function uploadRoute(app: App, parts: AttachmentParts, limit: number): void {
  app.route({
    method: 'POST',
    url: '/v1/attachments',
    bodyLimit: limit + OVERHEAD,
    validatorCompiler: bodyAsItCame,
    schema: {
      operationId: 'attach',
      tags: ['attachments'],
      summary: 'Sends in a document; acts then name it by its hash',
      description: `One part named \`file\`, at most ${limit} bytes. What it is, is found in its content: ${kinds.join(', ')}.`,
      consumes: ['multipart/form-data'],
      querystring: z.strictObject({
        seat: z.string().regex(SEAT_ID).max(80).optional().describe('which of your seats sends it in'),
        case: z.string().regex(CASE_ID).optional().describe('the case it belongs to, where it is known'),
      }),
      body: z.strictObject({
        file: z.string().meta({ format: 'binary', contentMediaType: 'application/octet-stream' }),
      }),
      response: answers(
        { 201: { schema: attachment, says: 'kept' } },
        [400, 401, 403, 404, 413, 415, 421, 422, 429, 503],
      ),
    },
    async handler(request, reply) {
      const { seat: asked, case: caseId } = request.query;
      const seat = seatOf(request, reply, asked, parts);
      if (seat === undefined) return reply;
      if (caseId !== undefined && !(await parts.readings.open(request, reply, caseId, 'attachment'))) return reply;
      const sent = await sentIn(request, reply, limit);
      if (!sent) return reply;
      return keep(parts, reply, { ...sent, seat, ...(caseId === undefined ? {} : { case: caseId }) });
    },
  });
}

interface Sent {
  name: string;
  bytes: Buffer;
}

/** The one file of a request; undefined where it was answered that there is none, or none that may be. */
async function sentIn(request: FastifyRequest, reply: FastifyReply, limit: number): Promise<Sent | undefined> {
  if (!request.isMultipart()) return refused(reply, 415, 'media-type', { expected: 'multipart/form-data' });
  let sent: Sent | undefined;
  try {
    for await (const part of request.files()) {
      const bytes = await part.toBuffer();
      if (part.file.truncated) return refused(reply, 413, 'too-large', { limit });
      if (sent) return refused(reply, 400, 'attachment-missing', { problem: 'attachment.two' });
      sent = { name: part.filename ?? '', bytes };
    }
  } catch {
    // Cut off, without end mark, with parts that are none: whatever it was, it was no whole file.
    return refused(reply, 400, 'attachment-missing', { problem: 'request.unreadable' });
  }
  if (!sent) return refused(reply, 400, 'attachment-missing', {});
  if (sent.bytes.length === 0) return refused(reply, 400, 'attachment-missing', { problem: 'attachment.empty' });
  return sent;
}

function refused(
  reply: FastifyReply,
  status: number,
  code: string,
  params: { [key: string]: string | number },
): undefined {
  refuse(reply, status, { code, params });
  return undefined;
}

async function keep(
  parts: AttachmentParts,
  reply: FastifyReply,
  { name: called, bytes, ...from }: Sent & { seat: string; case?: string },
) {
  const name = nameOf(called);
  const kind = kindOf(bytes);
  if (isMarkedName(called) || (kind && isClassified(bytes, kind))) return refuseClassified(parts, reply, from.seat);
  if (!kind) return refuse(reply, 415, { code: 'attachment-kind', params: { kinds: kinds.join('、') } });
  const hash = sha256(bytes);
  await parts.attachments.keep(hash, bytes);
  const kept = { hash, name, mediaType: kind.mediaType, bytes: bytes.length, ...from, at: parts.clock() };
  await parts.ledger.keepAttachment(kept);
  return reply.code(201).header('location', `/v1/attachments/${hash}`).send(kept);
}

/** Of what was refused, that it was refused is kept, and by which seat. */
async function refuseClassified(
  { ledger, clock }: AttachmentParts,
  reply: FastifyReply,
  seat: string,
): Promise<FastifyReply> {
  const line = {
    at: clock(),
    entrance: callerOf(reply.request).entrance,
    seat,
    actType: '',
    actId: '',
    code: 'classified',
  };
  await ledger.logRefusal(line);
  return refuse(reply, 422, { code: 'classified', path: 'file' });
}

/** A name is shown and never used as a path. */
function nameOf(called: string): string {
  const last = called.split(/[\\/]/).at(-1)!.trim();
  return last !== '' && isPlain(last) ? [...last].slice(0, LONGEST_NAME).join('') : 'file';
}

function downloadRoute(app: App, { attachments, ledger, readings }: AttachmentParts): void {
  app.route({
    method: 'GET',
    url: '/v1/attachments/:hash',
    schema: {
      operationId: 'attachment',
      tags: ['attachments'],
      summary: 'The document itself',
      params: z.strictObject({ hash: z.string().regex(SHA256) }),
      response: answers(
        {
          200: {
            schema: z.string().meta({ format: 'binary' }),
            says: 'its content, of the type found in it',
            type: kinds.map((kind) => kind.split(';', 1)[0]!),
          },
        },
        READ_REFUSED,
      ),
    },
    async handler(request, reply) {
      const { hash } = request.params;
      const kept = await ledger.attachment(hash);
      if (!kept) return refuse(reply, 404, { code: 'no-such-attachment' });
      const right = await rightTo(readings, request, kept);
      if (!right) return refuse(reply, 403, { code: 'attachment-refused' });
      await readings.log(request, 'attachment', firstSeatOf(callerOf(request)), right.case);
      const bytes = await attachments
        .read(hash)
        .catch((error) => (error instanceof NotStored ? undefined : Promise.reject(error)));
      if (!bytes) return refuse(reply, 503, { code: 'attachment-damaged' });
      return reply.headers(downloadHeaders(kept, right.name)).send(Buffer.from(bytes));
    },
  });
}

/** By the case it belongs to, or because one has sent it in oneself. */
async function rightTo(readings: Readings, request: FastifyRequest, { uploads }: KeptAttachment) {
  const caller = callerOf(request);
  const seats = caller.kind === 'system' ? [caller.seat] : caller.seats;
  const own = uploads.find(({ seat }) => seats.includes(seat));
  if (own) return own;
  for (const upload of uploads)
    if (upload.case !== undefined && (await readings.mayRead(caller, upload.case))) return upload;
  return undefined;
}

/** Always saved, never shown: a document must not run in our name. */
function downloadHeaders({ mediaType, bytes, hash }: KeptAttachment, name: string): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-length': String(bytes),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escaped)}`,
    etag: `"${hash}"`,
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

const escaped = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;

function ofCaseRoute(app: App, { ledger, readings }: AttachmentParts): void {
  app.route({
    method: 'GET',
    url: '/v1/cases/:case/attachments',
    schema: {
      operationId: 'attachments',
      tags: ['attachments'],
      summary: 'Documents of a case',
      params: caseParams,
      querystring: readQuery,
      response: answers(
        { 200: { schema: z.strictObject({ items: z.array(attachment) }), says: 'oldest first' } },
        SEEN_REFUSED,
      ),
    },
    async handler(request, reply) {
      const caseId = request.params.case;
      if (!(await readings.upTo(reply, request.query.atLeast))) return reply;
      if (!(await readings.open(request, reply, caseId, 'attachment'))) return reply;
      return reply.send({ items: (await ledger.attachmentsOf(caseId)).map(shown) });
    },
  });
}

function shown({ hash, name, mediaType, bytes, case: caseId, seat, at }: Attachment): z.infer<typeof attachment> {
  return { hash, name, mediaType, bytes, ...(caseId === undefined ? {} : { case: caseId }), seat, at };
}

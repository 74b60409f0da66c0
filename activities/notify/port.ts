/**
 * The one port for short messages and telephone calls: a POST of JSON whose shape the provider sets, by a template in the
 * site's configuration. What can be told apart by an id is never sent twice: every attempt carries the message's own.
 */
import { type Address, type Channel, ChannelBusy, type Message } from './channel';
import { fieldOf, post } from './http';
import type { Limit } from './limits';

export type Template = null | boolean | number | string | Template[] | { [key: string]: Template };

export interface PortOptions {
  url: string;
  /** May hold `{env:NAME}`: secrets stand in the environment. */
  headers?: Record<string, string> | undefined;
  /**
   * Strings in it may hold `{number}`, `{text}`, `{subject}`, `{case}`, `{seat}`, `{id}` and `{env:NAME}`. `text` is the
   * short text of a message, or what is read aloud.
   */
  body: Template;
  /** Header that carries the id of the message. */
  idempotencyHeader?: string | undefined;
  /** Where the provider answers 200 to everything: the field of its answer that says that it took the message. */
  success?: { field: string; equals: string | number | boolean } | undefined;
  /** Values of that field which mean "too much at once". */
  busy?: readonly (string | number)[] | undefined;
  limit?: Limit | undefined;
  timeoutMs?: number | undefined;
}

export type PortKind = 'sms' | 'telephone';

const IDEMPOTENCY_HEADER = 'Idempotency-Key';

/** @throws Error naming the environment variables that are not set */
export function portChannel(kind: PortKind, options: PortOptions, env: NodeJS.ProcessEnv = process.env): Channel {
  const { url, limit, timeoutMs = 10_000, idempotencyHeader = IDEMPOTENCY_HEADER } = options;
  const secrets = secretsOf(options, env);
  const headers = filled(options.headers ?? {}, secrets) as Record<string, string>;
  return {
    name: kind,
    limit,
    takes: (address) => address.kind === kind,
    async send(message: Message, to: Address) {
      if (!('number' in to)) throw new Error(`${kind} cannot reach a ${to.kind} address`);
      const body = JSON.stringify(filled(options.body, { ...secrets, ...valuesOf(kind, message, to.number) }));
      const answer = await post({ url, body, headers: { ...headers, [idempotencyHeader]: message.id }, timeoutMs });
      check(answer, options);
    },
    async close() {},
  };
}

function valuesOf(kind: PortKind, message: Message, number: string): Record<string, string> {
  const { id, seat, subject, cases, short, spoken } = message;
  return { number, text: kind === 'sms' ? short : spoken, subject, case: cases.join('、'), seat, id };
}

function check(answer: string, { success, busy = [] }: PortOptions): void {
  if (!success) return;
  const found = fieldOf(answer, success.field);
  if (String(found) === String(success.equals)) return;
  const said = ['string', 'number', 'boolean'].includes(typeof found) ? String(found).slice(0, 40) : 'nothing';
  const sentence = `the provider answered ${success.field} ${said}, expected ${success.equals}`;
  throw busy.some((one) => String(one) === String(found)) ? new ChannelBusy(sentence) : new Error(sentence);
}

const PLACEHOLDER = /\{(env:[A-Za-z_][A-Za-z0-9_]*|[a-z]+)\}/g;
/** What a template may speak of. */
const KNOWN = ['number', 'text', 'subject', 'case', 'seat', 'id'];

/** Values go into the strings of a template, never into its shape: a quotation mark in a text stays one. */
function filled(template: Template, values: Record<string, string>): Template {
  if (typeof template === 'string') return template.replace(PLACEHOLDER, (whole, name) => values[name] ?? whole);
  if (Array.isArray(template)) return template.map((item) => filled(item, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, filled(value, values)]));
}

/** Placeholders of a template that mean nothing here. */
export function strangersIn(template: Template): string[] {
  return namesIn(template).filter((name) => !name.startsWith('env:') && !KNOWN.includes(name));
}

function secretsOf({ headers = {}, body }: PortOptions, env: NodeJS.ProcessEnv): Record<string, string> {
  const names = [...new Set([...namesIn(headers), ...namesIn(body)])].filter((name) => name.startsWith('env:'));
  const missing = names.map((name) => name.slice('env:'.length)).filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`the environment variable ${missing.join(', ')} is not set`);
  return Object.fromEntries(names.map((name) => [name, env[name.slice('env:'.length)] ?? '']));
}

function namesIn(template: Template): string[] {
  if (typeof template === 'string') return [...template.matchAll(PLACEHOLDER)].map(([, name]) => name as string);
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap(namesIn);
}

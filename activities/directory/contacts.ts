/** Where seats and persons are reached. Apart from the directory: addresses never enter a case, a record or Temporal. */
import { z } from 'zod';
import type { Instant } from '../../workflows/law';
import type { Address } from '../notify/channel';
import type { Directory, Script } from './directory';
import type { Loaded } from './load';
import { readYaml, type YamlFile } from './yaml-file';

export interface Contact {
  /** Most preferred first. */
  channels: readonly Address[];
  /** The script messages are written in. */
  script: Script;
  /** Nothing that is not urgent between these times of the day, `HH:MM`; they may run over midnight. */
  quiet?: { from: string; to: string };
  /** What is not urgent once a working day at this time, all in one message. */
  digest?: string;
}

export interface Contacts {
  /** How a seat is reached at an instant: by its holder's own contact, else by the seat's. Undefined: by neither. */
  of(seat: string, at: Instant): Contact | undefined;
}

const kinds = ['email', 'webhook', 'wecom', 'dingtalk', 'feishu', 'sms', 'telephone'] as const;
/** Makers whose robots can sign. */
const signing = ['dingtalk', 'feishu'] as const;
const robots = ['wecom', ...signing] as const;

const url = z.url({ protocol: /^https?$/, error: 'expected an address that begins with https:// or http://' });
const number = z
  .string('expected a telephone number in quotes, such as "+8609520000000"')
  .regex(/^\+?\d{3,15}$/, 'expected a telephone number of digits, such as "+8609520000000"');
const clock = z
  .string('expected a time of day in quotes, such as "08:30"')
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as "08:30"');

const channel = z
  .strictObject({
    email: z.email('expected an e-mail address such as desk@example.org').optional(),
    webhook: url.optional(),
    wecom: url.optional(),
    dingtalk: url.optional(),
    feishu: url.optional(),
    sms: number.optional(),
    telephone: number.optional(),
    secretEnv: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable, not the secret itself')
      .optional(),
    mention: z.string().min(1, 'expected an id of that chat').optional(),
  })
  .refine((way) => kinds.filter((kind) => way[kind] !== undefined).length === 1, {
    error: `expected one of ${kinds.join(', ')}; a second channel is an entry of its own`,
  })
  .refine((way) => way.secretEnv === undefined || signing.some((kind) => way[kind] !== undefined), {
    error: `secretEnv is for the robots that sign: ${signing.join(', ')}`,
  })
  .refine((way) => way.mention === undefined || robots.some((kind) => way[kind] !== undefined), {
    error: `mention is for the robots of group chats: ${robots.join(', ')}`,
  });
const quiet = z.strictObject({ from: clock, to: clock }).refine(({ from, to }) => from !== to, {
  error: 'quiet hours end when they begin; expected two times of the day, or no quiet hours',
});
const entry = z
  .strictObject({
    seat: z.string().optional(),
    person: z.string().optional(),
    channels: z.array(channel).min(1, 'expected at least one channel'),
    language: z.enum(['zh-Hans', 'zh-Hant']).default('zh-Hans'),
    quiet: quiet.optional(),
    digest: clock.optional(),
  })
  .refine(({ seat, person }) => (seat === undefined) !== (person === undefined), {
    error: 'expected either seat or person; each is an entry of its own',
  })
  .refine(({ quiet: hours, digest }) => hours === undefined || digest === undefined || !lies(digest, hours), {
    path: ['digest'],
    error: 'lies in the quiet hours; expected a time outside them',
  });
const contactsFile = z.strictObject({ contacts: z.array(entry) });

const lies = (time: string, { from, to }: { from: string; to: string }): boolean =>
  from <= to ? from <= time && time < to : from <= time || time < to;

type ContactsFile = z.output<typeof contactsFile>;
type Entry = ContactsFile['contacts'][number];

/** Reads a contacts file against the directory whose seats and persons it speaks of. Errors as in `loadDirectory`. */
export function loadContacts(file: string, directory: Directory): Loaded<Contacts> {
  const read = readYaml(file, contactsFile);
  if ('errors' in read) return read;
  const errors = strangers(read.ok, directory);
  return errors.length > 0 ? { errors } : { ok: new WrittenContacts(read.ok.data, directory) };
}

/** Addresses for drills and demonstrations, one per seat at a domain that leads nowhere: `D07-desk@example.invalid`. */
export function sinkContacts(directory: Directory, domain = 'example.invalid', script: Script = 'hans'): Contacts {
  return {
    of: (seat) => directory.seat(seat) && { channels: [{ kind: 'email', address: `${seat}@${domain}` }], script },
  };
}

/** Contacts that a reload replaces as a whole. */
export class ServedContacts implements Contacts {
  #contacts: Contacts;

  constructor(contacts: Contacts) {
    this.#contacts = contacts;
  }

  take(other: ServedContacts): void {
    this.#contacts = other.#contacts;
  }

  of(seat: string, at: Instant): Contact | undefined {
    return this.#contacts.of(seat, at);
  }
}

class WrittenContacts implements Contacts {
  readonly #bySeat = new Map<string, Contact>();
  readonly #byPerson = new Map<string, Contact>();

  constructor(
    file: ContactsFile,
    private readonly directory: Directory,
  ) {
    for (const written of file.contacts) {
      const { seat, person } = written;
      if (seat !== undefined) this.#bySeat.set(seat, contactOf(written));
      if (person !== undefined) this.#byPerson.set(person, contactOf(written));
    }
  }

  of(seat: string, at: Instant): Contact | undefined {
    const holding = this.directory.holderOf(seat, at);
    return (holding && this.#byPerson.get(holding.person.id)) ?? this.#bySeat.get(seat);
  }
}

function contactOf({ channels, language, quiet, digest }: Entry): Contact {
  return {
    channels: channels.map(channelOf),
    script: language === 'zh-Hans' ? 'hans' : 'hant',
    ...(quiet === undefined ? {} : { quiet }),
    ...(digest === undefined ? {} : { digest }),
  };
}

function channelOf(way: Entry['channels'][number]): Address {
  const { email, webhook, sms, telephone, secretEnv, mention } = way;
  if (email !== undefined) return { kind: 'email', address: email };
  if (webhook !== undefined) return { kind: 'webhook', url: webhook };
  if (sms !== undefined) return { kind: 'sms', number: sms };
  if (telephone !== undefined) return { kind: 'telephone', number: telephone };
  for (const kind of robots) {
    const url = way[kind];
    if (url === undefined) continue;
    return {
      kind,
      url,
      ...(secretEnv === undefined ? {} : { secretEnv }),
      ...(mention === undefined ? {} : { mention }),
    };
  }
  throw new Error('a channel without an address passed the check of the contacts file');
}

/** Entries that speak of nobody in the directory, or of somebody twice. */
function strangers({ data, where }: YamlFile<ContactsFile>, directory: Directory): string[] {
  const first = new Map<string, string>();
  return data.contacts.flatMap(({ seat, person }, i) => {
    const place = where(['contacts', i]);
    const name = seat === undefined ? `person '${person}'` : `seat '${seat}'`;
    const known = seat === undefined ? directory.person(person ?? '') : directory.seat(seat);
    if (!known) return [`${place}: the directory has no ${name}; expected an id of ${directory.version}`];
    const earlier = first.get(name);
    first.set(name, earlier ?? place);
    return earlier
      ? [`${place}: the ${name} has its contact already, at ${earlier}; expected one entry with all channels`]
      : [];
  });
}

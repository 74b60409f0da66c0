/** Where seats and persons are reached. Apart from the directory: addresses never enter a case, a record or Temporal. */
import { z } from 'zod';
import type { Instant } from '../../workflows/law';
import type { Directory, Script } from './directory';
import type { Loaded } from './load';
import { readYaml, type YamlFile } from './yaml-file';

export type Channel = { kind: 'email'; address: string } | { kind: 'webhook'; url: string };

export interface Contact {
  channels: readonly Channel[];
  /** The script messages are written in. */
  script: Script;
}

export interface Contacts {
  /** How a seat is reached at an instant: by its holder's own contact, else by the seat's. Undefined: by neither. */
  of(seat: string, at: Instant): Contact | undefined;
}

const channel = z
  .strictObject({
    email: z.email('expected an e-mail address such as desk@example.org').optional(),
    webhook: z
      .url({ protocol: /^https?$/, error: 'expected an address that begins with https:// or http://' })
      .optional(),
  })
  .refine(({ email, webhook }) => (email === undefined) !== (webhook === undefined), {
    error: 'expected either email or webhook; a second channel is an entry of its own',
  });
const entry = z
  .strictObject({
    seat: z.string().optional(),
    person: z.string().optional(),
    channels: z.array(channel).min(1, 'expected at least one channel'),
    language: z.enum(['zh-Hans', 'zh-Hant']).default('zh-Hans'),
  })
  .refine(({ seat, person }) => (seat === undefined) !== (person === undefined), {
    error: 'expected either seat or person; each is an entry of its own',
  });
const contactsFile = z.strictObject({ contacts: z.array(entry) });

type ContactsFile = z.output<typeof contactsFile>;

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

class WrittenContacts implements Contacts {
  readonly #bySeat = new Map<string, Contact>();
  readonly #byPerson = new Map<string, Contact>();

  constructor(
    file: ContactsFile,
    private readonly directory: Directory,
  ) {
    for (const { seat, person, channels, language } of file.contacts) {
      const contact: Contact = { channels: channels.map(channelOf), script: language === 'zh-Hans' ? 'hans' : 'hant' };
      if (seat !== undefined) this.#bySeat.set(seat, contact);
      if (person !== undefined) this.#byPerson.set(person, contact);
    }
  }

  of(seat: string, at: Instant): Contact | undefined {
    const holding = this.directory.holderOf(seat, at);
    return (holding && this.#byPerson.get(holding.person.id)) ?? this.#bySeat.get(seat);
  }
}

function channelOf({ email, webhook }: ContactsFile['contacts'][number]['channels'][number]): Channel {
  if (email !== undefined) return { kind: 'email', address: email };
  if (webhook !== undefined) return { kind: 'webhook', url: webhook };
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

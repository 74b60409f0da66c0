/** The identities file, read and checked. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { type Directory, type Loaded, readYaml, type YamlFile } from '../../activities/directory';
import { isDate } from '../../workflows/law';
import { Identities } from './identities';
import { secretProblem } from './secret';

const text = z.string().min(1, 'expected a text that is not empty').max(255, 'expected at most 255 characters');
const day = z.string().refine(isDate, { error: 'expected a day such as 2026-03-20' });
const period = { from: day.optional(), to: day.optional() };

const person = z.strictObject({ subject: text, person: text });
const staff = z.strictObject({ person: text, seat: text, ...period });
const secret = z
  .strictObject({ env: text.optional(), file: text.optional() })
  .refine(({ env, file }) => (env === undefined) !== (file === undefined), {
    error: 'expected either env, the name of an environment variable, or file; a secret itself never stands here',
  });
const system = z
  .strictObject({
    id: text.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a short lower-case name such as d10-oa'),
    /** Its client id at the issuer. */
    client: text.optional(),
    /** The `sub` of its tokens, where the issuer gives another one than the client id. */
    subject: text.optional(),
    /** Secrets of its webhooks; two while one replaces the other. */
    webhook: z.array(secret).min(1, 'expected at least one secret').max(2, 'expected at most two secrets').optional(),
    unit: text,
    seat: text,
    procedures: z.array(text).min(1, 'expected at least one procedure'),
    /** Types of acts, openings among them. */
    acts: z.array(text.regex(/^[A-Z][A-Z_]*$/, 'expected the type of an act such as PROGRESS')).min(1),
  })
  .refine(({ client, webhook }) => client !== undefined || webhook !== undefined, {
    error: 'expected client, webhook or both; otherwise nobody can speak for the system',
  })
  .refine(({ client, subject }) => client !== undefined || subject === undefined, {
    error: 'has a subject and no client; expected the client id the subject belongs to',
  });

const identitiesFile = z.strictObject({
  people: z.array(person).default([]),
  staff: z.array(staff).default([]),
  systems: z.array(system).default([]),
  auditors: z.array(text).default([]),
});

type IdentitiesFile = z.output<typeof identitiesFile>;

/**
 * Reads an identities file against the directory it speaks of, and the secrets it names. Errors are sentences that begin
 * with `file:line`; none of them shows a secret.
 *
 * @param procedures the procedures a system may be given and the types of acts each one takes, its opening among them
 */
export function loadIdentities(
  file: string,
  directory: Directory,
  procedures: ReadonlyMap<string, readonly string[]>,
  env: NodeJS.ProcessEnv = process.env,
): Loaded<Identities> {
  const read = readYaml(file, identitiesFile);
  if ('errors' in read) return read;
  const { ok } = read;
  const secrets = new Map(ok.data.systems.map((entry) => [entry.id, secretsOf(entry, dirname(file), env)]));
  const errors = [
    ...strangers(ok, directory),
    ...misplacedStaff(ok, directory),
    ...repeated(ok),
    ...misdirectedSystems(ok, directory, procedures),
    ...lackingSecrets(ok, secrets),
  ];
  if (errors.length > 0) return { errors };
  const systems = ok.data.systems.map(({ webhook: _, client, subject, ...entry }) => ({
    ...entry,
    ...(client === undefined ? {} : { client }),
    ...(subject === undefined ? {} : { subject }),
    secrets: secrets.get(entry.id)?.flatMap((one) => ('key' in one ? [one.key] : [])) ?? [],
  }));
  return { ok: new Identities(directory, ok.data, systems) };
}

type File = YamlFile<IdentitiesFile>;
type SystemData = IdentitiesFile['systems'][number];

/** Persons and seats the directory does not have. */
function strangers({ data, where }: File, directory: Directory): string[] {
  const place = (list: string, i: number, field: string | undefined) =>
    where(field === undefined ? [list, i] : [list, i, field]);
  const persons = (['people', 'staff'] as const).flatMap((list) =>
    data[list].flatMap(({ person }, i) =>
      directory.person(person)
        ? []
        : [`${place(list, i, 'person')}: nobody in ${directory.version} has the id '${person}'`],
    ),
  );
  const seats = [
    ...data.staff.map(({ seat }, i) => ({ seat, at: place('staff', i, 'seat') })),
    ...data.systems.map(({ seat }, i) => ({ seat, at: place('systems', i, 'seat') })),
    ...data.auditors.map((seat, i) => ({ seat, at: place('auditors', i, undefined) })),
  ];
  const unknown = seats.filter(({ seat }) => !directory.seat(seat));
  return [...persons, ...unknown.map(({ seat, at }) => `${at}: ${directory.version} has no seat '${seat}'`)];
}

/** A desk is staffed by several; every other seat is its holder's alone, and who that is stands in the directory. */
function misplacedStaff({ data, where }: File, directory: Directory): string[] {
  return data.staff.flatMap(({ seat: id, from, to }, i) => {
    const seat = directory.seat(id);
    const kind =
      seat === undefined || seat.kind === 'unit-desk'
        ? []
        : [`'${id}' is no desk: who holds it stands in the directory, as a holder`];
    const order =
      from !== undefined && to !== undefined && to < from ? [`ends on ${to}, before it begins on ${from}`] : [];
    return [...kind, ...order].map((sentence) => `${where(['staff', i])}: ${sentence}`);
  });
}

/** Subjects, clients and ids that would stand for two. */
function repeated({ data, where }: File): string[] {
  const named = [
    ...data.people.map(({ subject }, i) => ({ name: `the subject '${subject}'`, at: where(['people', i, 'subject']) })),
    ...data.systems.flatMap(({ id, client, subject }, i) => [
      { name: `the system '${id}'`, at: where(['systems', i, 'id']) },
      ...(client === undefined
        ? []
        : [{ name: `the subject '${subject ?? client}'`, at: where(['systems', i, 'client']) }]),
    ]),
  ];
  const first = new Map<string, string>();
  return named.flatMap(({ name, at }) => {
    const earlier = first.get(name);
    first.set(name, earlier ?? at);
    return earlier ? [`${at}: ${name} is there already, at ${earlier}; it must stand for one`] : [];
  });
}

function misdirectedSystems(
  { data, where }: File,
  directory: Directory,
  procedures: ReadonlyMap<string, readonly string[]>,
): string[] {
  return data.systems.flatMap(({ unit, seat, procedures: named, acts }, i) => {
    const at = (field: string, n?: number) => where(n === undefined ? ['systems', i, field] : ['systems', i, field, n]);
    const known = directory.unit(unit);
    const own = directory.seat(seat);
    const taken = named.flatMap((name) => procedures.get(name) ?? []);
    return [
      ...(known ? [] : [`${at('unit')}: ${directory.version} has no unit '${unit}'`]),
      ...(known && own && own.unit !== unit
        ? [`${at('seat')}: '${seat}' is no seat of ${unit}; a system acts for its own unit`]
        : []),
      ...named.flatMap((name, n) =>
        procedures.has(name)
          ? []
          : [`${at('procedures', n)}: there is no procedure '${name}'; there is ${[...procedures.keys()].join(', ')}`],
      ),
      ...acts.flatMap((act, n) =>
        taken.length === 0 || taken.includes(act)
          ? []
          : [`${at('acts', n)}: none of its procedures takes '${act}'; they take ${taken.join(', ')}`],
      ),
    ];
  });
}

type Secret = { key: string } | { problem: string };

function secretsOf({ webhook = [] }: SystemData, folder: string, env: NodeJS.ProcessEnv): Secret[] {
  return webhook.map(({ env: name, file }) => {
    const found = name === undefined ? readSecret(resolve(folder, file ?? '')) : env[name];
    if (found === undefined)
      return { problem: name === undefined ? `the file ${file} cannot be read` : `the environment has no ${name}` };
    const problem = secretProblem(found.trim());
    return problem === undefined ? { key: found.trim() } : { problem: `what ${name ?? file} holds ${problem}` };
  });
}

function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function lackingSecrets({ data, where }: File, secrets: ReadonlyMap<string, readonly Secret[]>): string[] {
  return data.systems.flatMap(({ id }, i) =>
    (secrets.get(id) ?? []).flatMap((secret, n) =>
      'problem' in secret
        ? [`${where(['systems', i, 'webhook', n])}: ${secret.problem}; expected the secret of its webhooks`]
        : [],
    ),
  );
}

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Contacts,
  type Directory,
  type Loaded,
  loadContacts,
  loadDirectory,
  type OverlayKind,
  ServedContacts,
  shippedFiles,
  sinkContacts,
} from '../../activities/directory';
import type { Place } from '../../activities/ledger';
import {
  type CalendarYear,
  type Overlay,
  type Override,
  parseCalendarYear,
  parseOverlay,
  parseOverrides,
  type SiteLaw,
} from '../../workflows/law';
import type { Procedure } from '../../workflows/procedures/kit';
// Not by the room's door: it loads what checks tokens, with every command that only reads its settings.
import { identityAmiss } from '../identity/config';
import { type Identities, noIdentities } from '../identity/identities';
import { loadIdentities } from '../identity/identities-file';
import { CONFIG_FILE, openConfig, type SiteConfig, type SiteKind } from './config';

/** An installation, read and checked: everything that is data and not code. */
export interface Site {
  kind: SiteKind;
  dataDir: string;
  config: SiteConfig;
  directory: Directory;
  contacts: Contacts;
  /** Whom subjects of the issuer stand for, who works at which desk, which systems may do what. */
  identities: Identities;
  law: SiteLaw;
  /** Temporal namespace and task queue. */
  namespace: string;
  taskQueue: string;
  /** 【演练】 or 【演示】: on every output of what is not real. */
  mark: string | undefined;
}

const overlayOf: Record<SiteKind, OverlayKind | undefined> = { city: undefined, demo: 'demo', drill: 'drill' };

/** Reads a data directory. Every error is a sentence that names file and line. */
export function openSite(dataDir: string, kind: SiteKind, env: NodeJS.ProcessEnv = process.env): Loaded<Site> {
  const folder = resolve(dataDir);
  const configured = openConfig(folder, kind, env);
  if ('errors' in configured) return configured;
  const config = configured.ok;
  const inside = (file: string): string => resolve(folder, file);
  const overlay = overlayOf[kind];
  const files = config.directory?.map(inside) ?? [shippedFiles().city];
  const directory = loadDirectory(files, overlay && { file: shippedFiles().overlay, kind: overlay });
  if ('errors' in directory) return directory;
  const contacts = contactsOf(config, inside, directory.ok);
  if ('errors' in contacts) return contacts;
  const identities = identitiesOf(config, inside, directory.ok);
  if ('errors' in identities) return identities;
  const law = lawOf(config, inside);
  if ('errors' in law) return law;
  return {
    ok: {
      kind,
      dataDir: folder,
      config,
      directory: directory.ok,
      contacts: new ServedContacts(contacts.ok),
      identities: identities.ok,
      law: law.ok,
      namespace: config.temporal?.namespace ?? (kind === 'city' ? 'zhengling' : kind),
      taskQueue: 'procedures',
      mark: directory.ok.mark?.hans,
    },
  };
}

export const ledgerFile = (site: Pick<Site, 'dataDir'>): string => join(site.dataDir, 'ledger.db');

/** Where the ledger is: a database, where one is named, else a file of the data directory. A drill keeps its own file. */
export function ledgerPlace(site: Pick<Site, 'dataDir' | 'kind' | 'config'>): Place {
  const { url, schema = site.kind === 'city' ? 'zhengling' : `zhengling_${site.kind}` } = site.config.ledger ?? {};
  return url === undefined || site.kind === 'drill' ? { file: ledgerFile(site) } : { url, schema };
}

/** Demonstrations and drills send to a sink; a city has no addresses until its operator names some. */
function contactsOf(config: SiteConfig, inside: (file: string) => string, directory: Directory): Loaded<Contacts> {
  if (config.contacts !== undefined) return loadContacts(inside(config.contacts), directory);
  return { ok: config.kind === 'city' ? { of: () => undefined } : sinkContacts(directory) };
}

function identitiesOf(
  { kind, identity }: SiteConfig,
  inside: (file: string) => string,
  directory: Directory,
): Loaded<Identities> {
  const amiss = identityAmiss(kind, identity);
  if (amiss) return { errors: [`${inside(CONFIG_FILE)}: ${amiss}`] };
  if (identity?.identities === undefined) return { ok: noIdentities(directory) };
  return loadIdentities(inside(identity.identities), directory, actsByProcedure());
}

/** What systems may be given: by procedure, its openings and its acts. Loaded where somebody gives them something. */
function actsByProcedure(): Map<string, string[]> {
  const { procedures } = require('../../workflows/procedures') as { procedures: readonly Procedure[] };
  const openings = ({ opening, alsoOpens = [] }: Procedure) => [opening, ...alsoOpens].map(({ type }) => type);
  return new Map(procedures.map((one) => [one.name, [...new Set([...openings(one), ...Object.keys(one.acts)])]]));
}

type Parsed<T> = ({ ok: true } & T) | { ok: false; errors: string[] };

function lawOf({ parameters, calendar }: SiteConfig, inside: (file: string) => string): Loaded<SiteLaw> {
  const errors: string[] = [];
  const read = <T>(file: string | undefined, parse: (json: unknown, name: string) => Parsed<T>): T | undefined => {
    if (file === undefined) return undefined;
    const json = readJson(inside(file));
    const parsed = 'errors' in json ? { ok: false as const, errors: json.errors } : parse(json.ok, file);
    if (parsed.ok) return parsed;
    errors.push(...parsed.errors);
    return undefined;
  };
  const overrides = read<{ overrides: Override[] }>(parameters, parseOverrides as never)?.overrides;
  const overlay = read<{ value: Overlay }>(calendar?.overlay, parseOverlay as never)?.value;
  const years = (calendar?.years ?? []).flatMap(
    (file) => read<{ value: CalendarYear }>(file, parseCalendarYear as never)?.value ?? [],
  );
  if (errors.length > 0) return { errors };
  return {
    ok: {
      ...(overrides ? { overrides } : {}),
      ...(overlay ? { overlay } : {}),
      ...(years.length > 0 ? { years } : {}),
    },
  };
}

function readJson(path: string): Loaded<unknown> {
  try {
    return { ok: JSON.parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    const why =
      error instanceof SyntaxError
        ? `is not valid JSON: ${error.message}`
        : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    return { errors: [`${path} ${why}`] };
  }
}

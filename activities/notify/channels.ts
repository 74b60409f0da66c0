/** The channels an installation has, from its configuration. */
import type { Channel } from './channel';
import type { ChannelsConfig } from './config';
import { portChannel } from './port';
import { type RobotKind, robotChannel } from './robots';
import { smtpChannel } from './smtp';
import { webhookChannel } from './webhook';

const SECOND = 1_000;
const robots = ['wecom', 'dingtalk', 'feishu'] as const satisfies readonly RobotKind[];
const ports = ['sms', 'telephone'] as const;

/**
 * Opens every channel that is configured, or answers why not: sentences that name the setting and the variable of the
 * environment it lacks.
 */
export function openChannels(
  config: ChannelsConfig,
  env: NodeJS.ProcessEnv = process.env,
): { ok: Channel[] } | { errors: string[] } {
  const errors: string[] = [];
  const open = (name: string, make: () => Channel): Channel[] => {
    try {
      return [make()];
    } catch (error) {
      errors.push(`channels.${name}: ${(error as Error).message}`);
      return [];
    }
  };
  const { smtp, webhook } = config;
  const channels = [
    ...(smtp ? open('smtp', () => smtpChannel(smtpOptions(smtp, env))) : []),
    ...(webhook
      ? open('webhook', () => webhookChannel({ ...common(webhook), secret: secretText(webhook.secret, env) }))
      : []),
    ...robots.flatMap((kind) => {
      const robot = config[kind];
      return robot ? open(kind, () => robotChannel(kind, { ...common(robot), env })) : [];
    }),
    ...ports.flatMap((kind) => {
      const port = config[kind];
      return port ? open(kind, () => portChannel(kind, { ...port, ...common(port) }, env)) : [];
    }),
  ];
  return errors.length > 0 ? { errors } : { ok: channels };
}

function smtpOptions(smtp: NonNullable<ChannelsConfig['smtp']>, env: NodeJS.ProcessEnv) {
  const { host, port, from, secure, user, password } = smtp;
  return {
    host,
    port,
    from,
    ...common(smtp),
    ...(secure === undefined ? {} : { secure }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password: secretText(password, env) }),
  };
}

function common({ limit, timeoutSeconds }: { limit?: Channel['limit']; timeoutSeconds?: number | undefined }) {
  return { limit, ...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * SECOND }) };
}

/** @throws Error naming the variable that is not set */
function secretText(text: string, env: NodeJS.ProcessEnv): string {
  const name = /^\{env:([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text)?.[1];
  if (name === undefined) return text;
  const value = env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

export { type Alarm, type AlarmOptions, createAlarm } from './alarm';
export { type Address, type Channel, ChannelBusy, type Message, type Script } from './channel';
export { openChannels } from './channels';
export { DIGEST, type Recipient, type Render, type Text, UNASSIGNED, WOKEN } from './compose';
export { type ChannelsConfig, channelsConfig } from './config';
export { type Contact, createDelivery, type Delivery, type DeliveryOptions, type Round } from './delivery';
export { type Hours, isQuiet, type Office } from './hours';
export type { Limit } from './limits';
export { LINK_KEY_FILE, linkKey } from './link-key';
export {
  ACKNOWLEDGE_PATH,
  type Acknowledged,
  type AcknowledgingLedger,
  acknowledgeByLink,
  casesOf,
  type Linked,
  type LinkOptions,
  NoticeLinks,
  readLink,
  type WhyNot,
} from './links';
export { type Pace, usualPace } from './pace';
export { type PortKind, type PortOptions, portChannel, type Template } from './port';
export { type RobotKind, type RobotOptions, robotChannel } from './robots';
export { type SmtpOptions, smtpChannel } from './smtp';
export { type SmtpSink, type SmtpSinkOptions, type SunkMail, startSmtpSink } from './smtp-sink';
export { type WebhookBody, type WebhookOptions, webhookChannel } from './webhook';

export type { Address, Channel, Message, Script } from './channel';
export { DIGEST, type Recipient, type Render, UNASSIGNED } from './compose';
export { type Contact, createDelivery, type Delivery, type DeliveryOptions, type Round } from './delivery';
export { type Pace, usualPace } from './pace';
export { type SmtpOptions, smtpChannel } from './smtp';
export { type SmtpSink, type SmtpSinkOptions, type SunkMail, startSmtpSink } from './smtp-sink';
export { type WebhookBody, type WebhookOptions, webhookChannel } from './webhook';

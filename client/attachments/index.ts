export { type AttachmentsConfig, attachmentsConfig, DEFAULT_LIMIT } from './config';
export { isClassified } from './content';
export { type Kind, kindOf, kinds } from './kind';
export { type AttachmentStore, attachmentStore, NotStored, StorageUnavailable, sha256 } from './store';

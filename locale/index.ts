export {
  type AcknowledgeAnswer,
  type AcknowledgeQuestion,
  acknowledgeAnswerPage,
  acknowledgePage,
  acknowledgeTexts,
} from './acknowledge';
export { type CliSentence, cliText, cliTexts, type TableHead, tableHead } from './cli';
export { type ExportText, exportText, exportTexts } from './export';
export { outageOver, statusTitle, workersAway } from './gateway';
export { alarmNotice, type Notice, noticeTexts, renderNotice } from './notices';
export {
  citationText,
  eventLabel,
  type FindingCode,
  findingText,
  isCitation,
  type LabelKey,
  label,
  labelOr,
  mainStateLabel,
  type RefusalCode,
  type RefusalText,
  type RefusalToSay,
  refusalText,
  render,
  renderDigest,
  type Script,
  type SpeakOptions,
  type TemplateData,
  type TemplateId,
} from './speak';
export { findings, labels, type Pair, refusals, type Said, type Template, templates } from './zh';

export {
  type AcknowledgeAnswer,
  type AcknowledgeQuestion,
  acknowledgeAnswerPage,
  acknowledgePage,
  acknowledgeTexts,
} from './acknowledge';
export { termTexts } from './acting-authority';
export { type ArticleInShort, articlesInShort } from './articles';
export { type CliSentence, cliText, cliTexts, type TableHead, tableHead } from './cli';
export { type ExportText, exportText, exportTexts } from './export';
export { outageOver, statusTitle, workersAway } from './gateway';
export {
  type BookHead,
  type BookWord,
  bookHead,
  bookText,
  bookTexts,
  chapterTitles,
  procedureTitles,
} from './law';
export { parameterValueText, unitText } from './law-values';
export { alarmNotice, type Notice, noticeTexts, renderNotice } from './notices';
export { parameterReasons } from './parameter-reasons';
export { parameterNames } from './parameters';
export { lawChangeText } from './rulebook-version';
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
export { findings, labels, outcomes, type Pair, refusals, type Said, type Template, templates } from './zh';

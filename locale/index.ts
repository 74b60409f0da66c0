export {
  citationText,
  eventLabel,
  type FindingCode,
  findingText,
  type LabelKey,
  label,
  mainStateLabel,
  type RefusalCode,
  type RefusalText,
  type RefusalToSay,
  refusalText,
  render,
  type Script,
  type SpeakOptions,
  type TemplateData,
  type TemplateId,
} from './speak';
export { findings, labels, type Pair, refusals, type Said, type Template, templates } from './zh';

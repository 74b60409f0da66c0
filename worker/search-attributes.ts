import type { SearchAttributeTypeName } from './temporal';

/** The fixed set every case fills; a namespace on SQL has room for ten keywords and three of each other type. */
export const searchAttributes: Record<string, SearchAttributeTypeName> = {
  Procedure: 'Keyword',
  Edition: 'Keyword',
  CaseNo: 'Keyword',
  Matter: 'Keyword',
  Unit: 'Keyword',
  Urgency: 'Keyword',
  Drill: 'Keyword',
  State: 'KeywordList',
  Awaiting: 'KeywordList',
  Articles: 'KeywordList',
  OpenedAt: 'Datetime',
  DueAt: 'Datetime',
  Overdue: 'Bool',
  EscalationLevel: 'Int',
};

/** What is told where units were merged, split or renamed. */
import { zh } from './pair';

/** Spread into the tables of zh.ts. */
export const directoryLabels = {
  'event.UNIT_CHANGED': zh('机构调整', '機構調整'),
};

export const directoryTemplates = {
  'units.changed': {
    subject: zh('事项{caseNo}因机构调整转由{seat}承办', '事項{caseNo}因機構調整轉由{seat}承辦'),
    body: zh(
      '因机构调整（{ref}），事项{caseNo}中由{seats}承担的职责转由{seat}承担。期限不变，已办理的步骤继续有效。请{seat}接续办理。',
      '因機構調整（{ref}），事項{caseNo}中由{seats}承擔的職責轉由{seat}承擔。期限不變，已辦理的步驟繼續有效。請{seat}接續辦理。',
    ),
  },
};

/** The package of a closed case. */
export { type ExportAnswer, type Exported, type ExportParts, exportCase } from './export-case';

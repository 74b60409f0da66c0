/** Short labels for the Temporal UI. Sentences and templates stand in the locale table, which is not bundled. */
export const title = '规则版本';

export const states: Record<string, string> = {
  draft: '草案',
  approved: '已批准',
  published: '施行中',
  superseded: '已被取代',
  withdrawn: '已撤回',
};

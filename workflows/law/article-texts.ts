/**
 * What the articles oblige to, in our own words, with a short heading of our own. For documentation and pages; workflows
 * do not load it. The wording of the rulebook itself is not reproduced.
 */
import type { Article } from './citation';

export interface ArticleText {
  /** A short Chinese heading of ours; the rulebook gives its articles none. */
  heading: string;
  summary: string;
}

export const articleTexts: Partial<Record<Article, ArticleText>> = {
  1: {
    heading: '制定依据',
    summary: 'Names the constitution and the local organic law as its ground and two higher work rules as its models.',
  },
  6: {
    heading: '市长负责制',
    summary: 'The mayor leads and answers; vice mayors assist, the executive vice mayor with the daily work.',
  },
  7: {
    heading: '副市长分工与报告',
    summary:
      'A vice mayor handles the own field and what the mayor entrusts, reports important situations to the mayor in ' +
      'time, proposes solutions on major matters, and settles with a colleague what touches the field of that colleague.',
  },
  8: {
    heading: '秘书长职责',
    summary: 'The secretary-general works under the mayor, helps with daily affairs and leads the Office.',
  },
  9: {
    heading: '主持工作顺位',
    summary:
      'While the mayor is out of town the executive vice mayor presides when entrusted; if both are out, one vice mayor ' +
      'by order of appointment.',
  },
  10: {
    heading: '部门负责',
    summary: 'Heads of departments answer for their department within its legal powers, and departments work together.',
  },
  41: {
    heading: '会议种类与紧急处置',
    summary:
      'Major matters go to the plenary or the standing meeting; what is too urgent for a meeting the vice mayor in ' +
      'charge handles and then reports to the mayor.',
  },
  44: {
    heading: '常务会议',
    summary: 'Composition, quorum, rhythm, chair and eleven tasks of the standing meeting.',
  },
  52: {
    heading: '报送公文',
    summary:
      'Form of papers sent to the government, no direct sending to a single leader as a rule, how disagreement between ' +
      'departments is laid out, and who signs.',
  },
  57: {
    heading: '年度安排与调整',
    summary: 'Work is arranged yearly and ahead, and adjusted when conditions change.',
  },
  58: {
    heading: '牵头负责',
    summary:
      'Daily work belongs to the vice mayor of the field; what crosses fields has, in principle, one leading vice mayor, ' +
      'and what crosses departments has one leading department.',
  },
  59: {
    heading: '目标责任考核',
    summary: 'Settled goals and matters are assessed, and the result counts for rewards and for the use of cadres.',
  },
  60: {
    heading: '不得擅改决定',
    summary: 'Decisions are carried out; nobody changes or stops one without the consent of the government.',
  },
  61: {
    heading: '落实报告与督促整改',
    summary:
      'The unit responsible reports within the term set for it; whenever it has not delivered as required it explains ' +
      'itself in writing. The government gives opinions for improvement or orders rectification by a date; the Office ' +
      'and the supervision office inspect, analyse, report, and circulate where they see fit.',
  },
  62: {
    heading: '督查事项八类',
    summary:
      'Lists eight sources of matters that enter supervision; the supervision office follows them from start to end and ' +
      'urges in time.',
  },
  63: {
    heading: '领导过问与协调',
    summary:
      'Vice mayor in charge and secretary-general look into execution at intervals and solve problems; for complex ones ' +
      'across several fields they may ask the mayor or the executive vice mayor for a meeting.',
  },
  64: {
    heading: '通报与跟踪审计',
    summary:
      'Units and persons who do not execute, shirk or delay are named in a circular; the audit office follows the use of ' +
      'special funds and reports.',
  },
  65: {
    heading: '过错追究范围',
    summary:
      'Everyone who decides or executes is in scope: wrong decisions against the rules, non-execution, delay and ' +
      'unauthorised change are answered for when they cause heavy loss or serious bad effect.',
  },
  67: {
    heading: '紧急报告与值班',
    summary:
      'Departments and county governments owe immediate reports of important urgent situations and keep a watch round ' +
      'the clock; late, false, concealed and omitted reports are pursued.',
  },
  70: {
    heading: '保密与外事纪律',
    summary: 'State, work and commercial secrets are kept, and discipline in foreign affairs is observed.',
  },
  73: {
    heading: '按程序时限办理',
    summary:
      'Matters are handled by procedure and in time, what does not conform is not handled, and shirking, delay and abuse ' +
      'are pursued.',
  },
  74: {
    heading: '适用范围',
    summary: 'The rules also bind the dispatched agencies and the institutions directly under the government.',
  },
  75: {
    heading: '施行与废止',
    summary: 'In force from publication; the rules of 2019 end, and earlier rules that differ give way.',
  },
};

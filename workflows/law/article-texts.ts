/**
 * What the articles oblige to, in our own words, with a short heading of our own. For documentation and pages; workflows
 * do not load it. The wording of the rulebook itself is not reproduced. In Chinese: `locale/articles.ts`.
 */
import type { Article } from './citation';

export interface ArticleText {
  /** A short Chinese heading of ours; the rulebook gives its articles none. */
  heading: string;
  summary: string;
  /** Why there is nothing to enforce, where that is so. */
  nothing?: string;
}

export const articleTexts: Record<Article, ArticleText> = {
  1: {
    heading: '制定依据',
    summary: 'Names the constitution and the local organic law as its ground and two higher work rules as its models.',
  },
  2: {
    heading: '指导思想',
    summary: 'States the ideas that guide the work of the government and its aims for the region.',
    nothing: 'Guiding ideas and aims: no act can be checked against them.',
  },
  3: {
    heading: '工作准则',
    summary: 'Names the standards of the government’s work and the kind of government it wants to be.',
    nothing: 'Standards of work in general terms: no act can be checked against them.',
  },
  4: {
    heading: '组成人员',
    summary:
      'Lists the members of the government: mayor, vice mayors, secretary-general, heads of commissions and bureaus.',
    nothing: 'Says who is a member. The directory holds it, with its seats and periods; no case runs on it.',
  },
  5: {
    heading: '履职要求',
    summary: 'Asks members for political steadiness, honest service and lawful exercise of powers.',
    nothing: 'Conduct of members: judged by other bodies, not by a step of a case.',
  },
  6: {
    heading: '市长负责制',
    summary: 'The mayor leads and answers; vice mayors assist, the executive vice mayor with the daily work.',
  },
  7: {
    heading: '副市长分工与报告',
    summary:
      'A vice mayor handles the own field and what the mayor entrusts, reports important situations to the mayor in time, proposes solutions on major matters, and settles with a colleague what touches the field of that colleague.',
  },
  8: {
    heading: '秘书长职责',
    summary: 'The secretary-general works under the mayor, helps with daily affairs and leads the Office.',
  },
  9: {
    heading: '主持工作顺位',
    summary:
      'While the mayor is out of town the executive vice mayor presides when entrusted; if both are out, one vice mayor by order of appointment.',
  },
  10: {
    heading: '部门负责',
    summary: 'Heads of departments answer for their department within its legal powers, and departments work together.',
  },
  11: {
    heading: '职能转变',
    summary: 'Sets the direction of reform: unified orders, clear powers, better services.',
    nothing: 'Direction of reform: no step, no paper, no date.',
  },
  12: {
    heading: '经济调节',
    summary: 'Describes how the economy is to be regulated and steadied.',
    nothing: 'Describes a function: no step, no paper, no date.',
  },
  13: {
    heading: '市场监管',
    summary: 'Describes supervision of markets, fair entry and credit of those who act on them.',
    nothing: 'Describes a function: no step, no paper, no date.',
  },
  14: {
    heading: '社会管理',
    summary: 'Describes care for social order and asks for mechanisms against public emergencies; it defines no step.',
    nothing:
      'Describes a function; the mechanisms it asks for have no step here. It lies behind reports of urgent situations.',
  },
  15: {
    heading: '公共服务',
    summary: 'Describes public services that reach everybody.',
    nothing: 'Describes a function: no step, no paper, no date.',
  },
  16: {
    heading: '生态保护',
    summary: 'Describes the protection of environment and nature.',
    nothing: 'Describes a function: no step, no paper, no date.',
  },
  17: {
    heading: '放管服与数字政府',
    summary: 'Wants leaner procedures, a good climate for business and digital services.',
    nothing: 'Direction of reform: no step, no paper, no date.',
  },
  18: {
    heading: '法治政府责任',
    summary: 'Binds government and departments to law in all they do.',
    nothing: 'A duty in general terms; what follows from it stands in the articles on documents and decisions.',
  },
  19: {
    heading: '立规修规与评估',
    summary:
      'The government proposes local laws, makes and revises rules, normative and other policy documents when needed; rules in effect are evaluated and mended.',
  },
  20: {
    heading: '部门规范性文件',
    summary:
      'Department documents conform to higher law; what touches two or more departments is heard among them and issued jointly or by the government; delicate subjects are asked beforehand; every such document is filed, reviewed by the judicial bureau and reported on.',
  },
  21: {
    heading: '法规草案审查与清理',
    summary:
      'Drafts of local laws and rules pass through the judicial bureau; interpretation of a rule goes from its opinion to approval and publication; rules and documents are cleaned up at intervals.',
  },
  22: {
    heading: '执法体制',
    summary: 'Wants enforcement apart from economic interest, with defined powers, open and lawful.',
    nothing: 'Reform of enforcement: no step, no paper, no date.',
  },
  23: {
    heading: '政务公开',
    summary:
      'Openness is the rule and secrecy the exception, through decision, execution, management, service and result.',
  },
  24: {
    heading: '决策预公开',
    summary:
      'Before a major decision that touches vital interests or needs wide knowledge the public is heard, unless law demands secrecy; what was said and what was taken up is published.',
  },
  25: {
    heading: '政策解读与舆情回应',
    summary:
      'Whoever drafts interprets; document and interpretation go together; public opinion is watched, weighed and answered with timely information.',
  },
  26: {
    heading: '列席与会议公开',
    summary:
      'Interested people, experts and media may sit in; meetings and matters of public interest that need wide knowledge are made public.',
  },
  27: {
    heading: '人大与政协监督',
    summary:
      'The government reports to the congress, answers inquiries and questioning, files rules and normative documents, and listens to CPPCC.',
  },
  28: {
    heading: '议案建议提案办理',
    summary:
      'Bills, suggestions and proposals are handled with their authors, reported on at intervals, and the results published.',
  },
  29: {
    heading: '复议与执法责任',
    summary:
      'Administrative reconsideration is guided and wrong acts are put right; enforcement has responsibility, assessment and accountability for faults.',
  },
  30: {
    heading: '社会与舆论监督',
    summary:
      'What the public and the media raise is checked and acted on, and the outcome of major problems is published.',
  },
  31: {
    heading: '信访工作',
    summary:
      'Meetings on letters and visits are held at intervals; leaders read and mark important ones themselves, receive visitors at intervals and coordinate hard cases.',
  },
  32: {
    heading: '监察司法审计监督',
    summary:
      'Supervision, courts and audit are accepted, effective judgments performed; what is found is investigated, put right and reported to the government.',
  },
  33: {
    heading: '内部监督',
    summary:
      'Filing review, reconsideration and correction inside the administration; counties and districts are asked for opinions.',
  },
  34: {
    heading: '效能与问责',
    summary: 'Departments run performance management with assessment, scope and procedure of accountability.',
  },
  35: {
    heading: '重大决策机制',
    summary:
      'Public participation, expert argument, risk assessment, legality review and collective discussion; assessment of risks for stability is compulsory where vital interests and stability are touched.',
  },
  36: {
    heading: '决策方法',
    summary: 'Experts, forecasts, assessment of benefits, tender and comparison are used in major decisions.',
  },
  37: {
    heading: '决策会议',
    summary:
      'What falls in the scope of the national and the regional instrument, and drafts of local laws and rules, is decided by plenary or standing meeting.',
  },
  38: {
    heading: '提请决策的前置',
    summary:
      'Before a department asks for a major decision: conformity, research, argument by consulting bodies and legality review always; consultation, counties’ opinions, assessment for stability, publicity or hearing where concerned.',
  },
  39: {
    heading: '向市委报告与协商',
    summary:
      'A major decision is reported to the Municipal Party Committee first; what belongs to the congress goes there; CPPCC and others are consulted on overall matters.',
  },
  40: {
    heading: '年度决策目录',
    summary:
      'Government and departments set up and publish a yearly catalogue of decisions, and follow them with feedback and evaluation.',
  },
  41: {
    heading: '会议种类与紧急处置',
    summary:
      'Major matters go to the plenary or the standing meeting; what is too urgent for a meeting the vice mayor in charge handles and then reports to the mayor.',
  },
  42: {
    heading: '全体会议',
    summary: 'Members, observers, about half-yearly rhythm, chair and four tasks of the plenary.',
  },
  43: {
    heading: '党组会议',
    summary: 'Convener and chair, members, quorum, about monthly rhythm and five tasks of the Party group meeting.',
  },
  44: {
    heading: '常务会议',
    summary: 'Composition, quorum, rhythm, chair and eleven tasks of the standing meeting.',
  },
  45: {
    heading: '市长办公会议',
    summary:
      'The mayor convenes and chairs; vice mayors concerned and the secretary-general attend, as needed; four tasks.',
  },
  46: {
    heading: '专题会议',
    summary:
      'Mayor, vice mayors and secretary-general hold special meetings by field, a deputy secretary-general when entrusted with a concrete problem; three tasks.',
  },
  47: {
    heading: '议题审定',
    summary:
      'Who proposes, checks and determines the items of each kind of meeting; what is not agreed is not submitted; special meetings leave staffing and funding alone.',
  },
  48: {
    heading: '会议组织',
    summary: 'The Office organises all five kinds of meeting.',
  },
  49: {
    heading: '会议请假与议题撤列',
    summary:
      'Leave is asked before the meeting, of whom depends on the rank; who is asked to observe sends a deputy; an item whose vice mayor or proposing head cannot attend comes off the list.',
  },
  50: {
    heading: '会议纪要与新闻稿',
    summary:
      'Minutes are reviewed, then signed by who chaired; decisions fit for it are reported in the media; overall matters of special meetings need the mayor’s consent.',
  },
  51: {
    heading: '控制会议',
    summary:
      'Citywide meetings are planned, merged and limited in number, people, length, rank of those who attend and form.',
  },
  52: {
    heading: '报送公文',
    summary:
      'Form of papers sent to the government, no direct sending to a single leader as a rule, how disagreement between departments is laid out, and who signs.',
  },
  53: {
    heading: '公文呈批',
    summary:
      'The Office routes papers by fields; a vice mayor may pass one to a colleague; major ones go to the mayor.',
  },
  54: {
    heading: '市长签署',
    summary: 'Rules, decisions, orders and bills to the congress are signed by the mayor.',
  },
  55: {
    heading: '公文签发与协议',
    summary:
      'Chains of review and signature for papers upward, level and downward, for papers of the Office, and for agreements in the name of the government.',
  },
  56: {
    heading: '精简公文',
    summary:
      'Fewer papers: departments do not ask for forwarding, nothing repeats the law or is without substance, misdirected matters are passed on.',
  },
  57: {
    heading: '年度安排与调整',
    summary: 'Work is arranged yearly and ahead, and adjusted when conditions change.',
  },
  58: {
    heading: '牵头负责',
    summary:
      'Daily work belongs to the vice mayor of the field; what crosses fields has, in principle, one leading vice mayor, and what crosses departments has one leading department.',
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
      'The unit responsible reports within the term set for it; whenever it has not delivered as required it explains itself in writing. The government gives opinions for improvement or orders rectification by a date; the Office and the supervision office inspect, analyse, report, and circulate where they see fit.',
  },
  62: {
    heading: '督查事项八类',
    summary:
      'Lists eight sources of matters that enter supervision; the supervision office follows them from start to end and urges in time.',
  },
  63: {
    heading: '领导过问与协调',
    summary:
      'Vice mayor in charge and secretary-general look into execution at intervals and solve problems; for complex ones across several fields they may ask the mayor or the executive vice mayor for a meeting.',
  },
  64: {
    heading: '通报与跟踪审计',
    summary:
      'Units and persons who do not execute, shirk or delay are named in a circular; the audit office follows the use of special funds and reports.',
  },
  65: {
    heading: '过错追究范围',
    summary:
      'Everyone who decides or executes is in scope: wrong decisions against the rules, non-execution, delay and unauthorised change are answered for when they cause heavy loss or serious bad effect.',
  },
  66: {
    heading: '应急体系',
    summary: 'Asks for plans, command platform, checks of risks, teams and supplies.',
    nothing:
      'Plans, teams and supplies are to be built; no step. It lies behind reports of urgent situations and the watch.',
  },
  67: {
    heading: '紧急报告与值班',
    summary:
      'Departments and county governments owe immediate reports of important urgent situations and keep a watch round the clock; late, false, concealed and omitted reports are pursued.',
  },
  68: {
    heading: '作风规定',
    summary: 'Binds members to the rules on conduct: research, meetings, style, reception, benefits.',
    nothing: 'Rules of conduct of other papers: no act of a case can be checked against them here.',
  },
  69: {
    heading: '执行决定与发布纪律',
    summary:
      'Members carry out decisions and dissent inside only; departments have releases on important matters approved, and ask the government first in major situations.',
  },
  70: {
    heading: '保密与外事纪律',
    summary: 'State, work and commercial secrets are kept, and discipline in foreign affairs is observed.',
  },
  71: {
    heading: '请假报备',
    summary:
      'Mayor and executive vice mayor are as a rule not away together; vice mayors, secretary-general and heads of departments and counties ask beforehand, each of whom is named; heads file with two offices.',
  },
  72: {
    heading: '廉洁与财经纪律',
    summary: 'Integrity, no abuse of office, frugality and discipline in spending.',
    nothing: 'Integrity and spending: watched by other bodies, not by a step of a case.',
  },
  73: {
    heading: '按程序时限办理',
    summary:
      'Matters are handled by procedure and in time, what does not conform is not handled, and shirking, delay and abuse are pursued.',
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

/** Why a shipped figure is what it is, by the English of the tables. What a site enters is shown as it was entered. */
import { type Pair, zh } from './pair';

export const parameterReasons: Readonly<Record<string, Pair>> = {
  'holidays and exchanged days by the national notices, without which no working day can be counted': zh(
    '按国家公布的放假和调休安排，否则无从计算工作日',
    '按國家公佈的放假和調休安排，否則無從計算工作日',
  ),
  'the usual hours of the offices': zh('机关通常的办公时间', '機關通常的辦公時間'),
  'half an hour after the offices open': zh('上班后半小时', '上班後半小時'),
  'an entrance repeats an act through an outage as long as a weekend; what is older is handed in anew': zh(
    '停机不超过一个周末的，入口自动重送；更久的重新提交',
    '停機不超過一個周末的，入口自動重送；更久的重新提交',
  ),
  'a unit needs days to answer': zh('单位答复需要几天', '單位答覆需要幾天'),
  'as for decided work: a unit needs days to answer': zh(
    '与督办事项相同：单位答复需要几天',
    '與督辦事項相同：單位答覆需要幾天',
  ),
  'a desk answers in a day': zh('领导案头一天内答复', '領導案頭一天內答覆'),
  'a meeting is arranged from day to day': zh('会议组织按天推进', '會議組織按天推進'),
  'an answer to an oversight body has weeks': zh('对监督机关的答复以周计', '對監督機關的答覆以周計'),
  'four law studies a year': zh('一年学法四次', '一年學法四次'),
  'figures of the economy come out by the month': zh('经济数据按月发布', '經濟數據按月發佈'),
  'two reports a year': zh('一年报告两次', '一年報告兩次'),
  'a clean-up takes months; every second year leaves time between two of them': zh(
    '一次清理需数月，隔年一次较为适当',
    '一次清理需數月，隔年一次較為適當',
  ),
  'letters come in all the time': zh('来信来访随时都有', '來信來訪隨時都有'),
  'visitors come all the time': zh('来访随时都有', '來訪隨時都有'),
  'as long as the usual term of an item: each is looked at about once': zh(
    '与事项的通常期限相当，每项大约分析一次',
    '與事項的通常期限相當，每項大約分析一次',
  ),
  'as the analysis of decided matters': zh('与督查分析相同', '與督查分析相同'),
  'with the yearly session of the congress': zh('随人民代表大会年度会议', '隨人民代表大會年度會議'),
  'twice a year': zh('一年两次', '一年兩次'),
  'periods are usually counted by the calendar': zh('周期通常按日历计算', '周期通常按日曆計算'),
  'time enough to call a meeting': zh('足够召集一次会议', '足夠召集一次會議'),
  'the text gives no grace': zh('条文没有宽限', '條文沒有寬限'),
  'done steps stay, the next step follows the new version; a meeting in session is one step': zh(
    '已办的有效，下一步按新版；进行中的会议视为一步',
    '已辦的有效，下一步按新版；進行中的會議視為一步',
  ),
  'the page gives neither day nor number; until an operator enters them the edition is a draft': zh(
    '所据网页未载日期和文号，录入之前为草案版本',
    '所據網頁未載日期和文號，錄入之前為草案版本',
  ),
  'all 31 departments on the list and the reform commission count alike for signature and leave; the flag isMemberDepartment can narrow it':
    zh(
      '名单所列31个部门和发改委在签发、请假上同等对待，可用 isMemberDepartment 缩小范围',
      '名單所列31個部門和發改委在簽發、請假上同等對待，可用 isMemberDepartment 縮小範圍',
    ),
  'the last chapter binds them too, though the articles on leave and duty list other units': zh(
    '附则规定一并适用，虽然请假、值班条文列的是其他单位',
    '附則規定一併適用，雖然請假、值班條文列的是其他單位',
  ),
  'for a unit without vice mayor the mayor takes the step of the vice mayor in charge; its leave asks party secretary and mayor':
    zh(
      '没有分管副市长的单位，由市长办理分管环节；请假报市委书记和市长',
      '沒有分管副市長的單位，由市長辦理分管環節；請假報市委書記和市長',
    ),
  'a paper can be signed anywhere, a meeting is chaired in the room': zh(
    '文件可以异地签，会议须到场主持',
    '文件可以異地簽，會議須到場主持',
  ),
  'time for one telephone call and a note': zh('够打一个电话、写一份委托', '夠打一個電話、寫一份委託'),
  'either form will do, but a record must exist; without one nothing is presumed': zh(
    '两种形式都可以，但须有记录；没有记录的不推定',
    '兩種形式都可以，但須有記錄；沒有記錄的不推定',
  ),
  'without an entrustment that covers this absence the ranked vice mayor goes on until it arrives': zh(
    '没有涵盖本次外出的委托，按排序主持的副市长继续主持至委托到达',
    '沒有涵蓋本次外出的委託，按排序主持的副市長繼續主持至委託到達',
  ),
  'the order is read at every moment: the earlier one presides from the return, acts done stay': zh(
    '排序时时适用：在前的自返回起主持，已办的有效',
    '排序時時適用：在前的自返回起主持，已辦的有效',
  ),
  'the text names no least length: away from the first hour': zh(
    '条文没有最短时间，自离开即为不在石',
    '條文沒有最短時間，自離開即為不在石',
  ),
  'what needs the executive vice mayor as such waits for him unless the operator lets the mayor waive it': zh(
    '须由常务副市长本人办理的等其返回，除非本单位允许市长免去',
    '須由常務副市長本人辦理的等其返回，除非本單位允許市長免去',
  ),
  'one paper for one absence; the two acts are told apart in the record, so the second can be demanded': zh(
    '一次外出一份委托；两种委托分开记载，可以另行要求',
    '一次外出一份委託；兩種委託分開記載，可以另行要求',
  ),
  'only mayor and executive vice mayor are named there, while signature uses a wider phrase': zh(
    '相关条文只写市长和常务副市长，签发的条文用语更宽',
    '相關條文只寫市長和常務副市長，簽發的條文用語更寬',
  ),
  'the text names no stand-in: the step waits and climbs to the executive vice mayor': zh(
    '条文没有规定代行人：该环节等候，并报常务副市长',
    '條文沒有規定代行人：該環節等候，並報常務副市長',
  ),
  'exactly half is enough': zh('恰好一半即可', '恰好一半即可'),
  'members in office on the day count, absent ones too; video only if the chair allowed it before opening': zh(
    '以当日在任人员计，缺席的也计；视频须主持人会前同意',
    '以當日在任人員計，缺席的也計；視頻須主持人會前同意',
  ),
  'below half the meeting is suspended; what was decided stands': zh(
    '不足半数即中止，已议定的有效',
    '不足半數即中止，已議定的有效',
  ),
  'the text has an order, no lead': zh('条文只定先后，没有提前量', '條文只定先後，沒有提前量'),
  'half a working day to report back': zh('半个工作日内销假', '半個工作日內銷假'),
  'a departure is recorded, never presumed': zh('离开须有记录，不作推定', '離開須有記錄，不作推定'),
  'all are needed and none waits for another; somebody with two seats approves once for each': zh(
    '都须同意，互不等候；一人两个席位的各批一次',
    '都須同意，互不等候；一人兩個席位的各批一次',
  ),
  'he approves the leave of both': zh('两人的请假都由其审批', '兩人的請假都由其審批'),
  'filing follows the approvals in the sentence that says leave is asked beforehand': zh(
    '条文在同一句中先写事先请假，后写备案',
    '條文在同一句中先寫事先請假，後寫備案',
  ),
  'asked before the end, the overlap tested again; a leave cut short ends with the return, one not taken is recorded':
    zh(
      '期满前提出并重新核对重叠；提前返回即销假，未成行的如实记载',
      '期滿前提出並重新核對重疊；提前返回即銷假，未成行的如實記載',
    ),
  'a week for another department': zh('给其他部门一周', '給其他部門一周'),
  'a county asks its own departments': zh('县（区）还要征求所属部门意见', '縣（區）還要徵求所屬部門意見'),
  'three weeks without a step': zh('三周没有进展', '三周沒有進展'),
  'a report is demanded, not a consent: the decision waits for the report, a reply is recorded when it comes': zh(
    '条文要求报告而非批准：决策等报告，有答复的记载',
    '條文要求報告而非批准：決策等報告，有答覆的記載',
  ),
  'a class with a reason; several may raise it, only the mayor may lower it': zh(
    '定级须有理由；多人可以提级，只有市长可以降级',
    '定級須有理由；多人可以提級，只有市長可以降級',
  ),
  'approval of a major paper is leave to put it on the agenda where a meeting must decide': zh(
    '须经会议决定的，批准文件只是同意上会',
    '須經會議決定的，批准文件只是同意上會',
  ),
  'the national instrument: as a rule not less': zh('国家规定一般不少于此数', '國家規定一般不少於此數'),
  'as for ordinary normative documents': zh('与一般规范性文件相同', '與一般規範性文件相同'),
  'notice that other cities give': zh('其他城市的提前量', '其他城市的提前量'),
  'two weeks to sort opinions': zh('整理意见需两周', '整理意見需兩周'),
  'publicity or hearing; a hearing where a statute says so or the mayor orders it': zh(
    '公示或听证；法规有规定或市长要求的须听证',
    '公示或聽證；法規有規定或市長要求的須聽證',
  ),
  'vital interests or need of wide knowledge: one is enough': zh(
    '涉及切身利益或需要周知，具备其一即可',
    '涉及切身利益或需要周知，具備其一即可',
  ),
  'or with the decision, when what was adopted is known': zh(
    '也可随决策一并公布，那时采纳情况已定',
    '也可隨決策一併公佈，那時採納情況已定',
  ),
  'a month of work': zh('一个月的工作量', '一個月的工作量'),
  'public interest or likely instability: one is enough, and one test serves both procedures': zh(
    '重大公众利益或易生不稳定，具备其一即可，两个程序同一标准',
    '重大公眾利益或易生不穩定，具備其一即可，兩個程序同一標準',
  ),
  'terms of other cities; the least of the national instrument is to be checked': zh(
    '其他城市的期限；国家规定的最低数待核',
    '其他城市的期限；國家規定的最低數待核',
  ),
  'a return should cost less than the review': zh('补正应快于审查', '補正應快於審查'),
  'the text names none for major decisions; by the national procedure rules, to be checked': zh(
    '条文未写重大决策由谁审查；依国家程序规定，待核',
    '條文未寫重大決策由誰審查；依國家程序規定，待核',
  ),
  'to be set from the regional measure': zh('待按自治区规定设定', '待按自治區規定設定'),
  'the term of the filing regulation': zh('备案规定的期限', '備案規定的期限'),
  'as the consultation of departments': zh('与部门协商相同', '與部門協商相同'),
  'three weeks; the statute is to be checked': zh('三周；法规待核', '三周；法規待核'),
  'a review before issue costs less than an annulment after; the regional measure is to be checked': zh(
    '事前审查的代价小于事后撤销；自治区规定待核',
    '事前審查的代價小於事後撤銷；自治區規定待核',
  ),
  'the wider reading; literally only documents of two or more departments': zh(
    '采较宽的读法；按字面只指跨部门文件',
    '採較寬的讀法；按字面只指跨部門文件',
  ),
  'the same classes as for major matters; the judicial bureau proposes, doubt goes to the standing meeting': zh(
    '与重大事项同一标准；司法局提出，有疑问的提交常务会议',
    '與重大事項同一標準；司法局提出，有疑問的提交常務會議',
  ),
  'the bureau that organised the drafting does not review itself: another reviewer and a legal adviser sign off': zh(
    '起草单位不自审，另由他人审查并由法律顾问签署',
    '起草單位不自審，另由他人審查並由法律顧問簽署',
  ),
  'on the bureau’s opinion; the standing meeting where it changes what the rule does': zh(
    '依司法局意见；改变规章效果的由常务会议批准',
    '依司法局意見；改變規章效果的由常務會議批准',
  ),
  'it stands under a programme word: signature is blocked and passes with a recorded exception': zh(
    '属推进性用语：未同步的暂不签发，记明例外后放行',
    '屬推進性用語：未同步的暫不簽發，記明例外後放行',
  ),
  'normative and other policy documents; rules if the operator wants it': zh(
    '规范性文件和其他政策性文件；规章由本单位选定',
    '規範性文件和其他政策性文件；規章由本單位選定',
  ),
  'one year of effect': zh('施行一年', '施行一年'),
  'four looks before the evaluation': zh('评估前反馈四次', '評估前反饋四次'),
  'the first quarter': zh('第一季度', '第一季度'),
  'the regional instrument asks for the Party committee’s agreement before publication': zh(
    '自治区规定公布前须经同级党委同意',
    '自治區規定公佈前須經同級黨委同意',
  ),
  'every department; agencies and institutions as well': zh(
    '各部门，并含派出机构和直属单位',
    '各部門，並含派出機構和直屬單位',
  ),
  'the first month': zh('第一个月', '第一個月'),
  'two months after the year': zh('年度结束后两个月', '年度結束後兩個月'),
  'per matter; parts within a year are summed and flagged': zh(
    '按事项计；一年内分拆的合并计算并提示',
    '按事項計；一年內分拆的合併計算並提示',
  ),
  'two days for who judges the matter, one for who checks the list': zh(
    '审内容的两天，核清单的一天',
    '審內容的兩天，核清單的一天',
  ),
  'three days to read': zh('留三天阅读', '留三天閱讀'),
  'the day before': zh('前一天', '前一天'),
  'in person unless the chair allows video; for a vacant post an acting head with a written appointment; judged when the item is reached':
    zh(
      '到场参会，主持人同意的可视频；空缺的由书面指定的代理负责人参加；以议到该题时为准',
      '到場參會，主持人同意的可視頻；空缺的由書面指定的代理負責人參加；以議到該題時為準',
    ),
  'the mayor; for a special meeting whoever convenes it': zh('市长；专题会议为召集人', '市長；專題會議為召集人'),
  'the text has no rule on repetition': zh('条文没有规定多次的情形', '條文沒有規定多次的情形'),
  'both when both are in town; otherwise the one in town, the other informed': zh(
    '都在石的两人审定；否则由在石的审定，另一人知悉',
    '都在石的兩人審定；否則由在石的審定，另一人知悉',
  ),
  'the text asks for mayor or executive vice mayor and excludes neither; it is printed on the sheet': zh(
    '条文写市长或常务副市长，未排除本人分管；在单上注明',
    '條文寫市長或常務副市長，未排除本人分管；在單上註明',
  ),
  'never mayor’s-office or special meetings, otherwise a dispute would have no way out': zh(
    '不含市长办公会议和专题会议，否则分歧没有出口',
    '不含市長辦公會議和專題會議，否則分歧沒有出口',
  ),
  'the plenary too; not the Party group, which the mayor chairs as secretary': zh(
    '含全体会议；不含党组会议，市长以书记身份主持',
    '含全體會議；不含黨組會議，市長以書記身份主持',
  ),
  'there is no vote: the chair states the outcome after discussion, opinions are recorded': zh(
    '不设表决：讨论后由主持人宣布结果，意见记录在案',
    '不設表決：討論後由主持人宣佈結果，意見記錄在案',
  ),
  'two days to prepare; two hours to come': zh('两天准备；紧急时两小时到会', '兩天準備；緊急時兩小時到會'),
  'time to test quorum and items again': zh('留出时间复核人数和议题', '留出時間複核人數和議題'),
  'the text names the mayor only': zh('条文只写市长', '條文只寫市長'),
  'members who are neither vice mayor nor secretary-general: plenary like observers, sending a deputy; Party group without substitute':
    zh(
      '其他组成人员：全体会议比照列席人员并派分管负责人；党组会议不派人',
      '其他組成人員：全體會議比照列席人員並派分管負責人；黨組會議不派人',
    ),
  'half an hour of a morning': zh('半小时', '半小時'),
  'while it is remembered': zh('趁记忆清楚', '趁記憶清楚'),
  'a week in all': zh('合计一周', '合計一周'),
  'the leader who entrusted the deputy secretary-general; the secretary-general if it was he': zh(
    '由委托的领导签发；秘书长委托的由秘书长签发',
    '由委託的領導簽發；秘書長委託的由秘書長簽發',
  ),
  'the mayor if he chaired any part, else the executive vice mayor; chairs are kept per item': zh(
    '市长主持过任一部分的由市长签发，否则由常务副市长；主持人逐题记载',
    '市長主持過任一部分的由市長簽發，否則由常務副市長；主持人逐題記載',
  ),
  'holds while the Party group’s secretary is the mayor and its deputy the executive vice mayor; otherwise the operator is asked':
    zh(
      '以市长为书记、常务副市长为副书记为前提，否则请本单位确定',
      '以市長為書記、常務副市長為副書記為前提，否則請本單位確定',
    ),
  'who chairs is settled in the article on the meeting, the one on minutes speaks of signing only': zh(
    '主持人由会议条文规定，纪要条文只管签发',
    '主持人由會議條文規定，紀要條文只管簽發',
  ),
  'the leaders of the government': zh('市人民政府领导', '市人民政府領導'),
  'concrete problems of daily work, never what prepares major matters': zh(
    '日常工作的具体问题，不含重大事项的准备',
    '日常工作的具體問題，不含重大事項的準備',
  ),
  'staffing always needs strict necessity and its own procedure; even a fiscal meeting decides no large addition': zh(
    '编制须确有必要并走专门程序；专题会议也不决定大额追加',
    '編制須確有必要並走專門程序；專題會議也不決定大額追加',
  ),
  'the next working day': zh('次一工作日', '次一工作日'),
  'as a change of a decision': zh('与变更决定相同', '與變更決定相同'),
  'on the proposal of the secretary-general': zh('由秘书长提出', '由秘書長提出'),
  'a morning or an afternoon': zh('一个上午或下午', '一個上午或下午'),
  'the clause stands beside the yearly limit only': zh('该句只接在每年次数之后', '該句只接在每年次數之後'),
  'terms by urgency': zh('按缓急分档', '按緩急分檔'),
  'a leader is not every day at the desk': zh('领导并非每天在案头', '領導並非每天在案頭'),
  'two weeks': zh('两周', '兩周'),
  'the leader addressed, the Office informed': zh('收件领导本人，并告知政府办公室', '收件領導本人，並告知政府辦公室'),
  'a week per round of talks': zh('每轮协商一周', '每輪協商一周'),
  'one rung of the ladder': zh('逐级督促的一级', '逐級督促的一級'),
  'one round, as between departments': zh('一轮，与部门之间相同', '一輪，與部門之間相同'),
  'the word is wider than the one for who signs: principal or deputy in charge': zh(
    '用语宽于签发人：正职或分管负责人',
    '用語寬於簽發人：正職或分管負責人',
  ),
  'the clause on key matters names no reviewers: as the ordinary paper, and by the secretary-general': zh(
    '该句未写审核人：比照一般发文，并经秘书长审核',
    '該句未寫審核人：比照一般發文，並經秘書長審核',
  ),
  'as a paper before a leader': zh('与领导批示相同', '與領導批示相同'),
  'the mayor, or whom he names in the approval': zh('市长，或其在审定时指定的人', '市長，或其在審定時指定的人'),
  'fits inside the time for the first information': zh('在首次发布的时限之内', '在首次發佈的時限之內'),
  'as the national rules set them': zh('按国家规定', '按國家規定'),
  'as the national rules set it': zh('按国家规定', '按國家規定'),
  'prompt dispatch: the next working day': zh('及时交办：次一工作日', '及時交辦：次一工作日'),
  'terms that the supervision rules of another city set by source': zh(
    '他市督查办法按来源设定的期限',
    '他市督查辦法按來源設定的期限',
  ),
  'a week, half a week and a day ahead': zh('提前一周、半周、一天', '提前一周、半周、一天'),
  'other cities escalate by repeated overdue in three colours': zh(
    '他市按逾期次数分三色升级',
    '他市按逾期次數分三色升級',
  ),
  'a report handed in should be judged within a week': zh('报告应在一周内审核', '報告應在一周內審核'),
  'at least one progress report inside the shortest usual term': zh(
    '最短的通常期限内至少报一次进展',
    '最短的通常期限內至少報一次進展',
  ),
  'on the proposal of the supervision office; nothing by a timer': zh(
    '由政府督查室提出；不因到期自动作出',
    '由政府督查室提出；不因到期自動作出',
  ),
  'half of the usual term for a document': zh('公文通常期限的一半', '公文通常期限的一半'),
  'a change wanted should not wait longer than a week': zh('申请变更不应等候超过一周', '申請變更不應等候超過一周'),
  'whoever took the decision or stands above; an urgent stop against harm is taken by the vice mayor in charge and reported':
    zh(
      '由作出决定的层级或其上级同意；为避免损害的紧急停止由分管副市长决定并报告',
      '由作出決定的層級或其上級同意；為避免損害的緊急停止由分管副市長決定並報告',
    ),
  'facts of one matter, from papers at hand': zh('一事的事实，依现有材料', '一事的事實，依現有材料'),
  'a week to answer in writing': zh('书面说明一周', '書面說明一周'),
  'terms another province sets; the statute is to be checked': zh('他省的期限；法规待核', '他省的期限；法規待核'),
  'contact with the proposer stands under a programme word, other statutes rule the single case; asked for before closing':
    zh('与提出人沟通属推进性用语，个案另有法规；办结前要求', '與提出人溝通屬推進性用語，個案另有法規；辦結前要求'),
  'two weeks; the statute is to be checked': zh('两周；法规待核', '兩周；法規待核'),
  'the term petition offices publish': zh('信访部门公布的期限', '信訪部門公佈的期限'),
  'as the usual term for a document': zh('与公文的通常期限相同', '與公文的通常期限相同'),
  'between the limits of other places; one figure for all levels until the official ones are entered': zh(
    '介于他地的时限之间；官方数值录入之前各级同一',
    '介於他地的時限之間；官方數值錄入之前各級同一',
  ),
  'somebody sits beside the telephone': zh('电话旁有人值守', '電話旁有人值守'),
  'three calls': zh('三次呼叫', '三次呼叫'),
  'as the answer of the duty room': zh('与值班室签收相同', '與值班室簽收相同'),
  'four reports in a working day': zh('一个工作日报四次', '一個工作日報四次'),
  'a week to put the facts together': zh('汇总事实一周', '彙總事實一周'),
  'the watch of the Office takes the report, bureau and vice mayor in charge hear it in parallel': zh(
    '由政府办公室值班室接收，应急局和分管副市长同时知悉',
    '由政府辦公室值班室接收，應急局和分管副市長同時知悉',
  ),
  'the text names the four and defines none; the machine flags, a person finds': zh(
    '条文列出四种而未作界定；系统提示，由人认定',
    '條文列出四種而未作界定；系統提示，由人認定',
  ),
  'one case for one event number, without it a person merges; duties and timeliness stay with each unit': zh(
    '一个事件编号一案，无编号的由人合并；各单位的责任和时限分开计算',
    '一個事件編號一案，無編號的由人合併；各單位的責任和時限分開計算',
  ),
  'while handling still goes on': zh('处置仍在进行之时', '處置仍在進行之時'),
  'as a leader’s acknowledgement': zh('与领导签收相同', '與領導簽收相同'),
  'no later confirmation is demanded; the mayor may order one': zh(
    '不要求事后确认，市长可以要求',
    '不要求事後確認，市長可以要求',
  ),
  'by telephone, recorded after; with the mayor out of reach the presider handles and reports': zh(
    '电话委托，事后补记；联系不上市长的由主持工作的领导处置并报告',
    '電話委託，事後補記；聯系不上市長的由主持工作的領導處置並報告',
  ),
  'the usual hour of handing over': zh('通常的交接时刻', '通常的交接時刻'),
  'time to find a replacement': zh('留出找人替班的时间', '留出找人替班的時間'),
  'as the time to answer a check': zh('与应答抽查相同', '與應答抽查相同'),
  'two at no known hour, and one of the leader': zh('随机两次，带班领导一次', '隨機兩次，帶班領導一次'),
  'the length of a walk through the house': zh('走遍办公楼的时间', '走遍辦公樓的時間'),
  'half of the first': zh('第一次的一半', '第一次的一半'),
  'time to tell what is open': zh('交代未了事项的时间', '交代未了事項的時間'),
  'the way across the city': zh('横穿市区的路程', '橫穿市區的路程'),
  'fine enough to surprise, coarse enough for the server': zh(
    '密到难以预料，疏到系统能够承受',
    '密到難以預料，疏到系統能夠承受',
  ),
  '24 hours qualifies the person on duty; a leader is named for every slot, on site or on call by the class of day': zh(
    '24小时针对值班人员；每个时段都须有带班领导，在岗或听班按当日类别',
    '24小時針對值班人員；每個時段都須有帶班領導，在崗或聽班按當日類別',
  ),
  'the watch goes on with those last on duty until relieved; finding and ladder at once': zh(
    '由上一班继续值守至接替；同时记问题并逐级督促',
    '由上一班繼續值守至接替；同時記問題並逐級督促',
  ),
};

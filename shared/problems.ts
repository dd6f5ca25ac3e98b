// Every refusal the house can give: code, HTTP status, what is wrong, what to do next, whether a retry helps.
// Knows nothing of HTTP beyond the number (RFC 9457 puts it on the wire in functions/http.ts).

/** How a refusal is told to a person. `retry` says whether the same request may succeed later unchanged. */
export interface ProblemKind {
  status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 423 | 429 | 503;
  title: string;
  next: string;
  retry: boolean;
}

const kind = (
  status: ProblemKind['status'],
  title: string,
  next: string,
  retry: 'retry' | 'final' = 'final',
): ProblemKind => ({ status, title, next, retry: retry === 'retry' });

export const problems = {
  // doors
  'request.invalid': kind(400, '提交的内容不符合要求', '请按所列各项改正后重新提交'),
  'request.too-large': kind(413, '提交的内容超过 4 MB', '大文件请走证据上传通道,表单内容请拆分提交'),
  'route.unknown': kind(404, '没有这个地址', '请查看 /api/docs 中的接口清单'),
  'token.missing': kind(401, '没有登录凭证', '请先登录'),
  'token.invalid': kind(401, '登录凭证无效或已过期', '请重新登录'),
  'account.unknown': kind(403, '该账号没有登记到任何中心', '请联系系统管理员登记账号'),
  'account.several': kind(400, '该账号登记在多个中心', '请用请求头 mingchuang-centre 指明其中一个'),
  'account.elsewhere': kind(
    409,
    '该账号的口令不由本系统管理',
    '请在本单位的统一身份认证中办理;只有本系统的内置账号可以在这里发放初始口令',
  ),
  'account.other-centre': kind(
    409,
    '该账号还登记在其他中心,本中心不能重发口令',
    '请运维人员用 npm run centre -- password 发放',
  ),
  'province.not-yours': kind(403, '本中心没有查看全省概览的授权', '由运维人员为主管部门所在的中心开通'),
  'access.denied': kind(403, '您没有办理此事的权限', '请由有权限的人员办理,或联系系统管理员'),
  'access.own-report': kind(403, '不能核实自己上报的问题', '请由其他格长或科室负责人核实'),
  'access.own-matter': kind(403, '不能核实、复核涉及本人的事项', '请由其他人员办理'),
  'access.took-part': kind(403, '参与过上报、核实的人员不能再办理此事', '请由未参与的人员办理'),
  'text.control-characters': kind(400, '文字中含有不可见的控制字符', '请删除后重新输入'),
  // one way in
  'command.reused': kind(409, '同一个提交编号已用于另一项内容', '请为新的内容使用新的提交编号'),
  'command.unknown': kind(400, '没有这种操作', '请查看 /api/docs 中的接口清单'),
  'version.stale': kind(409, '内容已被他人更新', '请刷新后核对,再决定是否提交'),
  'busy.try-again': kind(503, '系统正忙', '请稍后用同一个提交编号重试,不会重复', 'retry'),
  'thing.not-found': kind(404, '没有找到该记录', '请核对编号;可能不属于本中心或已不在您的权限内'),
  'thing.exists': kind(409, '已经有这条记录', '请刷新后查看已有记录'),
  'time.future': kind(422, '时间晚于现在', '请核对设备时间,或修改发生时间'),
  'time.unknown-year': kind(422, '该年度的工作日历尚未录入', '请督查科内勤先录入该年度节假日与调休安排'),
  'time.unknown-hours': kind(422, '该日的工作时间尚未录入', '请督查科内勤先录入该日适用的工作时间'),
  'time.order': kind(422, '时间的先后不对', '请核对所填的日期和时间'),
  'registry.unknown': kind(422, '名册中没有所引用的人员、窗口或部门', '请核对编号,或先在名册中登记'),
  'assignment.outside': kind(422, '人员、窗口和部门当时对不上', '请核对人员、窗口和时间'),
  // violation cases
  'case.wrong-stage': kind(409, '该问题当前状态不能办理此事', '请刷新后查看最新状态'),
  'case.person-unidentified': kind(422, '人员待核,尚不能核实', '请先查明是谁'),
  'case.lead-needs-confirmation': kind(422, '机器或导入的线索不能当场办结', '须由有权人员核实确认'),
  'case.excused': kind(
    422,
    '请假、顶岗或非服务时间内的空岗不是违规',
    '请核对请假与顶岗登记;登记有误的先更正登记',
  ),
  'case.leave-filed-late': kind(
    422,
    '问题上报后补报了请假',
    '由核实人决定:认可的不予认定;不认可的写明理由(despite)',
  ),
  'case.doubt-at-border': kind(
    422,
    '时间误差跨越上下班时刻,不能批量核实',
    '请逐条核对当时是否在服务时间内,再单独核实',
  ),
  'case.not-minor': kind(422, '该条款不是轻微问题,不能当场办结', '请提交格长核实'),
  'case.merge-self': kind(422, '不能并入自身', '请选择另一条问题作为主问题'),
  'case.other-incident': kind(
    422,
    '两条问题不是同一事件',
    '人员或窗口、行为种类相同且时间相近(间隔以考核办法为准)才能合并',
  ),
  'case.not-integrity': kind(422, '不属于廉洁问题线索', '其他问题请按核实流程办理'),
  'case.two-witnesses': kind(422, '拒收须有两名见证人', '请填写两名见证人'),
  'case.told-before': kind(409, '该人员已经告知,或不是本案所涉人员', '请核对人员'),
  'case.not-told': kind(409, '该人员尚未告知、已经答复,或不是本案所涉人员', '请先送达告知,或核对人员'),
  'case.answered-before': kind(409, '已经答复过', '如对认定有异议,请申请复核'),
  'case.answer-time-open': kind(409, '答复期限尚未届满', '请等待期限届满'),
  'case.appealed-before': kind(409, '该问题已申请过复核', '每案复核一次'),
  'case.appeal-late': kind(422, '已超过申请复核的期限', '如有新的事实,请向督查科反映'),
  'case.not-reduced': kind(422, '减轻后的分值应低于原分值', '请核对分值,或选择维持'),
  'case.subject-incomplete': kind(422, '责任对象不完整', '请补充窗口或部门'),
  'case.same-subject': kind(422, '责任对象没有变化', '请选择实际的责任对象'),
  'case.found-by-other': kind(422, '只能上报自己发现的问题', '他人写在纸上的,由督查科内勤补录'),
  'case.scan-missing': kind(422, '补录纸质材料须附扫描件', '请附上签字页的照片或扫描件'),
  'case.joined-by-others': kind(409, '他人上报的问题已并入本条,不能撤回', '请由格长核实'),
  // rectification orders
  'rectification.wrong-stage': kind(409, '该整改单当前状态不能办理此事', '请刷新后查看最新状态'),
  'rectification.no-photo': kind(422, '缺少整改前照片', '请附整改前照片,或由已附证据的问题转来'),
  'rectification.case-of-person': kind(
    422,
    '涉及个人的问题不开整改单',
    '请按核实流程办理;不涉及个人的先更正责任对象',
  ),
  'rectification.case-closed': kind(422, '该问题已经了结', '请另行开出整改单'),
  'rectification.ordered-before': kind(409, '该问题已开出整改单', '请查看已有的整改单'),
  'rectification.not-overdue': kind(409, '整改期限尚未届满', '请等待期限届满'),
  'rectification.urged-today': kind(409, '已经催办过', '请改日再催办'),
  'rulebook.none': kind(422, '该月没有生效的考核办法', '请督查科内勤先颁布考核办法'),
  'month.not-ours': kind(422, '该月在启用月份以前', '启用以前的月份由原台账考核,期初导入只供累计'),
  'month.not-over': kind(422, '该月尚未结束,不能汇总', '请在次月办理'),
  'month.frozen': kind(409, '该月已经定稿,不再变动', '之后的变化会结转到下一次汇总'),
  'month.not-summed': kind(409, '该月尚未汇总', '请先汇总并公布'),
  'month.summed-again': kind(409, '该月刚刚重新汇总', '请核对最新汇总后再定稿'),
  'month.earlier-open': kind(409, '上一个月尚未定稿', '请按月份先后定稿'),
  'month.later-frozen': kind(409, '之后的月份已经定稿,该月不能再汇总', '该月的变化会结转到下一次汇总'),
  'month.cut-too-old': kind(409, '汇总早于上一个月的定稿', '请重新汇总后再定稿'),
  'month.other-book': kind(
    409,
    '汇总之后颁布了新的考核办法,不能按原办法定稿',
    '请按现行办法重新汇总,公布核对后再定稿',
  ),
  'month.objections-open': kind(409, '还有对得分的异议没有答复,不能定稿', '请先逐项答复异议'),
  'month.objections-unsummed': kind(
    409,
    '有异议成立后尚未重新汇总,不能定稿',
    '请更正后由内勤重新汇总,再定稿',
  ),
  'evidence.not-complete': kind(409, '文件尚未传完', '请续传缺少的部分后再提交'),
  'evidence.other-content': kind(
    422,
    '文件内容与所报类型不符,或夹带了网页、程序、压缩包,未予接收',
    '请重新拍摄或重新导出后,作为新的文件补充',
  ),
  'violation.unknown': kind(422, '没有这种违纪行为类型', '请从违纪行为类型目录中选择'),
  'clause.unfit': kind(422, '该条款不适用于此违纪行为类型', '请选择适用的条款'),
  'video.no-legal-basis': kind(422, '本中心尚未开启视频用于考核', '请先由中心填写法律依据并告知人员'),
  'video.camera-missing': kind(422, '视频督查须注明摄像头', '请填写摄像头编号'),
  // rule books and the prices of their clauses
  'rulebook.invalid': kind(422, '考核办法有错误,不能启用', '请按列出的各项逐一改正后重新提交'),
  'clause.unknown': kind(422, '考核办法中没有这一条款', '请从当月适用的考核办法中选择条款'),
  'clause.out-of-range': kind(422, '分值超出该条款的幅度', '请在条款规定的幅度内确定分值,并写明理由'),
  'clause.choice-missing': kind(422, '该条款须酌情确定分值', '请在条款规定的幅度内确定分值,并写明理由'),
  'clause.choice-not-allowed': kind(422, '该条款分值固定,不能酌情', '请去掉自定的分值,或改选有幅度的条款'),
  'clause.minutes-missing': kind(422, '该条款按时长计分,没有填写分钟数', '请填写时长(分钟)'),
  'clause.no-band': kind(422, '该时长不在条款的任何一档内', '请核对时长,或改选适用的条款'),
  'clause.quantity-invalid': kind(422, '数量应为不小于 1 的整数', '请核对数量'),
  'clause.quantity-not-allowed': kind(422, '该条款按次计分,不能填写数量', '请将数量改为 1,或分别上报'),
  // talks
  'talk.wrong-stage': kind(409, '该谈话当前状态不能办理此事', '请刷新后查看最新状态'),
  'talk.other-measure': kind(422, '谈话与考核办法规定的措施不符', '请从待办中的该项措施进入'),
  'talk.parties': kind(422, '谈话人、记录人和谈话对象应是三个人', '请另选记录人或谈话人'),
  'talk.case-unfit': kind(422, '所列问题不能作为谈话依据', '只列该人员已核实属实且未撤销的问题'),
  'talk.talker-unfit': kind(
    422,
    '该人员当时没有谈话的职责',
    '请核对谈话人;科室谈话由科室负责人、领导谈话由分管领导进行',
  ),
  'talk.scan-missing': kind(422, '纸质签字须附扫描件', '请附上签字页的照片或扫描件'),
  'talk.two-witnesses': kind(422, '拒绝签字须有两名见证人', '请填写两名见证人'),
  'talk.cases-stand': kind(409, '所依据的问题均未撤销,谈话不能撤销', '问题经复核撤销后再办理'),
  // measures that are neither a talk nor a letter
  'enforcement.wrong-stage': kind(409, '该措施当前状态不能办理此事', '请刷新后查看最新状态'),
  'enforcement.other-measure': kind(422, '与考核办法规定的措施不符', '请从待办中的该项措施进入'),
  'enforcement.scan-missing': kind(422, '补录领导办理的措施须附扫描件', '请附上照片或扫描件'),
  'enforcement.leader-unfit': kind(422, '该人员当时不是分管领导或主要领导', '请核对办理人'),
  'enforcement.case-unfit': kind(422, '所列问题不能作为依据', '只列已认定且未撤销的问题'),
  'enforcement.no-answer-asked': kind(422, '该措施不要求反馈', '无须反馈'),
  'enforcement.cases-stand': kind(409, '所依据的问题均未撤销,措施不能撤销', '问题经复核撤销后再办理'),
  // objections to the sums of a month
  'objection.not-summing': kind(409, '该月尚未汇总公布', '请在汇总公布后、定稿前提出异议'),
  'objection.month-frozen': kind(
    409,
    '该月已定稿,不再受理对得分的异议',
    '对其中的问题请在期限内申请复核,结果结转到以后的月份',
  ),
  'objection.raised-before': kind(409, '对这一项的异议正在办理', '请等待答复;要改写理由的,先撤回再提出'),
  'objection.too-many': kind(422, '对同一月得分的异议过多', '请把未尽事宜当面向督查科说明'),
  'objection.scan-missing': kind(422, '代本人提出或撤回异议须附本人签字的扫描件', '请附上照片或扫描件'),
  'objection.unknown': kind(404, '没有这项异议', '请核对异议序号'),
  'objection.closed': kind(409, '该异议已答复或已撤回', '请刷新后查看'),
  'objection.remedy-missing': kind(422, '异议成立的须写明怎样更正', '请选择更正的办法'),
  'objection.remedy-unneeded': kind(422, '维持原得分的不用填更正的办法', '请去掉更正的办法'),
  // letters and the bulletin
  'letter.wrong-stage': kind(409, '该函件当前状态不能办理此事', '请刷新后查看最新状态'),
  'letter.department-ended': kind(422, '该部门已撤并', '请致函承继其职责的部门'),
  'letter.heir-unclear': kind(
    422,
    '部门已分立,有的问题不能判定由谁承继',
    '请核对后选择:unclear 填 take 列入本函,填 leave 不列入',
  ),
  'letter.case-elsewhere': kind(422, '所列内容不属于该派出单位', '一份函件只列一个部门的问题'),
  'letter.case-unfit': kind(422, '所列问题不能写入函件', '只列已认定或已当场办结、未被撤销的问题'),
  'letter.talk-unfit': kind(422, '所列谈话不能写入函件', '只列该部门人员未撤销的谈话'),
  'letter.shares': kind(422, '所附证据与函件种类不符', '附音视频函告至少附一份证据,其他函件不附'),
  'letter.evidence-missing': kind(422, '所附证据不存在或尚未收到', '请等待证据上传完成,或去掉该份证据'),
  'letter.names-person': kind(
    422,
    '正文或标题中出现了人员姓名',
    '姓名只写入不公开的附件清单,请改为部门、窗口或人次',
  ),
  'letter.number-taken': kind(409, '该文号不能使用', '请核对已用文号;外部系统编的号须大于本系统最近一个'),
  'letter.month-open': kind(409, '该月尚未定稿', '请在月度定稿后拟制月度函或通报'),
  'letter.facts-frozen': kind(422, '月度函和通报的事实以定稿为准,不能另选问题', '只修改标题和正文'),
  'letter.facts-changed': kind(
    409,
    '拟稿后事实发生变化',
    '请退回修改,系统按所列问题重新统计;已编号的作废后重新拟稿',
  ),
  'letter.figures-unseen': kind(
    409,
    '文中有系统没有统计的数字',
    '请逐项核对后再签发:在 seen 中列明已看过的数字,或退回修改',
  ),
  'letter.signer-unfit': kind(422, '该人员不能签发此函', '由当日任职的分管或主要领导签发,拟稿人不能签发'),
  'letter.signed-on-paper': kind(422, '纸面签发的函件不能加盖电子印章', '请加盖实体印章,并补交扫描件'),
  'letter.no-seal-image': kind(422, '本中心没有启用电子印章', '请加盖实体印章,或由系统管理员启用电子印章'),
  'letter.scan-unfit': kind(422, '加盖电子印章的函件不用扫描件', '系统已保存盖章件'),
  'letter.scanned-before': kind(409, '扫描件已提交,印发件不能更换', '内容有误的请撤回后重新发函'),
  'letter.mask-unfit': kind(422, '不能这样遮挡', '只遮挡本函所附、已收到的照片,并附遮挡后的照片'),
  'letter.too-many-links': kind(409, '这份函件有效的查看链接已有三个', '请先撤回不用的链接'),
  'letter.link-gone': kind(404, '链接无效、已过期或已撤回', '请联系中心督查科重新提供链接'),
  'letter.link-locked': kind(403, '验证码错误次数过多,链接已锁定', '请联系中心督查科更换验证码'),
  'letter.link-code': kind(403, '验证码不对、已用过或已过期', '请核对验证码;已用过的请联系中心督查科更换'),
  'letter.not-issued': kind(422, '所更正的函件尚未印发', '未印发的函件直接修改,不用更正'),
  'letter.scan-missing': kind(422, '补录纸质回执或复函须附扫描件', '请附上照片或扫描件'),
  'letter.nothing-shared': kind(422, '该函件没有附音视频资料', '请选择纸质送达'),
  'letter.acknowledged-before': kind(409, '该函件已签收', '请刷新后查看'),
  'letter.answered-before': kind(409, '派出单位已复函', '无须催办,请查看复函'),
  'letter.no-answer-asked': kind(422, '该函件不要求复函', '无须催办'),
  'letter.answer-time-open': kind(409, '复函期限尚未届满', '请等待期限届满'),
  'letter.urged-today': kind(409, '今天已催办过', '请改日再催办'),
  'letter.urged-lately': kind(409, '系统催办后尚未满五个工作日', '请等待派出单位复函,或由内勤另行催办'),
  'letter.unanswered': kind(422, '要求复函而尚未复函', '请等待复函,或写明不再等待的理由'),
  // figures handed in
  'figure.unknown': kind(
    422,
    '考核办法当月没有这项指标',
    '请核对指标代码和考核对象;可录入的指标见 /api/months/{month}/figures',
  ),
  'figure.reckoned': kind(422, '该指标由系统计算,不用录入', '请录入得出它的数据'),
  'figure.rows': kind(422, '有的行不对,整批都没有录入', '请按所列各行改正后重新提交'),
  'figure.full': kind(422, '该指标的数据过多', '请按窗口或部门汇总后录入'),
  // awards
  'award.wrong-stage': kind(409, '该评选当前状态不能办理此事', '请刷新后查看最新状态'),
  'award.month-open': kind(409, '该月尚未定稿', '请在月度定稿后启动评选'),
  'award.week': kind(422, '周评选须写明起始的星期一和它所归的月份', '请核对 week 与 month'),
  'award.period-open': kind(409, '该期尚未结束', '请在本期最后一个月定稿(周评选在本周结束)后启动'),
  'award.material-short': kind(422, '推荐材料不符合要求', '请补充突出事迹或材料字数'),
  'award.no-self-nomination': kind(422, '本项评选不接受自荐', '请由首席代表推荐'),
  'award.no-committee': kind(409, '评审组尚未产生', '请先抽签(或指定)产生评审组'),
  'award.committee-unasked': kind(422, '本项评选不设评审组', '请直接研究确定'),
  'award.committee-drawn': kind(409, '评审组已经产生', '名单先定,之后不再变动'),
  'award.committee-barred': kind(422, '须回避的人员不能担任评审', '请另选未参评、本部门无人参评的人员'),
  'award.committee-small': kind(422, '可担任评审的人员不足', '请扩大名单'),
  'award.nobody-nominated': kind(409, '还没有推荐,不能产生评审组', '评审组产生后不再推荐,请在推荐之后办理'),
  'award.unknown': kind(422, '考核办法中没有这一评选', '请核对考核办法中的评选设置'),
  'award.not-eligible': kind(422, '该候选对象不符合评选条件', '请从符合条件的名单中选择'),
  'award.held-back': kind(422, '该候选对象有未了结的问题,暂缓评选', '问题了结后由系统重新核定'),
  'award.not-nominated': kind(422, '该候选对象没有首席代表推荐', '请先由首席代表推荐'),
  'award.nomination-gone': kind(409, '该候选对象现在没有推荐', '可能已经撤回,请刷新后查看'),
  'award.nominated-before': kind(409, '该候选对象已被推荐', '请刷新后查看'),
  'award.department-full': kind(422, '超过同一部门的名额上限', '请减少该部门的人选'),
  'award.over-quota': kind(422, '人数超过名额', '请减少人选,其余列入递补名单'),
  'award.list-empty': kind(422, '名单为空', '请至少确定一名人选或抽签名单'),
  'award.listed-twice': kind(422, '同一候选对象重复列入', '请核对名单、抽签名单和递补名单'),
  'award.no-draw': kind(422, '考核办法规定由会议研究,不抽签', '请由会议研究确定先后'),
  'award.publicity-over': kind(409, '不在公示期内', '公示期外请向督查科书面反映'),
  'award.publicity-running': kind(409, '公示期尚未届满', '请等待公示期届满'),
  'award.not-published': kind(422, '该人选没有公示', '请先公示'),
  'award.objection-unknown': kind(404, '没有这项异议', '请核对异议序号'),
  'award.objection-answered': kind(409, '该异议已答复', '请刷新后查看'),
  'award.objection-open': kind(409, '还有异议没有答复', '请先逐项答复异议'),
  'award.not-listed': kind(422, '该候选对象不在人选和递补名单中', '请核对名单'),
  // leave and cover
  'slip.withdrawn': kind(409, '该登记已撤销', '如需要,请重新登记'),
  'slip.too-long': kind(422, '一次登记最长 184 天', '请分次登记;长期不在岗的,请在名册中结束其岗位'),
  'slip.corrected-often': kind(409, '该登记更正次数过多', '请撤销后重新登记'),
  'slip.other-month': kind(422, '更正不能延伸到原登记没有涉及的月份', '请另行登记,或撤销后重新登记'),
  // opening facts from old ledgers
  'opening.own-month': kind(
    422,
    '该月由本系统考核,不能期初导入',
    '期初只导入启用月份以前的台账;本月起的问题按上报、核实流程办理',
  ),
  'opening.incomplete': kind(422, '期初登记不完整', '请按提示补充后重新登记'),
  'opening.sealed': kind(422, '廉洁问题线索不作期初导入', '请由纪检监察另行保存'),
  'opening.struck-out': kind(409, '该期初登记已作废', '如需要,请重新登记'),
  // inspections and good deeds
  'inspection.walked-by-other': kind(422, '只能登记自己的巡查', '他人的纸质巡查记录表由督查科内勤补录'),
  'inspection.not-a-walker': kind(
    422,
    '这个人当天没有巡查职责',
    '请核对巡查人、日期和网格;确实由其巡查的,先在大厅设置登记当日的角色',
  ),
  'inspection.scan-missing': kind(
    422,
    '补录的巡查没有附巡查记录表',
    '请在记录中附上签字的巡查记录表扫描件,再结束巡查',
  ),
  'inspection.closed': kind(409, '该次巡查已经结束', '请另开一次巡查'),
  'inspection.other-kind': kind(
    422,
    '所填内容不属于此类巡查',
    '视频时段只记入视频督查,评分项只记入第三方测评',
  ),
  'inspection.outside-grid': kind(422, '窗口不在本次巡查的网格内', '请核对窗口,或另开一次巡查'),
  'bonus.wrong-stage': kind(409, '该加分事项当前状态不能办理此事', '请刷新后查看最新状态'),
  'bonus.proof-missing': kind(
    422,
    '没有收到证明材料',
    '请先上传扫描件或照片;只有原件的,请写明在何处核对了原件',
  ),
  'bonus.other-deed': kind(422, '两条不是同一件事', '类型、人员相同且日期相近,或实物编号相同才能合并'),
  'bonus.unfit': kind(422, '该加分条款不适用于此事项', '请选择适用的加分条款'),
  // the complaint desk
  'complaint.wrong-stage': kind(409, '该投诉当前状态不能办理此事', '请刷新后查看最新状态'),
  'complaint.names-complainant': kind(
    422,
    '投诉内容中出现了投诉人的姓名或联系方式',
    '姓名和联系方式只填在投诉人一栏,内容和诉求中请改用“投诉人”',
  ),
  'complaint.investigator-unfit': kind(
    422,
    '该人员不能调查此件',
    '请指定所在网格的格长、科室负责人或分管领导;登记人和被投诉人不能调查',
  ),
  'complaint.integrity': kind(422, '属廉洁问题线索,不能按一般投诉办理', '请移送纪检监察'),
  'complaint.not-integrity': kind(422, '不属于廉洁问题线索', '其他投诉请按调查、处置流程办理'),
  'complaint.time-open': kind(409, '期限尚未届满', '请等待期限届满'),
  'complaint.time-missing': kind(422, '没有填写事情发生的时间', '请在问题中填写时间,或先查明后补填'),
  'complaint.urged-today': kind(409, '刚刚催办过', '请改日再催办'),
  'complaint.extend-late': kind(422, '期限已过,不能再延期', '请尽快办结并向投诉人说明'),
  'complaint.extend-long': kind(422, '延期天数超过规定', '请缩短延期'),
  'complaint.extended-often': kind(422, '已延期两次', '不能再延期,请尽快办结'),
  'complaint.extend-by-leader': kind(403, '第二次延期须由分管领导批准', '请分管领导办理'),
  'complaint.finding-missing': kind(422, '属实的投诉没有列出问题', '请列出查明的问题,或并入同一事件的问题'),
  'complaint.finding-unneeded': kind(422, '不属实、无法查证的投诉不列问题', '请去掉所列问题,或改为部分属实'),
  'complaint.case-unfit': kind(422, '所列问题不能承接此件投诉', '请选择未撤销、未并入其他的问题'),
  'complaint.other-incident': kind(
    422,
    '与所选记录不是同一件事',
    '时间、窗口或人员明显不同;请核对,或另列问题',
  ),
  'complaint.join-unfit': kind(422, '不能并入该件投诉', '请选择另一件尚未合并的投诉'),
  'complaint.main-open': kind(409, '所并入的投诉尚未处置', '请在该件处置后一并反馈'),
  'complaint.answer-in-writing': kind(422, '来信投诉须书面答复', '请以书面方式答复,或写明无法反馈的原因'),
  'complaint.named': kind(422, '该件不是匿名投诉', '请填写联系的经过和结果'),
  'complaint.nobody-named': kind(404, '该件没有投诉人信息', '匿名投诉,或已按期限清除'),
  'complaint.not-revisited': kind(409, '尚未回访', '请先回访;联系不上的,回访结果填未联系上'),
  'complaint.reopened-before': kind(422, '已重新调查过一次', '如有新的事实,请另行登记'),
  // evidence
  'evidence.unknown': kind(404, '该记录没有这份证据', '请核对证据编号'),
  'evidence.too-many': kind(422, '一条记录的证据文件过多', '请只保留必要的文件'),
  'evidence.already-received': kind(409, '该证据已经收妥', '无需重复上传;新文件请作为新的证据提交'),
  'evidence.not-received': kind(409, '该证据文件尚未收妥', '请等待上传完成后再调阅'),
  'evidence.already-purged': kind(409, '该证据已按保存期限清除', '清除记录可在调阅登记中查看'),
  'evidence.kept': kind(409, '该证据仍在保存期限内', '请在期限届满后清除'),
  'evidence.view-too-long': kind(422, '调阅时限应在现在之后一小时以内', '请缩短调阅时限'),
  // the journal's seals
  'seal.broken': kind(
    409,
    '封存文件缺失或与封存码不符',
    '请停止使用该日记录,运行核验(npm run verify)并报告纪检监察',
  ),
  // registry, founding, rule-book versions
  'registry.scope': kind(422, '角色的管辖范围不对', '格长须填网格,首席代表和联络员须填部门,其他角色不填'),
  'registry.doubled': kind(422, '名册中已有相同的条目', '请修改原条目,不要另建'),
  'registry.delegation': kind(
    422,
    '委托人没有可委托的同一职责',
    '受托期间须在委托人本人的任期之内,且不得转委托',
  ),
  'registry.change-order': kind(
    422,
    '变更日期早于此前的变更或起始日期',
    '请按先后登记变更;更正旧的变更请修改条目',
  ),
  'registry.split-rest': kind(
    422,
    '分立后还有窗口或人员没有承继部门',
    '请逐一指明由哪个部门承继,或在“其余的由谁承继”里选定一个部门(rest)',
  ),
  'registry.hours': kind(422, '工作时间填写不当', '请核对服务种类、范围和时段'),
  'registry.no-delegation': kind(422, '该条目不是委托代理', '请核对条目'),
  'registry.last-admin': kind(409, '不能使中心没有系统管理员', '请先登记另一名有账号的系统管理员'),
  'centre.other': kind(422, '中心编号与所在中心不一致', '请核对中心编号'),
  'rulebook.month-frozen': kind(409, '该月已经定稿,考核办法不能再变', '请从未定稿的月份起颁布'),
  'rulebook.too-old': kind(422, '生效月份过早', '请从最近三年内的月份起颁布'),
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

/** One field that is wrong, by its path in the request. */
export interface FieldProblem {
  path: string;
  reason: string;
}

/** A refusal as a value. `detail` adds facts of this very case in Chinese; it never carries other people's data. */
export interface Problem {
  code: ProblemCode;
  detail?: string;
  fields?: FieldProblem[];
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (code: ProblemCode, detail?: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: detail === undefined ? { code } : { code, detail },
});

/** Why, in one sentence: the kind of refusal, and what was wrong here; for the row of a file that was refused. */
export const whyOf = ({ code, detail, fields }: Problem): string =>
  [problems[code].title, detail, ...(fields ?? []).map(({ reason }) => reason)]
    .filter((part) => part !== undefined)
    .join(':');

interface Issues {
  issues: readonly { path: readonly PropertyKey[]; message: string }[];
}

/** What a schema found wrong, field by field: `evidence.0.size`. */
export const invalid = (error: Issues): { ok: false; problem: Problem } => ({
  ok: false,
  problem: {
    code: 'request.invalid',
    fields: error.issues
      .slice(0, 30)
      .map((issue) => ({ path: issue.path.map(String).join('.'), reason: issue.message })),
  },
});

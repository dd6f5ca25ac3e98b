// What can go wrong at a window, and what can go well: our stable codes, their Chinese names and how grave they
// typically are. Knows no points of any hall (the rule book prices a type) and decides nothing: the person who
// confirms sets the severity. Source: the violation and bonus taxonomy drawn from 41 published rule books.
import * as z from 'zod';

/** 轻微 / 明显 / 严重, in rising order. */
export const severities = ['minor', 'evident', 'serious'] as const;
export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;
export const severityNames: Record<Severity, string> = { minor: '轻微', evident: '明显', serious: '严重' };

/** Who usually finds a type. A finding of another source is just as valid; this only sorts the pick list. */
export type FoundBy = 'patrol' | 'video' | 'thirdParty' | 'complaint' | 'rating' | 'system';
const sources: Record<string, FoundBy> = {
  P: 'patrol',
  V: 'video',
  T: 'thirdParty',
  H: 'complaint',
  E: 'rating',
  S: 'system',
};

export const violationGroups = {
  DIS: '工作纪律',
  ATT: '服务态度',
  APP: '着装仪容',
  ENV: '环境卫生',
  BIZ: '业务规范',
  INT: '廉洁纪律',
  COP: '协作配合',
  SPC: '特别情形',
} as const;
export type ViolationGroup = keyof typeof violationGroups;
const groupNames = Object.keys(violationGroups);
const isGroup = (text: string): text is ViolationGroup => groupNames.includes(text);

// code, name, pinyin initials (clause search on the tablet), typical severity, family (the kind of fact: two findings
// of one family, person and time may be one incident), found by, points seen in printed rule books (hundredths).
const violationRows = [
  ['DIS-LATE', '迟到早退', 'cdzt', 'minor', 'presence', 'SPV', 50, 300],
  ['DIS-NOPUNCH', '缺签、未打卡', 'qqwdk', 'minor', 'presence', 'S', 200, 200],
  ['DIS-OFFPOST', '擅自离岗、脱岗', 'szlgtg', 'evident', 'presence', 'PVS', 100, 500],
  ['DIS-ABSENT', '旷工', 'kg', 'serious', 'presence', 'SP', 200, 500],
  ['DIS-AROLE', 'AB岗空档、岗位全空、交接不清', 'abgkdgwqkjjbq', 'evident', 'presence', 'PSV', 200, 200],
  ['DIS-LEAVE', '请假手续不全、虚假请假', 'qjsxbqxjqj', 'evident', 'presence', 'SH', 300, 1000],
  ['DIS-PHONE', '违规使用手机', 'wgsysj', 'minor', 'conduct', 'PV'],
  [
    'DIS-IDLE',
    '聊天、玩游戏、炒股、购物、睡觉、吃东西、看剧',
    'ltwyxcggwsjcdxkj',
    'evident',
    'conduct',
    'PVS',
    100,
    100,
  ],
  ['DIS-SMOKE', '大厅内抽烟', 'dtncy', 'evident', 'conduct', 'PV', 100, 100],
  ['DIS-NOISE', '大声喧哗、嬉闹、串岗', 'dsxhxncg', 'minor', 'conduct', 'PV', 100, 100],
  ['DIS-MEET', '会议、学习无故缺席', 'hyxxwgqx', 'minor', 'obedience', 'P', 100, 200],
  ['DIS-REFUSE', '不服从中心管理', 'bfczxgl', 'serious', 'obedience', 'P', 300, 2000],
  ['ATT-RUDE', '态度生硬、用语不文明、接待冷淡', 'tdsyyybwmjdld', 'evident', 'attitude', 'PVEH', 200, 200],
  ['ATT-ARGUE', '与群众争吵', 'yqzzc', 'serious', 'attitude', 'VHP', 300, 300],
  ['ATT-REFUSE', '拒绝答复、推诿', 'jjdftw', 'evident', 'attitude', 'PEH', 200, 200],
  ['ATT-ONEGO', '未一次性告知、致群众往返', 'wycxgzzqzwf', 'evident', 'attitude', 'HES', 200, 200],
  ['ATT-COMPLAINT', '投诉查实', 'tscs', 'serious', 'attitude', 'H', 300, 500],
  ['ATT-TABOO', '使用服务忌语', 'syfwjy', 'minor', 'attitude', 'PV'],
  ['APP-DRESS', '未按规定着装、奇装异服', 'wagdzzqzyf', 'minor', 'appearance', 'PV', 50, 100],
  ['APP-BADGE', '未戴工牌、公示牌不符、桌牌不齐', 'wdgpgspbfzpbq', 'minor', 'appearance', 'PV', 100, 100],
  ['APP-GROOM', '仪容不整、染指甲、异味', 'yrbzrzjyw', 'minor', 'appearance', 'P', 50, 50],
  ['ENV-CLEAN', '窗口不洁、物品杂乱', 'ckbjwpzl', 'minor', 'tidiness', 'PV', 50, 1000],
  ['ENV-ITEM', '柜台摆放违规物品', 'gtbfwgwp', 'minor', 'tidiness', 'PV'],
  ['ENV-EQUIP', '下班未关设备、使用大功率电器', 'xbwgsbsydgldq', 'evident', 'equipment', 'PS'],
  ['ENV-SELF', '自助设备故障未及时处理', 'zzsbgzwjscl', 'minor', 'equipment', 'SP', 100, 300],
  ['ENV-FACIL', '便民设施缺损、标识不明', 'bmssqsbsbm', 'minor', 'facility', 'PT', 20, 100],
  ['BIZ-DELAY', '超承诺时限', 'ccnsx', 'evident', 'handling', 'SH', 100, 500],
  ['BIZ-REJECT', '应收未收、应办未办', 'yswsybwb', 'evident', 'handling', 'HSP', 100, 300],
  ['BIZ-ENTRY', '未录入系统、录入不及时', 'wlrxtlrbjs', 'minor', 'handling', 'S', 100, 200],
  ['BIZ-ERROR', '办理结果差错、证照单据错误', 'bljgcczzdjcw', 'evident', 'handling', 'SH', 150, 500],
  ['BIZ-FEE', '擅自收费、搭车收费', 'szsfdcsf', 'serious', 'fee', 'HS', 300, 1000],
  ['BIZ-ARCH', '档案资料缺失、管理不善', 'dazlqsglbs', 'minor', 'archive', 'SP', 50, 400],
  ['BIZ-GUIDE', '办事指南不符、未及时更新公开', 'bsznbfwjsgxgk', 'evident', 'publication', 'ST', 100, 200],
  ['BIZ-RUNOUT', '已取消的事项仍在办理', 'yqxdsxrzbl', 'serious', 'publication', 'ST', 500, 500],
  ['BIZ-MAIL', '应寄未寄', 'yjwj', 'minor', 'handling', 'S', 100, 100],
  ['BIZ-STAT', '统计弄虚作假', 'tjnxzj', 'serious', 'statistics', 'ST', 200, 200],
  ['BIZ-STAFF', '未按要求派人、擅自换人、后台无人', 'wayqprszhrhtwr', 'evident', 'staffing', 'SP', 200, 300],
  ['INT-BRIBE', '吃拿卡要', 'cnky', 'serious', 'integrity', 'HT', 100, 1000],
  ['INT-FAIR', '不公正、不廉洁服务', 'bgzbljfw', 'serious', 'integrity', 'PH', 200, 200],
  ['INT-REPORT', '隐瞒欺骗', 'ymqp', 'serious', 'integrity', 'H', 300, 300],
  ['INT-CHEAT-EXAM', '考核中徇私舞弊', 'khzxswb', 'serious', 'integrity', 'H'],
  ['COP-JOINT', '联审会迟到、缺席', 'lshcdqx', 'minor', 'cooperation', 'S', 200, 500],
  ['COP-REPLY', '函告、催办未按期反馈', 'hgcbwaqfk', 'evident', 'cooperation', 'S'],
  [
    'COP-LEAD',
    '单位无分管领导、条件不足、问题不改',
    'dwwfgldtjbzwtbg',
    'evident',
    'cooperation',
    'P',
    200,
    300,
  ],
  ['COP-HOTLINE', '热线工单超期、退回、敷衍', 'rxgdcqthfy', 'evident', 'hotline', 'SH'],
  ['SPC-EXPOSED', '被媒体或明查暗访负面通报', 'bmthmcaffmtb', 'serious', 'exposure', 'HT', 1500, 1500],
  ['SPC-CRITIC', '被上级通报批评', 'bsjtbpp', 'serious', 'exposure', 'T', 1000, 1000],
  ['SPC-HARM', '造成严重后果或不良影响', 'zcyzhghblyx', 'serious', 'exposure', 'TH', 300, 2000],
] as const;

export type ViolationCode = (typeof violationRows)[number][0];

export interface ViolationType {
  code: ViolationCode;
  name: string;
  /** Pinyin initials of the name, lower case: `cdzt` finds 迟到早退. */
  initials: string;
  group: ViolationGroup;
  severity: Severity;
  /** Proposals for merging (one incident, one deduction) look inside one family. */
  family: string;
  foundBy: FoundBy[];
  /** Lowest and highest deduction printed anywhere, in hundredths of a point; absent where no figure was printed. */
  pointsSeen?: readonly [number, number];
  /** Integrity leads are transferred and sealed (移送): no notice, no clause, no points. */
  sealed: boolean;
}

const groupOfCode = (code: string): ViolationGroup => {
  const group = code.slice(0, 3);
  if (!isGroup(group)) throw new Error(`violation type outside the groups: ${code}`);
  return group;
};
const sourcesOf = (letters: string): FoundBy[] => [...letters].flatMap((letter) => sources[letter] ?? []);

export const violationTypes: readonly ViolationType[] = violationRows.map(
  ([code, name, initials, typical, family, letters, least, most]) => ({
    code,
    name,
    initials,
    group: groupOfCode(code),
    severity: typical,
    family,
    foundBy: sourcesOf(letters),
    ...(least !== undefined && most !== undefined && { pointsSeen: [least, most] as const }),
    sealed: code.startsWith('INT-'),
  }),
);

const violationByCode = new Map<string, ViolationType>(violationTypes.map((type) => [type.code, type]));
export const violationType = (code: string): ViolationType | undefined => violationByCode.get(code);
export const isSealedType = (code: string): boolean => violationByCode.get(code)?.sealed ?? false;
/** Parses a code of the catalog at a door. Typed as plain text, because states and events keep plain text. */
export const violationCode: z.ZodType<string, string> = z.enum(
  violationRows.map((row) => row[0]),
  '不是违纪行为目录中的类型',
);

// code, name, pinyin initials, what proves it, points seen (hundredths).
const bonusRows = [
  ['BON-VISIT', '上门服务、节假日服务、特事特办', 'smfwjjrfwtstb', '服务记录', 100, 300],
  ['BON-PRAISE', '表扬信、锦旗、感谢信', 'byxjqgxx', '实物编号、收到日期、来源', undefined, undefined],
  ['BON-MEDIA', '媒体正面报道', 'mtzmbd', '链接或版面、媒体级别', undefined, undefined],
  ['BON-ATTEND', '全勤、考勤表扬', 'qqkqby', '考勤表', 100, 500],
  ['BON-INNO', '服务创新、金点子', 'fwcxjdz', '方案与成效', undefined, undefined],
  ['BON-DELAY', '延时服务', 'ysfw', '服务记录', undefined, undefined],
  ['BON-INFO', '信息报送采用', 'xxbscy', '刊期与版位', undefined, undefined],
  ['BON-EVAL', '好评率高', 'hplg', '好差评导出表', undefined, undefined],
  ['BON-HELP', '帮办代办、导办服务', 'bbdbdbfw', '服务记录', undefined, undefined],
  ['BON-STUDY', '培训学习、业务比武', 'pxxxywbw', '签到表、证书或成绩', undefined, undefined],
] as const;

export type BonusCode = (typeof bonusRows)[number][0];

export interface BonusType {
  code: BonusCode;
  name: string;
  initials: string;
  /** What the person who enters it attaches. */
  proof: string;
  /** Drawn from the office's own tables (punch list, rating export), so that only the office enters it. */
  fromRecords: boolean;
  pointsSeen?: readonly [number, number];
}

const officeRecords: readonly BonusCode[] = ['BON-ATTEND', 'BON-EVAL'];

export const bonusTypes: readonly BonusType[] = bonusRows.map(
  ([code, name, initials, proof, least, most]) => ({
    code,
    name,
    initials,
    proof,
    fromRecords: officeRecords.includes(code),
    ...(least !== undefined && most !== undefined && { pointsSeen: [least, most] as const }),
  }),
);
const bonusByCode = new Map<string, BonusType>(bonusTypes.map((type) => [type.code, type]));
export const bonusType = (code: string): BonusType | undefined => bonusByCode.get(code);
export const bonusCode: z.ZodType<string, string> = z.enum(
  bonusRows.map((row) => row[0]),
  '不是加分目录中的类型',
);

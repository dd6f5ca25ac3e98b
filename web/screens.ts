// The screens of the house: address, title, whose they are, and where their code is. The rail and the routes are both
// made from this list; a screen is loaded when somebody first goes there.
import type { ComponentType } from 'react';
import { office } from '../shared/office.ts';
import type { IconName } from './parts/icon.tsx';
import { patrolScreens } from './patrol/patrol-screens.ts';
import { hasSettings, holds, type Me, may } from './visitor-here.ts';

export interface ScreenProps {
  me: Me;
  /** What the names in braces of the address are. */
  at: Record<string, string>;
}
export interface Screen {
  /** `/cases/{id}` */
  path: string;
  title: string;
  /** Shown in the rail with this icon; absent for screens one comes to from another. */
  icon?: IconName;
  /** With an icon, yet in the rail of some only: others come to it from another screen. */
  inRail?(me: Me): boolean;
  /** Whether this person has any business there; the API decides again. */
  open(me: Me): boolean;
  load(): Promise<{ default: ComponentType<ScreenProps> }>;
  /** Fetches what this device keeps for it, before it is first drawn. */
  prepare?(me: Me): Promise<unknown>;
}

/** Window staff, chief representatives and liaisons without a post in the office: their pages are light, for phones. */
const outsideOffice = (me: Me): boolean =>
  me.roles.every(({ role }) => role === 'staff' || role === 'chiefRepresentative' || role === 'liaison');

export const screens: readonly Screen[] = [
  ...patrolScreens,
  {
    path: '/mine',
    title: '我的',
    icon: 'own',
    open: (me) => holds(me, 'staff'),
    load: () => import('./screens/own.tsx'),
  },
  {
    path: '/department',
    title: '本部门',
    icon: 'department',
    open: (me) => holds(me, 'chiefRepresentative'),
    load: () => import('./screens/department.tsx'),
  },
  {
    path: '/letters',
    title: '函件',
    icon: 'letter',
    open: (me) => holds(me, 'liaison') && outsideOffice(me),
    load: () => import('./screens/portal.tsx'),
  },
  {
    path: '/letters/{id}',
    title: '函件',
    open: (me) => holds(me, 'liaison') && outsideOffice(me),
    load: () => import('./screens/portal-letter.tsx'),
  },
  {
    path: '/cases/{id}',
    title: '问题',
    open: (me) => holds(me, 'staff', 'chiefRepresentative') && outsideOffice(me),
    load: () => import('./screens/own-case.tsx'),
  },
  {
    path: '/talks/{id}',
    title: '谈话记录',
    open: (me) => holds(me, 'staff') && outsideOffice(me),
    load: () => import('./screens/own-talk.tsx'),
  },
  {
    path: '/objections/new',
    title: '得分异议',
    open: (me) => may(me, 'objection.raise', 'objection.enter'),
    load: () => import('./screens/objection-new.tsx'),
  },
  {
    path: '/objections/{id}',
    title: '得分异议',
    open: (me) => may(me, 'objection.read'),
    load: () => import('./screens/objection.tsx'),
  },
  {
    path: '/todo',
    title: '待办',
    icon: 'todo',
    open: (me) =>
      (may(me, 'obligation.read') || !holds(me, 'auditor', 'inspector')) &&
      (me.roles.length === 0 || !outsideOffice(me)),
    load: () => import('./screens/todo.tsx'),
  },
  {
    path: '/cases',
    title: '问题',
    icon: 'search',
    open: (me) => may(me, 'case.read') && !outsideOffice(me),
    load: () => import('./desks/case-search.tsx'),
  },
  {
    path: '/cases/batch',
    title: '批量核实',
    open: (me) => may(me, 'case.confirm'),
    load: () => import('./desks/case-batch.tsx'),
  },
  {
    path: '/cases/{id}',
    title: '问题',
    open: (me) => may(me, 'case.read'),
    load: () => import('./desks/case-page.tsx'),
  },
  {
    path: '/inspections',
    title: '督查记录',
    icon: 'video',
    open: (me) =>
      may(me, 'inspection.read') &&
      !outsideOffice(me) &&
      (holds(me, ...office, 'gridLeader', 'videoSupervisor', 'thirdParty') || !may(me, 'inspection.open')),
    load: () => import('./desks/inspections.tsx'),
  },
  {
    path: '/inspections/{id}',
    title: '督查记录',
    open: (me) => may(me, 'inspection.read') && !outsideOffice(me),
    load: () => import('./desks/inspection-page.tsx'),
  },
  {
    path: '/months',
    title: '月度',
    icon: 'calendar',
    open: (me) => may(me, 'month.read'),
    load: () => import('./desks/months.tsx'),
  },
  {
    path: '/months/{month}',
    title: '月度看板',
    open: (me) => may(me, 'month.read'),
    load: () => import('./desks/month-board.tsx'),
  },
  {
    path: '/months/{month}/people/{person}',
    title: '得分明细',
    open: (me) => may(me, 'score.read'),
    load: () => import('./desks/score-page.tsx'),
  },
  {
    path: '/months/{month}/units/{of}/{unit}',
    title: '得分明细',
    open: (me) => may(me, 'score.read'),
    load: () => import('./desks/unit-score.tsx'),
  },
  {
    path: '/months/{month}/figures',
    title: '指标',
    open: (me) => may(me, 'figure.read'),
    load: () => import('./desks/month-figures.tsx'),
  },
  {
    path: '/months/{month}/figures/{figure}',
    title: '指标',
    open: (me) => may(me, 'figure.read'),
    load: () => import('./desks/figure-entry.tsx'),
  },
  {
    path: '/talks',
    title: '谈话',
    icon: 'talk',
    open: (me) => holds(me, ...office),
    load: () => import('./desks/talks.tsx'),
  },
  {
    path: '/talks/new',
    title: '谈话记录',
    open: (me) => may(me, 'talk.hold', 'talk.holdDirector', 'talk.enter'),
    load: () => import('./desks/talk-hold.tsx'),
  },
  {
    path: '/talks/{id}',
    title: '谈话',
    open: (me) => may(me, 'talk.read'),
    load: () => import('./desks/talk-page.tsx'),
  },
  {
    path: '/enforcements/new',
    title: '落实措施',
    open: (me) =>
      may(me, 'enforcement.carryOut', 'enforcement.carryOutByLeader', 'enforcement.carryOutOnPaper'),
    load: () => import('./desks/enforcement-carry.tsx'),
  },
  {
    path: '/enforcements/{id}',
    title: '措施',
    open: (me) => may(me, 'enforcement.read'),
    load: () => import('./desks/enforcement-page.tsx'),
  },
  {
    path: '/rectifications/{id}',
    title: '整改单',
    open: (me) => may(me, 'rectification.read'),
    load: () => import('./desks/rectification-page.tsx'),
  },
  {
    path: '/letters',
    title: '函告',
    icon: 'letter',
    open: (me) => holds(me, ...office),
    load: () => import('./desks/letters.tsx'),
  },
  {
    path: '/letters/new',
    title: '拟稿',
    open: (me) => may(me, 'letter.draft'),
    load: () => import('./desks/letter-new.tsx'),
  },
  {
    path: '/letters/register',
    title: '发文登记簿',
    open: (me) => holds(me, ...office),
    load: () => import('./desks/letter-register.tsx'),
  },
  {
    path: '/letters/prints',
    title: '打印登记簿',
    open: (me) => may(me, 'letter.readPrints'),
    load: () => import('./desks/print-register.tsx'),
  },
  {
    path: '/letters/{id}',
    title: '函件',
    open: (me) => holds(me, ...office),
    load: () => import('./desks/letter-page.tsx'),
  },
  {
    path: '/awards',
    title: '评选',
    icon: 'star',
    open: (me) => may(me, 'award.read') && !holds(me, 'staff'),
    load: () => import('./desks/awards.tsx'),
  },
  {
    path: '/awards/{id}',
    title: '评选',
    open: (me) => may(me, 'award.read'),
    load: () => import('./desks/award-page.tsx'),
  },
  {
    path: '/leave',
    title: '请假顶岗',
    icon: 'leave',
    open: (me) => may(me, 'leave.read') && !outsideOffice(me),
    load: () => import('./desks/leave-desk.tsx'),
  },
  {
    path: '/leave/import',
    title: '导入考勤表',
    open: (me) => may(me, 'leave.import'),
    load: () => import('./desks/leave-import.tsx'),
  },
  {
    path: '/complaints',
    title: '投诉受理',
    icon: 'complaint',
    open: (me) => may(me, 'complaint.read') && !outsideOffice(me),
    load: () => import('./desks/complaints.tsx'),
  },
  {
    path: '/complaints/{id}',
    title: '投诉',
    open: (me) => may(me, 'complaint.read'),
    load: () => import('./desks/complaint-page.tsx'),
  },
  {
    path: '/praise',
    title: '表扬登记',
    icon: 'praise',
    open: (me) => may(me, 'bonus.read') && !outsideOffice(me),
    load: () => import('./desks/praise.tsx'),
  },
  {
    path: '/bonuses/{id}',
    title: '表扬',
    open: (me) => may(me, 'bonus.read') && !outsideOffice(me),
    load: () => import('./desks/bonus-page.tsx'),
  },
  {
    path: '/figures',
    title: '数据',
    icon: 'chart',
    open: (me) => may(me, 'chart.read'),
    load: () => import('./desks/figures.tsx'),
  },
  {
    path: '/settings',
    title: '大厅设置',
    icon: 'settings',
    open: hasSettings,
    load: () => import('./desks/settings.tsx'),
  },
  {
    path: '/settings/import',
    title: '导入名册',
    open: (me) => may(me, 'registry.enter'),
    load: () => import('./desks/roster-import.tsx'),
  },
  {
    path: '/settings/passwords',
    title: '初始口令',
    open: (me) => may(me, 'account.firstPasswords'),
    load: () => import('./desks/first-passwords.tsx'),
  },
  {
    path: '/province',
    title: '全省概览',
    open: (me) => may(me, 'province.read'),
    load: () => import('./desks/province.tsx'),
  },
  {
    path: '/settings/start',
    title: '启用向导',
    open: (me) => may(me, 'registry.enter'),
    load: () => import('./desks/start-guide.tsx'),
  },
  {
    path: '/settings/openings',
    title: '期初台账',
    open: (me) => may(me, 'opening.strikeOut', 'opening.import'),
    load: () => import('./desks/openings.tsx'),
  },
  {
    path: '/settings/calendar',
    title: '工作日历',
    open: (me) => may(me, 'registry.read'),
    load: () => import('./desks/calendar-desk.tsx'),
  },
  {
    path: '/settings/centre',
    title: '中心信息',
    open: (me) => may(me, 'registry.enter', 'registry.enterAccounts'),
    load: () => import('./desks/centre-desk.tsx'),
  },
  {
    path: '/settings/seal',
    title: '电子印章',
    open: (me) => may(me, 'registry.keepSeal'),
    load: () => import('./desks/seal-picture.tsx'),
  },
  {
    path: '/settings/hours',
    title: '服务时间',
    open: (me) => may(me, 'registry.enter'),
    load: () => import('./desks/hours-desk.tsx'),
  },
  {
    path: '/settings/change',
    title: '从某日起变更',
    open: (me) => may(me, 'registry.change'),
    load: () => import('./desks/registry-change.tsx'),
  },
  {
    path: '/settings/rulebook',
    title: '考核办法',
    open: (me) => may(me, 'rulebook.read') && !outsideOffice(me),
    load: () => import('./desks/rulebook-desk.tsx'),
  },
  {
    path: '/settings/delegation',
    title: '委托代理',
    icon: 'person-switch',
    // Out on patrol, or at the head of a department, one has a role to hand on and no room of settings.
    inRail: (me) => !hasSettings(me),
    open: (me) => may(me, 'registry.delegate') && may(me, 'registry.read'),
    load: () => import('./desks/delegation.tsx'),
  },
  {
    path: '/journal',
    title: '存证',
    icon: 'seal',
    open: (me) => may(me, 'journal.read'),
    load: () => import('./desks/journal.tsx'),
  },
  {
    path: '/honour',
    title: '光荣榜',
    icon: 'honour',
    open: () => true,
    load: () => import('./screens/honour.tsx'),
  },
];

/** Pages that need no sign-in and fill the screen; matched before anything is asked of the visitor. */
export const openPages: readonly { path: string; load: Screen['load'] }[] = [
  { path: '/honour', load: () => import('./screens/honour.tsx') },
  { path: '/letter-link', load: () => import('./screens/letter-link.tsx') },
];

/** Where a person begins their day. */
export const homeOf = (me: Me): string =>
  !outsideOffice(me)
    ? holds(me, 'inspector')
      ? '/patrol'
      : holds(me, 'videoSupervisor', 'thirdParty')
        ? '/inspections'
        : '/todo'
    : holds(me, 'chiefRepresentative')
      ? '/department'
      : holds(me, 'liaison')
        ? '/letters'
        : holds(me, 'staff')
          ? '/mine'
          : '/todo';

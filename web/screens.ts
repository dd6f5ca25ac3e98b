// The screens of the house: address, title, whose they are, and where their code is. The rail and the routes are both
// made from this list; a screen is loaded when somebody first goes there.
import type { ComponentType } from 'react';
import type { IconName } from './parts/icon.tsx';
import { holds, type Me, may } from './visitor-here.ts';

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
  /** Whether this person has any business there; the API decides again. */
  open(me: Me): boolean;
  load(): Promise<{ default: ComponentType<ScreenProps> }>;
}

export const screens: readonly Screen[] = [
  {
    path: '/todo',
    title: '待办',
    icon: 'todo',
    open: (me) => may(me, 'obligation.read') || !holds(me, 'auditor'),
    load: () => import('./screens/todo.tsx'),
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
];

/** Where a person begins their day. */
export const homeOf = (_me: Me): string => '/todo';

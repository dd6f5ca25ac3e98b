// The screens of those who walk rounds, and of what this device keeps: address, title, whose they are, where their code is.
import type { Screen } from '../screens.ts';
import { holds, type Me, may } from '../visitor-here.ts';

/** Whoever walks rounds. */
const walks = (me: Me): boolean => may(me, 'inspection.open') && may(me, 'shift.read');

export const patrolScreens: readonly Screen[] = [
  {
    path: '/patrol',
    title: '巡查',
    icon: 'patrol',
    open: walks,
    load: () => import('./home-screen.tsx'),
    prepare: async (me) => (await import('./shift-kept.ts')).prepareShift(me.person),
  },
  {
    path: '/patrol/round/{round}',
    title: '巡查',
    open: walks,
    load: () => import('./round-screen.tsx'),
  },
  {
    path: '/patrol/finding/{draft}',
    title: '上报',
    open: walks,
    load: () => import('./finding-screen.tsx'),
  },
  {
    path: '/patrol/roll-call/{grid}',
    title: '开门查岗',
    open: walks,
    load: () => import('./roll-call-screen.tsx'),
  },
  {
    path: '/patrol/sheet/{grid}',
    title: '巡查表',
    open: walks,
    load: () => import('./sheet-screen.tsx'),
  },
  {
    path: '/patrol/window/{window}',
    title: '窗口',
    open: walks,
    load: () => import('./window-screen.tsx'),
  },
  {
    path: '/patrol/codes',
    title: '窗口二维码',
    open: walks,
    load: () => import('./codes-screen.tsx'),
  },
  {
    path: '/patrol/scan',
    title: '扫窗口二维码',
    open: walks,
    load: () => import('./scan-screen.tsx'),
  },
  {
    path: '/patrol/entry',
    title: '补录巡查表',
    open: (me) => holds(me, 'clerk'),
    load: () => import('./entry-screen.tsx'),
  },
  {
    path: '/reports',
    title: '我的上报',
    icon: 'report',
    open: (me) => may(me, 'shift.reports') && (walks(me) || holds(me, 'videoSupervisor', 'thirdParty')),
    load: () => import('./reports-screen.tsx'),
  },
  {
    path: '/queue',
    title: '本机队列',
    icon: 'upload',
    open: walks,
    load: () => import('./queue-screen.tsx'),
  },
];

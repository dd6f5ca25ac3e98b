// How good deeds are spoken of at a desk. Knows no screen.
import type { BonusState, praiseWays } from '../../shared/bonus.ts';
import type { Tone } from './page.tsx';

export const praiseWayWords: Record<(typeof praiseWays)[number], string> = {
  letter: '表扬信',
  pennant: '锦旗',
  desk: '窗口当面',
  hotline: '12345热线',
  rating: '好差评',
  media: '媒体报道',
  patrol: '巡查发现',
  record: '业务记录',
};
export const bonusTones: Record<BonusState['stage'], Tone> = {
  reported: 'amber',
  confirmed: 'green',
  dismissed: 'plain',
  merged: 'plain',
  revoked: 'plain',
};

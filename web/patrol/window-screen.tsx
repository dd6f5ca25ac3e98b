// One window by its address, as its QR code holds it: leads to the tile of the window on the round that is open, or on a
// new one of its grid. Begins nothing by itself.
import { type ReactElement, useEffect, useState } from 'react';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { useShift } from './shift-kept.ts';
import { roundsHere } from './walk.ts';

const WindowScreen = ({ me, at }: ScreenProps): ReactElement => {
  const { here, refusal } = useShift(me);
  const [unknown, setUnknown] = useState(false);
  const shift = here?.shift;
  useEffect(() => {
    if (!shift) return;
    const asked = (at.window ?? '').toLowerCase();
    const found = shift.windows.find(({ id, number }) => id === asked || number.toLowerCase() === asked);
    setUnknown(found === undefined);
    if (!found) return;
    void roundsHere(me.person).then((rounds) => {
      const round = rounds.find(({ grid, route }) =>
        route.length > 0 ? route.includes(found.id) : grid === found.grid,
      );
      const to =
        round === undefined
          ? `/patrol/round/new?grid=${encodeURIComponent(found.grid)}&`
          : `/patrol/round/${encodeURIComponent(round.id)}?`;
      go(`${to}window=${encodeURIComponent(found.id)}`, { replace: true });
    });
  }, [shift, at.window, me.person]);
  if (unknown) return <Empty>没有这个窗口,可能已经停用。请返回“巡查”选择窗口。</Empty>;
  if (!here && refusal) return <Refused refusal={refusal} />;
  return <Waiting what="正在打开窗口" />;
};
export default WindowScreen;

// Reading one view for a screen: waiting, there, or refused, and asking again. For screens that work without desks'
// kit; knows nothing of what is read.
import { useCallback, useEffect, useState } from 'react';
import type { View, ViewName } from '../shared/views.ts';
import { type Outcome, read } from './client.ts';

export interface Reading<T> {
  /** Undefined while the first answer is awaited. */
  outcome: Outcome<T> | undefined;
  again(): void;
}

export const useReading = <Name extends ViewName>(view: Name, path: string): Reading<View<Name>> => {
  const [answer, setAnswer] = useState<{ path: string; outcome: Outcome<View<Name>> }>();
  const [times, setTimes] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what `times` is for
  useEffect(() => {
    let here = true;
    void read(view, path).then((outcome) => {
      if (here) setAnswer({ path, outcome });
    });
    return () => {
      here = false;
    };
  }, [view, path, times]);
  const again = useCallback(() => setTimes((before) => before + 1), []);
  // An answer to an earlier address is none to this one.
  return { outcome: answer?.path === path ? answer.outcome : undefined, again };
};

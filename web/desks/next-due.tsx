// From one matter to the next that is due: for somebody who works down their list. Knows no kind of matter.
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { addressOf } from '../matter-address.ts';
import { followLink } from '../route.ts';
import { rememberedMe } from '../visitor-here.ts';
import { useView } from './kit.tsx';

export const NextDue = ({ after }: { after: string }): ReactElement | null => {
  // Who owes nothing to the office asks for no list of it.
  const [asks] = useState(() => rememberedMe()?.abilities.includes('obligation.read') ?? false);
  const { data } = useView('obligation.list', '/api/obligations', { enabled: asks });
  const link = useRef<HTMLAnchorElement>(null);
  const dueHere = data?.items.flatMap(({ kind, matter }) => (matter.id === after ? kind : [])).join(' ');
  const before = useRef(dueHere);
  useEffect(() => {
    const done = before.current !== undefined && before.current !== dueHere;
    before.current = dueHere;
    // What was due here is done and its button gone: whoever works by the keyboard goes on from the way to the next.
    if (done && document.activeElement === document.body) link.current?.focus({ preventScroll: true });
  }, [dueHere]);
  if (!data) return null;
  const items = data.items.filter(({ matter }) => addressOf(matter) !== undefined);
  const here = items.findIndex(({ matter }) => matter.id === after);
  const next =
    items.slice(here + 1).find(({ matter }) => matter.id !== after) ??
    items.find(({ matter }) => matter.id !== after);
  const to = next && addressOf(next.matter);
  if (!next || to === undefined) return null;
  return (
    <a ref={link} className="button small" href={to} onClick={followLink} title={next.sentence}>
      下一件待办
    </a>
  );
};

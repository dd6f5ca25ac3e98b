// From one matter to the next that is due: for somebody who works down their list. Knows no kind of matter.
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { addressOf } from '../matter-address.ts';
import { followLink } from '../route.ts';
import { rememberedMe } from '../visitor-here.ts';
import { useView } from './kit.tsx';

export const NextDue = ({ after }: { after: string }): ReactElement | null => {
  // Who owes nothing to the office asks for no list of it.
  const [me] = useState(rememberedMe);
  const { data } = useView('obligation.list', '/api/obligations', {
    enabled: me?.abilities.includes('obligation.read') ?? false,
  });
  // Where this one stood when it was opened, and as what: done, it is gone from the list, or stands there as another.
  const stood = useRef<{ after: string; kind: string; at: number }>(undefined);
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
  const roles = (me?.roles ?? []).map(({ role }) => String(role));
  const items = data.items.filter(
    ({ matter, roles: of }) => addressOf(matter) !== undefined && of.some((role) => roles.includes(role)),
  );
  const others = items.filter(({ matter }) => matter.id !== after);
  const here = items.find(({ matter }) => matter.id === after);
  if (here && stood.current?.after !== after)
    stood.current = { after, kind: here.kind, at: items.indexOf(here) };
  const { kind, at } = stood.current?.after === after ? stood.current : { kind: undefined, at: 0 };
  // One goes on with the same work as long as there is any: all that is to be verified, then what is to be told.
  const inTurn = [...others.slice(at), ...others.slice(0, at)];
  const next = inTurn.find((one) => one.kind === kind) ?? inTurn[0];
  const to = next && addressOf(next.matter);
  if (!next || to === undefined) return null;
  return (
    <a ref={link} className="button small" href={to} onClick={followLink} title={next.sentence}>
      下一件待办
    </a>
  );
};

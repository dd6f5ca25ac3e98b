// From one matter to the next that is due: for somebody who works down their list. Knows no kind of matter.
import { type ReactElement, useState } from 'react';
import { addressOf } from '../matter-address.ts';
import { followLink } from '../route.ts';
import { rememberedMe } from '../visitor-here.ts';
import { useView } from './kit.tsx';

export const NextDue = ({ after }: { after: string }): ReactElement | null => {
  // Who owes nothing to the office asks for no list of it.
  const [asks] = useState(() => rememberedMe()?.abilities.includes('obligation.read') ?? false);
  const { data } = useView('obligation.list', '/api/obligations', { enabled: asks });
  if (!data) return null;
  const items = data.items.filter(({ matter }) => addressOf(matter) !== undefined);
  const here = items.findIndex(({ matter }) => matter.id === after);
  const next =
    items.slice(here + 1).find(({ matter }) => matter.id !== after) ??
    items.find(({ matter }) => matter.id !== after);
  const to = next && addressOf(next.matter);
  if (!next || to === undefined) return null;
  return (
    <a className="button small" href={to} onClick={followLink} title={next.sentence}>
      下一件待办
    </a>
  );
};

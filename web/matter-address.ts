// Which screen shows a record. A record whose screen this person cannot use is answered by that screen, not here.
interface Matter {
  kind: string;
  id: string;
}

const plurals: Record<string, string> = {
  case: 'cases',
  complaint: 'complaints',
  bonus: 'bonuses',
  talk: 'talks',
  letter: 'letters',
  award: 'awards',
  rectification: 'rectifications',
};

/** `/cases/…`; a measure that is due leads to the form that carries it out. */
export const addressOf = ({ kind, id }: Matter): string | undefined => {
  if (kind === 'measure')
    return `/${id.startsWith('talk-') ? 'talks' : 'letters'}/new?measure=${encodeURIComponent(id)}`;
  const plural = plurals[kind];
  return plural === undefined ? undefined : `/${plural}/${encodeURIComponent(id)}`;
};

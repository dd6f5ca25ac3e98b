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

/** `/cases/…`; undefined for what is no record yet (a measure that is due). */
export const addressOf = ({ kind, id }: Matter): string | undefined => {
  const plural = plurals[kind];
  return plural === undefined ? undefined : `/${plural}/${encodeURIComponent(id)}`;
};

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
  enforcement: 'enforcements',
  objection: 'objections',
};

/** Talks and letters have forms of their own; what else is to be done is carried out and recorded. */
const forms = [
  { begins: 'talk-', form: 'talks' },
  { begins: 'letter-', form: 'letters' },
];

/** `/cases/…`; a measure that is due leads to the form that carries it out. */
export const addressOf = ({ kind, id }: Matter): string | undefined => {
  if (kind === 'measure') {
    const form = forms.find((one) => id.startsWith(one.begins))?.form ?? 'enforcements';
    return `/${form}/new?measure=${encodeURIComponent(id)}`;
  }
  const plural = plurals[kind];
  return plural === undefined ? undefined : `/${plural}/${encodeURIComponent(id)}`;
};

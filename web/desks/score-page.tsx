// One person's score of a month, line by line: the same lines the person sees.
import type { ReactElement } from 'react';
import type { ScreenProps } from '../screens.ts';
import { Desk, useView } from './kit.tsx';
import { NotThere } from './page.tsx';
import { ScoreLines } from './score-lines.tsx';

const ScorePage = ({ at }: ScreenProps): ReactElement => (
  <Desk>
    <ScoreOf month={at.month ?? ''} person={at.person ?? ''} />
  </Desk>
);
export default ScorePage;

const ScoreOf = ({ month, person }: { month: string; person: string }): ReactElement => {
  const { data, error, refetch } = useView('month.score', `/api/months/${month}/scores/${person}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  return (
    <ScoreLines
      month={month}
      score={data}
      of="staff"
      at={(other) => `/months/${other}/people/${person}`}
      back={`/months/${month}`}
      under="每一行都有出处,各行之和就是总分;本人看到的是同样的这些行。"
    />
  );
};

// A window's or a department's score of a month, line by line, where the rule book scores them.
import type { ReactElement } from 'react';
import type { ScreenProps } from '../screens.ts';
import { Desk, useView } from './kit.tsx';
import { NotThere } from './page.tsx';
import { ScoreLines } from './score-lines.tsx';

const UnitScore = ({ at }: ScreenProps): ReactElement => (
  <Desk>
    <ScoreOf month={at.month ?? ''} of={at.of ?? ''} unit={at.unit ?? ''} />
  </Desk>
);
export default UnitScore;

const ScoreOf = ({ month, of, unit }: { month: string; of: string; unit: string }): ReactElement => {
  const { data, error, refetch } = useView('month.unitScore', `/api/months/${month}/scores/${of}/${unit}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  return (
    <ScoreLines
      month={month}
      score={data}
      of={data.of}
      at={(other) => `/months/${other}/units/${of}/${unit}`}
      back={`/months/${month}?tab=${data.of}s`}
      under="按考核办法对窗口、部门的规定计分;每一行都有出处,各行之和就是总分。"
    />
  );
};

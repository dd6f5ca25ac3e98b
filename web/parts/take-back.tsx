// Taking a nomination back, by whoever made it: until the committee sits or the meeting has decided.
import type { ReactElement } from 'react';
import { useSender } from '../sending.ts';
import { SureButton } from './sure-button.tsx';
import { Refused } from './words.tsx';

interface TakeBackProps {
  award: string;
  person: string;
  /** What is taken back: 自荐, 对庄窗的推荐. */
  whose: string;
  again(): void;
}
export const TakeBack = ({ award, person, whose, again }: TakeBackProps): ReactElement => {
  const sender = useSender();
  const at = `/api/awards/${encodeURIComponent(award)}/take-back-nomination`;
  return (
    <>
      <SureButton
        what="撤回"
        sure={`确认撤回${whose}`}
        act={async () => {
          if (await sender.send(at, { person })) again();
        }}
      />
      {sender.refusal ? <Refused refusal={sender.refusal} again={again} /> : null}
    </>
  );
};

// A letter that was answered: another answer is given on purpose only, so its form stays folded.
import type { ReactElement } from 'react';

export const MoreToSay = ({ open }: { open(): void }): ReactElement => (
  <div className="card light-form">
    <p>本单位已复函。还有补充的,可以再复一次。</p>
    <div className="actions">
      <button type="button" className="button" onClick={open}>
        补充复函
      </button>
    </div>
  </div>
);

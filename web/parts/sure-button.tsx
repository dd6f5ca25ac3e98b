// A button that is pressed twice before something is thrown away: the first press asks, leaving it takes the question back.
import { type ReactElement, useState } from 'react';

interface SureButtonProps {
  /** What it does, and the question the second press answers. */
  what: string;
  sure: string;
  act(): unknown;
}
export const SureButton = ({ what, sure, act }: SureButtonProps): ReactElement => {
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button"
      className={asked ? 'button' : 'button bare'}
      onBlur={() => setAsked(false)}
      onClick={() => (asked ? void act() : setAsked(true))}
    >
      {asked ? sure : what}
    </button>
  );
};

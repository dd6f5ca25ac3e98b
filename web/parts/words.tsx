// What a screen says while it waits, when there is nothing, and when something was refused: always with what to do next.
import type { ReactElement, ReactNode } from 'react';
import type { Refusal } from '../client.ts';

/** Shown only after a moment, so that a quick answer does not flicker; readers hear it at once. */
export const Waiting = ({ what = '正在读取' }: { what?: string }): ReactElement => (
  <div className="waiting" role="status">
    {what}…
  </div>
);

export const Empty = ({ children }: { children: ReactNode }): ReactElement => (
  <div className="empty">{children}</div>
);

/** The device would not keep it: what to do, on whichever screen it happens. */
export const NoRoom = ({ what }: { what: string }): ReactElement => (
  <p className="notice bad" role="alert">
    本机空间已满,{what}。请先联网上传,或到“本机队列”导出,再试一次。
  </p>
);

interface RefusedProps {
  refusal: Refusal;
  again?: () => void;
  /** What a place in the form is called on this screen, where it has a better name than the house gives it. */
  place?: ((path: string) => string | undefined) | undefined;
}
export const Refused = ({ refusal, again, place }: RefusedProps): ReactElement => (
  <div className="notice bad" role="alert">
    <strong>{refusal.detail}</strong>
    <p>{refusal.next}</p>
    {refusal.fields && refusal.fields.length > 0 ? (
      <ul>
        {refusal.fields.map(({ path, name, reason }) => (
          <li key={path}>
            {[place?.(path) ?? name ?? path, reason].filter((word) => word !== '').join(':')}
          </li>
        ))}
      </ul>
    ) : null}
    {again ? (
      <button type="button" className="button" onClick={again}>
        再试一次
      </button>
    ) : null}
  </div>
);

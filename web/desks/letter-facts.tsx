// The facts of a letter side by side, as they were when it was written and as they are now; and the figures in its text that
// nobody counted. Shown to whoever checks, signs or revises it.
import type { ReactElement } from 'react';
import { useView } from './kit.tsx';

export const FactsBeside = ({ id }: { id: string }): ReactElement => {
  const { data } = useView('letter.facts', `/api/letters/${id}/facts`);
  if (!data) return <p className="quiet">正在核对事实…</p>;
  const changed = data.rows.filter(({ was, now }) => was !== now);
  return (
    <div className="facts-beside">
      {data.stale ? (
        <p className="notice bad">拟稿后有 {changed.length} 项事实发生变化,须退回修改后再办理。</p>
      ) : (
        <p className="quiet">事实与拟稿时一致。</p>
      )}
      <table className="plain-table">
        <thead>
          <tr>
            <th>事实</th>
            <th>拟稿时</th>
            <th>现在</th>
          </tr>
        </thead>
        <tbody>
          {(changed.length > 0 ? changed : data.rows.slice(0, 3)).map(({ name, was, now }) => (
            <tr key={name} className={was === now ? undefined : 'changed'}>
              <th>{name}</th>
              <td>{was}</td>
              <td>{now}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.altered.length === 0 ? null : (
        <p className="notice">
          文中有系统没有统计的数字:{data.altered.join('、')}。请核对;签发即表示已看过。
        </p>
      )}
      {data.changed
        .filter(({ placed }) => !placed)
        .map(({ was, now }) => (
          <p key={`${was}${now}`} className="quiet">
            {was === '' ? '应补写' : '应改写'}:{now === '' ? `删去“${was}”` : now}
          </p>
        ))}
    </div>
  );
};

// A first-use hint: says once how a screen is used, goes when the person has read it, and does not come back on this device.
import { type ReactElement, type ReactNode, useState } from 'react';
import { Icon } from './icon.tsx';

const key = 'mingchuang.hints';
const readHints = (): string[] => (localStorage.getItem(key) ?? '').split(',').filter(Boolean);

/** `name`: which hint it is, among all of this device. */
export const Hint = ({ name, children }: { name: string; children: ReactNode }): ReactElement | null => {
  const [read, setRead] = useState(() => readHints().includes(name));
  if (read) return null;
  return (
    <aside className="hint-card no-print" aria-label="使用提示">
      <Icon name="bulb" />
      <div className="hint-words">{children}</div>
      <button
        type="button"
        className="button small"
        onClick={() => {
          localStorage.setItem(key, [...new Set([...readHints(), name])].join(','));
          setRead(true);
        }}
      >
        知道了
      </button>
    </aside>
  );
};

// Where the app begins: style, the shell, and the worker that keeps it usable without a network.
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/shell.css';
import './style/patrol.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchClock } from './clock.ts';
import { refuseInChinese } from './field-refusals.ts';
import { startVersion } from './new-version.ts';
import { startOutbox } from './outbox.ts';
import { firstScreen, Shell } from './shell.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has a root');
const draw = (): void =>
  createRoot(root).render(
    <StrictMode>
      <Shell />
    </StrictMode>,
  );
if (import.meta.env.PROD) startVersion();
// Not waited for longer than a device takes to find what it has: on a slow line the frame comes first.
void Promise.race([firstScreen().catch(() => undefined), new Promise((go) => setTimeout(go, 1000))]).then(
  draw,
);

// What waits on this device goes by itself, whichever screen is open; a clock set back is noticed within half a minute.
startOutbox();
refuseInChinese();
setInterval(watchClock, 30_000);

// The QR code at a window leads to its tile on the round. The reader (wasm) is loaded only here, from our own origin.
import { prepareZXingModule, BarcodeDetector as Reader } from 'barcode-detector/ponyfill';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { closeCamera, openCamera } from '../camera.ts';
import { Icon } from '../parts/icon.tsx';
import { Waiting } from '../parts/words.tsx';
import { followLink, go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Shift, type ShiftWindow, useShift } from './shift-kept.ts';

prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasm : path) } });

/** A code holds an address that ends with the window's id, or the id or number itself. */
const windowOfCode = (shift: Shift, code: string): ShiftWindow | undefined => {
  const last = code
    .trim()
    .split(/[/?#=]/)
    .filter(Boolean)
    .at(-1)
    ?.toLowerCase();
  return shift.windows.find(({ id, number }) => id === last || number.toLowerCase() === last);
};

const Scan = ({ me }: ScreenProps): ReactElement => {
  const { here } = useShift(me);
  const view = useRef<HTMLVideoElement>(null);
  const [said, setSaid] = useState('请把窗口二维码放在画面中');
  const shift = here?.shift;
  useEffect(() => {
    if (!shift) return;
    let open = true;
    let stream: MediaStream | undefined;
    const found = (window: ShiftWindow): void => {
      open = false;
      go(`/patrol/window/${encodeURIComponent(window.id)}`, { replace: true });
    };
    const look = async (): Promise<void> => {
      try {
        stream = await openCamera(false);
      } catch {
        setSaid('没有摄像头的使用权限。也可以返回巡查,直接点窗口。');
        return;
      }
      if (!view.current) return closeCamera(stream);
      view.current.srcObject = stream;
      const reader = new Reader({ formats: ['qr_code'] });
      while (open) {
        await new Promise((resume) => setTimeout(resume, 250));
        if (!view.current || view.current.readyState < 2) continue;
        const [code] = await reader.detect(view.current).catch(() => []);
        if (!code) continue;
        const window = windowOfCode(shift, code.rawValue);
        if (window) return found(window);
        setSaid('这不是本大厅窗口的二维码');
      }
    };
    void look();
    return () => {
      open = false;
      closeCamera(stream);
    };
  }, [shift]);
  if (!shift) return <Waiting />;
  return (
    <div className="scan">
      <header className="round-head">
        <a className="button bare" href="/patrol" onClick={followLink} aria-label="返回巡查首页">
          <Icon name="back" />
        </a>
        <h1>扫窗口二维码</h1>
      </header>
      <video className="scan-view" ref={view} autoPlay playsInline muted aria-label="取景" />
      <p role="status">{said}</p>
    </div>
  );
};
export default Scan;

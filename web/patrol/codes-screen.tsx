// 窗口二维码: a sheet to print, cut up and stick to the counters. A code holds the address of its window, so that the
// tablet's scanner and any phone's camera come to the same place. The writer (wasm) is loaded only here.
import { type ReactElement, useEffect, useState } from 'react';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import wasm from 'zxing-wasm/writer/zxing_writer.wasm?url';
import { Icon } from '../parts/icon.tsx';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { followLink, useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { departmentName, type Shift, useShift } from './shift-kept.ts';

prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasm : path) } });

interface Pattern {
  /** Modules of one side. */
  side: number;
  /** The dark ones, as a path. */
  path: string;
}

/** ISO/IEC 18004; level Q bears a quarter of it scratched away, as happens on a counter. */
const patternOf = async (address: string): Promise<Pattern> => {
  const { symbol, error } = await writeBarcode(address, { format: 'QRCode', ecLevel: 'Q' });
  if (error !== '') throw new Error(error);
  const dark: string[] = [];
  for (let y = 0; y < symbol.height; y++)
    for (let x = 0; x < symbol.width; x++)
      if (symbol.data[y * symbol.width + x] === 0) dark.push(`M${x} ${y}h1v1h-1z`);
  return { side: symbol.width, path: dark.join('') };
};

const addressOf = (window: string): string =>
  `${globalThis.location.origin}/patrol/window/${encodeURIComponent(window)}`;

/** Light modules around the code that a reader needs. */
const quietZone = 4;

const Code = ({ pattern, number }: { pattern: Pattern; number: string }): ReactElement => (
  <svg
    className="code-pattern"
    viewBox={`${-quietZone} ${-quietZone} ${pattern.side + 2 * quietZone} ${pattern.side + 2 * quietZone}`}
    role="img"
    aria-label={`${number} 窗口二维码`}
    shapeRendering="crispEdges"
  >
    <path d={pattern.path} />
  </svg>
);

const usePatterns = (shift: Shift | undefined): ReadonlyMap<string, Pattern> => {
  const [patterns, setPatterns] = useState<ReadonlyMap<string, Pattern>>(new Map());
  useEffect(() => {
    if (!shift) return;
    let open = true;
    void Promise.all(shift.windows.map(async ({ id }) => [id, await patternOf(addressOf(id))] as const)).then(
      (made) => {
        if (open) setPatterns(new Map(made));
      },
    );
    return () => {
      open = false;
    };
  }, [shift]);
  return patterns;
};

const Codes = ({ me }: ScreenProps): ReactElement => {
  const { here, refusal } = useShift(me);
  const asked = useAsked().get('grid') ?? '';
  const [grid, setGrid] = useState(asked);
  const patterns = usePatterns(here?.shift);
  if (!here) return refusal ? <Refused refusal={refusal} /> : <Waiting />;
  const { shift } = here;
  const windows = shift.windows.filter((window) => grid === '' || window.grid === grid);
  return (
    <div className="codes">
      <div className="no-print line-tools">
        <a className="button bare" href="/patrol" onClick={followLink}>
          <Icon name="back" />
          返回
        </a>
        <label className="words codes-grid">
          <span className="unseen">网格</span>
          <select value={grid} onChange={({ target }) => setGrid(target.value)}>
            <option value="">全部网格</option>
            {shift.grids.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button primary"
          disabled={patterns.size === 0 || windows.length === 0}
          onClick={() => window.print()}
        >
          <Icon name="print" />
          打印 {windows.length} 张
        </button>
      </div>
      <header className="no-print">
        <h1>窗口二维码</h1>
        <p className="quiet">
          打印后沿虚线裁开,贴在窗口内侧。巡查时用“扫窗口二维码”或平板自带的相机一扫,就到这个窗口。
        </p>
      </header>
      {patterns.size === 0 ? <Waiting what="正在生成二维码" /> : null}
      {patterns.size > 0 && windows.length === 0 ? (
        <Empty>这个网格还没有窗口。请先在“大厅设置”登记。</Empty>
      ) : null}
      <ul className="code-cards">
        {windows.map((one) => {
          const pattern = patterns.get(one.id);
          return pattern === undefined ? null : (
            <li key={one.id} className="code-card">
              <Code pattern={pattern} number={one.number} />
              <strong>{one.number}</strong>
              <span>{departmentName(shift, one.department)}</span>
              <small>{shift.centre.name}</small>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
export default Codes;

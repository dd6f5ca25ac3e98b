// One chart: drawn by the parts of the chart package that are used, as SVG, so that it prints sharp; its numbers stand
// beside it as a table for readers and for paper. Knows nothing of what is drawn.
import { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';

use([
  BarChart,
  HeatmapChart,
  LineChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);

/** The colours of style/tokens.css; the package draws with values. */
export const inks = {
  ink: '#22262b',
  quiet: '#565c64',
  line: '#ddd6cc',
  red: '#a6231c',
  soft: '#e3a79f',
  pale: '#fbecea',
  amber: '#c8871b',
  blue: '#1f5a8c',
  green: '#1f7044',
} as const;

/** As style/tokens.css has it: the package measures words itself and must know with what. */
const fontFamily =
  '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';
/** CSS pixels: what a chart is drawn for on paper, about the printable width of A4. */
const sheetWidth = 700;
const text = { color: inks.quiet, fontSize: 13, fontFamily };
export const axis = {
  axisLine: { lineStyle: { color: inks.line } },
  axisTick: { show: false },
  axisLabel: text,
  splitLine: { lineStyle: { color: inks.line, type: 'dashed' as const } },
};

export const Chart = ({
  label,
  option,
  tall = false,
  children,
}: {
  /** What it shows, for those who do not see it. */
  label: string;
  option: EChartsCoreOption;
  tall?: boolean;
  /** The same numbers as a table. */
  children: ReactNode;
}): ReactElement => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current, undefined, { renderer: 'svg' });
    chart.setOption({
      animationDuration: 300,
      textStyle: { fontFamily },
      tooltip: { textStyle: { color: inks.ink, fontSize: 14 }, confine: true },
      ...option,
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place.current);
    // A sheet is narrower than the screen, and nothing is measured again for print: drawn for a sheet, then fitted to it.
    const drawn = place.current.querySelector('svg');
    const frame = drawn?.parentElement;
    const asShown = [drawn?.style.cssText ?? '', frame?.style.cssText ?? ''] as const;
    const scale = (): void => {
      if (!drawn || !frame) return;
      chart.resize({ width: Math.min(chart.getWidth(), sheetWidth), animation: { duration: 0 } });
      chart.getZr().flush();
      drawn.setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
      drawn.style.cssText = 'width:100%;height:auto';
      frame.style.cssText = 'width:100%;height:auto';
    };
    const restore = (): void => {
      if (!drawn || !frame) return;
      drawn.removeAttribute('viewBox');
      [drawn.style.cssText, frame.style.cssText] = asShown;
      chart.resize();
    };
    window.addEventListener('beforeprint', scale);
    window.addEventListener('afterprint', restore);
    return () => {
      window.removeEventListener('beforeprint', scale);
      window.removeEventListener('afterprint', restore);
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  return (
    <figure>
      <div
        ref={place}
        className={tall ? 'chart-canvas tall' : 'chart-canvas'}
        role="img"
        aria-label={`${label}。数据见下方表格`}
      />
      <details className="chart-numbers">
        <summary>数据表</summary>
        {children}
      </details>
    </figure>
  );
};

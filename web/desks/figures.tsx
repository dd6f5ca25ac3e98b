// 数据: what can be seen at a glance of some months: types, grids, departments, hours, coverage, trend, reviews, and what
// letters and talks brought about. Figures come from the API; nothing is reckoned here but shares.
import '../style/office.css';
import { Segmented } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactElement, useMemo, useState } from 'react';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { monthNow } from '../clock.ts';
import { dayWords, monthWords } from '../month-words.ts';
import { Waiting } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { axis, Chart, inks } from './chart-canvas.tsx';
import { Desk, useView } from './kit.tsx';
import { Ledger, numbered } from './ledger.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Section } from './page.tsx';

type Charts = View<'chart.read'>;
type Review = Charts['reviews'][number];
type Bar = Charts['types'][number];
type Effect = Charts['effects'][number];

const Figures = (_: ScreenProps): ReactElement => (
  <Desk>
    <Room />
  </Desk>
);
export default Figures;

const spans = { 1: '本月', 3: '近三个月', 6: '近半年', 12: '近一年' } as const;
const isSpan = (value: unknown): value is keyof typeof spans => Number(value) in spans;

const Room = (): ReactElement => {
  const [span, setSpan] = useState<keyof typeof spans>(6);
  const until = monthNow();
  const from = plusMonths(until, 1 - span);
  const { data, error, refetch, isFetching } = useView(
    'chart.read',
    `/api/charts?from=${from}&until=${until}`,
  );
  return (
    <DeskPage
      title="数据"
      under={`${monthWords(from)} 至 ${monthWords(until)},只计已办结、未撤销的问题;人次按人计,无具体人员的按起计`}
      actions={
        <>
          <Segmented
            aria-label="时间范围"
            value={String(span)}
            options={Object.entries(spans).map(([value, label]) => ({ value, label }))}
            onChange={(value) => {
              const wanted = Number(value);
              if (isSpan(wanted)) setSpan(wanted);
            }}
          />
          <PrintButton />
        </>
      }
    >
      {data ? (
        <All data={data} />
      ) : isFetching ? (
        <Waiting what="正在汇总数据" />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
    </DeskPage>
  );
};

const percent = (part: number, of: number): string => (of === 0 ? '—' : `${Math.round((part * 100) / of)}%`);

const All = ({ data }: { data: Charts }): ReactElement => {
  const named = (key: string): string => data.names[key] ?? key;
  return (
    <>
      <div className="figures">
        <div>
          <span className="quiet">问题</span>
          <strong>{data.total}</strong>
          <span className="quiet">人次(起)</span>
        </div>
        <div>
          <span className="quiet">重复发生</span>
          <strong>{percent(data.repeats.again, data.repeats.people)}</strong>
          <span className="quiet">
            {data.repeats.people} 人中 {data.repeats.again} 人再犯同类
          </span>
        </div>
        <div>
          <span className="quiet">复函</span>
          <strong>{percent(data.mended.answered, data.mended.asked)}</strong>
          <span className="quiet">
            {data.mended.asked} 件要求复函,按期 {data.mended.answeredInTime} 件
          </span>
        </div>
        <div>
          <span className="quiet">整改销号</span>
          <strong>{percent(data.mended.struckOff, data.mended.ordered)}</strong>
          <span className="quiet">整改单 {data.mended.ordered} 张</span>
        </div>
      </div>
      <div className="chart-grid">
        <Section title="月度趋势">
          <Trend bars={data.trend} />
        </Section>
        <Section title="违规类型">
          <Bars label="违规类型" first="类型" bars={data.types} named={named} most={10} />
        </Section>
        <Section title="网格">
          <Bars label="各网格问题" first="网格" bars={data.grids} named={named} most={12} />
        </Section>
        <Section title="部门">
          <Bars label="各部门问题" first="部门" bars={data.departments} named={named} most={12} />
        </Section>
        <Section title="时段分布" className="whole">
          <Hours hours={data.hours} />
        </Section>
        <Section title="巡查覆盖" className="whole">
          <Coverage coverage={data.coverage} named={named} />
        </Section>
        <Section title="复核改变" className="whole">
          <Reviews reviews={data.reviews} named={named} />
        </Section>
        <Section title="函告成效" className="whole">
          <Effects effects={data.effects} named={named} />
        </Section>
      </div>
    </>
  );
};

const barColumns = (first: string, named: (key: string) => string) => [
  { key: 'name', title: first, cell: (bar: Bar) => named(bar.key), by: (bar: Bar) => named(bar.key) },
  ...(['minor', 'evident', 'serious', 'total'] as const).map((key) =>
    numbered(
      key,
      { minor: '轻微', evident: '明显', serious: '严重', total: '合计' }[key],
      (bar: Bar) => bar[key],
    ),
  ),
];

const severitySeries = (bars: readonly Bar[], type: 'bar' | 'line') =>
  (
    [
      ['轻微', 'minor', inks.soft],
      ['明显', 'evident', '#cf5a4e'],
      ['严重', 'serious', inks.red],
    ] as const
  ).map(([name, key, color]) => ({
    name,
    type,
    stack: 'all',
    barMaxWidth: 28,
    itemStyle: { color },
    data: bars.map((bar) => bar[key]),
  }));

const legend = { bottom: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: inks.quiet } };

const Nothing = (): ReactElement => <p className="empty">这段时间没有数据。</p>;

const Trend = ({ bars }: { bars: readonly Bar[] }): ReactElement => {
  const option = useMemo(
    (): EChartsCoreOption => ({
      grid: { top: 16, left: 8, right: 8, bottom: 36, containLabel: true },
      legend,
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: bars.map(({ key }) => `${Number(key.slice(5))}月`), ...axis },
      yAxis: { type: 'value', minInterval: 1, ...axis },
      series: severitySeries(bars, 'bar'),
    }),
    [bars],
  );
  return (
    <Chart label="各月问题数量" option={option}>
      <Ledger
        caption="各月问题数量"
        rows={bars}
        idOf={({ key }) => key}
        columns={barColumns('月份', monthWords)}
      />
    </Chart>
  );
};

const Bars = ({
  label,
  first,
  bars,
  named,
  most,
}: {
  label: string;
  first: string;
  bars: readonly Bar[];
  named(key: string): string;
  most: number;
}): ReactElement => {
  const option = useMemo((): EChartsCoreOption => {
    const shown = bars.slice(0, most).toReversed();
    return {
      grid: { top: 4, left: 20, right: 24, bottom: 36, containLabel: true },
      legend,
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'value', minInterval: 1, ...axis },
      yAxis: {
        type: 'category',
        data: shown.map(({ key }) => named(key)),
        ...axis,
        axisLabel: { ...axis.axisLabel, width: 160, overflow: 'truncate' },
      },
      series: severitySeries(shown, 'bar'),
    };
  }, [bars, most, named]);
  if (bars.length === 0) return <Nothing />;
  return (
    <Chart label={label} option={option}>
      <Ledger caption={label} rows={bars} idOf={({ key }) => key} columns={barColumns(first, named)} />
    </Chart>
  );
};

/** A cell of a heat map bears its own figure, light on dark. `strong`: from which value on the ground is dark. */
const cellOf = (x: number, y: number, value: number, strong = Number.POSITIVE_INFINITY) => ({
  value: [x, y, value],
  label: { color: value >= strong ? '#fff' : inks.ink },
});
const countLabel = ({ value }: { value: [number, number, number] }): string =>
  value[2] === 0 ? '' : String(value[2]);

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

const Hours = ({ hours }: { hours: Charts['hours'] }): ReactElement => {
  const days = useMemo(
    () =>
      [1, 2, 3, 4, 5, 6, 0].filter(
        (day) => (day !== 0 && day !== 6) || hours.some((one) => one.weekday === day),
      ),
    [hours],
  );
  const range = useMemo(() => {
    const all = hours.map(({ hour }) => hour);
    const [first, last] = [Math.min(9, ...all), Math.max(17, ...all)];
    return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
  }, [hours]);
  const option = useMemo((): EChartsCoreOption => {
    const at = new Map(hours.map((one) => [`${one.weekday} ${one.hour}`, one.total]));
    const most = Math.max(1, ...hours.map(({ total }) => total));
    return {
      grid: { top: 8, left: 8, right: 8, bottom: 48, containLabel: true },
      tooltip: {
        formatter: ({ value }: { value: [number, number, number] }) =>
          `${weekdays[days[value[1]] ?? 0]} ${range[value[0]]}时:${value[2]}`,
      },
      xAxis: {
        type: 'category',
        data: range.map((hour) => `${hour}时`),
        ...axis,
        splitLine: { show: false },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: days.map((day) => weekdays[day] ?? ''),
        ...axis,
        splitLine: { show: false },
      },
      visualMap: {
        min: 0,
        max: most,
        orient: 'horizontal',
        left: 'center',
        bottom: 0,
        itemHeight: 120,
        inRange: { color: ['#f7f3ed', inks.soft, inks.red] },
        text: ['多', '少'],
        textStyle: { color: inks.quiet },
      },
      series: [
        {
          type: 'heatmap',
          label: { show: true, formatter: countLabel },
          data: days.flatMap((day, y) =>
            range.map((hour, x) => cellOf(x, y, at.get(`${day} ${hour}`) ?? 0, most * 0.6)),
          ),
          itemStyle: { borderColor: '#fff', borderWidth: 3, borderRadius: 4 },
        },
      ],
    };
  }, [hours, days, range]);
  if (hours.length === 0) return <Nothing />;
  return (
    <Chart label="星期与钟点的问题分布" option={option}>
      <Ledger
        caption="星期与钟点的问题分布"
        rows={hours}
        idOf={({ weekday, hour }) => `${weekday}-${hour}`}
        columns={[
          {
            key: 'weekday',
            title: '星期',
            cell: ({ weekday }) => weekdays[weekday],
            by: ({ weekday }) => weekday,
          },
          { key: 'hour', title: '钟点', cell: ({ hour }) => `${hour}时`, by: ({ hour }) => hour },
          numbered('total', '问题', (hour: Charts['hours'][number]) => hour.total),
        ]}
      />
    </Chart>
  );
};

const Coverage = ({
  coverage,
  named,
}: {
  coverage: Charts['coverage'];
  named(key: string): string;
}): ReactElement => {
  const option = useMemo((): EChartsCoreOption => {
    const months = [...new Set(coverage.map(({ month }) => month))].sort();
    const grids = [...new Set(coverage.map(({ grid }) => grid))].sort();
    return {
      grid: { top: 8, left: 8, right: 16, bottom: 48, containLabel: true },
      tooltip: {
        formatter: ({ value }: { value: [number, number, number] }) =>
          `${named(grids[value[1]] ?? '')} ${monthWords(months[value[0]] ?? '')}:${value[2]}%`,
      },
      xAxis: {
        type: 'category',
        data: months.map((month) => `${Number(month.slice(5))}月`),
        ...axis,
        splitLine: { show: false },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: grids.map(named),
        ...axis,
        splitLine: { show: false },
      },
      visualMap: {
        ...{ min: 0, max: 100, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 120 },
        inRange: { color: ['#fbecea', '#f7f3ed', '#a9d3ba', inks.green] },
        text: ['100%', '0'],
        textStyle: { color: inks.quiet },
      },
      series: [
        {
          type: 'heatmap',
          label: {
            show: true,
            fontSize: 14,
            formatter: ({ value }: { value: [number, number, number] }) => `${value[2]}%`,
          },
          itemStyle: { borderColor: '#fff', borderWidth: 3, borderRadius: 4 },
          data: coverage.flatMap(({ month, grid, planned, seen }) =>
            planned === 0
              ? []
              : cellOf(
                  months.indexOf(month),
                  grids.indexOf(grid),
                  Math.min(100, Math.round((seen * 100) / planned)),
                  85,
                ),
          ),
        },
      ],
    };
  }, [coverage, named]);
  if (coverage.length === 0) return <Nothing />;
  return (
    <Chart label="各网格每月巡查到的窗口占应查窗口的比例" option={option}>
      <Ledger
        caption="巡查覆盖"
        rows={coverage}
        idOf={({ month, grid }) => `${month}${grid}`}
        columns={[
          { key: 'month', title: '月份', cell: ({ month }) => monthWords(month), by: ({ month }) => month },
          { key: 'grid', title: '网格', cell: ({ grid }) => named(grid), by: ({ grid }) => named(grid) },
          { key: 'rounds', title: '巡查次数', cell: ({ rounds }) => rounds, number: true },
          { key: 'planned', title: '应查', cell: ({ planned }) => planned, number: true },
          { key: 'seen', title: '查到', cell: ({ seen }) => seen, number: true },
          {
            key: 'share',
            title: '覆盖率',
            cell: ({ planned, seen }) => percent(Math.min(seen, planned), planned),
            number: true,
          },
        ]}
      />
    </Chart>
  );
};

const clauseName = (clause: string, named: (key: string) => string): string =>
  `第 ${clause} 条 ${named(`clause:${clause}`).replace(/^clause:.*/, '')}`;

const Reviews = ({
  reviews,
  named,
}: {
  reviews: Charts['reviews'];
  named(key: string): string;
}): ReactElement => {
  const option = useMemo((): EChartsCoreOption => {
    const shown = reviews.slice(0, 10).toReversed();
    const outcomes = [
      ['维持', 'upheld', inks.line],
      ['减轻', 'reduced', inks.amber],
      ['撤销', 'overturned', inks.red],
    ] as const;
    return {
      grid: { top: 4, left: 20, right: 24, bottom: 36, containLabel: true },
      legend,
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'value', minInterval: 1, ...axis },
      yAxis: {
        type: 'category',
        data: shown.map(({ clause }) => clauseName(clause, named)),
        ...axis,
        axisLabel: { ...axis.axisLabel, width: 240, overflow: 'truncate' },
      },
      series: outcomes.map(([name, key, color]) => ({
        ...{ name, type: 'bar', stack: 'all', barMaxWidth: 26, itemStyle: { color } },
        data: shown.map((one) => one[key]),
      })),
    };
  }, [reviews, named]);
  if (reviews.length === 0) return <p className="empty">这段时间没有人申请复核。</p>;
  return (
    <Chart label="各条款的复核:维持、减轻、撤销" option={option}>
      <Ledger
        caption="各条款复核情况"
        rows={reviews}
        idOf={({ clause }) => clause}
        columns={[
          {
            key: 'clause',
            title: '条款',
            cell: ({ clause }) => clauseName(clause, named),
            by: ({ clause }) => clause,
          },
          numbered('confirmed', '认定', (review: Review) => review.confirmed),
          numbered('asked', '申请复核', (review: Review) => review.asked),
          numbered('upheld', '维持', (review: Review) => review.upheld),
          numbered('reduced', '减轻', (review: Review) => review.reduced),
          {
            key: 'overturned',
            title: '撤销',
            cell: ({ overturned }) => (overturned > 0 ? <strong className="minus">{overturned}</strong> : 0),
            by: ({ overturned }) => overturned,
            number: true,
          },
          {
            key: 'share',
            title: '改变率',
            cell: ({ asked, reduced, overturned }) => percent(reduced + overturned, asked),
            by: ({ asked, reduced, overturned }) => (reduced + overturned) / asked,
            number: true,
          },
        ]}
      />
    </Chart>
  );
};

/** 133 → `1.33` */
const rate = (hundredths: number | undefined): string =>
  hundredths === undefined ? '—' : (hundredths / 100).toFixed(2);
const mean = (rates: readonly (number | undefined)[]): number | undefined => {
  const known = rates.flatMap((one) => one ?? []);
  return known.length === 0 ? undefined : Math.round(known.reduce((sum, one) => sum + one, 0) / known.length);
};
const best = ({ adjusted, rate: plain }: Effect['before']): number | undefined => adjusted ?? plain;

/** Also where there was nothing any more: an absent bar alone says little. */
const rateLabel = {
  ...{ show: true, position: 'right', fontSize: 12, color: inks.quiet },
  formatter: ({ value }: { value: number }) => String(Math.round(value * 100) / 100),
};

const Overall = ({ effects }: { effects: readonly Effect[] }): ReactElement | null => {
  const whole = effects.filter(({ complete }) => complete);
  const before = mean(whole.map((one) => best(one.before)));
  const after = mean(whole.map((one) => best(one.after)));
  if (before === undefined || after === undefined) return null;
  return (
    <p className="effect-sum">
      满 30 个工作日的 {whole.length} 件,平均每百个在岗日由 <strong>{rate(before)}</strong> 次到{' '}
      <strong>{rate(after)}</strong> 次 <Change before={before} after={after} complete />
    </p>
  );
};

const Effects = ({
  effects,
  named,
}: {
  effects: readonly Effect[];
  named(key: string): string;
}): ReactElement => {
  const departments = useMemo(() => {
    const whole = effects.filter(({ complete }) => complete);
    return [...new Set(whole.map(({ department }) => department))]
      .map((key) => {
        const own = whole.filter(({ department }) => department === key);
        return {
          key,
          before: mean(own.map(({ before }) => best(before))) ?? 0,
          after: mean(own.map(({ after }) => best(after))) ?? 0,
        };
      })
      .sort((a, b) => b.before - a.before)
      .slice(0, 12);
  }, [effects]);
  const option = useMemo(
    (): EChartsCoreOption => ({
      // Lying bars: a department's name has a line of its own, also on a phone.
      grid: { top: 8, left: 8, right: 36, bottom: 36, containLabel: true },
      legend,
      tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => `${String(value)} 次/百日` },
      xAxis: { type: 'value', ...axis },
      yAxis: {
        type: 'category',
        inverse: true,
        data: departments.map(({ key }) => named(key)),
        ...axis,
        axisLabel: { ...axis.axisLabel, width: 110, overflow: 'truncate', interval: 0 },
        splitLine: { show: false },
      },
      series: [
        {
          name: '函告、谈话前',
          type: 'bar',
          barMaxWidth: 16,
          itemStyle: { color: inks.soft },
          label: rateLabel,
          data: departments.map(({ before }) => before / 100),
        },
        {
          name: '函告、谈话后',
          type: 'bar',
          barMaxWidth: 16,
          itemStyle: { color: inks.red },
          label: rateLabel,
          data: departments.map(({ after }) => after / 100),
        },
      ],
    }),
    [departments, named],
  );
  if (effects.length === 0) return <p className="empty">这段时间没有印发函告,也没有谈话。</p>;
  return (
    <>
      <p className="quiet">
        每百个在岗日的问题数,比较函告或谈话之日前后各 30
        个工作日;巡查多了发现的也多,所以按前后巡查频次折算成同样的力度(括号内为未折算)。不满 30
        个工作日的标“未满”,不计入图中。
      </p>
      <Overall effects={effects} />
      {departments.length > 0 ? (
        <Chart label="各部门函告、谈话前后每百个在岗日的问题数" option={option} tall={departments.length > 6}>
          <p className="quiet">逐件数据见下表。</p>
        </Chart>
      ) : null}
      <Ledger
        framed
        caption="函告和谈话的成效"
        rows={effects}
        idOf={({ id }) => id}
        columns={[
          { key: 'day', title: '日期', cell: ({ day }) => dayWords(day), by: ({ day }) => day },
          {
            key: 'kind',
            title: '方式',
            cell: ({ kind }) => (kind === 'letter' ? '函告' : '谈话'),
            by: ({ kind }) => kind,
          },
          {
            key: 'department',
            title: '部门',
            cell: ({ department }) => named(department),
            by: ({ department }) => named(department),
          },
          {
            key: 'before',
            title: '之前',
            cell: ({ before }) => `${rate(best(before))}(${rate(before.rate)})`,
            by: ({ before }) => best(before) ?? 0,
            number: true,
          },
          {
            key: 'after',
            title: '之后',
            cell: ({ after }) => `${rate(best(after))}(${rate(after.rate)})`,
            by: ({ after }) => best(after) ?? 0,
            number: true,
          },
          {
            key: 'change',
            title: '变化',
            cell: ({ before, after, complete }) => (
              <Change before={best(before)} after={best(after)} complete={complete} />
            ),
            by: ({ before, after }) => (best(after) ?? 0) - (best(before) ?? 0),
          },
          {
            key: 'again',
            title: '再犯',
            cell: ({ again, persons }) => (persons === 0 ? '—' : `${again}/${persons} 人`),
            number: true,
          },
        ]}
      />
    </>
  );
};

const Change = ({
  before,
  after,
  complete,
}: {
  before: number | undefined;
  after: number | undefined;
  complete: boolean;
}): ReactElement => {
  if (!complete) return <Mark>未满 30 日</Mark>;
  if (before === undefined || after === undefined) return <Mark>无法比较</Mark>;
  if (after < before) return <Mark tone="green">下降 {percent(before - after, before)}</Mark>;
  if (after > before)
    return <Mark tone="red">上升 {before === 0 ? '' : percent(after - before, before)}</Mark>;
  return <Mark>持平</Mark>;
};

// The office's own reports: 日报, 周通报 for the meeting of chief representatives, one page per department, and the papers of a
// year's file (卷内目录, 备考表). Every figure is one that boards and charts show, handed in as they are; departments and
// counts only, no person.
import type { Bar, Charts } from './charts.ts';
import { labelled } from './form-paper.ts';
import type { Block, PaperContent, Row } from './paper-content.ts';
import { chineseDate, chineseMonth, type Day, type Month } from './time.ts';

export interface ReportWords {
  organ: string;
  from: Day;
  until: Day;
  /** Of these days, as the charts count. */
  charts: Charts;
  /** Of as many days before them; absent where nothing is compared. */
  before?: { total: number };
  rounds: { rounds: number; planned: number; seen: number };
  /** What was reported in these days, by how far it has come. */
  stages: { name: string; count: number }[];
  rectifications: { ordered: number; struckOff: number; overdue: number };
  letters: { documentNumber: string; title: string; to: string }[];
  names: Record<string, string>;
}

const row = (texts: readonly string[], widths: readonly number[]): Row => ({
  cells: texts.map((text, n) => ({
    text,
    width: widths[n] ?? 1,
    ...(n === 0 ? {} : { align: 'centre' as const }),
  })),
});
const barWidths = [64, 23, 23, 23, 23];
/** Bars of the charts as a table: total and by severity. */
export const barTable = (title: string, bars: readonly Bar[], names: Record<string, string>): Block => ({
  kind: 'table',
  head: row([title, '合计', '轻微', '明显', '严重'], barWidths),
  rows: bars.map((bar) =>
    row(
      [names[bar.key] ?? bar.key, ...[bar.total, bar.minor, bar.evident, bar.serious].map(String)],
      barWidths,
    ),
  ),
});
const barChart = (bars: readonly Bar[], names: Record<string, string>): Block => ({
  kind: 'bars',
  bars: bars
    .slice(0, 12)
    .map((bar) => ({ label: names[bar.key] ?? bar.key, value: bar.total, text: String(bar.total) })),
});
export const text = (words: string): Block => ({ kind: 'paragraph', text: words });
export const heading = (words: string): Block => ({ kind: 'paragraph', text: words, level: 1 });

const paper = (organ: string, title: string, blocks: Block[]): PaperContent => ({
  format: 'form',
  mark: organ,
  number: '',
  title,
  blocks,
  annexes: [],
  copies: [],
});

const share = (seen: number, planned: number): string =>
  planned === 0 ? '' : `，占应查窗口的${Math.round((seen / planned) * 100)}%`;
const roundText = ({ rounds: { rounds, planned, seen } }: ReportWords): string =>
  rounds === 0
    ? '没有巡查记录。'
    : `开展巡查${rounds}次，应查窗口${planned}个次，查看${seen}个次${share(seen, planned)}。`;
const severityText = ({ charts }: ReportWords): string => {
  const sum = (of: 'minor' | 'evident' | 'serious'): number =>
    charts.types.reduce((total, bar) => total + bar[of], 0);
  return charts.total === 0
    ? '没有核实的违纪问题。'
    : `核实违纪问题${charts.total}人次（起），其中轻微${sum('minor')}，明显${sum('evident')}，严重${sum('serious')}。`;
};
const stageText = ({ stages }: ReportWords): string =>
  stages.length === 0
    ? '没有新上报的问题。'
    : `新上报问题${stages.reduce((sum, one) => sum + one.count, 0)}件：${stages.map((one) => `${one.name}${one.count}件`).join('，')}。`;
const mendText = ({ rectifications: { ordered, struckOff, overdue } }: ReportWords): string =>
  `开具整改单${ordered}件，销号${struckOff}件，逾期未整改${overdue}件。`;
const letterBlocks = ({ letters }: ReportWords): Block[] =>
  letters.length === 0
    ? [text('没有印发函告、通报。')]
    : [
        {
          kind: 'table',
          head: row(['发文字号', '标题', '主送'], [50, 68, 38]),
          rows: letters.map((one) => row([one.documentNumber, one.title, one.to], [50, 68, 38])),
        },
      ];

export const dailyPaper = (words: ReportWords): PaperContent =>
  paper(words.organ, `${words.organ}窗口监督日报`, [
    { kind: 'line', text: chineseDate(words.from), align: 'centre' },
    heading('一、巡查情况'),
    text(roundText(words)),
    heading('二、问题情况'),
    text(`${stageText(words)}当日发生并已核实的：${severityText(words)}`),
    ...(words.charts.departments.length === 0
      ? []
      : [barTable('部门', words.charts.departments, words.names)]),
    ...(words.charts.types.length === 0 ? [] : [barTable('类型', words.charts.types, words.names)]),
    heading('三、整改情况'),
    text(mendText(words)),
    heading('四、发文情况'),
    ...letterBlocks(words),
  ]);

const change = (now: number, before: number): string =>
  now === before ? '与上周持平' : `比上周${now > before ? '增加' : '减少'}${Math.abs(now - before)}`;

/** Read out at the weekly meeting of chief representatives: what happened, where, what is asked. */
export const weeklyPaper = (words: ReportWords): PaperContent => {
  const { charts, names, before, rectifications } = words;
  const first = charts.types[0];
  return paper(words.organ, `${words.organ}窗口监督周通报`, [
    {
      kind: 'line',
      text: `（${chineseDate(words.from)}至${chineseDate(words.until)}）`,
      align: 'centre',
    },
    heading('一、总体情况'),
    text(
      `本周${roundText(words)}${severityText(words)}${before === undefined ? '' : `${change(charts.total, before.total)}。`}`,
    ),
    heading('二、部门情况'),
    ...(charts.departments.length === 0
      ? [text('各进驻部门均未发现问题。')]
      : [barChart(charts.departments, names), barTable('部门', charts.departments, names)]),
    heading('三、主要问题'),
    ...(first === undefined ? [text('本周没有核实的问题。')] : [barTable('类型', charts.types, names)]),
    heading('四、整改情况'),
    text(mendText(words)),
    heading('五、有关要求'),
    text(
      first === undefined
        ? '请各首席代表继续抓好本部门窗口管理。'
        : `请各首席代表针对“${names[first.key] ?? first.key}”等问题提醒本部门人员${rectifications.overdue > 0 ? '，逾期的整改单本周内完成' : ''}。`,
    ),
  ]);
};

export interface DepartmentWords {
  organ: string;
  month: Month;
  name: string;
  /** The board's row of the department. */
  board: { people: number; personTimes: number; incidents: number; mean?: number; total?: number };
  types: Bar[];
  windows: Bar[];
  /** The months before, as the charts tell them, and this one. */
  trend: Bar[];
  letters: { documentNumber: string; title: string; standing: string }[];
  rectifications: { ordered: number; struckOff: number; overdue: number };
  names: Record<string, string>;
}

const points = (hundredths: number | undefined): string =>
  hundredths === undefined ? '—' : (hundredths / 100).toFixed(2);

/** One department's month on one page, to be handed to its chief representative. */
export const departmentPaper = (words: DepartmentWords): PaperContent =>
  paper(words.organ, `${words.name}派驻窗口${chineseMonth(words.month)}情况`, [
    {
      kind: 'table',
      rows: [
        labelled(
          [
            '在册人员',
            `${words.board.people}人`,
            '违纪问题',
            countOf(words.board),
            '人员平均分',
            points(words.board.mean),
          ],
          [24, 24, 24, 34, 26, 24],
        ),
        labelled(
          [
            '整改单',
            `${words.rectifications.ordered}件`,
            '已销号',
            `${words.rectifications.struckOff}件`,
            '部门得分',
            points(words.board.total),
          ],
          [24, 24, 24, 34, 26, 24],
        ),
      ],
    },
    heading('一、问题类型'),
    ...(words.types.length === 0
      ? [text('本月没有核实的问题。')]
      : [barTable('类型', words.types, words.names)]),
    ...(words.windows.length === 0 ? [] : [barTable('窗口', words.windows, words.names)]),
    heading('二、近几个月'),
    {
      kind: 'bars',
      bars: words.trend.map((bar) => ({
        label: chineseMonth(bar.key),
        value: bar.total,
        text: String(bar.total),
      })),
    },
    heading('三、函告与通报'),
    ...(words.letters.length === 0
      ? [text('本月没有致该部门的函。')]
      : [
          {
            kind: 'table' as const,
            head: row(['发文字号', '标题', '状态'], [50, 78, 28]),
            rows: words.letters.map((one) =>
              row([one.documentNumber, one.title, one.standing], [50, 78, 28]),
            ),
          },
        ]),
  ]);

const countOf = ({ personTimes, incidents }: { personTimes: number; incidents: number }): string =>
  `${personTimes}人次${incidents > 0 ? `、${incidents}起` : ''}`;

/** 保管期限 (国家档案局令第8号): how long a paper of a kind is kept. */
export const retentions = ['永久', '30年', '10年'] as const;
export type Retention = (typeof retentions)[number];

export interface FiledPaper {
  number: string;
  /** 责任者. */
  by: string;
  title: string;
  date: Day;
  pages?: number;
  retention: Retention;
  note: string;
}
export interface YearWords {
  organ: string;
  year: number;
  papers: FiledPaper[];
  /** Numbers that no paper bears: voided, or given elsewhere. */
  gaps: string[];
  /** Months that were closed, with what their seals say. */
  months: { month: Month; frozenOn: Day }[];
}

const listWidths = [12, 50, 18, 42, 22, 12];
/** 卷内目录 by 保管期限, then 备考表: what is in the file, what is missing from it and why, who filed and who checked. */
export const yearPaper = (words: YearWords): PaperContent => {
  const { organ, year, papers, gaps, months } = words;
  const groups = retentions.flatMap((retention) => {
    const own = papers.filter((one) => one.retention === retention);
    return own.length === 0 ? [] : [{ retention, own }];
  });
  const pages = papers.reduce((sum, one) => sum + (one.pages ?? 0), 0);
  const unset = papers.filter((one) => one.pages === undefined).length;
  return paper(organ, `${organ}${year}年窗口监督文书归档`, [
    heading('一、卷内目录'),
    ...(groups.length === 0 ? [text('本年没有应归档的文书。')] : []),
    ...groups.flatMap(({ retention, own }): Block[] => [
      { kind: 'paragraph', text: `（${retention}）共${own.length}件`, level: 2 },
      {
        kind: 'table',
        head: row(['件号', '文号', '责任者', '题名', '日期', '页数'], listWidths),
        rows: own.map((one, n) =>
          row(
            [
              String(n + 1),
              one.number,
              one.by,
              `${one.title}${one.note === '' ? '' : `（${one.note}）`}`,
              one.date.replaceAll('-', ''),
              one.pages === undefined ? '' : String(one.pages),
            ],
            listWidths,
          ),
        ),
      },
    ]),
    heading('二、备考表'),
    {
      kind: 'table',
      rows: [
        labelled(
          [
            '情况说明',
            [
              `本卷共${papers.length}件${pages}页${unset > 0 ? `（另有${unset}件未排印）` : ''}。`,
              gaps.length === 0 ? '文号连续，没有空号。' : `下列文号没有归档文件：${gaps.join('；')}。`,
              months.length === 0
                ? '本年没有定稿的月份。'
                : `已定稿月份：${months.map((one) => `${chineseMonth(one.month)}（${chineseDate(one.frozenOn)}）`).join('、')}。`,
            ].join('\n'),
          ],
          [28, 128],
          4,
        ),
        labelled(['立 卷 人', '', '检 查 人', ''], [28, 50, 28, 50], 2),
        labelled(['立卷日期', '　　　　年　月　日', '检查日期', '　　　　年　月　日'], [28, 50, 28, 50]),
      ],
    },
  ]);
};

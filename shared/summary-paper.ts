// 窗口监督工作情况: the summary of a period, to be pasted into a work report. Every figure is one that the charts show, handed
// in as they are; departments and counts only, no person. In the terms of the reference hall: 共查出、通报…人次, 书面函告…个
// 派出单位, 评选服务之星…名.
import type { PaperContent } from './paper-content.ts';
import { barTable, heading, text } from './report-paper.ts';
import { chineseMonth, type Month } from './time.ts';
import type { View } from './views.ts';

export interface SummaryWords {
  figures: View<'chart.read'>;
  organ: string;
  /** Titles that became somebody's in the period: 服务之星 15. */
  honours: { title: string; number: number }[];
  /** Letters issued in the period, and to how many departments. */
  letters: { issued: number; departments: number };
  bulletins: number;
}

export const periodOf = ({ from, until }: { from: Month; until: Month }): string => {
  if (from === until) return chineseMonth(from);
  const sameYear = from.slice(0, 4) === until.slice(0, 4);
  return `${chineseMonth(from)}至${sameYear ? `${Number(until.slice(5, 7))}月` : chineseMonth(until)}`;
};

export const summaryPaper = (words: SummaryWords): PaperContent => {
  const { figures, organ } = words;
  const period = periodOf(figures);
  const { names } = figures;
  return {
    format: 'form',
    mark: organ,
    number: '',
    title: `${organ}${period}窗口监督工作情况`,
    blocks: [
      heading('一、总体情况'),
      text(totalText(words, period)),
      ...(figures.trend.length > 1
        ? [
            {
              kind: 'bars' as const,
              bars: figures.trend.map((bar) => ({
                label: chineseMonth(bar.key),
                value: bar.total,
                text: String(bar.total),
              })),
            },
          ]
        : []),
      heading('二、问题类型'),
      ...(figures.types.length === 0
        ? [text('本期没有核实的问题。')]
        : [barTable('类型', figures.types, names)]),
      heading('三、各进驻部门情况'),
      ...(figures.departments.length === 0
        ? [text('本期各进驻部门均未发现问题。')]
        : [barTable('部门', figures.departments, names)]),
      heading('四、函告成效'),
      text(effectText(figures)),
      heading('五、整改与复核'),
      text(mendedText(figures)),
    ],
    annexes: [],
    copies: [],
  };
};

const totalText = ({ figures, letters, bulletins, honours }: SummaryWords, period: string): string => {
  const rounds = figures.coverage.reduce((sum, one) => sum + one.rounds, 0);
  const seen = figures.coverage.reduce((sum, one) => sum + one.seen, 0);
  const parts = [
    ...(rounds > 0 ? [`共开展巡查${rounds}次，查看窗口${seen}个次`] : []),
    `共查出${bulletins > 0 ? '、通报' : ''}违纪问题${figures.total}人次（起）`,
    ...(letters.issued > 0 ? [`书面函告${letters.departments}个派出单位${letters.issued}件`] : []),
    ...honours.map(({ title, number }) => `评选${title}${number}名`),
  ];
  return `${period}，${parts.join('，')}。`;
};

const decimal = (hundredths: number): string => (hundredths / 100).toFixed(2);

/** Before and after each letter, thirty working days on either side; only letters whose time has run out are told. */
const effectText = ({ effects }: View<'chart.read'>): string => {
  const letters = effects.filter((one) => one.kind === 'letter');
  const complete = letters.filter((one) => one.complete);
  if (letters.length === 0) return '本期没有印发函告。';
  const waiting = letters.length - complete.length;
  const rest = waiting > 0 ? `另有${waiting}件印发后未满30个工作日，暂不比较。` : '';
  if (complete.length === 0) return `本期印发函告${letters.length}件。${rest}`;
  const fewer = complete.filter(
    ({ before, after }) => before.rate !== undefined && after.rate !== undefined && after.rate < before.rate,
  );
  const mean = (side: 'before' | 'after'): string => {
    const rates = complete.flatMap((one) => one[side].rate ?? []);
    return rates.length === 0
      ? '—'
      : decimal(Math.round(rates.reduce((sum, rate) => sum + rate, 0) / rates.length));
  };
  const again = complete.reduce((sum, one) => sum + one.again, 0);
  return `印发满30个工作日的函告${complete.length}件，函告后问题减少的${fewer.length}件；相关部门每百个在岗日的问题数平均由函告前的${mean('before')}变为函告后的${mean('after')}，被函告人员再次发生问题${again}人。${rest}`;
};

const mendedText = ({ mended, reviews, repeats }: View<'chart.read'>): string => {
  const sum = (of: 'asked' | 'reduced' | 'overturned'): number =>
    reviews.reduce((total, one) => total + one[of], 0);
  return [
    `要求复函${mended.asked}件，已复函${mended.answered}件，其中按期${mended.answeredInTime}件。`,
    `开具整改单${mended.ordered}件，已销号${mended.struckOff}件。`,
    `申请复核${sum('asked')}件，减轻${sum('reduced')}件，撤销${sum('overturned')}件。`,
    `本期有问题人员${repeats.people}人，其中两次及以上${repeats.again}人。`,
  ].join('');
};

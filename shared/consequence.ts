// From month scores to longer periods, and what follows from a total, a grade or a place in the ranking: RB06's year under
// 90 points, RB03's grades, last two periods running. Who is assessed at all. Computed from totals; stores nothing.
import { type Measure, measureIdKinds, periodText } from './measure.ts';
import { bandAt, fen } from './price.ts';
import { frameOf, type RuleBook } from './rulebook.ts';
import { type Consequence, type Frame, measureNames, type Pool } from './rulebook-frame.ts';
import { type FrameKind, type Period, periodOf } from './rulebook-terms.ts';
import { type Subject, subjectKey } from './tally.ts';
import type { Month } from './time.ts';

const length: Record<Period, number> = { month: 1, quarter: 3, halfYear: 6, year: 12 };

export interface Rolled {
  /** Hundredths. */
  total: number;
  /** How many scores it is made of. */
  of: number;
  note: string;
}

/**
 * A longer period's total from the totals of the frame's own periods (周期汇总); undefined with fewer than the book asks
 * for. A missing month stands at the mean of the others unless the book leaves it out (`asIs`).
 */
export const rollUpOf = (own: Frame, over: Period, totals: readonly number[]): Rolled | undefined => {
  const rule = own.rollUps?.find(({ period }) => period === over);
  const present = totals.length;
  if (!rule || present === 0 || present < rule.leastMonths) return undefined;
  const whole = length[over] / length[own.period ?? 'month'];
  const sum = totals.reduce((all, each) => all + each, 0);
  const short = present < whole;
  const filled = rule.incomplete === 'byMean' && short;
  const total =
    rule.how === 'sum'
      ? filled
        ? Math.round((sum * whole) / present)
        : sum
      : Math.round(sum / (rule.incomplete === 'asIs' ? whole : present));
  const how = rule.how === 'sum' ? '合计' : '平均';
  const missing = short ? `,缺${whole - present}期${filled ? '按其余各期平均计' : '不计'}` : '';
  return { total, of: present, note: `${present}期得分${how}${fen(total)}${missing}` };
};

/** One subject's totals of a kind of period, the latest first; undefined where there was none. */
export interface Standing {
  subject: Subject;
  window?: string;
  department?: string;
  totals: readonly (number | undefined)[];
}

/** The total at which the last `last` places begin; equals share a place. */
const lastFrom = (all: readonly Standing[], nth: number, last: number): number => {
  const totals = all.flatMap(({ totals: own }) => own[nth] ?? []).sort((a, b) => a - b);
  return totals[Math.min(last, totals.length) - 1] ?? Number.NEGATIVE_INFINITY;
};

const holds = (
  rule: Consequence,
  grades: Frame['grades'],
  all: readonly Standing[],
  total: number | undefined,
  nth: number,
): boolean =>
  total !== undefined &&
  (rule.below === undefined || total < rule.below) &&
  (!rule.grades || rule.grades.includes(bandAt(grades, total)?.name ?? '')) &&
  (rule.last === undefined || total <= lastFrom(all, nth, rule.last));

const metBy = ({ on }: Consequence, one: Standing): Subject => {
  if (on === 'window' && one.window !== undefined) return { window: one.window };
  if (on === 'department' && one.department !== undefined) return { department: one.department };
  return one.subject;
};

/** The measures that a period's totals ask for, rule by rule; `month` is the period's last. */
export const consequencesOf = (
  book: RuleBook,
  kind: FrameKind,
  over: Period,
  month: Month,
  all: readonly Standing[],
): Measure[] => {
  const own = frameOf(book, kind);
  const grades =
    over === (own.period ?? 'month')
      ? own.grades
      : (own.rollUps?.find(({ period }) => period === over)?.grades ?? []);
  return (own.consequences ?? []).flatMap((rule) =>
    rule.over === over
      ? all.flatMap((one): Measure[] => {
          const run = Array.from({ length: rule.inARow }, (_, nth) => one.totals[nth]);
          if (!run.every((total, nth) => holds(rule, grades, all, total, nth))) return [];
          const [total = 0] = run;
          const grade = bandAt(grades, total)?.name;
          const told = [
            `${periodText(over, month)}得分${fen(total)}`,
            ...(rule.grades && grade !== undefined ? [`等级${grade}`] : []),
            ...(rule.below === undefined ? [] : [`低于${fen(rule.below)}`]),
            ...(rule.last === undefined ? [] : [`排名在末${rule.last}位之内`]),
            ...(rule.inARow > 1 ? [`已连续${rule.inARow}期`] : []),
          ];
          return [
            {
              id: `${measureIdKinds[rule.measure]}-${month}-${rule.code}-${subjectKey(one.subject).split(':')[1]}-1`,
              kind: rule.measure,
              subject: metBy(rule, one),
              month,
              cases: [],
              step: rule.code,
              reason: `${told.join(',')}:${rule.says ?? measureNames[rule.measure]}`,
              ...(rule.bars && { bars: rule.bars }),
            },
          ];
        })
      : [],
  );
};

/** What is known of somebody when it is asked whether they are assessed. */
export interface PoolFact {
  id: string;
  /** The hall's words for what kind of person this is. */
  kinds: readonly string[];
  windows: readonly string[];
  /** Whole months since entry. */
  months: number;
}

/** Why somebody is not assessed, as a Chinese sentence; undefined: they are. */
export const leftOut = (pool: Pool | undefined, one: PoolFact): string | undefined => {
  if (!pool) return undefined;
  const kind = one.kinds.find((each) => pool.without.includes(each));
  if (kind !== undefined) return `${kind}不参加考核`;
  if (one.windows.length > 0 && one.windows.every((each) => pool.withoutWindows.includes(each)))
    return '所在窗口不参加考核';
  if (one.months < pool.trialMonths) return `进驻未满${pool.trialMonths}个月,试用期不计分`;
  return undefined;
};

/** Why somebody is out of reach of a month's titles: measures that bar them, their window or their department still. */
export const barredBy = (
  measures: readonly Measure[],
  month: Month,
  one: { person: string; windows: readonly string[]; department?: string },
): string[] =>
  measures.flatMap((measure) => {
    const { subject } = measure;
    const met =
      'person' in subject
        ? subject.person === one.person
        : 'window' in subject
          ? one.windows.includes(subject.window)
          : subject.department === one.department;
    const holds = measure.bars?.some((period) => periodOf(measure.month, period) === periodOf(month, period));
    return met && holds === true ? [measure.reason] : [];
  });

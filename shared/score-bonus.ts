// The lines of good deeds: what each brings, then the caps of a bonus, over longer periods, and of all together. Handed one
// person's bonuses in their total order (score.ts).
import { amountOf, arithmetic, fen } from './price.ts';
import { clauseLabel } from './rulebook.ts';
import { periodNames, periodOf } from './rulebook-terms.ts';
import type { CountedBonus, ScoreLine } from './score.ts';
import { choose, count, cutOff, dayText, type Rules, type Share, sumOf, unpriced } from './score-lines.ts';
import type { Month } from './time.ts';

const bonusLine = (rules: Rules, one: CountedBonus): ScoreLine => {
  const bonus = rules.bonuses.get(one.clause);
  const priced = bonus && amountOf(bonus.price, one);
  const points = priced?.ok ? priced.value : 0;
  const note =
    bonus && priced?.ok
      ? arithmetic(bonus.price, '加', points, one, bonus.unit)
      : unpriced(priced?.ok === false ? priced.problem : undefined);
  const line: ScoreLine = {
    kind: 'bonus',
    clause: one.clause,
    cases: [one.id],
    points,
    confirmedBy: one.confirmedBy,
    note: `${bonus ? clauseLabel(bonus) : `加分项${one.clause}`}(${dayText(one.day)}):${note}`,
  };
  choose(line, one);
  if (bonus) count(line, bonus, one);
  return line;
};

/** Writes bonuses by day and id, then the caps: of each bonus in the rule book's order, of all together. */
export const bonusLines = (
  rules: Rules,
  mine: readonly CountedBonus[],
  lines: ScoreLine[],
  {
    fromFigures = [],
    earlier = [],
  }: { fromFigures?: readonly ScoreLine[]; earlier?: readonly CountedBonus[] } = {},
): Share[] => {
  const gained = mine.map((one) => {
    const line = bonusLine(rules, one);
    lines.push(line);
    return { id: one.id, points: line.points, clause: one.clause };
  });
  for (const line of fromFigures) {
    lines.push(line);
    gained.push({ id: '', points: line.points, clause: '' });
  }
  if (gained.length === 0) return gained;
  const cap = (shares: readonly Share[], most: number | undefined, what: string, clause?: string): void => {
    const sum = sumOf(shares);
    if (most === undefined || sum <= most) return;
    lines.push({
      kind: 'cap',
      ...(clause !== undefined && { clause }),
      cases: cutOff(shares, sum - most),
      points: most - sum,
      note: `${what}每月最多加${fen(most)},本月应加${fen(sum)},多出的${fen(sum - most)}不计`,
    });
  };
  for (const bonus of rules.book.bonuses)
    cap(
      gained.filter(({ clause }) => clause === bonus.code),
      bonus.capPerMonth,
      `${clauseLabel(bonus)}:`,
      bonus.code,
    );
  const month = mine[0]?.month;
  for (const { code, caps = [], ...bonus } of month === undefined ? [] : rules.book.bonuses)
    for (const { within, points } of caps) {
      const own = gained.filter(({ clause }) => clause === code);
      const period = earlier.filter((one) => periodOf(one.month, within) === periodOf(month ?? '', within));
      const before = broughtBefore(rules, code, bonus.capPerMonth, period);
      const room = Math.max(0, points - before);
      const sum = sumOf(own);
      if (sum <= room) continue;
      lines.push({
        kind: 'cap',
        clause: code,
        cases: cutOff(own, sum - room),
        points: room - sum,
        note: `${clauseLabel({ code, title: bonus.title })}:${periodNames[within]}最多加${fen(points)},此前已加${fen(Math.min(before, points))},本月应加${fen(sum)},多出的${fen(sum - room)}不计`,
      });
    }
  cap(gained, rules.frame.bonusCap, '各项加分合计');
  return gained;
};

/** What a bonus brought in the earlier months of a period, each month within its own cap. */
const broughtBefore = (
  rules: Rules,
  code: string,
  most: number | undefined,
  earlier: readonly CountedBonus[],
): number => {
  const byMonth = new Map<Month, number>();
  for (const one of earlier) {
    if (one.clause !== code) continue;
    const bonus = rules.bonuses.get(code);
    const priced = bonus && amountOf(bonus.price, one);
    if (priced?.ok) byMonth.set(one.month, (byMonth.get(one.month) ?? 0) + priced.value);
  }
  let sum = 0;
  for (const points of byMonth.values()) sum += Math.min(points, most ?? points);
  return sum;
};

// Contradictions and gaps in a rule book that a hall may have on purpose: told as warnings, never refused. Knows the book
// and, where the caller has them, how many people and windows there are.
import { isSealedType, violationType, violationTypes } from './catalog.ts';
import { amountOf, closedEnds, fen, pointsText, priceSpan } from './price.ts';
import type { Clause, RuleBook, Step } from './rulebook.ts';
import type { ConvertRule } from './rulebook-counting.ts';
import type { Frame } from './rulebook-frame.ts';
import { bandMistakes, type Mistake, mistake } from './rulebook-mistakes.ts';
import { type FrameKind, frameKinds, frameNames, type Period } from './rulebook-terms.ts';

/** How many there are of each kind, where it is known: a quota larger than its pool is a contradiction. */
export type Pools = Partial<Record<FrameKind, number>>;

const clauseDoubts = (
  book: RuleBook,
  deducted: ReadonlySet<string>,
  clause: Clause,
  at: number,
): Mistake[] => {
  const path = `clauses.${at}`;
  const warnings: Mistake[] = [];
  const { least, most } = priceSpan(clause.price);
  for (const kind of frameKinds) {
    const own = book.frames[kind];
    const category = own?.categories.find(({ code }) => code === clause.category);
    if (
      category?.full !== undefined &&
      own?.floor === 'category' &&
      category.full <= category.floor &&
      most > 0
    )
      warnings.push(
        mistake(
          `${path}.category`,
          `“${category.title}”没有可扣的分,这一条永远不扣分`,
          '请核对类别的满分和保底分',
        ),
      );
    if (category?.full !== undefined && own?.floor === 'category' && most > category.full)
      warnings.push(
        mistake(
          `${path}.price`,
          `一次扣${fen(most)},超过“${category.title}”的满分`,
          '如有意为之可不改;多出的部分不会扣',
        ),
      );
  }
  const seen = clause.types.flatMap((type) => violationType(type)?.pointsSeen ?? []);
  if (seen.length > 0 && most > 0 && (most > Math.max(...seen) || least < Math.min(...seen)))
    warnings.push(
      mistake(
        `${path}.price`,
        `分值不在各地所见的${fen(Math.min(...seen))}至${fen(Math.max(...seen))}之内`,
        '如有意为之可不改',
      ),
    );
  if (clause.price.kind === 'bands')
    warnings.push(...bandMistakes(`${path}.price.bands`, clause.price.bands).warnings);
  if (clause.capPerMonth === 0)
    warnings.push(
      mistake(`${path}.capPerMonth`, '每月最多扣0分,这一条永远不扣分', '请改为每月最多扣的分值,或删除这一项'),
    );
  if (clause.price.kind === 'bySeverity')
    for (const severity of ['minor', 'evident', 'serious'] as const)
      if (clause.price[severity] && deducted.size > 0 && !deducted.has(severity))
        warnings.push(
          mistake(
            `${path}.price.${severity}`,
            '措施阶梯对这一严重程度不扣分,这里的分值用不到',
            '请在阶梯的“扣分”中补充该严重程度,或删除这一项',
          ),
        );
  return warnings;
};

const gradeDoubts = (path: string, { base, ceiling, bonusCap, floor, grades }: Frame): Mistake[] => {
  const warnings = bandMistakes(`${path}.grades`, grades).warnings;
  const most = ceiling ?? (bonusCap === undefined ? Number.POSITIVE_INFINITY : base + bonusCap);
  grades.forEach((grade, at) => {
    const ends = closedEnds(grade);
    if (ends.least > most)
      warnings.push(
        mistake(`${path}.grades.${at}`, `总分最高${fen(most)},够不到“${grade.name}”`, '请核对分数线'),
      );
    if (floor !== 'none' && ends.most < 0)
      warnings.push(mistake(`${path}.grades.${at}`, `总分不会低于0分,落不到“${grade.name}”`, '请核对分数线'));
  });
  return warnings;
};

const weightDoubts = (path: string, all: readonly { weight: number }[] | undefined): Mistake[] => {
  const sum = (all ?? []).reduce((whole, { weight }) => whole + weight, 0);
  return all === undefined || sum === 10_000
    ? []
    : [mistake(path, `权重合计${pointsText(sum)}%,不是100%`, '请调整权重,使合计为 10000(即100%)')];
};

const frameDoubts = (book: RuleBook, kind: FrameKind, own: Frame): Mistake[] => {
  const path = `frames.${kind}`;
  const { base, categories, floor } = own;
  const warnings = gradeDoubts(path, own);
  const fulls = categories.flatMap(({ full }) => full ?? []);
  const sum = fulls.reduce((all, full) => all + full, 0);
  if (fulls.length === categories.length && sum !== base)
    warnings.push(
      mistake(`${path}.categories`, `各类满分合计${fen(sum)},与基础分${fen(base)}不同`, '请核对是否漏了类别'),
    );
  if (floor === 'category' && fulls.length < categories.length)
    warnings.push(mistake(`${path}.categories`, '有的类别没有满分,不会扣完为止', '请补充满分'));
  warnings.push(...weightDoubts(`${path}.sources`, own.sources));
  if (
    own.sources &&
    !own.sources.some(({ of }) => of === 'own') &&
    book.clauses.some(({ category }) => categories.some(({ code }) => code === category))
  )
    warnings.push(
      mistake(
        `${path}.sources`,
        '总分由各来源加权得出,条款扣分不会计入',
        '请加入 own(考核得分)一项,或将条款改为不计分',
      ),
    );
  if (own.proration === 'category' && !categories.some(({ prorated }) => prorated === true))
    warnings.push(
      mistake(`${path}.proration`, '没有任何类别按在岗天数折算', '请在类别中填写 prorated,或改为 days'),
    );
  return warnings;
};

const length: Record<Period, number> = { month: 1, quarter: 3, halfYear: 6, year: 12 };

/** Whether `later` always takes the place of `earlier` when that is reached. */
const swallows = (later: Step, earlier: Step): boolean => {
  const a = earlier.when;
  const b = later.when;
  return (
    later.insteadOf.includes(earlier.code) &&
    a.subject === b.subject &&
    (later.on ?? b.subject) === (earlier.on ?? a.subject) &&
    a.severity.every((each) => b.severity.includes(each)) &&
    (!b.clauses || (a.clauses ?? []).length > 0) &&
    (a.clauses ?? []).every((each) => b.clauses === undefined || b.clauses.includes(each)) &&
    (b.times.of === 'all' || b.times.of === a.times.of) &&
    a.times.unit === b.times.unit &&
    (!b.campaign || a.campaign) &&
    b.times.monthsInARow <= 1 &&
    b.times.atLeast <= a.times.atLeast &&
    (b.times.again || b.times.within === a.times.within) &&
    length[b.times.within] >= length[a.times.within]
  );
};

const ladderDoubts = ({ ladder, clauses }: RuleBook): Mistake[] => {
  const warnings: Mistake[] = [];
  ladder.forEach((step, at) => {
    const later = ladder.slice(at + 1).find((each) => swallows(each, step));
    if (later)
      warnings.push(
        mistake(`ladder.${at}`, `每次都被“${later.code}”取代,这一级永远用不到`, '请核对次数和 insteadOf'),
      );
    const named = step.when.clauses?.flatMap((code) => clauses.filter((each) => each.code === code));
    if (named && named.length > 0 && named.every(({ types }) => types.every(isSealedType)))
      warnings.push(mistake(`ladder.${at}.when.clauses`, '这些条款没有可核实的问题类型', '请核对条款'));
    const twin = ladder
      .slice(0, at)
      .find(
        (each) => each.measure === step.measure && JSON.stringify(each.when) === JSON.stringify(step.when),
      );
    if (twin) warnings.push(mistake(`ladder.${at}`, `与“${twin.code}”条件和措施完全相同`, '请删除其中一级'));
  });
  return warnings;
};

/** Converting must not be cheaper than what is withdrawn, or one more violation raises the score. */
const cheaper = (book: RuleBook, rule: ConvertRule): boolean => {
  const to = book.clauses.find(({ code }) => code === rule.to);
  const price = to && amountOf(to.price, { quantity: to.price.kind === 'perQuantity' ? rule.quantity : 1 });
  if (rule.originals !== 'withdrawn' || !price?.ok) return false;
  const from = book.clauses.filter(({ code }) => rule.clauses === undefined || rule.clauses.includes(code));
  const most = Math.max(0, ...from.map((each) => priceSpan(each.price).most));
  return price.value * (to?.price.kind === 'perQuantity' ? 1 : rule.quantity) < most * rule.every;
};

const countingDoubts = (book: RuleBook): Mistake[] =>
  (book.counting ?? []).flatMap((rule, at) => {
    const path = `counting.${at}`;
    const found: Mistake[] = [];
    if (rule.kind === 'convert' && cheaper(book, rule))
      found.push(
        mistake(
          path,
          '折算后反而比原来扣得少,多犯一次得分会上升',
          '请提高折算成的分值,或将 originals 改为 kept',
        ),
      );
    if (
      rule.kind === 'convert' &&
      rule.originals === 'withdrawn' &&
      length[rule.within] > length[book.frames.staff?.period ?? 'month']
    )
      found.push(mistake(`${path}.originals`, '以前月份已扣的分不退回,只退回本期的', '如有意为之可不改'));
    return found;
  });

const awardDoubts = (book: RuleBook, pools: Pools): Mistake[] =>
  book.awards.flatMap((award, at) => {
    const path = `awards.${at}`;
    const kind = award.recipient === undefined || award.recipient === 'person' ? 'staff' : award.recipient;
    const own = book.frames[kind];
    const warnings = weightDoubts(`${path}.votes`, award.votes);
    const most =
      own &&
      (own.ceiling ?? own.base + (book.bonuses.length > 0 ? (own.bonusCap ?? Number.POSITIVE_INFINITY) : 0));
    if (most !== undefined && award.eligible.scoreAtLeast !== undefined && award.eligible.scoreAtLeast > most)
      warnings.push(
        mistake(`${path}.eligible.scoreAtLeast`, `总分最高${fen(most)},没有人够得到`, '请降低分数要求'),
      );
    const pool = pools[kind];
    if (pool !== undefined && award.quota > pool && award.quotaShare === undefined)
      warnings.push(
        mistake(`${path}.quota`, `名额${award.quota}个,多于${frameNames[kind]}总数${pool}`, '请减少名额'),
      );
    const best = award.bestOfEach;
    const only = award.atMost.find(
      ({ per, only: one, number }) => best && one === undefined && per === best.per && number < best.number,
    );
    if (only) warnings.push(mistake(`${path}.bestOfEach`, '每组推荐的多于每组最多的名额', '请核对两处数字'));
    return warnings;
  });

/** Everything a clerk should look at twice. */
export const doubtsOf = (book: RuleBook, pools: Pools = {}): Mistake[] => {
  const deducts = book.ladder.flatMap((step) => (step.measure === 'deduct' ? step.when.severity : []));
  const deducted = new Set<string>(deducts);
  const warnings = frameKinds.flatMap((kind) => {
    const own = book.frames[kind];
    return own ? frameDoubts(book, kind, own) : [];
  });
  if (deducted.size === 0 && book.clauses.some(({ price }) => priceSpan(price).most > 0))
    warnings.push(
      mistake('ladder', '条款有分值,但措施阶梯中没有“扣分”,不会扣任何分', '请在阶梯中补充扣分一级'),
    );
  const served = new Set(book.clauses.flatMap(({ types }) => types));
  const unserved = violationTypes.filter(({ code, sealed }) => !sealed && !served.has(code));
  if (unserved.length > 0)
    warnings.push(
      mistake(
        'clauses',
        `没有条款可用于:${unserved.map(({ name }) => name).join(';')}`,
        '这些类型的问题将无法核实,请补充条款',
      ),
    );
  book.clauses.forEach((clause, at) => warnings.push(...clauseDoubts(book, deducted, clause, at)));
  warnings.push(...ladderDoubts(book), ...countingDoubts(book), ...awardDoubts(book, pools));
  return warnings;
};

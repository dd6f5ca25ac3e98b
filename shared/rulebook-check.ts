// Whether a rule book can be put in force: its shape, then what must agree across its parts. Tells every mistake at
// once, each with how to mend it, in the words of the clerk who typed it; doubts that a hall may have on purpose are
// warnings. Decides nothing: enacting is a command.
import type * as z from 'zod';
import { isSealedType, violationType, violationTypes } from './catalog.ts';
import { type Band, closedEnds, fen, priceSpan } from './price.ts';
import { type Clause, measureNames, type RuleBook, ruleBook } from './rulebook.ts';

export interface Mistake {
  /** `clauses.3.price.points`, counted from 0. */
  path: string;
  reason: string;
  mend: string;
}

export type Checked =
  | { ok: true; value: RuleBook; warnings: Mistake[] }
  | { ok: false; errors: Mistake[]; warnings: Mistake[] };

const mistake = (path: string, reason: string, mend: string): Mistake => ({ path, reason, mend });

const kinds: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否(true / false)',
  array: '列表',
  object: '一组项目',
};

/** What the shape refuses, in Chinese; zod's own wording never reaches a person. */
const shapeMistakes = (issue: z.core.$ZodIssue): Mistake[] => {
  const path = issue.path.map(String).join('.');
  const one = (reason: string, mend: string): Mistake[] => [mistake(path, reason, mend)];
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = kinds[issue.expected] ?? issue.expected;
      if (issue.input === undefined) return one('缺少这一项', `请填写(${wanted})`);
      return issue.expected === 'int'
        ? one('应为整数', '分值以百分之一分为单位填写整数,1 分写作 100')
        : one(`应为${wanted}`, `请改为${wanted}`);
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        mistake(path ? `${path}.${key}` : key, `不认识的项目“${key}”`, '请删除这一项,或改正名称'),
      );
    case 'too_small':
      return issue.origin === 'string'
        ? one('不能为空', '请填写')
        : issue.origin === 'array'
          ? one(`至少要有 ${issue.minimum} 条`, '请补充')
          : one(`不能小于 ${issue.minimum}`, `请填写不小于 ${issue.minimum} 的数`);
    case 'too_big':
      return issue.origin === 'string'
        ? one(`超过 ${issue.maximum} 个字`, '请缩短')
        : issue.origin === 'array'
          ? one(`超过 ${issue.maximum} 条`, '请删减')
          : one(`不能大于 ${issue.maximum}`, `请填写不大于 ${issue.maximum} 的数`);
    case 'invalid_value':
      return issue.values.length > 12
        ? one('不在目录中', '请从目录中选择')
        : one('不是可选的值', `请从 ${issue.values.map(String).join('、')} 中选择`);
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
      return one('不是可选的种类', `请从 ${options.map(String).join('、')} 中选择`);
    }
    case 'invalid_format':
      return one(issue.message, '请按格式改正');
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return one('内容不符合要求', '请核对后改正');
  }
};

const repeated = (path: string, key: string, values: readonly string[]): Mistake[] =>
  values.flatMap((value, at) =>
    values.indexOf(value) < at
      ? [mistake(`${path}.${at}.${key}`, `“${value}”重复`, '请改用不同的编号或名称,或删除重复的一条')]
      : [],
  );

/** Empty or overlapping bands are errors, gaps between them are doubts. */
const bandMistakes = (path: string, bands: readonly Band[]): { errors: Mistake[]; warnings: Mistake[] } => {
  const errors: Mistake[] = [];
  const warnings: Mistake[] = [];
  const sorted = bands.map((band, at) => ({ at, ...closedEnds(band) })).sort((a, b) => a.least - b.least);
  sorted.forEach(({ at, least, most }, nth) => {
    if (least > most) errors.push(mistake(`${path}.${at}`, '这一档是空的', '请核对起止和是否包含端点'));
    const before = sorted[nth - 1];
    if (!before) return;
    if (before.most >= least)
      errors.push(mistake(`${path}.${at}`, `与第 ${before.at + 1} 档重叠`, '请核对端点是否被两档同时包含'));
    else if (before.most + 1 < least)
      warnings.push(mistake(`${path}.${at}`, `与第 ${before.at + 1} 档之间有空档`, '请核对端点是否漏含'));
  });
  return { errors, warnings };
};

const clauseErrors = (book: RuleBook, clause: Clause, at: number): Mistake[] => {
  const path = `clauses.${at}`;
  const errors: Mistake[] = [];
  const { price } = clause;
  if (!book.frames.staff.categories.some(({ code }) => code === clause.category))
    errors.push(
      mistake(`${path}.category`, `没有类别“${clause.category}”`, '请在类别中补充,或改用已有的类别'),
    );
  clause.types.forEach((type, nth) => {
    if (isSealedType(type))
      errors.push(
        mistake(
          `${path}.types.${nth}`,
          `${violationType(type)?.name ?? type}属廉洁问题线索,一律移送,不计分`,
          '请从条款中删除该类型',
        ),
      );
  });
  if (price.kind === 'range' && price.from > price.to)
    errors.push(mistake(`${path}.price.from`, '幅度的下限高于上限', '请对调'));
  if (price.kind === 'bands') errors.push(...bandMistakes(`${path}.price.bands`, price.bands).errors);
  return errors;
};

const frameErrors = (book: RuleBook): Mistake[] => {
  const { base, categories, ceiling, grades } = book.frames.staff;
  const path = 'frames.staff';
  const errors = bandMistakes(`${path}.grades`, grades).errors;
  if (ceiling !== undefined && ceiling < base)
    errors.push(mistake(`${path}.ceiling`, '总分上限低于基础分', `请填写不小于 ${base} 的数,或删除这一项`));
  categories.forEach(({ full, floor, title }, at) => {
    if (full !== undefined && floor > full)
      errors.push(
        mistake(`${path}.categories.${at}.floor`, `“${title}”的保底分高于满分`, '请填写不高于满分的数'),
      );
  });
  return errors;
};

const ladderErrors = (book: RuleBook): Mistake[] =>
  book.ladder.flatMap((step, at) => {
    const path = `ladder.${at}`;
    const { times, campaign, subject } = step.when;
    const errors: Mistake[] = [];
    // Frozen months are known by their tallies, and those keep neither campaigns nor incidents by severity.
    if ((campaign || times.unit === 'incidents') && times.within !== 'month')
      errors.push(
        mistake(`${path}.when.times.within`, '专项检查期间的问题、按起数的问题只能按月累计', '请改为 month'),
      );
    if (times.monthsInARow > 1 && (times.within !== 'month' || campaign || times.unit === 'incidents'))
      errors.push(
        mistake(`${path}.when.times.monthsInARow`, '连续几个月只能按月人次累计', '请改为按月人次累计,或填 1'),
      );
    if (step.measure === 'deduct' && (times.atLeast > 1 || campaign || subject !== 'person'))
      errors.push(
        mistake(
          `${path}.when`,
          '扣分对每一次问题、对个人适用',
          '累计后才扣分的,请用设置 minorBecomesEvident(轻微累计按明显)',
        ),
      );
    if ((step.measure === 'letter' || step.measure === 'letterWithEvidence') && subject === 'person')
      errors.push(
        mistake(`${path}.when.subject`, `${measureNames[step.measure]}的对象是部门`, '请改为 department'),
      );
    if ((step.measure === 'sectionTalk' || step.measure === 'directorTalk') && subject === 'department')
      errors.push(
        mistake(`${path}.when.subject`, `${measureNames[step.measure]}的对象是个人`, '请改为 person'),
      );
    // Only an earlier rung can be stood in for, so no two can drop each other.
    step.insteadOf.forEach((code, nth) => {
      if (!book.ladder.slice(0, at).some((each) => each.code === code))
        errors.push(
          mistake(`${path}.insteadOf.${nth}`, `前面没有代码为“${code}”的措施`, '只能取代排在前面的较轻措施'),
        );
    });
    return errors;
  });

const awardErrors = ({ awards, frames }: RuleBook): Mistake[] => {
  const names = frames.staff.grades.map(({ name }) => name);
  return awards.flatMap(({ eligible }, at) =>
    (eligible.grades ?? []).flatMap((name, nth) =>
      names.includes(name)
        ? []
        : [mistake(`awards.${at}.eligible.grades.${nth}`, `没有等级“${name}”`, '请填写等级中已有的名称')],
    ),
  );
};

/** Lists told apart by a code or name: a double makes lines, measures (whose ids know no dots or capitals) ambiguous. */
const doubles = ({ frames, clauses, bonuses, ladder, awards }: RuleBook): Mistake[] => [
  ...repeated(
    'frames.staff.categories',
    'code',
    frames.staff.categories.map(({ code }) => code),
  ),
  ...repeated(
    'frames.staff.grades',
    'name',
    frames.staff.grades.map(({ name }) => name),
  ),
  ...repeated(
    'clauses',
    'code',
    clauses.map(({ code }) => code.toLowerCase().replaceAll('.', '-')),
  ),
  ...repeated(
    'bonuses',
    'code',
    bonuses.map(({ code }) => code),
  ),
  ...repeated(
    'ladder',
    'code',
    ladder.map(({ code }) => code),
  ),
  ...repeated(
    'awards',
    'code',
    awards.map(({ code }) => code),
  ),
  ...awards.flatMap(({ criteria }, at) =>
    repeated(
      `awards.${at}.criteria`,
      'by',
      criteria.map(({ by }) => by),
    ),
  ),
];

const crossErrors = (book: RuleBook): Mistake[] => [
  ...doubles(book),
  ...frameErrors(book),
  ...book.clauses.flatMap((clause, at) => clauseErrors(book, clause, at)),
  ...book.bonuses.flatMap(({ price }, at) =>
    price.kind === 'range' && price.from > price.to
      ? [mistake(`bonuses.${at}.price.from`, '幅度的下限高于上限', '请对调')]
      : [],
  ),
  ...ladderErrors(book),
  ...awardErrors(book),
];

const clauseWarnings = (book: RuleBook, clause: Clause, at: number): Mistake[] => {
  const path = `clauses.${at}`;
  const warnings: Mistake[] = [];
  const { least, most } = priceSpan(clause.price);
  const category = book.frames.staff.categories.find(({ code }) => code === clause.category);
  if (category?.full !== undefined && book.frames.staff.floor === 'category' && most > category.full)
    warnings.push(
      mistake(
        `${path}.price`,
        `一次扣${fen(most)},超过“${category.title}”的满分`,
        '如有意为之可不改;多出的部分不会扣',
      ),
    );
  const seen = clause.types.flatMap((type) => violationType(type)?.pointsSeen ?? []);
  if (seen.length > 0 && (most > Math.max(...seen) || least < Math.min(...seen)))
    warnings.push(
      mistake(
        `${path}.price`,
        `分值不在各地所见的${fen(Math.min(...seen))}至${fen(Math.max(...seen))}之内`,
        '如有意为之可不改',
      ),
    );
  if (clause.price.kind === 'bands')
    warnings.push(...bandMistakes(`${path}.price.bands`, clause.price.bands).warnings);
  return warnings;
};

const doubts = (book: RuleBook): Mistake[] => {
  const { base, categories, grades, floor } = book.frames.staff;
  const warnings = bandMistakes('frames.staff.grades', grades).warnings;
  const fulls = categories.flatMap(({ full }) => full ?? []);
  const sum = fulls.reduce((all, full) => all + full, 0);
  if (fulls.length === categories.length && sum !== base)
    warnings.push(
      mistake(
        'frames.staff.categories',
        `各类满分合计${fen(sum)},与基础分${fen(base)}不同`,
        '请核对是否漏了类别',
      ),
    );
  if (floor === 'category' && fulls.length < categories.length)
    warnings.push(mistake('frames.staff.categories', '有的类别没有满分,不会扣完为止', '请补充满分'));
  const deducts = book.ladder.some((step) => step.measure === 'deduct');
  if (!deducts && book.clauses.some(({ price }) => priceSpan(price).most > 0))
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
  return [...warnings, ...book.clauses.flatMap((clause, at) => clauseWarnings(book, clause, at))];
};

/** Every mistake of the data at once. The value has all defaults filled in; warnings do not hinder. */
export const checkRuleBook = (data: unknown): Checked => {
  const parsed = ruleBook.safeParse(data, { reportInput: true });
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.flatMap(shapeMistakes), warnings: [] };
  const errors = crossErrors(parsed.data);
  const warnings = doubts(parsed.data);
  return errors.length > 0 ? { ok: false, errors, warnings } : { ok: true, value: parsed.data, warnings };
};

// What must agree across the parts of a rule book before it can be in force: references, doubles, bands, rungs, titles.
// Each mistake is told where it stands, with how to mend it. Knows no doubts (rulebook-doubts.ts).
import { isSealedType, violationType } from './catalog.ts';
import type { Price } from './price.ts';
import type { BonusClause, Clause, RuleBook, Step } from './rulebook.ts';
import type { AwardRule } from './rulebook-award.ts';
import type { CountingRule } from './rulebook-counting.ts';
import type { Consequence, Frame, Veto } from './rulebook-frame.ts';
import { measureNames } from './rulebook-frame.ts';
import { bandMistakes, type Mistake, mistake, repeated } from './rulebook-mistakes.ts';
import { type FrameKind, frameKinds, frameNames } from './rulebook-terms.ts';

/** What the parts may refer to. */
interface Known {
  book: RuleBook;
  clauses: Set<string>;
  figures: Map<string, FrameKind>;
  /** Figures with a most they can come to: only these fill categories or enter a weighted sum. */
  scaled: Set<string>;
}

const knownIn = (book: RuleBook): Known => ({
  book,
  clauses: new Set(book.clauses.map(({ code }) => code)),
  figures: new Map((book.figures ?? []).map((each) => [each.code, each.of])),
  scaled: new Set(
    (book.figures ?? []).flatMap(({ kind, code }) => (kind === 'amount' || kind === 'cases' ? [] : [code])),
  ),
});

const noClauses = (known: Known, path: string, codes: readonly string[] | undefined): Mistake[] =>
  (codes ?? []).flatMap((code, at) =>
    known.clauses.has(code)
      ? []
      : [mistake(`${path}.${at}`, `没有编号为“${code}”的条款`, '请填写已有条款的编号,或补充该条款')],
  );

const reversed = (path: string, of: Price): Mistake[] =>
  of.kind === 'range' && of.from > of.to
    ? [mistake(`${path}.from`, '幅度的下限高于上限', '请对调')]
    : of.kind === 'bands'
      ? bandMistakes(`${path}.bands`, of.bands).errors
      : [];

const priceErrors = (path: string, of: Price): Mistake[] => {
  if (of.kind !== 'bySeverity') return reversed(path, of);
  const parts = [
    ...(of.minor ? reversed(`${path}.minor`, of.minor) : []),
    ...(of.evident ? reversed(`${path}.evident`, of.evident) : []),
    ...(of.serious ? reversed(`${path}.serious`, of.serious) : []),
  ];
  return of.minor || of.evident || of.serious
    ? parts
    : [mistake(path, '三种严重程度都没有分值', '请至少填写一种,或改为 none(不计分)')];
};

const hasCategory = (book: RuleBook, code: string): boolean =>
  frameKinds.some((kind) => book.frames[kind]?.categories.some((each) => each.code === code));

const clauseErrors = (known: Known, clause: Clause, at: number): Mistake[] => {
  const path = `clauses.${at}`;
  const errors: Mistake[] = [];
  if (!hasCategory(known.book, clause.category))
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
  errors.push(...priceErrors(`${path}.price`, clause.price));
  errors.push(...noClauses(known, `${path}.displaces`, clause.displaces));
  clause.displaces?.forEach((code, nth) => {
    if (code === clause.code)
      errors.push(mistake(`${path}.displaces.${nth}`, '条款不能取代自己', '请删除这一项'));
  });
  errors.push(...repeated(`${path}.joint`, 'who', clause.joint?.map(({ who }) => who) ?? []));
  return errors;
};

const bonusErrors = ({ price, caps = [] }: BonusClause, at: number): Mistake[] => [
  ...priceErrors(`bonuses.${at}.price`, price),
  ...repeated(
    `bonuses.${at}.caps`,
    'within',
    caps.map(({ within }) => within),
  ),
];

const vetoErrors = (known: Known, names: readonly string[], path: string, veto: Veto): Mistake[] => {
  const errors = noClauses(known, `${path}.clauses`, veto.clauses);
  if (!veto.clauses && !veto.types && !veto.severity)
    errors.push(mistake(path, '没有写明哪些问题一票否决', '请填写 clauses、types 或 severity'));
  if (veto.atMost === undefined && veto.grade === undefined && veto.bars.length === 0)
    errors.push(mistake(path, '没有写明一票否决的后果', '请填写 atMost、grade 或 bars'));
  if (veto.grade !== undefined && !names.includes(veto.grade))
    errors.push(mistake(`${path}.grade`, `没有等级“${veto.grade}”`, '请填写等级中已有的名称'));
  return errors;
};

const consequenceErrors = (kind: FrameKind, own: Frame, path: string, of: Consequence): Mistake[] => {
  const errors: Mistake[] = [];
  const rolled = own.rollUps?.find(({ period }) => period === of.over);
  const grades = of.over === (own.period ?? 'month') ? own.grades : rolled?.grades;
  if (!grades)
    errors.push(mistake(`${path}.over`, '没有这一周期的得分', '请改为考核周期,或在 rollUps 中补充该周期'));
  if (of.below === undefined && !of.grades && of.last === undefined)
    errors.push(mistake(path, '没有写明什么情况下适用', '请填写 below、grades 或 last'));
  (of.grades ?? []).forEach((name, nth) => {
    if (grades && !grades.some((each) => each.name === name))
      errors.push(mistake(`${path}.grades.${nth}`, `没有等级“${name}”`, '请填写该周期等级中已有的名称'));
  });
  if (of.measure === 'deduct' || of.measure === 'remind')
    errors.push(
      mistake(
        `${path}.measure`,
        `得分的后果不能是“${measureNames[of.measure]}”`,
        '请改用谈话、函告、通报、整改等措施',
      ),
    );
  errors.push(...addressee(path, of.measure, of.on ?? (kind === 'staff' ? 'person' : kind)));
  return errors;
};

const letters: readonly string[] = ['letter', 'letterWithEvidence', 'urge', 'leaderTalk'];
const talks: readonly string[] = ['sectionTalk', 'directorTalk'];

/** Letters go to departments, talks are held with people. */
const addressee = (path: string, measure: Step['measure'], whom: string): Mistake[] => {
  if (letters.includes(measure) && whom !== 'department')
    return [
      mistake(
        `${path}`,
        `${measureNames[measure]}的对象是部门`,
        '请将 subject 改为 department,或填写 on: department',
      ),
    ];
  if (talks.includes(measure) && whom !== 'person')
    return [mistake(`${path}`, `${measureNames[measure]}的对象是个人`, '请将 subject 改为 person')];
  return [];
};

const frameErrors = (known: Known, kind: FrameKind, own: Frame): Mistake[] => {
  const { base, categories, ceiling, grades } = own;
  const path = `frames.${kind}`;
  const errors = bandMistakes(`${path}.grades`, grades).errors;
  const figureHere = (at: string, code: string): Mistake[] => {
    const of = known.figures.get(code);
    if (of === undefined) return [mistake(at, `没有指标“${code}”`, '请在 figures 中补充,或改用已有的指标')];
    if (of !== kind)
      return [
        mistake(at, `指标“${code}”考核的是${frameNames[of]},不是${frameNames[kind]}`, '请改用本对象的指标'),
      ];
    return known.scaled.has(code)
      ? []
      : [
          mistake(
            at,
            `指标“${code}”没有满分,不能折算成分`,
            '请改用评分、比率、评价或人员平均分,或改用 targets',
          ),
        ];
  };
  if (ceiling !== undefined && ceiling < base)
    errors.push(mistake(`${path}.ceiling`, '总分上限低于基础分', `请填写不小于 ${base} 的数,或删除这一项`));
  categories.forEach(({ full, floor, title, from }, at) => {
    if (full !== undefined && floor > full)
      errors.push(
        mistake(`${path}.categories.${at}.floor`, `“${title}”的保底分高于满分`, '请填写不高于满分的数'),
      );
    if (from === undefined) return;
    errors.push(...figureHere(`${path}.categories.${at}.from`, from));
    if (full === undefined)
      errors.push(mistake(`${path}.categories.${at}.full`, `“${title}”由指标计分,须有满分`, '请填写满分'));
  });
  (own.sources ?? []).forEach(({ of }, at) => {
    if (of !== 'own') errors.push(...figureHere(`${path}.sources.${at}.of`, of));
  });
  const names = grades.map(({ name }) => name);
  (own.vetoes ?? []).forEach((veto, at) =>
    errors.push(...vetoErrors(known, names, `${path}.vetoes.${at}`, veto)),
  );
  (own.rollUps ?? []).forEach((each, at) =>
    errors.push(...bandMistakes(`${path}.rollUps.${at}.grades`, each.grades).errors),
  );
  (own.consequences ?? []).forEach((each, at) =>
    errors.push(...consequenceErrors(kind, own, `${path}.consequences.${at}`, each)),
  );
  return errors;
};

const countingErrors = (known: Known, rule: CountingRule, at: number): Mistake[] => {
  const path = `counting.${at}`;
  const errors = noClauses(known, `${path}.clauses`, rule.clauses);
  switch (rule.kind) {
    case 'convert': {
      const to = known.book.clauses.find(({ code }) => code === rule.to);
      if (!to)
        errors.push(
          mistake(`${path}.to`, `没有编号为“${rule.to}”的条款`, '请填写已有条款的编号,或补充该条款'),
        );
      else if (to.price.kind !== 'fixed' && to.price.kind !== 'perQuantity')
        errors.push(mistake(`${path}.to`, '折算成的条款没有确定的分值', '请改用固定分值或按数量计分的条款'));
      if (rule.clauses?.includes(rule.to))
        errors.push(mistake(`${path}.to`, '条款不能折算成自己', '请从 clauses 中删除该条款'));
      if (rule.minutes) errors.push(...bandMistakes(`${path}.minutes`, [rule.minutes]).errors);
      return errors;
    }
    case 'repeat':
      return errors;
    case 'table':
      if (!hasCategory(known.book, rule.category))
        errors.push(mistake(`${path}.category`, `没有类别“${rule.category}”`, '请改用已有的类别'));
      rule.steps.forEach((step, nth) => {
        const before = rule.steps[nth - 1];
        if (before && (step.at <= before.at || step.points < before.points))
          errors.push(mistake(`${path}.steps.${nth}`, '次数和分值应逐级上升', '请按次数从小到大排列'));
      });
      return errors;
  }
};

const figureErrors = (known: Known): Mistake[] => [
  ...(known.book.figures ?? []).flatMap((each, at) =>
    each.kind === 'cases'
      ? noClauses(known, `figures.${at}.clauses`, each.clauses)
      : each.kind === 'rating'
        ? repeated(
            `figures.${at}.scale`,
            'answer',
            each.scale.map(({ answer }) => answer),
          )
        : [],
  ),
  ...(known.book.targets ?? []).flatMap(({ figure, category, gives }, at) => {
    const of = known.figures.get(figure);
    if (of === undefined)
      return [mistake(`targets.${at}.figure`, `没有指标“${figure}”`, '请在 figures 中补充,或改用已有的指标')];
    if (gives === 'bonus') return [];
    return known.book.frames[of]?.categories.some(({ code }) => code === category)
      ? []
      : [
          mistake(
            `targets.${at}.category`,
            `${frameNames[of]}的考核中没有类别“${category ?? ''}”`,
            '请填写扣分归入的类别',
          ),
        ];
  }),
];

const ladderErrors = (known: Known): Mistake[] => {
  const { ladder } = known.book;
  return ladder.flatMap((step, at) => {
    const path = `ladder.${at}`;
    const { times, campaign, subject } = step.when;
    const errors = noClauses(known, `${path}.when.clauses`, step.when.clauses);
    if (times.monthsInARow > 1 && times.within !== 'month')
      errors.push(
        mistake(`${path}.when.times.monthsInARow`, '连续几个月只能按月累计', '请改为按月累计,或填 1'),
      );
    if (step.measure === 'deduct' && (times.atLeast > 1 || campaign || subject !== 'person'))
      errors.push(
        mistake(
          `${path}.when`,
          '扣分对每一次问题、对个人适用',
          '累计后才扣分的,请用设置 minorBecomesEvident(轻微累计按明显),或 counting(次数规则)',
        ),
      );
    errors.push(
      ...addressee(`${path}.when.subject`, step.measure, step.on ?? subject).map((each) =>
        step.on === undefined ? each : { ...each, path: `${path}.on` },
      ),
    );
    if (step.measure === 'bar' && !step.bars)
      errors.push(
        mistake(`${path}.bars`, '没有写明取消多长时间的评优资格', '请填写 month、quarter、halfYear 或 year'),
      );
    // Only an earlier rung can be stood in for, so no two can drop each other.
    step.insteadOf.forEach((code, nth) => {
      if (!ladder.slice(0, at).some((each) => each.code === code))
        errors.push(
          mistake(`${path}.insteadOf.${nth}`, `前面没有代码为“${code}”的措施`, '只能取代排在前面的较轻措施'),
        );
    });
    return errors;
  });
};

const awardErrors = (known: Known, award: AwardRule, at: number): Mistake[] => {
  const { book } = known;
  const path = `awards.${at}`;
  const kind = award.recipient === undefined || award.recipient === 'person' ? 'staff' : award.recipient;
  const names = book.frames[kind]?.grades.map(({ name }) => name) ?? [];
  const errors = (award.eligible.grades ?? []).flatMap((name, nth) =>
    names.includes(name)
      ? []
      : [mistake(`${path}.eligible.grades.${nth}`, `没有等级“${name}”`, '请填写等级中已有的名称')],
  );
  award.eligible.clauses?.forEach(({ clauses }, nth) => {
    errors.push(...noClauses(known, `${path}.eligible.clauses.${nth}.clauses`, clauses));
  });
  award.eligible.figures?.forEach((each, nth) => {
    if (!known.figures.has(each.figure))
      errors.push(
        mistake(
          `${path}.eligible.figures.${nth}.figure`,
          `没有指标“${each.figure}”`,
          '请在 figures 中补充该指标',
        ),
      );
    errors.push(...bandMistakes(`${path}.eligible.figures`, [each]).errors);
  });
  award.criteria.forEach((each, nth) => {
    if (each.by === 'figure' && !known.figures.has(each.figure))
      errors.push(
        mistake(`${path}.criteria.${nth}.figure`, `没有指标“${each.figure}”`, '请在 figures 中补充该指标'),
      );
    if (each.by === 'votes' && !award.votes)
      errors.push(mistake(`${path}.criteria.${nth}.by`, '没有写明谁投票', '请填写 votes(投票各方及权重)'));
  });
  if (award.earlier && !book.awards.some(({ code }) => code === award.earlier?.award))
    errors.push(mistake(`${path}.earlier.award`, `没有评选“${award.earlier.award}”`, '请填写已有评选的代码'));
  errors.push(...repeated(`${path}.votes`, 'code', award.votes?.map(({ code }) => code) ?? []));
  return errors;
};

/** Lists told apart by a code or name: a double makes lines, measures (whose ids know no dots or capitals) ambiguous. */
const doubles = (book: RuleBook): Mistake[] => {
  const codes = (path: string, all: readonly { code: string }[] | undefined): Mistake[] =>
    repeated(
      path,
      'code',
      (all ?? []).map(({ code }) => code),
    );
  const names = (path: string, all: readonly { name: string }[]): Mistake[] =>
    repeated(
      path,
      'name',
      all.map(({ name }) => name),
    );
  const inFrames = frameKinds.flatMap((kind) => {
    const own = book.frames[kind];
    if (!own) return [];
    const path = `frames.${kind}`;
    return [
      ...codes(`${path}.categories`, own.categories),
      ...names(`${path}.grades`, own.grades),
      ...codes(`${path}.vetoes`, own.vetoes),
      ...codes(`${path}.consequences`, own.consequences),
      ...repeated(`${path}.rollUps`, 'period', own.rollUps?.map(({ period }) => period) ?? []),
      ...repeated(`${path}.sources`, 'of', own.sources?.map(({ of }) => of) ?? []),
    ];
  });
  return [
    ...inFrames,
    ...repeated(
      'clauses',
      'code',
      book.clauses.map(({ code }) => code.toLowerCase().replaceAll('.', '-')),
    ),
    ...codes('bonuses', book.bonuses),
    ...codes('ladder', book.ladder),
    ...codes('awards', book.awards),
    ...codes('figures', book.figures),
    ...codes('targets', book.targets),
    ...codes('counting', book.counting),
    ...book.awards.flatMap(({ criteria }, at) =>
      repeated(
        `awards.${at}.criteria`,
        'by',
        criteria.map((each) => (each.by === 'figure' ? `figure ${each.figure}` : each.by)),
      ),
    ),
  ];
};

const nth = (text: string): boolean => /^\d+$/.test(text);

/** Whether a path as the check writes it (`clauses.3.price`) leads anywhere. */
const leadsSomewhere = (of: unknown, path: string): boolean => {
  let at: unknown = of;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return false;
    const next: unknown = Array.isArray(at)
      ? nth(part)
        ? at[Number(part)]
        : undefined
      : new Map(Object.entries(at)).get(part);
    if (next === undefined) return false;
    at = next;
  }
  return true;
};

/** Every mistake across the parts of a book of the right shape. */
export const crossErrors = (book: RuleBook): Mistake[] => {
  const known = knownIn(book);
  const errors = doubles(book);
  if (frameKinds.every((kind) => book.frames[kind] === undefined))
    errors.push(mistake('frames', '没有写明考核谁', '请至少填写 staff、window、department 中的一种'));
  for (const kind of frameKinds) {
    const own = book.frames[kind];
    if (own) errors.push(...frameErrors(known, kind, own));
  }
  book.clauses.forEach((clause, at) => errors.push(...clauseErrors(known, clause, at)));
  book.bonuses.forEach((bonus, at) => errors.push(...bonusErrors(bonus, at)));
  errors.push(...ladderErrors(known));
  (book.counting ?? []).forEach((rule, at) => errors.push(...countingErrors(known, rule, at)));
  errors.push(...figureErrors(known));
  book.awards.forEach((award, at) => errors.push(...awardErrors(known, award, at)));
  (book.assumed ?? []).forEach(({ path }, at) => {
    if (!leadsSomewhere(book, path))
      errors.push(
        mistake(`assumed.${at}.path`, `没有“${path}”这一项`, '请填写考核办法中已有的位置,如 clauses.0.price'),
      );
  });
  return errors;
};

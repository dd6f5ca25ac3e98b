import { describe, expect, test } from 'vitest';
import { violationTypes } from '../../shared/catalog.ts';
import { arithmetic, bandAt, pointsText, priceSpan } from '../../shared/price.ts';
import { problems } from '../../shared/problems.ts';
import {
  bonusPriceOf,
  clauseLabel,
  clauseOf,
  clausesFor,
  type RuleBookInput,
} from '../../shared/rulebook.ts';
import { type Checked, checkRuleBook } from '../../shared/rulebook-check.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import { paperBook, staffOf, written } from './paper-hall.ts';

/** The mistakes of the paper hall's rule book after a slip of the pen. */
const slipped = (slip: (book: RuleBookInput) => void): Checked => {
  const data = written();
  slip(data);
  return checkRuleBook(data);
};
const errorsOf = (checked: Checked) => (checked.ok ? [] : checked.errors);
const pathsOf = (checked: Checked) => errorsOf(checked).map(({ path }) => path);
const warned = (checked: Checked) => checked.warnings.map(({ path }) => path);
const first = <T>(all: readonly T[] | undefined): T => {
  const one = all?.[0];
  if (one === undefined) throw new Error('empty');
  return one;
};

describe('a rule book', () => {
  test('that is in order gets its defaults: the periods the sources left open', () => {
    const checked = checkRuleBook(written());
    expect(checked.ok && checked.value.settings).toEqual({
      verifyWorkingDays: 2,
      seriousVerifyWorkingDays: 1,
      noticeWorkingDays: 2,
      deemedDeliveredWorkingDays: 2,
      answerWorkingDays: 2,
      appealWorkingDays: 3,
      decideWorkingDays: 5,
      talkWorkingDays: 5,
      letterWorkingDays: 5,
      letterReplyWorkingDays: 10,
      rectifyWorkingDays: 5,
      recheckWorkingDays: 2,
      urgeAfterWorkingDays: 1,
      publicityWorkingDays: 5,
      sumByDayOfMonth: 5,
      candidatesByDayOfMonth: 10,
      evidenceKeepDays: 365,
      mergeWithinMinutes: 15,
      minorBecomesEvident: null,
    });
  });

  test('checked twice is the same rule book', () => {
    const once = checkRuleBook(written());
    expect(once.ok && checkRuleBook(once.value)).toEqual(once);
  });

  test('refuses fields it does not know, wherever they stand', () => {
    const data = { ...written(), colour: 'red', settings: { answerDays: 3 } };
    Object.assign(first(data.clauses), { joint: 0.5 });
    const checked = checkRuleBook(data);
    expect(errorsOf(checked)).toEqual(
      expect.arrayContaining([
        { path: 'colour', reason: '不认识的项目“colour”', mend: '请删除这一项,或改正名称' },
        expect.objectContaining({ path: 'clauses.0.joint' }),
        expect.objectContaining({ path: 'settings.answerDays' }),
      ]),
    );
    expect(errorsOf(checked)).toHaveLength(3);
  });

  test('tells every mistake of shape at once, in Chinese, with how to mend it', () => {
    const data: Record<string, unknown> = { ...written(), title: '', bonuses: 'none' };
    Object.assign(data, {
      clauses: [
        { ...first(written().clauses), price: { kind: 'fixed', points: 0.5 }, unit: '超过八个字的计量单位' },
      ],
    });
    delete data.ladder;
    const checked = checkRuleBook(data);
    expect(errorsOf(checked)).toEqual([
      { path: 'title', reason: '不能为空', mend: '请填写' },
      {
        path: 'clauses.0.price.points',
        reason: '应为整数',
        mend: '分值以百分之一分为单位填写整数,1 分写作 100',
      },
      { path: 'clauses.0.unit', reason: '超过 8 个字', mend: '请缩短' },
      { path: 'bonuses', reason: '应为列表', mend: '请改为列表' },
      { path: 'ladder', reason: '缺少这一项', mend: '请填写(列表)' },
    ]);
  });

  test('speaks Chinese about everything a shape can be wrong in', () => {
    const slips: [(book: RuleBookInput) => void, string, string][] = [
      [
        (book) => Object.assign(first(book.clauses), { price: { kind: 'gift' } }),
        'clauses.0.price.kind',
        '不是可选的种类',
      ],
      [
        (book) => Object.assign(first(book.clauses), { severity: 'grave' }),
        'clauses.0.severity',
        '不是可选的值',
      ],
      [(book) => Object.assign(first(book.clauses), { types: [] }), 'clauses.0.types', '至少要有 1 条'],
      [
        (book) => Object.assign(first(book.clauses), { types: ['DIS-LATER'] }),
        'clauses.0.types.0',
        '不在目录中',
      ],
      [
        (book) => Object.assign(first(book.clauses), { code: '第一条' }),
        'clauses.0.code',
        '条款编号只能用字母、数字、点和短横线,最长 16 位',
      ],
      [
        (book) => Object.assign(first(book.clauses), { title: '迟\u0000到' }),
        'clauses.0.title',
        '含有不可见的控制字符',
      ],
      [
        (book) => Object.assign(book, { settings: { evidenceKeepDays: 7 } }),
        'settings.evidenceKeepDays',
        '不能小于 30',
      ],
      [
        (book) => Object.assign(book, { settings: { sumByDayOfMonth: 31 } }),
        'settings.sumByDayOfMonth',
        '不能大于 28',
      ],
      [(book) => Object.assign(staffOf(book), { base: '100' }), 'frames.staff.base', '应为数字'],
      [(book) => Object.assign(book, { title: 7 }), 'title', '应为文字'],
    ];
    for (const [slip, path, reason] of slips)
      expect(errorsOf(slipped(slip)).map((error) => [error.path, error.reason])).toEqual([[path, reason]]);
  });

  test('that is no rule book at all is refused, not thrown at', () => {
    for (const data of [undefined, null, 7, 'text', [], () => 1]) expect(checkRuleBook(data).ok).toBe(false);
  });

  test('tells every contradiction between its parts at once', () => {
    const checked = slipped((book) => {
      const staff = staffOf(book);
      staff.ceiling = 9000;
      first(staff.categories).floor = 2000;
      first(staff.grades).from = 8000;
      const [late, off, , complaint] = book.clauses;
      if (late) late.category = 'nowhere';
      if (off?.price.kind === 'bands') first(off.price.bands).toIncluded = true;
      if (complaint?.price.kind === 'range') complaint.price.from = 600;
      book.clauses.push({ ...first(book.clauses), types: ['INT-BRIBE'] });
    });
    expect(pathsOf(checked).sort()).toEqual([
      'clauses.0.category',
      'clauses.1.price.bands.1',
      'clauses.3.price.from',
      'clauses.5.category',
      'clauses.5.code',
      'clauses.5.types.0',
      'frames.staff.categories.0.floor',
      'frames.staff.ceiling',
      'frames.staff.grades.0',
    ]);
    expect(errorsOf(checked).every(({ reason, mend }) => /\p{Script=Han}/u.test(reason + mend))).toBe(true);
  });

  test('keeps integrity leads out of its clauses', () => {
    const checked = slipped((book) => {
      first(book.clauses).types.push('INT-FAIR');
    });
    expect(errorsOf(checked)).toEqual([
      {
        path: 'clauses.0.types.1',
        reason: '不公正、不廉洁服务属廉洁问题线索,一律移送,不计分',
        mend: '请从条款中删除该类型',
      },
    ]);
  });

  test('refuses an empty band', () => {
    const checked = slipped((book) => {
      first(book.clauses).price = { kind: 'bands', bands: [{ from: 30, to: 30, points: 100 }] };
    });
    expect(pathsOf(checked)).toEqual(['clauses.0.price.bands.0']);
  });

  test('refuses a ladder that cannot work', () => {
    const step = (change: object) => ({
      code: 'rung',
      when: { severity: ['evident' as const], times: {}, subject: 'person' as const },
      measure: 'sectionTalk' as const,
      ...change,
    });
    const when = (change: object) => ({ when: { ...step({}).when, ...change } });
    const wrong: [object, string][] = [
      [{ code: 'remind' }, 'ladder.2.code'],
      [when({ times: { monthsInARow: 3, within: 'quarter' } }), 'ladder.2.when.times.monthsInARow'],
      [{ measure: 'letter' }, 'ladder.2.when.subject'],
      [{ ...when({ subject: 'department' }) }, 'ladder.2.when.subject'],
      [{ measure: 'deduct', ...when({ times: { atLeast: 3 } }) }, 'ladder.2.when'],
      [{ insteadOf: ['rung'] }, 'ladder.2.insteadOf.0'],
      [{ insteadOf: ['nothing'] }, 'ladder.2.insteadOf.0'],
    ];
    for (const [change, path] of wrong)
      expect(pathsOf(slipped((book) => void book.ladder.push(step(change)))), path).toEqual([path]);
    expect(slipped((book) => void book.ladder.push(step({ insteadOf: ['remind'] }))).ok).toBe(true);
  });

  test('refuses an award that names an unknown grade or one criterion twice', () => {
    const checked = slipped((book) => {
      book.awards.push({
        code: 'star',
        kind: 'star',
        title: '服务之星',
        cadence: 'month',
        quota: 3,
        eligible: { grades: ['优等'] },
        criteria: [{ by: 'score' }, { by: 'praise' }, { by: 'score' }],
        tie: 'meeting',
      });
    });
    expect(pathsOf(checked)).toEqual(['awards.0.criteria.2.by', 'awards.0.eligible.grades.0']);
  });

  test('is warned about, not refused for, what a hall may mean', () => {
    expect(warned(checkRuleBook(written()))).toEqual(['clauses']);
    expect(
      warned(
        slipped((book) => {
          first(staffOf(book).categories).full = 900;
          first(staffOf(book).grades).fromIncluded = false;
          book.ladder = book.ladder.filter(({ measure }) => measure !== 'deduct');
          const [, off, , , absent] = book.clauses;
          if (off?.price.kind === 'bands') off.price.bands.splice(1, 1);
          if (absent) absent.price = { kind: 'fixed', points: 5000 };
        }),
      ),
    ).toEqual([
      'frames.staff.grades.0',
      'frames.staff.categories',
      'ladder',
      'clauses',
      'clauses.1.price.bands.1',
      'clauses.4.price',
      'clauses.4.price',
    ]);
  });

  test('is warned about a category without full marks under a category floor', () => {
    const checked = slipped((book) => {
      delete first(staffOf(book).categories).full;
    });
    expect(warned(checked)).toEqual(['frames.staff.categories', 'clauses']);
  });
});

describe('looking things up', () => {
  const book = paperBook();

  test('a clause by its code, a type by the clauses that serve it', () => {
    expect(clauseOf(book, '1')?.title).toBe('迟到');
    expect(clauseOf(book, '9')).toBeUndefined();
    expect(clausesFor(referenceHall, 'DIS-LATE').map(({ code }) => code)).toEqual(['1', '2']);
    // Even in a book that was never checked.
    const [clause] = book.clauses;
    const unchecked = { ...book, clauses: clause ? [{ ...clause, types: ['INT-BRIBE'] }] : [] };
    expect(clausesFor(unchecked, 'INT-BRIBE')).toEqual([]);
  });

  test('a numbered clause is read 第3条, any other code as printed', () => {
    expect(clauseLabel({ code: '3', title: '迟到' })).toBe('第3条 迟到');
    expect(clauseLabel({ code: '3.2', title: '迟到' })).toBe('第3.2条 迟到');
    expect(clauseLabel({ code: 'RB02-D01', title: '迟到' })).toBe('RB02-D01 迟到');
  });

  test('a bonus has its price', () => {
    expect(bonusPriceOf(book, 'J2', { quantity: 3 })).toEqual({ ok: true, value: 300 });
    expect(bonusPriceOf(book, 'J9', { quantity: 3 })).toMatchObject({ problem: { code: 'clause.unknown' } });
  });

  test('points are written as people write them', () => {
    expect([0, 5, 50, 100, 1999, 10_000, -50].map(pointsText)).toEqual([
      '0',
      '0.05',
      '0.5',
      '1',
      '19.99',
      '100',
      '-0.5',
    ]);
    expect(arithmetic({ kind: 'perQuantity', points: 50 }, '扣', 100, { quantity: 2 }, '次')).toBe(
      '2次 × 0.5分 = 扣1分',
    );
    expect(priceSpan({ kind: 'range', from: 200, to: 500 })).toEqual({ least: 200, most: 500 });
  });

  test('bands are open where no end is written', () => {
    const low = { to: 10, fromIncluded: true, toIncluded: true };
    const high = { from: 10, fromIncluded: false, toIncluded: false };
    expect([-100, 10, 11, 1e9].map((value) => bandAt([low, high], value))).toEqual([low, low, high, high]);
  });

  test('every refusal of a clause tells what to do next', () => {
    const codes = Object.entries(problems).filter(([code]) => /^(clause|rulebook)\./.test(code));
    expect(codes.length).toBeGreaterThanOrEqual(9);
    for (const [, { title, next }] of codes) expect(title !== '' && next !== '').toBe(true);
  });
});

describe('the reference hall', () => {
  test('has no mistake and raises no doubt', () => {
    expect(checkRuleBook(referenceHall)).toEqual({ ok: true, value: referenceHall, warnings: [] });
  });

  test('scores out of 100 in six categories that add up to it', () => {
    const staff = staffOf(referenceHall);
    expect(staff.base).toBe(10_000);
    expect(staff.categories.map(({ title }) => title)).toEqual([
      '工作纪律',
      '服务态度',
      '着装仪容',
      '环境卫生',
      '业务规范',
      '协作配合',
    ]);
    expect(staff.categories.reduce((sum, { full = 0 }) => sum + full, 0)).toBe(staff.base);
    expect(staff.floor).toBe('category');
  });

  test('has a clause for every type but the sealed ones, at a price that was printed somewhere', () => {
    for (const { code, sealed, pointsSeen, severity } of violationTypes) {
      const clauses = clausesFor(referenceHall, code);
      expect(clauses.length > 0, code).toBe(!sealed);
      for (const { price } of clauses) {
        const { least, most } = priceSpan(price);
        if (pointsSeen) expect(least >= pointsSeen[0] && most <= pointsSeen[1], code).toBe(true);
      }
      if (!sealed)
        expect(
          clauses.some((clause) => clause.severity === severity),
          code,
        ).toBe(true);
    }
  });

  test('uses every kind of price', () => {
    expect(new Set(referenceHall.clauses.map(({ price }) => price.kind)).size).toBe(4);
  });

  test('chooses 15 stars a month', () => {
    expect(referenceHall.awards).toMatchObject([
      { kind: 'star', title: '服务之星', cadence: 'month', quota: 15 },
    ]);
  });

  test('asks for the measures of the reference hall', () => {
    expect(referenceHall.ladder.map(({ code, measure }) => `${code}: ${measure}`)).toEqual([
      'remind: remind',
      'deduct: deduct',
      'section: sectionTalk',
      'director: directorTalk',
      'campaign: letter',
      'monthly: letter',
      'lasting: letterWithEvidence',
      'halfyear: letterWithEvidence',
    ]);
  });
});

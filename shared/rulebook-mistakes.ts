// What a mistake in a rule book looks like and how the commonest ones are told: a wrong shape, a double, bands that overlap.
// Zod's own wording never reaches a person. Knows no rule across the parts.
import type * as z from 'zod';
import { type Band, closedEnds } from './price.ts';

export interface Mistake {
  /** `clauses.3.price.points`, counted from 0. */
  path: string;
  reason: string;
  mend: string;
}

export const mistake = (path: string, reason: string, mend: string): Mistake => ({ path, reason, mend });

const kinds: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否(true / false)',
  array: '列表',
  object: '一组项目',
};

/** What the shape refuses, in Chinese; zod's own wording never reaches a person. */
export const shapeMistakes = (issue: z.core.$ZodIssue): Mistake[] => {
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

export const repeated = (path: string, key: string, values: readonly string[]): Mistake[] =>
  values.flatMap((value, at) =>
    values.indexOf(value) < at
      ? [mistake(`${path}.${at}.${key}`, `“${value}”重复`, '请改用不同的编号或名称,或删除重复的一条')]
      : [],
  );

/** Empty or overlapping bands are errors, gaps between them are doubts. */
export const bandMistakes = (
  path: string,
  bands: readonly Band[],
): { errors: Mistake[]; warnings: Mistake[] } => {
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

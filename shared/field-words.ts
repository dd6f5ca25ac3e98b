// What a schema says of a wrong field, in Chinese. A schema's own sentence goes first; this speaks where it has none.
import type * as z from 'zod';

const shapes: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否(true/false)',
  array: '列表',
  object: '对象',
  date: '日期',
};

const unitOf = (origin: string): string =>
  origin === 'string' ? '个字' : origin === 'array' || origin === 'set' ? '项' : '';

/** To be set once at each door: `z.config({ customError: fieldWords })`. */
export const fieldWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return '缺少此项';
      return `应为${shapes[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys':
      return `没有这些字段:${issue.keys.join('、')}`;
    case 'invalid_value':
      return `应为以下之一:${issue.values.map(String).join('、')}`;
    case 'too_big':
      return `最多 ${issue.maximum} ${unitOf(issue.origin)}`.trim();
    case 'too_small':
      return `最少 ${issue.minimum} ${unitOf(issue.origin)}`.trim();
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数`;
    case 'invalid_format':
      return '格式不对';
    case 'invalid_union':
      return '不符合任何一种写法';
    case 'invalid_key':
    case 'invalid_element':
      return '内容不符合要求';
    case 'custom':
      return undefined;
  }
};

// The form of a rule book as an editor shows it: every field of the JSON Schema with its Chinese words, what may be put in,
// and the unit people write (points instead of hundredths, per cent instead of shares). Knows no screen.
import { bonusType, violationType } from '../../shared/catalog.ts';
import { measureNames } from '../../shared/rulebook-frame.ts';
import { periodNames } from '../../shared/rulebook-terms.ts';
import { ruleBookForm } from '../../shared/rulebook-words.ts';

export interface Option {
  value: string;
  label: string;
}
interface Worded {
  title: string;
  /** What it means, in words a clerk uses. */
  hint: string;
  /** What holds when nothing is put in. */
  fallback?: unknown;
}
export interface NumberField extends Worded {
  kind: 'number';
  /** 100: what stands as 250 is shown as 2.5. */
  by: number;
  unit: string;
  least: number;
  most: number;
}
export type Field = Worded &
  (
    | { kind: 'text'; most: number }
    | NumberField
    | { kind: 'yes' }
    | { kind: 'choice'; options: readonly Option[] }
    | { kind: 'list'; of: Field; least: number; most: number }
    | GroupField
    /** One of several forms, told apart by the member `by`. */
    | { kind: 'ways'; by: string; byTitle: string; ways: readonly (Option & { group: GroupField })[] }
    /** May be switched off: then it is null. */
    | { kind: 'perhaps'; of: Field }
  );
export interface GroupField extends Worded {
  kind: 'group';
  members: readonly Member[];
}
export interface Member {
  key: string;
  field: Field;
  needed: boolean;
}

type Record_ = Readonly<Record<string, unknown>>;
export const isRecord = (of: unknown): of is Record_ =>
  typeof of === 'object' && of !== null && !Array.isArray(of);
const recordOf = (of: unknown): Record_ => (isRecord(of) ? of : {});
const listOf = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : []);
const textOf = (of: unknown): string => (typeof of === 'string' ? of : '');
const numberOf = (of: unknown, otherwise: number): number => (typeof of === 'number' ? of : otherwise);

/** Values whose description does not say what they are called. */
const called: Readonly<Record<string, string>> = {
  ...measureNames,
  ...periodNames,
  ...{ minor: '轻微', evident: '明显', serious: '严重', week: '每周' },
  ...{ nominated: '推荐', score: '得分', casesHandled: '办件量', goodRating: '好评率', praise: '表扬' },
  ...{ bonus: '加分', daysOnPost: '在岗天数', earlierTitles: '已获称号', votes: '投票' },
  ...{ notAwardedWithin: '近期未获评', figure: '指标' },
};

const labelOf = (value: string, description: string): string => {
  const told = new RegExp(`(?<![A-Za-z])${value} ([^,;、。:()(]+)`).exec(description)?.[1];
  return told ?? violationType(value)?.name ?? bonusType(value)?.name ?? called[value] ?? value;
};

/** By the end of the path; what is not here is told by its description. */
const scales: readonly [ends: RegExp, by: number, unit: string][] = [
  [/\.bands\.(from|to)$|\.minutes\.(from|to)$|Minutes$/, 1, '分钟'],
  [/grades\.(from|to)$|categories\.floor$|\.eachMore$/, 100, '分'],
  [/eligible\.figures\.(from|to)$|targets\.(than|each)$/, 100, ''],
  [/WorkingDays$/, 1, '工作日'],
  [/Days$|DaysAtLeast$|OnPostAtLeast$/i, 1, '天'],
  [/DayOfMonth$/, 1, '日'],
  [/[mM]onths$|monthsInARow$/, 1, '个月'],
  [/^counting\.from$|minorBecomesEvident\.from$|times$|every$|\.at$|times\.atLeast$/, 1, '次'],
  [/characters$/, 1, '字'],
];
const scaleOf = (path: string, description: string): { by: number; unit: string } => {
  if (description.includes('百分之一分')) return { by: 100, unit: '分' };
  if (description.includes('万分比')) return { by: 100, unit: '%' };
  const found = scales.find(([ends]) => ends.test(path));
  return found ? { by: found[1], unit: found[2] } : { by: 1, unit: '' };
};

/** The description without what only the text form needs: codes, hundredths, how a figure is written there. */
const hintOf = (description: string, values: readonly string[]): string => {
  let words = description;
  for (const value of values) words = words.replace(new RegExp(`(?<![A-Za-z])${value} `), '');
  return words
    .replaceAll('万分比', '百分比')
    .replace(/[((]\w+ 为 \w+ 时[))]/g, '')
    .split(/[;;]/)
    .filter((part) => !part.includes('写作'))
    .map((part) => part.replace(/[,,]?百分之一分[,,]?/, '').trim())
    .filter((part) => part !== '' && part !== '以为单位')
    .join(';');
};

interface Words {
  title: string;
  description: string;
}

/** The member that tells the forms of a union apart, and the values of each. */
const tellingOf = (forms: readonly Record_[]): string =>
  Object.keys(recordOf(forms[0]?.properties)).find((key) =>
    forms.every(({ properties }) => {
      const member = recordOf(recordOf(properties)[key]);
      return member.const !== undefined || member.enum !== undefined;
    }),
  ) ?? 'kind';

const groupOf = (schema: Record_, path: string, words: Words, without?: string): GroupField => {
  const needed = listOf(schema.required);
  return {
    kind: 'group',
    title: words.title,
    hint: hintOf(words.description, []),
    members: Object.entries(recordOf(schema.properties)).flatMap(([key, member]) =>
      key === without
        ? []
        : [
            {
              key,
              needed: needed.includes(key),
              field: fieldOf(recordOf(member), path === '' ? key : `${path}.${key}`),
            },
          ],
    ),
  };
};

const waysOf = (forms: readonly Record_[], path: string, words: Words): Field => {
  const by = tellingOf(forms);
  const telling = recordOf(recordOf(forms[0]?.properties)[by]);
  const description = textOf(telling.description);
  return {
    kind: 'ways',
    title: words.title,
    hint: hintOf(words.description, []),
    by,
    byTitle: textOf(telling.title),
    ways: forms.flatMap((form) => {
      const { const: only, enum: several } = recordOf(recordOf(form.properties)[by]);
      const group = groupOf(form, path, words, by);
      return (several === undefined ? [only] : listOf(several))
        .map(String)
        .map((value) => ({ value, label: labelOf(value, description), group }));
    }),
  };
};

/** One field of the schema; `above`: the words of a list for what is in it. Throws on a shape it does not know. */
const fieldOf = (schema: Record_, path: string, above?: Words): Field => {
  const words: Words = {
    title: textOf(schema.title) || (above?.title ?? ''),
    description: textOf(schema.description) || (above?.description ?? ''),
  };
  const { description } = words;
  const said = {
    title: words.title,
    hint: hintOf(description, listOf(schema.enum).map(String)),
    ...(schema.default === undefined ? {} : { fallback: schema.default }),
  };
  const forms = listOf(schema.oneOf ?? schema.anyOf).map(recordOf);
  const real = forms.filter(({ type }) => type !== 'null');
  if (real.length === 1 && real[0])
    return { ...said, kind: 'perhaps', of: fieldOf(real[0], path, words), fallback: null };
  if (real.length > 1) return waysOf(real, path, words);
  if (schema.enum !== undefined) {
    const options = listOf(schema.enum).map(String);
    return {
      ...said,
      kind: 'choice',
      options: options.map((value) => ({ value, label: labelOf(value, description) })),
    };
  }
  switch (schema.type) {
    case 'string':
      return { ...said, kind: 'text', most: numberOf(schema.maxLength, 48) };
    case 'integer':
    case 'number':
      return {
        ...said,
        kind: 'number',
        ...scaleOf(path, description),
        least: numberOf(schema.minimum, 0),
        most: numberOf(schema.maximum, Number.MAX_SAFE_INTEGER),
      };
    case 'boolean':
      return { ...said, kind: 'yes' };
    case 'array':
      return {
        ...said,
        kind: 'list',
        of: fieldOf(recordOf(schema.items), path, words),
        least: numberOf(schema.minItems, 0),
        most: numberOf(schema.maxItems, 1000),
      };
    case 'object':
      return { ...groupOf(schema, path, words), ...said };
    default:
      throw new Error(`a rule book has no field like ${path}`);
  }
};

let form: GroupField | undefined;
/** The whole form, made once. */
export const bookForm = (): GroupField => {
  form ??= groupOf(recordOf(ruleBookForm().schema), '', { title: '考核办法', description: '' });
  return form;
};

/** What a new row begins with: what must be there, as empty as it may be. */
export const freshOf = (field: Field): unknown => {
  switch (field.kind) {
    case 'text':
      return '';
    case 'number':
      return undefined;
    case 'yes':
      return false;
    case 'choice':
      return field.options[0]?.value;
    case 'list':
      return [];
    case 'group':
      return Object.fromEntries(
        field.members.flatMap(({ key, field: member, needed }) => {
          const value = needed ? freshOf(member) : undefined;
          return value === undefined ? [] : [[key, value]];
        }),
      );
    case 'ways': {
      const [way] = field.ways;
      return way ? { [field.by]: way.value, ...recordOf(freshOf(way.group)) } : {};
    }
    case 'perhaps':
      return freshOf(field.of);
  }
};

/** Whether it stands as one input among others, not as a block of its own. */
export const isPlain = (field: Field): boolean =>
  field.kind === 'list'
    ? field.of.kind === 'text' || field.of.kind === 'choice'
    : field.kind !== 'group' && field.kind !== 'ways' && field.kind !== 'perhaps';

/** `2.5分`, `固定 2分`, `第3条`: a value in a few words; empty where there is nothing to say. */
export const saidOf = (field: Field, value: unknown): string => {
  switch (field.kind) {
    case 'text':
      return textOf(value);
    case 'number':
      return typeof value === 'number' ? `${value / field.by}${field.unit}` : '';
    case 'yes':
      return value === true ? field.title : '';
    case 'choice':
      return field.options.find((one) => one.value === value)?.label ?? '';
    case 'list': {
      const all = listOf(value).map((one) => saidOf(field.of, one));
      return isPlain(field) ? all.join('、') : `${all.length} 项`;
    }
    case 'group':
      return toldOf(field, value).join(' · ');
    case 'ways': {
      const way = field.ways.find((one) => one.value === recordOf(value)[field.by]);
      if (!way) return '';
      const more = way.group.members
        .filter((one) => one.field.kind === 'number')
        .map((one) => saidOf(one.field, recordOf(value)[one.key]))
        .filter((one) => one !== '');
      const title = toldOf(way.group, value);
      return isRecord(value) && 'title' in value
        ? [...title, way.label].join(' · ')
        : [way.label, more.join('至')].filter((one) => one !== '').join(' ');
    }
    case 'perhaps':
      return value === null || value === undefined ? '' : saidOf(field.of, value);
  }
};

/** What a row of a list is known by. */
const telling = [
  ...['code', 'title', 'name', 'severity', 'measure', 'price', 'who', 'of', 'per', 'by', 'answer', 'at'],
  ...['from', 'to', 'points', 'ratio', 'weight', 'number', 'period', 'within', 'award', 'path', 'what'],
] as const;
const toldOf = (group: GroupField, value: unknown): string[] =>
  telling
    .flatMap((key) => {
      const member = group.members.find((one) => one.key === key);
      const said = member ? saidOf(member.field, recordOf(value)[key]) : '';
      if (said === '') return [];
      if (key === 'code' && /^\d+(\.\d+)*$/.test(said)) return [`第${said}条`];
      return [key === 'from' ? `${said}起` : key === 'to' ? `${said}止` : said];
    })
    .slice(0, 4);

/** The value at `clauses.0.price`; undefined where there is none. */
export const valueAt = (book: unknown, path: string): unknown =>
  path === ''
    ? book
    : path
        .split('.')
        .reduce<unknown>((at, key) => (Array.isArray(at) ? at[Number(key)] : recordOf(at)[key]), book);

/** The book with another value at the path; undefined takes a member away. Nothing else is copied. */
export const withValue = (book: unknown, path: string, value: unknown): unknown => {
  const [key = '', ...rest] = path.split('.');
  if (path === '') return value;
  if (Array.isArray(book)) {
    const copy: unknown[] = [...book];
    copy[Number(key)] = withValue(copy[Number(key)], rest.join('.'), value);
    return copy;
  }
  const before = recordOf(book);
  const inner = rest.length === 0 ? value : withValue(before[key], rest.join('.'), value);
  if (inner !== undefined) return { ...before, [key]: inner };
  const { [key]: _gone, ...others } = before;
  return others;
};

/** What the book itself offers for a field that names one of its parts: clause codes, categories, figures, titles. */
export const offeredIn = (book: unknown, path: string): Option[] | undefined => {
  const keys = path.replace(/\.\d+/g, '');
  const codes = (rows: unknown): Option[] =>
    listOf(rows).flatMap((row) => {
      const { code, title, measure } = recordOf(row);
      const name = textOf(title) || (called[textOf(measure)] ?? '');
      return typeof code === 'string' ? [{ value: code, label: `${code} ${name}`.trim() }] : [];
    });
  const frames = Object.values(recordOf(recordOf(book).frames)).map(recordOf);
  if (/^(clauses|counting|targets)\.category$/.test(keys))
    return frames.flatMap((one) => codes(one.categories));
  if (/\.clauses$|displaces$|^counting\.to$/.test(keys)) return codes(recordOf(book).clauses);
  if (/insteadOf$/.test(keys)) return codes(recordOf(book).ladder);
  if (/sources\.of$/.test(keys))
    return [{ value: 'own', label: 'own 考核得分' }, ...codes(recordOf(book).figures)];
  if (/categories\.from$|\.figure$/.test(keys)) return codes(recordOf(book).figures);
  if (/earlier\.award$/.test(keys)) return codes(recordOf(book).awards);
  if (/(eligible|consequences)\.grades$|vetoes\.grade$/.test(keys))
    return frames
      .flatMap((one) => listOf(one.grades))
      .map((one) => textOf(recordOf(one).name))
      .map((value) => ({ value, label: value }));
  if (/\.family$/.test(keys)) {
    const families = new Set(listOf(recordOf(book).clauses).map((one) => textOf(recordOf(one).family)));
    return [...families].filter((one) => one !== '').map((value) => ({ value, label: value }));
  }
  if (/\.unit$/.test(keys) && !/times\.unit$/.test(keys))
    return ['次', '件', '人次', '半天', '工作日', '天'].map((value) => ({ value, label: value }));
  return undefined;
};

/** `条款 第2项 · 分值`: a path in words, for whoever reads a mistake. */
export const wordsOfPath = (path: string): string => {
  const said: string[] = [];
  let at: Field | undefined = bookForm();
  for (const key of path.split('.').filter((one) => one !== '')) {
    while (at?.kind === 'perhaps') at = at.of;
    if (/^\d+$/.test(key)) {
      said.push(`${said.pop() ?? ''}第${Number(key) + 1}项`);
      at = at?.kind === 'list' ? at.of : undefined;
      continue;
    }
    const groups: readonly GroupField[] =
      at?.kind === 'group' ? [at] : at?.kind === 'ways' ? at.ways.map(({ group }) => group) : [];
    const found = groups.flatMap(({ members }) => members).find((one) => one.key === key)?.field;
    said.push(found?.title ?? (at?.kind === 'ways' && at.by === key ? at.byTitle : key));
    at = found;
  }
  return said.length === 0 ? '全文' : said.join(' · ');
};

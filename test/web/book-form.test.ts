// The rule book's form at a desk: it speaks Chinese everywhere, reaches every member of every book known here, and shows
// points and shares as people write them.
import { describe, expect, test } from 'vitest';
import { publishedBooks } from '../../shared/rulebooks/published.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import {
  bookForm,
  type Field,
  freshOf,
  isRecord,
  offeredIn,
  saidOf,
  valueAt,
  withValue,
} from '../../web/desks/book-form.ts';

const books = [referenceHall, ...publishedBooks];

/** Every field with its path, in all forms. */
const all = (field: Field, path: string): [string, Field][] => {
  switch (field.kind) {
    case 'group':
      return [
        [path, field],
        ...field.members.flatMap((one) => all(one.field, path === '' ? one.key : `${path}.${one.key}`)),
      ];
    case 'ways':
      return [[path, field], ...field.ways.flatMap(({ group }) => all(group, path))];
    case 'list':
    case 'perhaps':
      return [[path, field], ...all(field.of, path)];
    default:
      return [[path, field]];
  }
};

/** Paths of a value that the form has no field for. */
const strangers = (field: Field, value: unknown, path: string): string[] => {
  if (value === undefined) return [];
  switch (field.kind) {
    case 'group':
      return Object.entries(isRecord(value) ? value : { '?': value }).flatMap(([key, member]) => {
        const found = field.members.find((one) => one.key === key);
        return found ? strangers(found.field, member, `${path}.${key}`) : [`${path}.${key}`];
      });
    case 'ways': {
      const { [field.by]: kind, ...rest } = isRecord(value) ? value : {};
      const way = field.ways.find((one) => one.value === kind);
      return way ? strangers(way.group, rest, path) : [path];
    }
    case 'list':
      return (Array.isArray(value) ? value : []).flatMap((one, at) =>
        strangers(field.of, one, `${path}.${at}`),
      );
    case 'perhaps':
      return value === null ? [] : strangers(field.of, value, path);
    case 'choice':
      return field.options.some((one) => one.value === value) ? [] : [path];
    case 'text':
      return typeof value === 'string' ? [] : [path];
    case 'number':
      return typeof value === 'number' ? [] : [path];
    case 'yes':
      return typeof value === 'boolean' ? [] : [path];
  }
};

describe('the form of a rule book', () => {
  test('names every field and every choice in Chinese', () => {
    const nameless = all(bookForm(), '').flatMap(([path, field]) => {
      const words =
        field.kind === 'choice' ? field.options : field.kind === 'ways' ? field.ways : ([] as const);
      const odd = words.filter(({ label }) => !/[\u4e00-\u9fff]/.test(label)).map(({ value }) => value);
      return field.title === '' || odd.length > 0 || /写作|百分之一分/.test(field.hint)
        ? [`${path} ${odd.join()}`]
        : [];
    });
    expect(nameless).toEqual([]);
  });

  test('reaches every member of every book', () => {
    expect(books.flatMap((book) => strangers(bookForm(), book, book.id))).toEqual([]);
  });

  test('shows points, shares and periods in the unit people write', () => {
    const unitOf = (path: string) => {
      const [, field] = all(bookForm(), '').find(([at]) => at === path) ?? [];
      return field?.kind === 'number' ? `${field.by}${field.unit}` : field?.kind;
    };
    expect(
      [
        ...['frames.staff.base', 'frames.staff.categories.floor', 'frames.staff.grades.from'],
        ...['clauses.price.points', 'clauses.price.bands.from', 'clauses.joint.ratio', 'targets.than'],
        ...['settings.verifyWorkingDays', 'counting.from', 'counting.eachMore', 'awards.quotaShare'],
      ].map((path) => `${path} ${unitOf(path)}`),
    ).toEqual([
      'frames.staff.base 100分',
      'frames.staff.categories.floor 100分',
      'frames.staff.grades.from 100分',
      'clauses.price.points 100分',
      'clauses.price.bands.from 1分钟',
      'clauses.joint.ratio 100%',
      'targets.than 100',
      'settings.verifyWorkingDays 1工作日',
      'counting.from 1次',
      'counting.eachMore 100分',
      'awards.quotaShare 100%',
    ]);
  });

  test('says a row in a few words', () => {
    const [clause] = bookForm().members.filter(({ key }) => key === 'clauses');
    if (clause?.field.kind !== 'list') throw new Error('clauses are a list');
    const price = { kind: 'range', from: 200, to: 500 };
    expect(saidOf(clause.field.of, { code: '3', title: '投诉查实', severity: 'serious', price })).toBe(
      '第3条 · 投诉查实 · 严重 · 酌情 2分至5分',
    );
    expect(freshOf(clause.field.of)).toMatchObject({ code: '', types: [], price: { kind: 'fixed' } });
  });
});

describe('a member of a book', () => {
  const book = { clauses: [{ code: '1' }, { code: '2', price: { points: 50 } }], awards: [] };
  test('is changed alone, and taken away by nothing', () => {
    const after = withValue(book, 'clauses.1.price.points', 100);
    expect(valueAt(after, 'clauses.1.price.points')).toBe(100);
    expect(valueAt(after, 'clauses.0')).toBe(book.clauses[0]);
    expect(withValue(book, 'clauses.1.price', undefined)).toEqual({
      ...book,
      clauses: [{ code: '1' }, { code: '2' }],
    });
  });
  test('is offered where another names it', () => {
    expect(offeredIn(referenceHall, 'clauses.4.category')?.[0]?.label).toMatch(/[\u4e00-\u9fff]/);
    expect(offeredIn(referenceHall, 'clauses.4.title')).toBeUndefined();
  });
});

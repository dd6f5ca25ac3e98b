// A table as an office reads one: numbers that line up, a head that stays, sorting by any column, whole on paper. All
// rows are in the page, so that the browser's own search and print find every one. Knows no subject.
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';

export interface Column<Row> {
  key: string;
  title: string;
  cell(row: Row): ReactNode;
  /** What the column is sorted by; absent: it is not. */
  by?(row: Row): number | string;
  /** Numbers stand at the right. */
  number?: boolean;
  /** Whole sentences: given room, and scrolled to rather than squeezed. */
  long?: boolean;
  /** Left out on narrow screens, printed all the same. */
  wide?: boolean;
}

/** A column of words, sorted by what stands in it. */
export const worded = <Row,>(
  key: string,
  title: string,
  words: (row: Row) => string,
  how: { wide?: true } = {},
): Column<Row> => ({ key, title, cell: words, by: words, ...how });

/** A column of whole numbers; `shown` where a number is not written plainly. */
export const numbered = <Row,>(
  key: string,
  title: string,
  number: (row: Row) => number,
  shown: (value: number) => ReactNode = String,
): Column<Row> => ({ key, title, number: true, cell: (row) => shown(number(row)), by: number });

interface LedgerProps<Row> {
  /** Read to those who do not see it. */
  caption: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  idOf(row: Row): string;
  /** Sorted by this at first, `-key` downwards. */
  sorted?: string;
  empty?: ReactNode;
  /** Stands in its own scrolling frame below a long head. */
  framed?: boolean;
  /** Shown as selected or urgent. */
  rowClass?(row: Row): string | undefined;
  foot?: ReactNode;
}

const compared = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh-CN');

const classOf = <Row,>(column: Column<Row>): string | undefined =>
  [column.number ? 'number' : '', column.wide ? 'wide' : '', column.long ? 'long' : '']
    .filter((word) => word !== '')
    .join(' ') || undefined;

export const Ledger = <Row,>({
  caption,
  rows,
  columns,
  idOf,
  sorted,
  empty = '没有记录',
  framed = false,
  rowClass,
  foot,
}: LedgerProps<Row>): ReactElement => {
  const [order, setOrder] = useState(sorted);
  const key = order?.replace(/^-/, '');
  const down = order?.startsWith('-') ?? false;
  const shown = useMemo(() => {
    const by = columns.find((column) => column.key === key)?.by;
    if (!by) return rows;
    return [...rows].sort((a, b) => compared(by(a), by(b)) * (down ? -1 : 1));
  }, [rows, columns, key, down]);
  // More than a phone is wide: there each row is a card that says its columns, the `long` ones below.
  const cards =
    foot === undefined &&
    (columns.filter(({ wide }) => !wide).length > 3 || columns.some(({ long }) => long));
  const frame = ['ledger', framed ? 'framed' : '', cards ? 'cards' : '']
    .filter((word) => word !== '')
    .join(' ');
  if (rows.length === 0) return <div className="empty">{empty}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by the keyboard
    <section className={frame} aria-label={caption} tabIndex={0}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={classOf(column)}
                data-title={column.by ? column.title : undefined}
                aria-sort={column.key === key ? (down ? 'descending' : 'ascending') : undefined}
              >
                {column.by ? (
                  <button
                    type="button"
                    onClick={() =>
                      setOrder(column.key === key ? (down ? column.key : `-${column.key}`) : firstWay(column))
                    }
                  >
                    {column.title}
                    <span aria-hidden="true">{column.key === key ? (down ? '▾' : '▴') : ''}</span>
                  </button>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={idOf(row)} className={rowClass?.(row)}>
              {columns.map((column) => (
                <td key={column.key} className={classOf(column)} data-of={column.title || undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot === undefined ? null : <tfoot>{foot}</tfoot>}
      </table>
    </section>
  );
};

/** Of numbers one wants to see the large ones first. */
const firstWay = <Row,>(column: Column<Row>): string => (column.number ? `-${column.key}` : column.key);

// The rule book field by field: its parts at the left, rows that open, move, are copied and taken out, every mistake at
// its field. Made from the form alone (book-form.ts), so that a new shape of the book has its fields at once.
import '../style/book.css';
import { AutoComplete, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import {
  bookForm,
  type Field,
  freshOf,
  type GroupField,
  isPlain,
  isRecord,
  type Member,
  offeredIn,
  saidOf,
  withValue,
} from './book-form.ts';
import { Mark } from './page.tsx';
import { plainNumber } from './plain-number.ts';

/** What is wrong, by path. */
export type Wrong = ReadonlyMap<string, readonly string[]>;

interface Editing {
  book: unknown;
  set(path: string, value: unknown): void;
  open: ReadonlySet<string>;
  /** Opens or closes these rows. */
  turn(paths: readonly string[], open: boolean): void;
  /** Rows of a list change places: what was open stays open. */
  moved(list: string, to: (at: number) => number | undefined): void;
  wrong: Wrong;
}
const Draft = createContext<Editing | undefined>(undefined);
const useDraft = (): Editing => {
  const found = useContext(Draft);
  if (!found) throw new Error('a field stands in a draft');
  return found;
};

const isAt = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);
const countIn = (wrong: Wrong, above: string): number => {
  let count = 0;
  for (const [path, reasons] of wrong) if (isAt(path, above)) count += reasons.length;
  return count;
};
const WrongMark = ({ path }: { path: string }): ReactElement | null => {
  const count = countIn(useDraft().wrong, path);
  return count === 0 ? null : <Mark tone="red">{count} 处错误</Mark>;
};

interface BookFieldsProps {
  book: unknown;
  onChange(book: unknown): void;
  wrong: Wrong;
  /** Where to go; a new object goes there again. */
  target: { path: string } | undefined;
}

const first = 'basics';

export const BookFields = ({ book, onChange, wrong, target }: BookFieldsProps): ReactElement => {
  const form = bookForm();
  const plain = form.members.filter(({ field }) => isPlain(field));
  const parts = form.members.filter(({ field }) => !isPlain(field));
  const [part, setPart] = useState(first);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [hint, setHint] = useState('');
  const latest = useRef(book);
  latest.current = book;
  const room = useRef<HTMLDivElement>(null);
  const draft = useMemo(
    (): Editing => ({
      book,
      wrong,
      open,
      set: (path, value) => {
        latest.current = withValue(latest.current, path, value);
        onChange(latest.current);
      },
      turn: (paths, shown) =>
        setOpen((before) => {
          const after = new Set(before);
          for (const path of paths) if (shown) after.add(path);
          for (const path of paths) if (!shown) after.delete(path);
          return after;
        }),
      moved: (list, to) =>
        setOpen(
          (before) =>
            new Set(
              [...before].flatMap((path) => {
                const [at = '', ...rest] = isAt(path, list) ? path.slice(list.length + 1).split('.') : [];
                if (at === '') return [path];
                const now = to(Number(at));
                return now === undefined ? [] : [[list, now, ...rest].join('.')];
              }),
            ),
        ),
    }),
    [book, wrong, open, onChange],
  );
  useEffect(() => {
    if (!target) return;
    const keys = target.path.split('.');
    const great = bookForm().members.find(({ key, field }) => key === keys[0] && !isPlain(field));
    setPart(great?.key ?? first);
    setOpen((before) => new Set([...before, ...keys.map((_, at) => keys.slice(0, at + 1).join('.'))]));
    // The rows are there at the next drawing.
    const drawn = setTimeout(() => {
      for (let at = keys.length; at > 0; at -= 1) {
        const path = keys.slice(0, at).join('.');
        const place = room.current?.querySelector(`[data-path="${CSS.escape(path)}"]`);
        if (!place) continue;
        place.scrollIntoView({ block: 'center' });
        place.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true });
        return;
      }
    }, 60);
    return () => clearTimeout(drawn);
  }, [target]);
  const shown = parts.find(({ key }) => key === part);
  return (
    <Draft value={draft}>
      <div className="book">
        <nav className="book-parts" aria-label="考核办法各部分">
          {[{ key: first, field: { title: '编号和名称' } }, ...parts].map(({ key, field: { title } }) => {
            const value = isRecord(book) ? book[key] : undefined;
            return (
              <button
                key={key}
                type="button"
                aria-current={key === part ? 'true' : undefined}
                onClick={() => {
                  setPart(key);
                  setHint('');
                }}
              >
                {title}
                {Array.isArray(value) ? <span className="quiet">{value.length}</span> : null}
                {key === first ? null : <WrongMark path={key} />}
              </button>
            );
          })}
        </nav>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: only listens to which field is in hand, for its hint */}
        <div
          ref={room}
          className="book-part"
          onFocus={({ target: at }) => setHint(at.closest('[data-hint]')?.getAttribute('data-hint') ?? '')}
        >
          {shown ? (
            <Part key={shown.key} member={shown} />
          ) : (
            <div className="book-grid">
              {plain.map((member) => (
                <PlainField
                  key={member.key}
                  field={member.field}
                  needed={member.needed}
                  path={member.key}
                  value={recordAt(book, member.key)}
                />
              ))}
            </div>
          )}
          <p className="book-hint quiet" aria-live="polite">
            {hint}
          </p>
        </div>
      </div>
    </Draft>
  );
};

const recordAt = (of: unknown, key: string): unknown => (isRecord(of) ? of[key] : undefined);

/** One of the great parts of the book. */
const Part = ({ member: { key, field } }: { member: Member }): ReactElement => {
  const { book, set } = useDraft();
  const value = recordAt(book, key);
  if (field.kind === 'list') return <Rows field={field} path={key} value={value} />;
  return (
    <section className="book-block" data-path={key}>
      <h3>{field.title}</h3>
      {field.hint === '' ? null : <p className="quiet">{field.hint}</p>}
      {field.kind === 'group' ? (
        <GroupBody field={field} path={key} value={value ?? {}} />
      ) : (
        <Button onClick={() => set(key, freshOf(field))}>添加</Button>
      )}
    </section>
  );
};

interface At<F extends Field = Field> {
  field: F;
  path: string;
  value: unknown;
}

/** The members of a group: inputs side by side, then its blocks, then what may be added. */
const GroupBody = ({ field, path, value }: At<GroupField>): ReactElement => {
  const { set, turn } = useDraft();
  /** Nothing there, not even a row. */
  const bare = (key: string): boolean => {
    const own = recordAt(value, key);
    return own === undefined || (Array.isArray(own) && own.length === 0);
  };
  const at = (key: string): string => `${path}.${key}`;
  const inputs = field.members.filter((one) => isPlain(one.field));
  const blocks = field.members.filter((one) => !isPlain(one.field));
  const absent = blocks.filter(({ key, needed }) => !needed && bare(key));
  return (
    <>
      {inputs.length === 0 ? null : (
        <div className="book-grid">
          {inputs.map((one) => (
            <PlainField
              key={one.key}
              field={one.field}
              needed={one.needed}
              path={at(one.key)}
              value={recordAt(value, one.key)}
            />
          ))}
        </div>
      )}
      {blocks
        .filter((one) => !absent.includes(one))
        .map(({ key, needed, field: of }) => (
          <Block key={key} field={of} path={at(key)} value={recordAt(value, key)} needed={needed} />
        ))}
      {absent.length === 0 ? null : (
        <div className="book-more">
          {absent.map(({ key, field: of }) => (
            <span key={key} data-hint={of.hint} data-path={at(key)}>
              <Button
                size="small"
                onClick={() => {
                  set(at(key), of.kind === 'list' ? [freshOf(of.of)] : freshOf(of));
                  turn([`${at(key)}.0`], true);
                }}
              >
                + {of.title}
              </Button>
              <Reasons path={at(key)} />
            </span>
          ))}
        </div>
      )}
    </>
  );
};

const Block = ({ field, path, value, needed }: At & { needed: boolean }): ReactElement => {
  const { set } = useDraft();
  if (field.kind === 'list') return <Rows field={field} path={path} value={value} />;
  const gone =
    needed || value === undefined || value === null ? null : (
      <Button size="small" type="text" onClick={() => set(path, field.kind === 'perhaps' ? null : undefined)}>
        删除<span className="unseen">{field.title}</span>
      </Button>
    );
  return (
    <section className="book-block" data-path={path} data-hint={field.hint}>
      <div className="book-block-head">
        <h4>{field.title}</h4>
        {gone}
      </div>
      <Reasons path={path} />
      <Body field={field} path={path} value={value} />
    </section>
  );
};

/** What is inside a block or an open row. */
const Body = ({ field, path, value }: At): ReactElement | null => {
  const { set } = useDraft();
  switch (field.kind) {
    case 'group':
      return <GroupBody field={field} path={path} value={value} />;
    case 'perhaps':
      return value === null || value === undefined ? (
        <Button size="small" onClick={() => set(path, freshOf(field.of))}>
          启用
        </Button>
      ) : (
        <Body field={field.of} path={path} value={value} />
      );
    case 'ways':
      return <Ways field={field} path={path} value={value} />;
    case 'list':
      return <Rows field={field} path={path} value={value} />;
    case 'text':
    case 'number':
    case 'yes':
    case 'choice':
      return <PlainField field={field} path={path} value={value} needed />;
  }
};

/** One of several forms: another one keeps what both have. */
const Ways = ({ field, path, value }: At<Extract<Field, { kind: 'ways' }>>): ReactElement => {
  const { set } = useDraft();
  const kind = recordAt(value, field.by);
  const way = field.ways.find((one) => one.value === kind);
  const at = `${path}.${field.by}`;
  return (
    <>
      <div className="book-grid">
        <Labelled path={at} title={field.byTitle} hint="">
          {(id) => (
            <Select
              id={id}
              value={way?.value ?? null}
              options={[...field.ways.map(({ value: one, label }) => ({ value: one, label }))]}
              onChange={(wanted: string | null) => {
                const next = field.ways.find((one) => one.value === wanted);
                if (!next) return;
                const fresh = freshOf(next.group);
                const kept = next.group.members.flatMap(({ key }) => {
                  const before = recordAt(value, key);
                  return before === undefined ? [] : [[key, before]];
                });
                set(path, {
                  [field.by]: next.value,
                  ...(isRecord(fresh) ? fresh : {}),
                  ...Object.fromEntries(kept),
                });
              }}
            />
          )}
        </Labelled>
        {way?.group.members
          .filter((one) => isPlain(one.field))
          .map((one) => (
            <PlainField
              key={one.key}
              field={one.field}
              needed={one.needed}
              path={`${path}.${one.key}`}
              value={recordAt(value, one.key)}
            />
          ))}
      </div>
      {way ? (
        <GroupBody
          field={{ ...way.group, members: way.group.members.filter((one) => !isPlain(one.field)) }}
          path={path}
          value={value}
        />
      ) : null}
    </>
  );
};

/** A list of things: each a row that opens. */
const Rows = ({ field, path, value }: At<Extract<Field, { kind: 'list' }>>): ReactElement => {
  const { set, open, turn, moved } = useDraft();
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  const at = (nth: number): string => `${path}.${nth}`;
  const all = rows.map((_, nth) => at(nth));
  const insert = (nth: number, row: unknown): void => {
    set(path, rows.toSpliced(nth, 0, row));
    moved(path, (before) => (before < nth ? before : before + 1));
    turn([at(nth)], true);
  };
  const remove = (nth: number): void => {
    const left = rows.toSpliced(nth, 1);
    // An optional list without a row is not there; one that must be there stays, empty.
    set(path, left.length === 0 && field.least > 0 ? undefined : left);
    moved(path, (before) => (before === nth ? undefined : before < nth ? before : before - 1));
  };
  const swap = (nth: number, other: number): void => {
    set(path, rows.with(nth, rows[other]).with(other, rows[nth]));
    moved(path, (before) => (before === nth ? other : before === other ? nth : before));
  };
  const expanded = all.some((one) => open.has(one));
  return (
    <section className="book-block" data-path={path} data-hint={field.hint}>
      <div className="book-block-head">
        <h4>
          {field.title} <span className="quiet">{rows.length} 项</span>
        </h4>
        {rows.length > 1 ? (
          <Button size="small" type="text" onClick={() => turn(all, !expanded)}>
            {expanded ? '全部收起' : '全部展开'}
            <span className="unseen">{field.title}</span>
          </Button>
        ) : null}
      </div>
      <Reasons path={path} />
      <ol className="book-rows">
        {rows.map((row, nth) => {
          const here = at(nth);
          const said = saidOf(field.of, row) || `新的${field.title}`;
          const button = (word: string, act: () => void, off = false): ReactElement => (
            <Button size="small" type="text" disabled={off} aria-label={`${word} ${said}`} onClick={act}>
              {word}
            </Button>
          );
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a paper is known by its place
            <li key={nth} data-path={here} className={open.has(here) ? 'open' : undefined}>
              <div className="book-row">
                <button
                  type="button"
                  className="book-said"
                  aria-expanded={open.has(here)}
                  onClick={() => turn([here], !open.has(here))}
                >
                  <span>{said}</span>
                  <WrongMark path={here} />
                </button>
                <span className="book-acts">
                  {button('上移', () => swap(nth, nth - 1), nth === 0)}
                  {button('下移', () => swap(nth, nth + 1), nth === rows.length - 1)}
                  {button('复制', () => insert(nth + 1, row), rows.length >= field.most)}
                  {button('删除', () => remove(nth))}
                </span>
              </div>
              {open.has(here) ? (
                <div className="book-inner">
                  <Reasons path={here} />
                  <Body field={field.of} path={here} value={row} />
                </div>
              ) : null}
            </li>
          );
        })}
      </ol>
      <Button
        size="small"
        disabled={rows.length >= field.most}
        onClick={() => insert(rows.length, freshOf(field.of))}
      >
        + {field.title}
      </Button>
    </section>
  );
};

const Reasons = ({ path }: { path: string }): ReactElement | null => {
  const reasons = useDraft().wrong.get(path);
  return reasons ? (
    <p className="book-wrong" id={`wrong-${path}`}>
      {reasons.join(';')}
    </p>
  ) : null;
};

interface LabelledProps {
  path: string;
  title: string;
  hint: string;
  className?: string;
  children(id: string): ReactNode;
}
const Labelled = ({ path, title, hint, className = '', children }: LabelledProps): ReactElement => {
  const { wrong } = useDraft();
  const id = `book-${path.replaceAll('.', '-')}`;
  return (
    <div
      className={`book-field ${className} ${wrong.has(path) ? 'wrong' : ''}`}
      data-path={path}
      data-hint={hint === '' ? '' : `${title}:${hint}`}
    >
      <label htmlFor={id}>{title}</label>
      {children(id)}
      <Reasons path={path} />
    </div>
  );
};

/** What an empty input means. */
const emptyWords = (field: Field, needed: boolean): string => {
  if (field.fallback !== undefined && field.fallback !== null) {
    const said = saidOf(field, field.fallback);
    if (said !== '') return `缺省 ${said}`;
  }
  return needed ? '请填写' : '不填';
};

const PlainField = ({ field, path, value, needed }: At & { needed: boolean }): ReactElement | null => {
  const { set, wrong, book } = useDraft();
  const bad = wrong.has(path) ? ({ status: 'error' } as const) : {};
  const empty = emptyWords(field, needed);
  const offered = offeredIn(book, path);
  switch (field.kind) {
    case 'text': {
      const change = (text: string): void => set(path, text === '' && !needed ? undefined : text);
      const text = typeof value === 'string' ? value : '';
      return (
        <Labelled
          path={path}
          title={field.title}
          hint={field.hint}
          className={field.most > 48 ? 'broad' : ''}
        >
          {(id) =>
            offered ? (
              <AutoComplete
                id={id}
                {...bad}
                value={text}
                placeholder={empty}
                options={offered}
                onChange={change}
              />
            ) : (
              <Input
                id={id}
                {...bad}
                value={text}
                placeholder={empty}
                maxLength={field.most}
                onChange={({ target }) => change(target.value)}
              />
            )
          }
        </Labelled>
      );
    }
    case 'number':
      return (
        <Labelled path={path} title={field.title} hint={field.hint}>
          {(id) => (
            <InputNumber
              id={id}
              {...bad}
              value={typeof value === 'number' ? value / field.by : null}
              min={field.least / field.by}
              max={field.most / field.by}
              step={field.by === 100 ? 0.5 : 1}
              precision={field.by === 100 ? 2 : 0}
              formatter={plainNumber}
              suffix={field.unit}
              placeholder={empty.replace(field.unit, '')}
              onChange={(number) => set(path, number === null ? undefined : Math.round(number * field.by))}
            />
          )}
        </Labelled>
      );
    case 'yes':
      return (
        <Labelled path={path} title={field.title} hint={field.hint} className="ticked">
          {(id) => (
            <Checkbox
              id={id}
              checked={typeof value === 'boolean' ? value : field.fallback === true}
              onChange={({ target }) =>
                set(
                  path,
                  target.checked === (field.fallback === true) && !needed ? undefined : target.checked,
                )
              }
            />
          )}
        </Labelled>
      );
    case 'choice':
      return (
        <Labelled path={path} title={field.title} hint={field.hint}>
          {(id) => (
            <Select
              id={id}
              {...bad}
              allowClear={!needed}
              value={typeof value === 'string' ? value : null}
              placeholder={empty}
              options={[...field.options]}
              onChange={(chosen: string | null | undefined) => set(path, chosen ?? undefined)}
            />
          )}
        </Labelled>
      );
    case 'list': {
      const options = field.of.kind === 'choice' ? [...field.of.options] : (offered ?? []);
      const chosen = Array.isArray(value) ? value.map(String) : [];
      return (
        <Labelled path={path} title={field.title} hint={field.hint} className="broad">
          {(id) => (
            <Select
              id={id}
              {...bad}
              mode={field.of.kind === 'choice' ? 'multiple' : 'tags'}
              showSearch={{ optionFilterProp: 'label' }}
              value={chosen}
              placeholder={field.of.kind === 'choice' ? empty : `${empty},可输入`}
              options={options}
              onChange={(all: string[]) => set(path, all.length === 0 && !needed ? undefined : all)}
            />
          )}
        </Labelled>
      );
    }
    case 'group':
    case 'ways':
    case 'perhaps':
      return null;
  }
};

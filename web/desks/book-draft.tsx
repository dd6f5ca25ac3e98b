// A draft of a rule book: field by field or as text, checked with every mistake at its place, rehearsed on past months,
// then put in force from a month on. Nothing of it is written before.
import { Button, Form, Input, Select } from 'antd';
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { monthNow } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import { type Me, may } from '../visitor-here.ts';
import { Ask } from './ask.tsx';
import { BookFields } from './book-fields.tsx';
import { wordsOfPath } from './book-form.ts';
import { Rehearsed } from './book-rehearsed.tsx';
import { refusalIn, useAsking } from './kit.tsx';
import { Section } from './page.tsx';

type Check = View<'rulebook.check'>;
type Mistake = Check['errors'][number];

const tabs = [
  ['fields', '逐项填写'],
  ['text', '文本'],
] as const;
type Tab = (typeof tabs)[number][0];

const textOf = (book: unknown): string => JSON.stringify(book, null, 2);
/** What the text says; a sentence when it says nothing. */
const read = (text: string): { book: unknown } | { broken: string } => {
  try {
    return { book: JSON.parse(text) };
  } catch (fault) {
    return { broken: fault instanceof Error ? fault.message : '不是有效的 JSON' };
  }
};

/** At most so many steps back. */
const remembered = 50;

export const BookDraft = ({ start, me }: { start: unknown; me: Me }): ReactElement => {
  const [book, setBook] = useState<unknown>(start);
  const [before, setBefore] = useState<readonly unknown[]>([]);
  const [tab, setTab] = useState<Tab>('fields');
  const [text, setText] = useState('');
  const [broken, setBroken] = useState<string>();
  const [checked, setChecked] = useState<Check>();
  const [rehearsed, setRehearsed] = useState<View<'rulebook.rehearse'>>();
  const [months, setMonths] = useState(3);
  const [enacting, setEnacting] = useState(false);
  const [target, setTarget] = useState<{ path: string }>();
  const check = useAsking('rulebook.check', setChecked);
  const rehearse = useAsking('rulebook.rehearse', setRehearsed);
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!rehearsed) return;
    // It stands under a draft of many rows, far from the button that asked for it.
    result.current?.scrollIntoView({ block: 'start' });
    result.current?.focus({ preventScroll: true });
  }, [rehearsed]);
  const latest = useRef(book);
  const change = useMemo(
    () =>
      (next: unknown): void => {
        const last = latest.current;
        latest.current = next;
        setBefore((all) => [...all.slice(1 - remembered), last]);
        setBook(next);
        setChecked((shown) => (shown?.ok === true ? undefined : shown));
      },
    [],
  );
  const wrong = useMemo(() => {
    const found = new Map<string, string[]>();
    for (const { path, reason, mend } of checked?.errors ?? [])
      found.set(path, [...(found.get(path) ?? []), mend === '' ? reason : `${reason},${mend}`]);
    return found;
  }, [checked]);
  /** The book as it stands in the open tab; undefined while its text is broken. */
  const standing = (): { book: unknown } | undefined => {
    if (tab === 'fields') return { book };
    const told = read(text);
    if ('broken' in told) {
      setBroken(told.broken);
      return undefined;
    }
    setBroken(undefined);
    if (textOf(told.book) !== textOf(book)) change(told.book);
    return told;
  };
  const turn = (to: Tab): void => {
    if (to === 'text') setText(textOf(book));
    else if (!standing()) return;
    setTab(to);
  };
  const back = (): void => {
    const last = before.at(-1);
    if (last === undefined) return;
    latest.current = last;
    setBefore(before.slice(0, -1));
    setBook(last);
    setChecked(undefined);
    if (tab === 'text') setText(textOf(last));
  };
  const showAt = (path: string): void => {
    if (tab === 'text' && !standing()) return;
    setTab('fields');
    setTarget({ path });
  };
  const asked = check.error ?? rehearse.error;
  return (
    <>
      <Section
        title="底稿"
        aside={
          <div className="desk-actions no-print">
            <Button disabled={before.length === 0} onClick={back}>
              撤销
            </Button>
            <Button
              loading={check.isPending}
              onClick={() => {
                const now = standing();
                setChecked(undefined);
                if (now) check.mutate({ path: '/api/rulebooks/check', fields: now });
              }}
            >
              检查
            </Button>
            {may(me, 'rulebook.rehearse') ? (
              <>
                <Select
                  aria-label="试算几个月"
                  value={months}
                  onChange={setMonths}
                  options={[1, 3, 6, 12].map((value) => ({ value, label: `前 ${value} 个月` }))}
                />
                <Button
                  loading={rehearse.isPending}
                  onClick={() => {
                    const now = standing();
                    setRehearsed(undefined);
                    if (now) rehearse.mutate({ path: '/api/rulebooks/rehearse', fields: { ...now, months } });
                  }}
                >
                  试算
                </Button>
              </>
            ) : null}
            {may(me, 'rulebook.enact') ? (
              <Button
                type="primary"
                disabled={checked?.ok !== true}
                title={checked?.ok === true ? undefined : '先检查,没有错误才能施行'}
                onClick={() => setEnacting(true)}
              >
                施行
              </Button>
            ) : null}
          </div>
        }
      >
        {asked ? <Refused refusal={refusalIn(asked)} /> : null}
        {checked?.ok === true ? (
          <p className="notice good" role="status">
            没有错误,可以试算和施行。
          </p>
        ) : null}
        {checked ? <Mistakes title="错误" of={checked.errors} tone="bad" onGo={showAt} /> : null}
        {checked ? <Mistakes title="请再看看" of={checked.warnings} tone="" onGo={showAt} /> : null}
        <div className="tab-row book-tabs no-print" role="tablist" aria-label="怎样填写">
          {tabs.map(([key, title]) => (
            <button key={key} type="button" role="tab" aria-selected={key === tab} onClick={() => turn(key)}>
              {title}
            </button>
          ))}
        </div>
        {tab === 'fields' ? (
          <BookFields book={book} onChange={change} wrong={wrong} target={target} />
        ) : (
          <div className="book-text">
            <p className="quiet">
              分值以百分之一分为单位(1 分写作 100),比例以万分之一为单位(30% 写作 3000)。
            </p>
            {broken === undefined ? null : (
              <p className="notice bad" role="alert">
                文本不是有效的 JSON:{broken}
              </p>
            )}
            <Input.TextArea
              aria-label="考核办法文本"
              value={text}
              rows={24}
              spellCheck={false}
              onChange={({ target: field }) => {
                setText(field.value);
                setChecked(undefined);
              }}
            />
          </div>
        )}
      </Section>
      {rehearsed ? (
        <div ref={result} className="fitting" tabIndex={-1}>
          <Rehearsed of={rehearsed} />
        </div>
      ) : null}
      {enacting ? (
        <Ask<{ from: string }>
          open
          title="施行考核办法"
          okText="施行"
          onClose={() => setEnacting(false)}
          path="/api/rulebooks"
          initial={{ from: plusMonths(monthNow(), 1) }}
          fields={({ from }) => ({ from, book: latest.current })}
        >
          <p>从下面选定的月份起按这一版计分;已定稿的月份不变。</p>
          <Form.Item name="from" label="从哪个月起" rules={[{ required: true, message: '请选择月份' }]}>
            <Input type="month" />
          </Form.Item>
        </Ask>
      ) : null}
    </>
  );
};

interface MistakesProps {
  title: string;
  of: readonly Mistake[];
  tone: 'bad' | '';
  onGo(path: string): void;
}
const Mistakes = ({ title, of, tone, onGo }: MistakesProps): ReactElement | null =>
  of.length === 0 ? null : (
    <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <strong>
        {title} {of.length} 处
      </strong>
      <ul>
        {of.map(({ path, reason, mend }) => (
          <li key={`${path}${reason}`}>
            <Button size="small" type="link" onClick={() => onGo(path)}>
              {wordsOfPath(path)}
            </Button>
            {reason}
            <span className="quiet"> {mend}</span>
          </li>
        ))}
      </ul>
    </div>
  );

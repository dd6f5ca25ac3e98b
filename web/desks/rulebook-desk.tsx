// 考核办法: the versions and from when they hold, and a draft that begins with one of them, with a paper other halls have
// published, or with nothing. Nothing of a draft is written before it is put in force.
import '../style/office.css';
import { Button, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { dayOf } from '../../shared/time.ts';
import { monthWords } from '../month-words.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import type { Me } from '../visitor-here.ts';
import { BookDraft } from './book-draft.tsx';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';

const RuleBookDesk = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default RuleBookDesk;

/** What a draft begins with. */
interface Start {
  id: string;
  book: unknown;
}
const nothing = { id: '', title: '', frames: {}, clauses: [], bonuses: [], ladder: [], awards: [] };

/** Papers that halls have published, as far as their facts go. */
const published = async () => {
  const [{ publishedBooks }, { referenceHall }] = await Promise.all([
    import('../../shared/rulebooks/published.ts'),
    import('../../shared/rulebooks/reference-hall.ts'),
  ]);
  return [referenceHall, ...publishedBooks];
};

const Room = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useView('rulebook.list', '/api/rulebooks?limit=200');
  const [shown, setShown] = useState<string>();
  const [start, setStart] = useState<Start>();
  const [papers, setPapers] = useState<Awaited<ReturnType<typeof published>>>();
  if (!data) return <NotThere error={error} again={refetch} />;
  const books = [...data.items].sort((a, b) => (a.from < b.from ? 1 : -1));
  const id = shown ?? books[0]?.id;
  return (
    <DeskPage
      title="考核办法"
      back={{ to: '/settings', title: '大厅设置' }}
      under="每一版从某月起施行;已定稿的月份始终按当时的版本。底稿可以反复改、检查、试算,施行之前什么都不会写入"
    >
      <Section
        title="各版本"
        aside={
          <div className="desk-actions no-print">
            <Select
              aria-label="以公开的考核办法为底稿"
              placeholder="以公开的考核办法为底稿"
              style={{ width: 320 }}
              value={null}
              notFoundContent="正在读取"
              showSearch={{ optionFilterProp: 'label' }}
              options={(papers ?? []).map((one) => ({ value: one.id, label: one.title }))}
              onOpenChange={(open) => {
                if (open && !papers) void published().then(setPapers);
              }}
              onChange={(wanted: string | null) => {
                const paper = papers?.find((one) => one.id === wanted);
                if (paper) setStart({ id: paper.id, book: paper });
              }}
            />
            <Button onClick={() => setStart({ id: 'nothing', book: nothing })}>从空白开始</Button>
          </div>
        }
      >
        <Ledger
          caption="考核办法各版本"
          rows={books}
          idOf={(one) => one.id}
          empty="还没有考核办法。选一份公开的办法作底稿,改成本中心的,检查、试算之后施行。"
          columns={[
            { key: 'title', title: '名称', cell: ({ title }) => title },
            { key: 'from', title: '施行', cell: ({ from }) => `自 ${monthWords(from)}起` },
            {
              key: 'at',
              title: '登记时间',
              cell: ({ enactedAt }) => `${dayOf(enactedAt).slice(0, 4)}年${dateTimeWords(enactedAt)}`,
              wide: true,
            },
            { key: 'version', title: '修订', cell: ({ version }) => version, number: true, wide: true },
            {
              key: 'do',
              title: '',
              cell: (one) =>
                one.id === id && !start ? (
                  <Mark tone="blue">正在看</Mark>
                ) : (
                  <Button
                    size="small"
                    type="text"
                    onClick={() => {
                      setStart(undefined);
                      setShown(one.id);
                    }}
                  >
                    以此为底稿<span className="unseen">{one.title}</span>
                  </Button>
                ),
            },
          ]}
        />
      </Section>
      {start ? (
        <BookDraft key={start.id} start={start.book} me={me} />
      ) : id === undefined ? null : (
        <FromVersion key={id} id={id} me={me} />
      )}
    </DeskPage>
  );
};

const FromVersion = ({ id, me }: { id: string; me: Me }): ReactElement => {
  const { data, error, refetch } = useView('rulebook.read', `/api/rulebooks/${id}`);
  return data ? <BookDraft start={data.book} me={me} /> : <NotThere error={error} again={refetch} />;
};

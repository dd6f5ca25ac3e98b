// 打印登记簿: every print of the numbered papers of a year, who, when and which copy, in the order they were made; and the
// same of one letter, on its page.
import type { ReactElement } from 'react';
import { copyTitles } from '../../shared/evidence.ts';
import type { View } from '../../shared/views.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { Desk, useView } from './kit.tsx';
import { type Column, Ledger, worded } from './ledger.tsx';
import { useYear, YearTurner } from './month-turner.tsx';
import { DeskPage, NotThere, PrintButton, Section, Way } from './page.tsx';
import { SavesFile } from './papers.tsx';

type Print = View<'letter.prints'>['items'][number];
type Row = View<'letter.printRegister'>['items'][number];

const PrintRegister = (_props: ScreenProps): ReactElement => (
  <Desk>
    <Register />
  </Desk>
);
export default PrintRegister;

const common = <Kind extends Print>(): Column<Kind>[] => [
  { key: 'at', title: '时间', cell: ({ at }) => dateTimeWords(at), by: ({ at }) => at },
  worded<Kind>('by', '打印人', ({ by }) => by),
  worded<Kind>('copy', '哪一份', ({ copy }) => copyTitles[copy]),
  {
    key: 'hash',
    title: '校验值',
    cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}</code>,
    wide: true,
  },
];

const Register = (): ReactElement => {
  const year = useYear();
  const { data, error, refetch } = useView('letter.printRegister', `/api/print-registers/${year}`);
  return (
    <DeskPage
      back={{ to: '/letters', title: '函告与通报' }}
      title="打印登记簿"
      under={
        data
          ? `${year}年文号的公文共打印 ${data.items.length} 次,其中加印 ${data.items.filter(({ nth }) => nth > 1).length} 次。同一份公文每次打印的文件完全相同。`
          : undefined
      }
      actions={
        <>
          <YearTurner base="/letters/prints" year={year} />
          <SavesFile
            title="导出打印登记簿"
            path={`/api/print-registers/${year}/spreadsheet`}
            name={`${year}年打印登记簿.xlsx`}
          />
          <PrintButton />
        </>
      }
    >
      {data ? (
        <Ledger<Row>
          caption={`${year}年打印登记簿`}
          rows={data.items}
          idOf={(row) => `${row.id}${row.nth}`}
          sorted="-at"
          empty="这一年文号的公文还没有打印过。"
          columns={[
            ...common<Row>(),
            {
              key: 'number',
              title: '发文字号',
              cell: ({ id, documentNumber }) => (
                <Way to={`/letters/${id}`}>
                  <span className="one-line">{documentNumber}</span>
                </Way>
              ),
              by: ({ documentNumber }) => documentNumber,
            },
            worded<Row>('title', '标题', ({ title }) => title, { wide: true }),
            {
              key: 'nth',
              title: '第几次',
              number: true,
              cell: ({ nth }) => `第 ${nth} 次`,
              by: ({ nth }) => nth,
            },
          ]}
        />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
    </DeskPage>
  );
};

/** The prints of one letter, for whoever may see the register. */
export const PrintsOf = ({ id }: { id: string }): ReactElement | null => {
  const { data } = useView('letter.prints', `/api/letters/${id}/prints`);
  if (!data || data.items.length === 0) return null;
  return (
    <Section title="打印登记">
      <Ledger
        caption="打印登记"
        rows={data.items}
        idOf={({ at, sha256 }) => `${at}${sha256}`}
        columns={common<Print>()}
      />
    </Section>
  );
};

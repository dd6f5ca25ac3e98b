// 全省概览: one line a centre of a frozen month, counts only. For the office to which the operator opened it; nothing here
// leads into another centre.

import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { ProvinceRow } from '../../shared/province.ts';
import type { ScreenProps } from '../screens.ts';
import { Desk, useView } from './kit.tsx';
import { type Column, Ledger, numbered, worded } from './ledger.tsx';
import { MonthTurner, useMonth } from './month-turner.tsx';
import { DeskPage, NotThere, PrintButton, Section } from './page.tsx';
import { saveBook } from './sheet-saving.ts';
import { monthWords, pointsWords } from './wall-time.ts';

const Province = (_props: ScreenProps): ReactElement => (
  <Desk>
    <Overview />
  </Desk>
);
export default Province;

const per100 = ({ personTimes, people }: ProvinceRow): number =>
  people === 0 ? 0 : Math.round((personTimes * 1000) / people) / 10;

const columns: Column<ProvinceRow>[] = [
  worded<ProvinceRow>('name', '中心', ({ name }) => name),
  { ...numbered<ProvinceRow>('people', '考核人数', ({ people }) => people), wide: true },
  numbered<ProvinceRow>('mean', '平均得分', ({ meanScore }) => meanScore, pointsWords),
  { ...numbered<ProvinceRow>('times', '违规人次', ({ personTimes }) => personTimes), wide: true },
  numbered<ProvinceRow>('per', '每百人', per100),
  { ...numbered<ProvinceRow>('minor', '轻微', ({ minor }) => minor), wide: true },
  { ...numbered<ProvinceRow>('evident', '明显', ({ evident }) => evident), wide: true },
  { ...numbered<ProvinceRow>('serious', '严重', ({ serious }) => serious), wide: true },
  { ...numbered<ProvinceRow>('incidents', '不计人(起)', ({ incidents }) => incidents), wide: true },
  { ...numbered<ProvinceRow>('letters', '函告', ({ letters }) => letters), wide: true },
];

const Overview = (): ReactElement => {
  const month = useMonth(1);
  const { data, error, refetch } = useView('province.overview', `/api/province/${month}`);
  const rows = data?.items ?? [];
  const sum = (of: (row: ProvinceRow) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const save = (): void =>
    void saveBook(`全省概览 ${month}`, [
      {
        name: monthWords(month),
        head: ['中心', '考核人数', '平均得分', '违规人次', '轻微', '明显', '严重', '不计人(起)', '函告'],
        rows: rows.map((row) => [
          ...[row.name, String(row.people), pointsWords(row.meanScore), String(row.personTimes)],
          ...[row.minor, row.evident, row.serious, row.incidents, row.letters].map(String),
        ]),
      },
    ]);
  return (
    <DeskPage
      back={{ to: '/months', title: '月度' }}
      title="全省概览"
      under={
        rows.length > 0
          ? `${monthWords(month)}已有 ${rows.length} 个中心定稿:考核 ${sum(({ people }) => people)} 人,违规 ${sum(({ personTimes }) => personTimes)} 人次,函告 ${sum(({ letters }) => letters)} 件`
          : '各中心定稿后在这里出现一行;只有计数,没有人员、部门和问题'
      }
      actions={
        <>
          <MonthTurner base="/province" month={month} />
          {rows.length > 0 ? <Button onClick={save}>导出 Excel</Button> : null}
          <PrintButton />
        </>
      }
    >
      {data ? (
        <Section title="各中心">
          <Ledger
            framed
            caption="各中心"
            rows={rows}
            columns={columns}
            idOf={({ centre }) => centre}
            sorted="-per"
            empty={`${monthWords(month)}还没有中心定稿`}
          />
        </Section>
      ) : (
        <NotThere error={error} again={refetch} />
      )}
    </DeskPage>
  );
};

// The office's own reports to be printed: the day, the week, the year's file, one department's month.
import { Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { houseNow } from '../client.ts';
import { Section } from './page.tsx';
import { type Paper, useSaving } from './papers.tsx';
import { wallOf } from './wall-time.ts';

interface ReportsProps {
  month: string;
  departments: readonly { id: string; name: string }[];
}

export const Reports = ({ month, departments }: ReportsProps): ReactElement => {
  const [department, setDepartment] = useState<string>();
  const { saves, busy } = useSaving();
  const today = wallOf(houseNow().toISOString()).slice(0, 10);
  const year = month.slice(0, 4);
  const chosen = departments.find(({ id }) => id === department);
  const papers: Paper[] = [
    { title: '今日日报', path: `/api/reports/daily/${today}`, name: `窗口监督日报 ${today}.docx` },
    { title: '本周周通报', path: `/api/reports/weekly/${today}`, name: `窗口监督周通报 ${today}.docx` },
    { title: `${year}年归档目录`, path: `/api/reports/years/${year}`, name: `${year}年归档目录.docx` },
    ...(chosen === undefined
      ? []
      : [
          {
            title: `${chosen.name}一页纸`,
            path: `/api/reports/departments/${chosen.id}?month=${month}`,
            name: `${chosen.name} ${month}.docx`,
          },
        ]),
  ];
  return (
    <Section title="报表" className="no-print">
      <div className="step-row">
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          placeholder="选部门,出一页纸"
          aria-label="部门"
          style={{ minWidth: 200 }}
          options={departments.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value: string | undefined) => setDepartment(value)}
        />
        {papers.map((paper) => (
          <button
            key={paper.title}
            type="button"
            className="button small"
            disabled={busy !== undefined}
            onClick={() => void saves(paper)}
          >
            {busy === paper.title ? '正在准备…' : paper.title}
          </button>
        ))}
      </div>
    </Section>
  );
};

// The office's own reports to be printed: a day, a week, the year's file, one department's month, and the work of a period
// with what its letters brought about. As an editable document to paste from, or as PDF.
import { Input, Segmented, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { plusDays, plusMonths, weekdayOf } from '../../shared/time.ts';
import { today } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import { Section } from './page.tsx';
import { type Paper, useSaving } from './papers.tsx';
import { dayWords, monthWords } from './wall-time.ts';

interface ReportsProps {
  month: string;
  departments: readonly { id: string; name: string }[];
}

const monthShape = /^20\d\d-(0[1-9]|1[0-2])$/;
const dayShape = /^20\d\d-\d\d-\d\d$/;
/** The Monday of a day's week. */
const mondayOf = (day: string): string => plusDays(day, -((weekdayOf(day) + 6) % 7));

export const Reports = ({ month, departments }: ReportsProps): ReactElement => {
  const [form, setForm] = useState<'docx' | 'pdf'>('docx');
  const [department, setDepartment] = useState<string>();
  const [day, setDay] = useState(today);
  const [from, setFrom] = useState(plusMonths(month, -5));
  const [until, setUntil] = useState(month);
  const { saves, busy, refusal } = useSaving();
  const year = month.slice(0, 4);
  const chosen = departments.find(({ id }) => id === department);
  const dated = dayShape.test(day);
  const paper = (title: string, path: string, name: string): Paper => ({
    title,
    path: `${path}${path.includes('?') ? '&' : '?'}form=${form}`,
    name: `${name}.${form}`,
  });
  const button = (one: Paper, fits = true): ReactElement => (
    <button
      type="button"
      className="button small"
      disabled={!fits || busy !== undefined}
      onClick={() => void saves(one)}
    >
      {busy === one.title ? '正在准备…' : one.title}
    </button>
  );
  const monday = dated ? mondayOf(day) : '';
  return (
    <Section
      title="报表"
      id="reports"
      className="no-print"
      aside={
        <Segmented<'docx' | 'pdf'>
          aria-label="格式"
          value={form}
          onChange={setForm}
          options={[
            { value: 'docx', label: '可编辑文档' },
            { value: 'pdf', label: 'PDF' },
          ]}
        />
      }
    >
      <div className="report-rows">
        <div className="step-row">
          <Input
            type="date"
            aria-label="日报、周通报的日期"
            value={day}
            max={today()}
            onChange={({ target }) => setDay(target.value)}
          />
          {button(paper('日报', `/api/reports/daily/${day}`, `窗口监督日报 ${day}`), dated)}
          {button(paper('周通报', `/api/reports/weekly/${day}`, `窗口监督周通报 ${monday}`), dated)}
          {dated ? (
            <span className="quiet">
              该周为{dayWords(monday)}至{dayWords(plusDays(monday, 6))}
            </span>
          ) : null}
        </div>
        <div className="step-row">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            placeholder="选择部门"
            aria-label="部门"
            value={department}
            options={departments.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value: string | undefined) => setDepartment(value)}
          />
          {button(
            paper(
              '部门一页纸',
              `/api/reports/departments/${department}?month=${month}`,
              `${chosen?.name ?? ''} ${month}`,
            ),
            chosen !== undefined,
          )}
          <span className="quiet">{monthWords(month)}</span>
        </div>
        <div className="step-row">
          <Input
            type="month"
            aria-label="工作情况从哪个月"
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
          <span>至</span>
          <Input
            type="month"
            aria-label="工作情况到哪个月"
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
          {button(
            paper(
              '阶段工作情况',
              `/api/charts/summary?from=${from}&until=${until}`,
              `窗口监督工作情况 ${from}至${until}`,
            ),
            monthShape.test(from) && monthShape.test(until) && from <= until,
          )}
          <span className="quiet">含函告成效一段,最多十二个月</span>
        </div>
        <div className="step-row">
          {button(paper(`${year}年归档目录`, `/api/reports/years/${year}`, `${year}年归档目录`))}
          <span className="quiet">卷内目录和备考表</span>
        </div>
      </div>
      {refusal ? <Refused refusal={refusal} /> : null}
    </Section>
  );
};

// Doors to the office's own reports: the day, the week, a department's month, the year's file.
import * as z from 'zod';
import { door } from './doors.ts';
import { day, month, registryId } from './ids.ts';

const common = { group: '数据', method: 'GET', access: 'chart.read', view: 'file' } as const;
const form = z.enum(['pdf', 'docx']).default('docx');

export const reportDoors = {
  'chart.daily': door({
    ...common,
    name: 'chart.daily',
    path: '/api/reports/daily/{day}',
    summary: '窗口监督日报,数字与图表一致',
    input: z.strictObject({ day, form }),
  }),
  'chart.weekly': door({
    ...common,
    name: 'chart.weekly',
    path: '/api/reports/weekly/{day}',
    summary: '该日所在周(周一至周日)的周通报,供首席代表周例会使用',
    input: z.strictObject({ day, form }),
  }),
  'chart.department': door({
    ...common,
    name: 'chart.department',
    path: '/api/reports/departments/{id}',
    summary: '一个部门一个月的情况(一页纸),数字与月度看板一致',
    input: z.strictObject({ id: registryId, month, form }),
  }),
  'chart.yearFile': door({
    ...common,
    name: 'chart.yearFile',
    path: '/api/reports/years/{year}',
    summary: '年度归档:卷内目录(按保管期限)和备考表',
    input: z.strictObject({ year: z.coerce.number().int().min(2020).max(2099), form }),
  }),
};

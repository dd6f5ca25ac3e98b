// The page that a scanned paper leads to: plain text without script, readable on any phone. Says what the register says of
// the code and nothing of what the paper is about.
import { chineseDate } from '../shared/time.ts';
import type { PaperCheck } from './letter-file.ts';
import type { PaperFile } from './paper-file.ts';

const standings = {
  issued: '已印发',
  notIssued: '尚未印发，不是正式公文',
  withdrawn: '已撤回，不得使用',
  void: '已作废，不得使用',
} as const;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const checkPage = (code: string, check: PaperCheck): PaperFile => {
  const rows = check.genuine
    ? [
        ['发文机关', check.organ],
        ['文种', check.kind],
        ['发文字号', check.number],
        ['成文日期', check.date === undefined ? undefined : chineseDate(check.date)],
        ['状态', check.standing === undefined ? undefined : standings[check.standing]],
      ]
    : [];
  const lines = rows.flatMap(([label, value]) =>
    value === undefined ? [] : [`<dt>${label}</dt><dd>${escaped(value)}</dd>`],
  );
  const verdict = check.genuine
    ? '系统登记有此件。请核对纸面文号、日期与下列登记一致。'
    : '系统没有登记此校验码。请核对是否抄写有误；无误的，此件不是本系统印发。';
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>公文核对</title></head><body><h1>公文核对</h1><p>校验码 ${escaped(code)}</p><p>${verdict}</p><dl>${lines.join('')}</dl></body></html>`;
  return { file: true, bytes: Buffer.from(html), mediaType: 'text/html; charset=utf-8', name: '核对.html' };
};

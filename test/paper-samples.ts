// Papers to typeset in tests: a 函 as an office writes it, a bulletin, and whatever is awkward about them.
import type { Block, PaperContent } from '../shared/paper-content.ts';

export const paragraphs = (...texts: string[]): Block[] => texts.map((text) => ({ kind: 'paragraph', text }));

const centre = '某某市政务服务中心';
export const samplePerson = '张㛃';

export const sampleLetter = (change: Partial<PaperContent> = {}): PaperContent => ({
  format: 'letter',
  mark: centre,
  number: '某政务函〔2026〕7号',
  title: `${centre}关于派驻窗口违纪问题的函`,
  addressee: '某某市市场监督管理局',
  blocks: paragraphs(
    '2026年11月，本中心在日常督查中发现并核实你单位派驻窗口违纪问题5人次、1起。其中，严重1人次，明显3人次，轻微1人次、1起（含以前发生、本期核实的1件）。',
    '主要情形：迟到、早退2人次；上班时间使用手机（含短视频App等）、“做与工作无关的事”1人次；未按规定着装、佩戴工牌1人次；窗口环境不整洁1起。',
    '请你单位核实有关情况，对相关人员加强教育管理，督促整改，并自本函印发之日起10个工作日内将有关情况函复本中心。',
    '特此函告。',
  ),
  annexes: [],
  signature: { organ: centre, date: '2026年12月5日', seal: 'space' },
  copies: [],
  ...change,
});

export const sampleAnnex = (rows: number, name = '违纪问题清单（内部材料，不得公开）') => ({
  name,
  blocks: [
    {
      kind: 'table' as const,
      head: {
        cells: ['序号', '时间', '人员', '问题'].map((text, n) => ({ text, width: [1, 2, 2, 4][n] ?? 1 })),
      },
      rows: Array.from({ length: rows }, (_, n) => ({
        cells: [String(n + 1), '11月5日 9:32', samplePerson, '与服务对象争吵，态度生硬、推诿'].map(
          (text, at) => ({
            text,
            width: [1, 2, 2, 4][at] ?? 1,
          }),
        ),
      })),
    },
  ],
});

export const sampleBulletin = (change: Partial<PaperContent> = {}): PaperContent => ({
  ...sampleLetter(),
  format: 'redHead',
  mark: `${centre}文件`,
  number: '某政务通报〔2026〕3号',
  title: `${centre}关于2026年11月窗口遵规守纪情况的通报`,
  addressee: '各窗口',
  copies: ['市市场监督管理局', '市税务局', '市公安局', '市自然资源和规划局', '市住房和城乡建设局'],
  imprint: { organ: centre, date: '2026年12月5日' },
  ...change,
});

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

/** Everything awkward at once: names of forty characters, a title of three lines, twelve annexes, rare characters, three pages. */
export const awkwardLetter: PaperContent = sampleLetter({
  mark: '某某市高新技术产业开发区暨综合保税区行政审批服务局政务服务中心第一分中心办事大厅',
  title:
    '某某市高新技术产业开发区政务服务中心关于2026年11月派驻窗口工作人员违反考勤纪律和上班时间做与工作无关的事等问题以及移交有关音视频资料的函',
  addressee: '某某市高新技术产业开发区暨综合保税区市场监督管理和知识产权与质量技术监督联合办公室',
  blocks: paragraphs(
    '经核实，张㛃、李𬭎（A01窗口）于9:32使用App“抖音”，Wi-Fi名为Hall-2F；详见https://example.gov.cn/a/b?c=1。',
    ...Array.from(
      { length: 9 },
      (_, n) =>
        `（${'一二三四五六七八九'[n]}）2026年11月${n + 1}日9:32至10:05，A0${n + 1}窗口（“一窗受理”综合窗口）工作人员在办理业务期间长时间使用手机，经现场提醒后改正；同日下午14:20再次发生同类问题，已按考核办法第4条扣0.5分。`,
    ),
    '特此函告。',
  ),
  annexes: Array.from({ length: 12 }, (_, n) => ({
    name:
      n === 0
        ? '违纪问题清单（内部材料，不得公开，仅限核实问题和教育管理使用，用毕按规定销毁）'
        : `材料之${n + 1}`,
    blocks: paragraphs('详见原件。'),
  })),
  signature: {
    organ: '某某市高新技术产业开发区暨综合保税区行政审批服务局政务服务中心第一分中心办事大厅',
    date: '2026年12月5日',
    seal: 'space',
  },
  note: '联系人：办公室，电话：0000-0000000',
  copies: ['市市场监督管理局', '市税务局'],
});

// Invented names for the demonstration centre: its departments with the windows they hold in each grid, and the words
// that people's names are made of. Data only. Nobody real is meant.

type Employer = 'resident' | 'centre' | 'contractor';

/** `[word in ids, name, windows in grids A to D, employer]`; each grid adds up to 30 windows, the list to 40. */
export const departments: readonly (readonly [
  word: string,
  name: string,
  windows: readonly [a: number, b: number, c: number, d: number],
  employer: Employer,
])[] = [
  ['centre', '明川区政务服务中心(自聘)', [0, 1, 0, 2], 'centre'],
  ['market', '区市场监督管理局', [6, 0, 4, 0], 'resident'],
  ['tax', '区税务局', [6, 0, 4, 0], 'resident'],
  ['social', '区人力资源和社会保障局', [0, 7, 0, 3], 'resident'],
  ['medical', '区医疗保障局', [0, 4, 0, 2], 'resident'],
  ['housing', '区住房和城乡建设局', [3, 0, 2, 0], 'resident'],
  ['resources', '区自然资源和规划局', [4, 0, 2, 0], 'resident'],
  ['security', '区公安分局', [0, 5, 0, 2], 'resident'],
  ['realestate', '区不动产登记中心', [4, 0, 2, 0], 'resident'],
  ['civil', '区民政局', [0, 2, 0, 1], 'resident'],
  ['health', '区卫生健康委员会', [0, 2, 0, 1], 'resident'],
  ['education', '区教育局', [0, 2, 0, 0], 'resident'],
  ['development', '区发展和改革委员会', [1, 0, 1, 0], 'resident'],
  ['finance', '区财政局', [1, 0, 0, 0], 'resident'],
  ['industry', '区工业和信息化局', [0, 0, 2, 0], 'resident'],
  ['science', '区科学技术局', [0, 0, 2, 0], 'resident'],
  ['commerce', '区商务局', [0, 0, 2, 0], 'resident'],
  ['transport', '区交通运输局', [1, 0, 0, 2], 'resident'],
  ['water', '区水务局', [0, 0, 0, 1], 'resident'],
  ['agriculture', '区农业农村局', [0, 0, 0, 2], 'resident'],
  ['ecology', '区生态环境局', [0, 0, 2, 0], 'resident'],
  ['emergency', '区应急管理局', [0, 0, 0, 1], 'resident'],
  ['culture', '区文化和旅游局', [0, 1, 0, 0], 'resident'],
  ['forestry', '区林业局', [0, 0, 0, 1], 'resident'],
  ['justice', '区司法局', [0, 1, 0, 0], 'resident'],
  ['statistics', '区统计局', [0, 0, 1, 0], 'resident'],
  ['veterans', '区退役军人事务局', [0, 1, 0, 0], 'resident'],
  ['urban', '区城市管理局', [2, 0, 0, 1], 'resident'],
  ['fire', '区消防救援大队', [0, 0, 0, 1], 'resident'],
  ['disabled', '区残疾人联合会', [0, 1, 0, 0], 'resident'],
  ['fund', '住房公积金管理中心明川管理部', [0, 2, 0, 2], 'resident'],
  ['customs', '海关驻明川办事处', [0, 0, 1, 0], 'resident'],
  ['tobacco', '区烟草专卖局', [1, 0, 0, 0], 'resident'],
  ['archives', '区档案馆', [0, 0, 1, 0], 'resident'],
  ['weather', '区气象局', [0, 0, 0, 1], 'resident'],
  ['power', '明川供电公司', [0, 0, 0, 2], 'resident'],
  ['waterworks', '明川自来水公司', [0, 0, 0, 1], 'resident'],
  ['gas', '明川燃气公司', [0, 0, 0, 1], 'resident'],
  ['integrated', '综合窗口外包(明川政通服务公司)', [1, 0, 4, 3], 'contractor'],
  ['guide', '导服外包(明川和悦服务公司)', [0, 1, 0, 0], 'contractor'],
];

export const surnames =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐费岑薛雷贺倪汤殷罗毕郝邬安常乐于傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛禹狄贝明臧计成戴宋茅庞熊纪舒屈项祝董梁';

/** Given names; a few with characters that input methods and fonts often lack. */
export const givenNames =
  '嘉禾 若溪 思远 雨桐 子衿 明轩 书瑶 景行 语嫣 泽楷 安然 婧怡 博文 晓棠 逸尘 清婉 承宇 诗涵 启航 沐晴 佳音 志远 雅琴 建平 丽华 国栋 海燕 秀芳 春梅 晓峰 文静 立新 红霞 永强 玉兰 少华 小满 昕怡 梓涵 俊杰 可欣 宇航 欣妍 浩然 梦琪 天佑 依诺 一鸣 静姝 铭泽 婉清 皓月 知夏 望舒 怀瑾 疏影 照临 问渠 砚秋 衡之 如许 堃 祎 玥 喆 昶 珺 翀 旻 奕堃 祎然 玥盈 昱彤 芮 颖 蕾 磊 斌 敏 燕 娟 勇 军 霞 涛 莉 鹏 洁 凯 宁 琳 楠 璐 钰涵 晗 彦霖 芷若 慕白 南星 听澜 攸宁 既白 云舒 予安 时雨 拾光 星野 归晚 未央'.split(
    ' ',
  );

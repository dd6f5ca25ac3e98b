// What follows from an event, in words for whoever looks after the house, and which record it belongs to.

const words: Record<string, string> = {
  'check-whole': '核对大文件是否完整',
  lock: '锁定已收到的证据',
  'drop-rejected': '清除不合格的文件',
  'project-month': '写入定稿的得分和汇总',
  'typeset-letter': '排版并存档函件',
  'forget-complainant': '删除投诉人信息',
  'withdraw-talks': '撤销依据不再成立的谈话',
  tell: '向有关人员发提醒',
  'province-row': '报送上级汇总',
};

export interface FollowUpSaid {
  /** Its name as it is where nothing is known of it. */
  what: string;
  kind: string;
  id: string;
}

/** Reads `kind#id#version#name`, as `GET /api/follow-ups` names what is still to be carried out. */
export const followUpSaid = (named: string): FollowUpSaid => {
  const [kind = '', id = '', , name = named] = named.split('#');
  return { what: words[name] ?? name, kind, id };
};

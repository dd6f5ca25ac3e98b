// Which duties belong to one desk: at its head, and as one group of what is due.

export const talkKinds = ['talk', 'signTalk', 'fileTalk', 'withdrawTalk'] as const;
export const awardKinds = [
  'seatCommittee',
  'decideAward',
  'drawAward',
  'publishAward',
  'answerObjection',
  'announceAward',
] as const;

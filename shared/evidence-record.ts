// Which records carry evidence: a file of one is named by its record and its number there.
import * as z from 'zod';
import { awardId, enforcementId, figureId, inspectionId, monthlyId, objectionId, talkId } from './ids.ts';

export const evidenceRecord = z.union([
  monthlyId('case'),
  monthlyId('complaint'),
  monthlyId('bonus'),
  monthlyId('letter'),
  monthlyId('rectification'),
  talkId,
  awardId,
  inspectionId,
  figureId,
  monthlyId('leave'),
  enforcementId,
  objectionId,
]);

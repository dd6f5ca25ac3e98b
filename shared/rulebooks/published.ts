// The rule books published by halls, as far as their facts go: material for a clerk who writes a new one, and the proof that
// the form holds them. What a source does not say stands under `assumed` in each.
import type { RuleBookInput } from '../rulebook.ts';
import { cityUnitGrades } from './city-unit-grades.ts';
import { collegeStars } from './college-stars.ts';
import { countyWindowRules } from './county-window-rules.ts';
import { districtGradedMeasures } from './district-graded-measures.ts';
import { echengWindows } from './echeng-windows.ts';
import { jingjiangPhones } from './jingjiang-phones.ts';
import { laiwuWindowsStaff } from './laiwu-windows-staff.ts';
import { liaozhongPatrol } from './liaozhong-patrol.ts';
import { propertyCentre } from './property-centre.ts';
import { rongchengSmile } from './rongcheng-smile.ts';
import { taxHallStars } from './tax-hall-stars.ts';
import { townshipHallStaff } from './township-hall-staff.ts';
import { townshipTenPoints } from './township-ten-points.ts';
import { universityCentre } from './university-centre.ts';
import { xiangtanWindows } from './xiangtan-windows.ts';
import { xinxiangComplaints } from './xinxiang-complaints.ts';
import { yangdongRedFlag } from './yangdong-red-flag.ts';
import { yingdeStaff } from './yingde-staff.ts';

export const publishedBooks: readonly RuleBookInput[] = [
  districtGradedMeasures,
  countyWindowRules,
  cityUnitGrades,
  laiwuWindowsStaff,
  townshipTenPoints,
  yangdongRedFlag,
  echengWindows,
  townshipHallStaff,
  universityCentre,
  jingjiangPhones,
  liaozhongPatrol,
  xinxiangComplaints,
  taxHallStars,
  collegeStars,
  propertyCentre,
  xiangtanWindows,
  rongchengSmile,
  yingdeStaff,
];

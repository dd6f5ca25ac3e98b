// Who works in the centre's own office: everything of the centre is theirs to read, drafts and opinions among it.
import type { Acting } from './access.ts';
import type { Role } from './people.ts';

export const office: readonly Role[] = ['clerk', 'sectionHead', 'director', 'chief', 'auditor'];

export const ofTheOffice = ({ role }: Acting): boolean => office.some((one) => one === role);

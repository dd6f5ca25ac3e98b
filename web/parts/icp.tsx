// The ICP registration at the foot of the page, with its link to the register, as 非经营性互联网信息服务备案管理办法 (art. 13)
// asks of sites in mainland China; absent where the stage names none.
import { type ReactElement, useEffect, useState } from 'react';
import { toldIcp } from '../sign-in.ts';

export const Icp = (): ReactElement | null => {
  const [icp, setIcp] = useState<string>();
  useEffect(() => {
    let open = true;
    void toldIcp().then((told) => {
      if (open) setIcp(told);
    });
    return () => {
      open = false;
    };
  }, []);
  return icp === undefined ? null : (
    <footer className="icp no-print">
      <a href="https://beian.miit.gov.cn/" target="_blank" rel="noreferrer">
        {icp}
      </a>
    </footer>
  );
};

// 电子印章: off until the centre hands in a picture of its seal and says it may be used; what GB/T 9704-2012, 7.3.5.1 asks is
// checked on the picture itself and shown as it will stand. Papers signed on paper are always sealed wet.
import '../style/office.css';
import { Button, Checkbox, InputNumber } from 'antd';
import { type ReactElement, useState } from 'react';
import { grid, mm, seal as room, size } from '../../shared/paper-measures.ts';
import type { Centre } from '../../shared/people.ts';
import { sealChecks } from '../../shared/seal-picture.ts';
import { chineseDate } from '../../shared/time.ts';
import { post, type Refusal } from '../client.ts';
import { today } from '../clock.ts';
import { FileButton } from '../parts/file-button.tsx';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { useStep } from './ask.tsx';
import { useRegistry } from './hall-register.ts';
import { Desk, refusalIn } from './kit.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';

const SealPicture = (_props: ScreenProps): ReactElement => (
  <Desk>
    <Room />
  </Desk>
);
export default SealPicture;

const Room = (): ReactElement => {
  const { data, error, refetch } = useRegistry('centre');
  const centre = data?.[0];
  return centre ? <SealOf centre={centre} /> : <NotThere error={error} again={refetch} />;
};

interface Chosen {
  url: string;
  base64: string;
  checks: ReturnType<typeof sealChecks>;
}

/** The largest file the door takes. */
const largest = 500_000;

const chosenOf = async (file: File): Promise<Chosen | string> => {
  if (file.type !== 'image/png') return '请选择 PNG 图片';
  if (file.size > largest) return '图片不能超过 500 kB';
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return '图片打不开';
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  const pen = canvas.getContext('2d');
  if (!pen) return '图片打不开';
  pen.drawImage(picture, 0, 0);
  const bytes = new Uint8Array(await file.arrayBuffer());
  return {
    url: URL.createObjectURL(file),
    base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
    checks: sealChecks(pen.getImageData(0, 0, picture.width, picture.height)),
  };
};

const SealOf = ({ centre }: { centre: Centre }): ReactElement => {
  const [chosen, setChosen] = useState<Chosen>();
  const [wrong, setWrong] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [diameter, setDiameter] = useState(centre.papers?.seal?.diameter ?? room.diameter);
  const [approved, setApproved] = useState(false);
  const step = useStep(() => {
    setChosen(undefined);
    setApproved(false);
  });
  const on = centre.papers?.seal;
  const enter = ({ seal: _before, ...papers }: NonNullable<Centre['papers']>, seal?: object) =>
    step.take('/api/registry', () => ({
      entries: [{ ...centre, papers: { ...papers, ...(seal === undefined ? {} : { seal }) } }],
    }));
  const choose = async (file: File | undefined): Promise<void> => {
    setChosen(undefined);
    setWrong(undefined);
    const read = file && (await chosenOf(file));
    if (typeof read === 'string') setWrong(read);
    else setChosen(read);
  };
  const turnOn = async (picture: string): Promise<void> => {
    const kept = await post('letter.keptSeal', '/api/seal-pictures', { picture });
    setRefusal(kept.ok ? undefined : kept.refusal);
    if (kept.ok) await enter(centre.papers ?? {}, { sha256: kept.value.sha256, diameter });
  };
  const ready = approved && chosen?.checks.every(({ holds }) => holds) === true;
  return (
    <DeskPage
      title="电子印章"
      marks={on ? <Mark tone="green">已启用</Mark> : <Mark>未启用</Mark>}
      back={{ to: '/settings', title: '大厅设置' }}
      under={
        on
          ? '在本平台内签发的公文可以加盖电子印章,也可以照旧加盖实体印章'
          : '未启用时,公文打印后加盖实体印章,扫描件即为印发件'
      }
    >
      <Section title="启用之后">
        <ol className="said-steps">
          <li>只有在本平台内签发的公文可以加盖电子印章;在纸上签发的,一律加盖实体印章。</li>
          <li>每份公文由督查科内勤用印;加盖后另存一份,与未盖章的排印件文字相同,打印都有登记。</li>
          <li>
            印章端正、居中下压署名和成文日期,署名和成文日期居印章中心偏下;印章顶端距正文一行之内;用红色,不得出现空白印章(GB/T
            9704-2012 第 7.3.5.1 条)。
          </li>
          <li>图片不是电子签名;收文单位可扫码或凭校验码核对文号、日期和内容。</li>
        </ol>
        {on ? (
          <div className="step-row">
            <span className="quiet">
              直径 {on.diameter} 毫米,图片校验值 <code title={on.sha256}>{on.sha256.slice(0, 12)}</code>
            </span>
            <Button danger loading={step.busy} onClick={() => void enter(centre.papers ?? {})}>
              停用电子印章
            </Button>
          </div>
        ) : null}
      </Section>
      <Section title={on ? '更换印章图片' : '启用'}>
        <div className="desk-stack">
          <div className="scan-field">
            <label htmlFor="seal-picture">印章图片(正方形、透明底的 PNG,500 kB 以内)</label>
            <FileButton
              id="seal-picture"
              word="选择图片"
              accept="image/png"
              onFiles={([file]) => void choose(file)}
            />
          </div>
          {wrong === undefined ? null : (
            <p className="notice bad" role="alert">
              {wrong}
            </p>
          )}
          {chosen ? (
            <>
              <ul className="plain-list seal-checks">
                {chosen.checks.map(({ asked, holds }) => (
                  <li key={asked}>
                    <Mark tone={holds ? 'green' : 'red'}>{holds ? '符合' : '不符合'}</Mark> {asked}
                  </li>
                ))}
              </ul>
              <label htmlFor="seal-diameter">
                印章直径(毫米){' '}
                <InputNumber
                  id="seal-diameter"
                  min={30}
                  max={60}
                  value={diameter}
                  onChange={(value) => setDiameter(value ?? room.diameter)}
                />
              </label>
              <Preview
                organ={centre.papers?.signature ?? centre.name}
                picture={chosen.url}
                diameter={diameter}
              />
              <Checkbox checked={approved} onChange={({ target }) => setApproved(target.checked)}>
                已按本中心印章管理办法批准使用印章图片
              </Checkbox>
              <div>
                <Button
                  type="primary"
                  disabled={!ready}
                  loading={step.busy}
                  onClick={() => void turnOn(chosen.base64)}
                >
                  {on ? '更换' : '启用电子印章'}
                </Button>
              </div>
            </>
          ) : null}
          {refusal ? <Refused refusal={refusal} /> : null}
          {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} />}
        </div>
      </Section>
    </DeskPage>
  );
};

interface PreviewProps {
  organ: string;
  picture: string;
  diameter: number;
}
/** Name, date and seal in millimetres, as the paper places them (shared/paper-endings.ts). */
const Preview = ({ organ, picture, diameter }: PreviewProps): ReactElement => {
  const middle = 70;
  const dated = 34;
  const height = mm(size.body);
  const lineAt = (top: number): number => top + grid.pitch / 2 + 0.38 * height;
  return (
    <figure className="seal-preview">
      <svg viewBox={`0 0 ${2 * middle} 66`} role="img" aria-label="盖章样式">
        <text x={middle} y={lineAt(dated - grid.pitch)} textAnchor="middle" fontSize={height}>
          {organ}
        </text>
        <text x={middle} y={lineAt(dated)} textAnchor="middle" fontSize={height}>
          {chineseDate(today())}
        </text>
        <image
          href={picture}
          x={middle - diameter / 2}
          y={dated - 2 - diameter / 2}
          width={diameter}
          height={diameter}
        />
      </svg>
      <figcaption className="quiet">盖章样式(字体以纸质件为准)</figcaption>
    </figure>
  );
};

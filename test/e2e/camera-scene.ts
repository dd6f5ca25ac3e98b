// What a camera without a hall shows: a drawing as a film of one frame, for Chromium's pretended camera. For the pictures of
// the documentation a painted counter with somebody behind it who looks at a phone; nobody real is meant.
import { writeFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

const width = 1280;
const height = 720;

/** The counter; 1280 × 720, as every drawing for the camera must be. */
export const counterScene = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 1280 720">
<defs><linearGradient id="wall" x2="0" y2="1"><stop stop-color="#e9e4da"/><stop offset="1" stop-color="#d4ccbe"/></linearGradient>
<linearGradient id="desk" x2="0" y2="1"><stop stop-color="#a8794b"/><stop offset="1" stop-color="#7c5530"/></linearGradient>
<linearGradient id="pane" x2="1" y2="1"><stop stop-color="#f4fafd"/><stop offset="1" stop-color="#c9dde8"/></linearGradient></defs>
<rect width="1280" height="720" fill="url(#wall)"/>
<rect x="70" y="60" width="330" height="250" rx="6" fill="url(#pane)" stroke="#8d8371" stroke-width="10"/>
<path d="M235 60v250M70 185h330" stroke="#8d8371" stroke-width="8"/>
<rect x="780" y="48" width="430" height="92" rx="8" fill="#a6231c"/>
<text x="995" y="110" font-family="Noto Sans CJK SC, sans-serif" font-size="46" fill="#fff" text-anchor="middle">综合受理 A04</text>
<rect x="860" y="190" width="270" height="190" rx="10" fill="#2b3036"/><rect x="874" y="204" width="242" height="158" fill="#5d7f98"/>
<rect x="980" y="380" width="32" height="60" fill="#2b3036"/>
<path d="M480 470c0-130 60-190 150-190s150 60 150 190z" fill="#2f4a66"/>
<path d="M600 282l30 70 30-70z" fill="#f7f7f4"/><path d="M622 300h16l6 70-14 14-14-14z" fill="#a6231c"/>
<ellipse cx="636" cy="208" rx="68" ry="78" fill="#e2b48d"/>
<path d="M564 200c-6-90 150-100 146 6-20-26-50-40-80-38-30 2-52 12-66 32z" fill="#26211d"/>
<path d="M606 226c8 5 18 5 26 0M646 230c8 5 16 4 22 0" stroke="#5a4030" stroke-width="4" fill="none"/>
<path d="M500 440c40-20 70-60 110-58l8 34c-40 10-70 40-104 58z" fill="#2f4a66"/>
<path d="M760 440c-30-30-50-56-84-56l-6 32c30 12 54 34 80 56z" fill="#2f4a66"/>
<rect x="604" y="356" width="78" height="112" rx="10" fill="#17191c" transform="rotate(-12 640 410)"/>
<rect x="611" y="364" width="64" height="94" rx="5" fill="#9fd0f0" transform="rotate(-12 640 410)"/>
<ellipse cx="604" cy="424" rx="26" ry="18" fill="#e2b48d"/><ellipse cx="684" cy="420" rx="24" ry="18" fill="#e2b48d"/>
<rect y="452" width="1280" height="40" fill="#c9986a"/><rect y="490" width="1280" height="230" fill="url(#desk)"/>
<rect x="150" y="390" width="150" height="68" rx="6" fill="#f7f3ea" stroke="#b9ab92" stroke-width="3"/>
<text x="225" y="436" font-family="Noto Sans CJK SC, sans-serif" font-size="32" fill="#333" text-anchor="middle">工作人员</text>
</svg>`;

/** Writes a drawing (SVG) as the film for `--use-file-for-fake-video-capture`. */
export const writeFilm = async (browser: Browser, drawn: string, path: string): Promise<void> => {
  const page = await browser.newPage();
  const told = await page.evaluate(
    async ([drawing, wide, high]) => {
      const picture = new Image();
      picture.src = `data:image/svg+xml,${encodeURIComponent(drawing)}`;
      await picture.decode();
      const canvas = document.createElement('canvas');
      canvas.width = wide;
      canvas.height = high;
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.drawImage(picture, 0, 0);
      const { data } = pen.getImageData(0, 0, wide, high);
      let text = '';
      for (let at = 0; at < data.length; at += 30_000)
        text += String.fromCharCode(...data.subarray(at, at + 30_000));
      return btoa(text);
    },
    [drawn, width, height] as const,
  );
  await page.close();
  const rgba = Buffer.from(told, 'base64');
  const light = Buffer.alloc(width * height);
  const blue = Buffer.alloc((width * height) / 4);
  const red = Buffer.alloc((width * height) / 4);
  // ITU-R BT.601, limited range; colours at half the resolution.
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const [r, g, b] = [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0];
      light[y * width + x] = 16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const half = (y / 2) * (width / 2) + x / 2;
      blue[half] = 128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256;
      red[half] = 128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256;
    }
  const head = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`;
  writeFileSync(path, Buffer.concat([Buffer.from(`${head}FRAME\n`), light, blue, red]));
};

// What a picture of the seal must be before papers bear it: red and upright on a clear ground (GB/T 9704-2012, 5.2.4 and
// 7.3.5.1), filling its square, since the square is printed as wide as the seal, and fine enough for a printer.

/** 42 mm at 300 dots an inch. */
export const sealPixels = 496;

/** Pixels, and red, green, blue and alpha of each, 0 to 255, row by row. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array | Uint8ClampedArray;
}

const isRed = (red: number, green: number, blue: number): boolean =>
  red >= 120 && red > 1.5 * green && red > 1.5 * blue;

interface Ink {
  clear: number;
  inked: number;
  red: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}
const inkOf = ({ width, height, data }: Pixels): Ink => {
  const ink: Ink = { clear: 0, inked: 0, red: 0, left: width, right: -1, top: height, bottom: -1 };
  for (let at = 0; at < width * height; at += 1) {
    const alpha = data[4 * at + 3] ?? 0;
    if (alpha < 16) ink.clear += 1;
    if (alpha < 128) continue;
    ink.inked += 1;
    if (isRed(data[4 * at] ?? 0, data[4 * at + 1] ?? 0, data[4 * at + 2] ?? 0)) ink.red += 1;
    const x = at % width;
    const y = Math.floor(at / width);
    ink.left = Math.min(ink.left, x);
    ink.right = Math.max(ink.right, x);
    ink.top = Math.min(ink.top, y);
    ink.bottom = Math.max(ink.bottom, y);
  }
  return ink;
};

/** Each thing asked of the picture, and whether it holds. */
export const sealChecks = (picture: Pixels): { asked: string; holds: boolean }[] => {
  const { width, height } = picture;
  const ink = inkOf(picture);
  const margin = Math.max(ink.left, ink.top, width - 1 - ink.right, height - 1 - ink.bottom);
  return [
    { asked: '图片为正方形', holds: width === height },
    { asked: `边长不少于 ${sealPixels} 像素(按 42 毫米、300 点每英寸)`, holds: width >= sealPixels },
    { asked: '底色透明,不遮盖署名和成文日期', holds: ink.clear >= 0.25 * width * height },
    { asked: '有印文(不得出现空白印章)', holds: ink.inked >= 0.02 * width * height },
    { asked: '印章用红色', holds: ink.inked > 0 && ink.red >= 0.9 * ink.inked },
    { asked: '印章占满图片,四边不留空', holds: margin <= 0.03 * width },
  ];
};

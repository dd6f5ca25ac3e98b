// How wide and high a photo is, from the first bytes of its file; undefined for what a PDF cannot carry (JPEG and PNG it can).

/** Pixels. */
export const pictureSize = (bytes: Buffer): { width: number; height: number } | undefined => {
  if (bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47)
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  return bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 ? jpegSize(bytes) : undefined;
};

/** The first frame header of a JPEG: markers FFC0 to FFCF without DHT, JPG and DAC (ISO/IEC 10918-1, B.1). */
const jpegSize = (bytes: Buffer): { width: number; height: number } | undefined => {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
};

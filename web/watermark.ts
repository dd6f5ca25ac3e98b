// A copy of a photo or clip with words drawn over it, made on this device for a disc (刻盘移交): whose copy it is can be seen
// wherever it turns up. The original is not touched and never leaves the house as a file.
import { jpegOf } from './camera.ts';

const drawWords = (pen: CanvasRenderingContext2D, words: string): void => {
  const { width, height } = pen.canvas;
  const size = Math.max(14, Math.round(width / 40));
  pen.save();
  pen.font = `${size}px sans-serif`;
  pen.fillStyle = 'rgba(255,255,255,0.45)';
  pen.strokeStyle = 'rgba(0,0,0,0.35)';
  pen.rotate(-Math.PI / 8);
  const apart = pen.measureText(words).width + size * 3;
  for (let y = -height; y < height * 2; y += size * 6)
    for (let x = -width; x < width * 2; x += apart) {
      pen.strokeText(words, x, y);
      pen.fillText(words, x, y);
    }
  pen.restore();
};

const canvasOf = (width: number, height: number): CanvasRenderingContext2D => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser draws nothing');
  return pen;
};

const photoCopy = async (file: Blob, words: string): Promise<Blob> => {
  const picture = await createImageBitmap(file);
  const pen = canvasOf(picture.width, picture.height);
  pen.drawImage(picture, 0, 0);
  drawWords(pen, words);
  return jpegOf(pen.canvas);
};

/** Played once and recorded anew with the words on every frame: takes as long as the clip lasts. Sound goes along. */
const clipCopy = async (file: Blob, words: string): Promise<Blob> => {
  const video = document.createElement('video');
  video.src = URL.createObjectURL(file);
  await new Promise((resolve, reject) => {
    video.onloadedmetadata = resolve;
    video.onerror = () => reject(new Error('no clip'));
  });
  const pen = canvasOf(video.videoWidth, video.videoHeight);
  const stream = pen.canvas.captureStream(25);
  const sound = new AudioContext();
  const out = sound.createMediaStreamDestination();
  sound.createMediaElementSource(video).connect(out);
  for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm' });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  const frame = (): void => {
    if (video.ended) return;
    pen.drawImage(video, 0, 0);
    drawWords(pen, words);
    requestAnimationFrame(frame);
  };
  video.onended = () => recorder.stop();
  recorder.start();
  await video.play();
  frame();
  await ended;
  URL.revokeObjectURL(video.src);
  await sound.close();
  return new Blob(parts, { type: 'video/webm' });
};

/** The copy with its words, and its file's ending; a recording of sound alone is copied as it is. */
export const watermarked = async (file: Blob, words: string): Promise<{ copy: Blob; ending: string }> => {
  if (file.type.startsWith('image/')) return { copy: await photoCopy(file, words), ending: 'jpg' };
  if (file.type.startsWith('video/')) return { copy: await clipCopy(file, words), ending: 'webm' };
  return { copy: file, ending: file.type === 'application/pdf' ? 'pdf' : 'audio' };
};

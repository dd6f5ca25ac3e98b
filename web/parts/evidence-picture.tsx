// One piece of evidence as it is shown, at a desk and on a light page: the picture, clip or recording under the viewer's name
// and the time, which the page draws; a paper opens by itself. Knows nothing of the register of looks.
import '../style/evidence.css';
import type { ReactElement } from 'react';

interface PictureProps {
  shown: { url: string; mediaType: string };
  /** Who looks, and when. */
  words: string;
  alt: string;
}

export const EvidencePicture = ({ shown: { url, mediaType }, words, alt }: PictureProps): ReactElement => {
  const kind = ['video', 'audio', 'image'].find((one) => mediaType.startsWith(`${one}/`));
  if (kind === undefined)
    return (
      <p>
        <a className="button" href={url} target="_blank" rel="noreferrer">
          在新标签页打开文件
        </a>
      </p>
    );
  return (
    <div className="viewed">
      {kind === 'video' ? (
        // biome-ignore lint/a11y/useMediaCaption: a clip of a camera has no words of its own
        <video src={url} controls controlsList="nodownload" />
      ) : kind === 'audio' ? (
        // biome-ignore lint/a11y/useMediaCaption: what was said is taken down in the record
        <audio src={url} controls controlsList="nodownload" />
      ) : (
        <img src={url} alt={alt} />
      )}
      <Watermark words={words} />
    </div>
  );
};

const Watermark = ({ words }: { words: string }): ReactElement => (
  <svg className="watermark" aria-hidden="true" width="100%" height="100%">
    <title>{words}</title>
    <defs>
      <pattern
        id="mark"
        width="300"
        height="150"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(-24)"
      >
        <text
          x="0"
          y="70"
          fill="#fff"
          fillOpacity="0.34"
          stroke="#000"
          strokeOpacity="0.28"
          strokeWidth="0.6"
          fontSize="19"
        >
          {words}
        </text>
      </pattern>
    </defs>
    <rect width="100%" height="100%" fill="url(#mark)" />
  </svg>
);

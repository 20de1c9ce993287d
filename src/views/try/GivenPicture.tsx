// A person's picture as it was given, transparent parts on paper.

import { type ReactNode, useEffect, useRef } from "react";
import type { DecodedPicture } from "./decodePicture";

/** At one CSS px a pixel, or smaller to fit. */
export function GivenPicture({ picture }: { readonly picture: DecodedPicture }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!pen) return;
    const image = pen.createImageData(picture.width, picture.height);
    image.data.set(picture.rgba);
    pen.putImageData(image, 0, 0);
  }, [picture]);
  return (
    <figure className="wsl-own-picture" data-picture="try-given" data-frame="0">
      <canvas
        ref={canvas}
        width={picture.width}
        height={picture.height}
        role="img"
        aria-label={`${picture.name}, ${picture.width} by ${picture.height} pixels`}
      />
    </figure>
  );
}

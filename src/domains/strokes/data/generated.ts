// Handwriting of the lab as files: pictures of any side in folders as Omniglot has them, and one packed file.

import type { GeneratedPictures, WantedPictures } from "../../../engine/dataSetImports";
import { SIDE } from "../images";
import { drawnAt, makeAlphabets, makeHandwriting, specimens } from "./handwriting";
import { packImages } from "./packed";
import { DEFAULT_THRESHOLD } from "./reduce";

const ALPHABETS = 10;

/** The first training drawings of a seed; at 28 x 28 as runs see them, else the strokes drawn at that side. */
export function generateHandwriting({ count, seed, side }: WantedPictures): GeneratedPictures {
  return {
    pictures: pictures({ count, seed, side }),
    get packed() {
      const origin = { title: "Handwriting", owner: "Wake-Sleep Lab", licence: "MIT", source: `seed ${seed}` };
      const set = makeHandwriting({ seed, count, split: "train", alphabets: ALPHABETS });
      return packImages(set, { ...origin, threshold: DEFAULT_THRESHOLD });
    },
  };
}

function* pictures({ count, seed, side }: WantedPictures): Generator<{ path: string; pixels: Uint8Array }> {
  const options = { seed, count, split: "train", alphabets: ALPHABETS } as const;
  const small = side === SIDE ? makeHandwriting(options).pixels : null;
  let n = 0;
  for (const specimen of specimens(options, makeAlphabets(seed, ALPHABETS))) {
    const { alphabet, character, drawer } = specimen;
    const folder = `Alphabet_${two(alphabet + 1)}/character${two(character + 1)}`;
    const pixels = small?.slice(n * SIDE * SIDE, (n + 1) * SIDE * SIDE) ?? drawnAt(specimen, side);
    yield { path: `${folder}/${String(n).padStart(4, "0")}_${two(drawer + 1)}`, pixels };
    n++;
  }
}

const two = (value: number): string => String(value).padStart(2, "0");

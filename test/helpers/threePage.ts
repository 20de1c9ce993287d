// Draws boxes with three.js, in a page: the opinion that pictures are compared with. Bundled and put into a page by
// cuboidThree.test.ts; nothing here is of the lab's own.

import {
  BoxGeometry,
  Color,
  LinearSRGBColorSpace,
  Mesh,
  MeshBasicMaterial,
  NoToneMapping,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from "three";

/** Plain data, as it crosses into the page. */
export type Drawing = {
  /** [n, 9] centre, size, colour. */
  readonly boxes: readonly number[];
  readonly eye: readonly [number, number, number];
  readonly target: readonly [number, number, number];
  /** Shades of -x, +x, -y, +y, -z, +z. */
  readonly shades: readonly number[];
  /** R; each pixel is the mean of `samples` x `samples`. */
  readonly side: number;
  readonly samples: number;
};

/** [R, R, 3], rows from the top, 0 to 1. */
export function drawWithThree(drawing: Drawing): number[] {
  const { side, samples } = drawing;
  const fine = side * samples;
  const renderer = new WebGLRenderer({ antialias: false, preserveDrawingBuffer: true });
  renderer.toneMapping = NoToneMapping;
  renderer.outputColorSpace = LinearSRGBColorSpace;
  renderer.setPixelRatio(1);
  renderer.setSize(fine, fine, false);
  const camera = new PerspectiveCamera(60, 1, 0.1, 50);
  camera.position.set(...drawing.eye);
  camera.up.set(0, 1, 0);
  camera.lookAt(...drawing.target);
  renderer.render(sceneOf(drawing), camera);
  const gl = renderer.getContext();
  const pixels = new Uint8Array(fine * fine * 4);
  gl.readPixels(0, 0, fine, fine, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  renderer.dispose();
  renderer.forceContextLoss();
  const picture = new Array<number>(side * side * 3).fill(0);
  for (let i = 0; i < fine; i++) {
    for (let j = 0; j < fine; j++) {
      // Rows of a drawing buffer start at the bottom.
      const to = (side - 1 - Math.floor(i / samples)) * side + Math.floor(j / samples);
      for (let k = 0; k < 3; k++) picture[to * 3 + k]! += pixels[(i * fine + j) * 4 + k]! / 255 / samples ** 2;
    }
  }
  return picture;
}

function sceneOf({ boxes, shades }: Drawing): Scene {
  const scene = new Scene();
  scene.background = new Color(1, 1, 1);
  for (let from = 0; from < boxes.length; from += 9) {
    const [x, y, z, width, height, depth, r, g, b] = boxes.slice(from, from + 9) as [number, ...number[]] & number[];
    // Faces of the geometry: +x, -x, +y, -y, +z, -z.
    const materials = [1, 0, 3, 2, 5, 4].map((face) => {
      const shade = shades[face]!;
      return new MeshBasicMaterial({ color: new Color(shade * r!, shade * g!, shade * b!) });
    });
    const mesh = new Mesh(new BoxGeometry(width!, height!, depth!), materials);
    mesh.position.set(x, y!, z!);
    scene.add(mesh);
  }
  return scene;
}

Object.assign(globalThis, { drawWithThree });

// Data sets of others: what they are, whose, under which licence, and where their owners publish them. Light.
// Sizes are rounded; they are for people, not for checks.

import type { ImportSource, SourceFile } from "../../../engine/dataSetImports";
import { DEFAULT_THRESHOLD } from "./reduce";

/** With the threshold on the share of ink that is used unless one is given. */
export type StrokesSource = ImportSource & { readonly threshold: number };

const OMNIGLOT = "https://raw.githubusercontent.com/brendenlake/omniglot/master/python/";
// The authors' page no longer serves files; this is the copy that PyTorch's own tools read.
const MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist/";
const KMNIST = "https://codh.rois.ac.jp/kmnist/dataset/kmnist/";
const QUICKDRAW = "https://storage.googleapis.com/quickdraw_dataset/full/numpy_bitmap/";

/** Quick, Draw classes that are fetched, and drawings of each. */
const DOODLES = ["cat", "fish", "house", "tree", "star", "sailboat", "umbrella", "flower", "key", "smiley face"];
const DOODLES_OF_EACH = 1000;
/** A .npy header of version 1 is padded to at most this. */
const NPY_HEADER = 128;

const idxFiles = (base: string, images: number, labels: number): readonly SourceFile[] => [
  { url: `${base}t10k-images-idx3-ubyte.gz`, name: "t10k-images-idx3-ubyte.gz", bytes: images },
  { url: `${base}t10k-labels-idx1-ubyte.gz`, name: "t10k-labels-idx1-ubyte.gz", bytes: labels },
];

const omniglotFile = (name: string, bytes: number): SourceFile => ({ url: `${OMNIGLOT}${name}`, name, bytes });

const doodle = (name: string): SourceFile => {
  const first = NPY_HEADER + 784 * DOODLES_OF_EACH;
  return { url: `${QUICKDRAW}${encodeURIComponent(name)}.npy`, name: `${name}.npy`, bytes: first, first };
};

const omniglot: StrokesSource = {
  name: "omniglot",
  title: "Omniglot",
  summary: "Characters of 50 alphabets, each drawn by 20 people.",
  owner: "Brenden Lake",
  licence: "MIT",
  licenceUrl: "https://github.com/brendenlake/omniglot/blob/master/LICENSE",
  homepage: "https://github.com/brendenlake/omniglot",
  accepts: "images_background.zip, images_evaluation.zip or images_background_small1.zip",
  extensions: [".zip"],
  parts: [
    {
      id: "all",
      title: "50 alphabets, 32,460 drawings",
      files: [omniglotFile("images_background.zip", 9_464_212), omniglotFile("images_evaluation.zip", 6_462_886)],
    },
    {
      id: "small",
      title: "5 alphabets, 2,720 drawings",
      files: [omniglotFile("images_background_small1.zip", 1_319_022)],
    },
  ],
  threshold: DEFAULT_THRESHOLD,
};

const mnist: StrokesSource = {
  name: "mnist",
  title: "MNIST",
  summary: "Handwritten digits of American pupils and officials.",
  owner: "Yann LeCun, Corinna Cortes and Christopher Burges",
  licence: "CC BY-SA 3.0",
  licenceUrl: "https://creativecommons.org/licenses/by-sa/3.0/",
  homepage: "http://yann.lecun.com/exdb/mnist/",
  accepts: "images-idx3-ubyte, and labels-idx1-ubyte if you have it, packed with gzip or not",
  extensions: [".gz", ".idx3-ubyte", ".idx1-ubyte"],
  parts: [{ id: "all", title: "10,000 digits", files: idxFiles(MNIST, 1_648_877, 4_542) }],
  threshold: 0.5,
};

const kmnist: StrokesSource = {
  name: "kmnist",
  title: "KMNIST",
  summary: "Cursive Japanese characters from old books, 10 classes.",
  owner: "ROIS-DS Center for Open Data in the Humanities",
  licence: "CC BY-SA 4.0",
  licenceUrl: "https://creativecommons.org/licenses/by-sa/4.0/",
  homepage: "http://codh.rois.ac.jp/kmnist/",
  accepts: mnist.accepts,
  extensions: mnist.extensions,
  parts: [{ id: "all", title: "10,000 characters", files: idxFiles(KMNIST, 3_041_136, 5_120) }],
  threshold: 0.5,
};

const quickdraw: StrokesSource = {
  name: "quickdraw",
  title: "Quick, Draw",
  summary: "Doodles of players of a game, each drawn in twenty seconds.",
  owner: "Google",
  licence: "CC BY 4.0",
  licenceUrl: "https://creativecommons.org/licenses/by/4.0/",
  homepage: "https://github.com/googlecreativelab/quickdraw-dataset",
  accepts: "the .npy bitmaps of one or more classes (cat.npy, fish.npy)",
  extensions: [".npy"],
  parts: [{ id: "all", title: "10 classes, 10,000 doodles", files: DOODLES.map(doodle) }],
  threshold: 0.5,
};

/** The data sets that can be imported. */
export const IMPORT_SOURCES: readonly StrokesSource[] = [omniglot, mnist, kmnist, quickdraw];

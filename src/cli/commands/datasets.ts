// `lab datasets`: what data sets there are, whose, and which are here. `lab datasets NAME --from FILE... | --download`
// brings one of others; `lab datasets NAME --out DIR` writes one that the lab makes itself.

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Command } from "commander";
import { PNG } from "pngjs";
import { domains } from "../../domains/list";
import type { DataSetImports, ImportSource, NamedBytes, ReadDataSet, SourceFile } from "../../engine/dataSetImports";
import type { DomainSpec } from "../../engine/domain";
import { asLabError, LabError } from "../../engine/errors";
import { keptFile, PartFile, replaceFile, sizeOf } from "../dataSetFiles";
import { interruptSignal } from "../drive";
import { badFile, EXIT, mistake } from "../failures";
import { readCount, readPositive } from "../flags";
import { createProgress, type NewRecord, print, recordLine, say } from "../output";

type DataSetRecord = NewRecord & { kind: "dataset" };
type Flags = {
  readonly from?: readonly string[];
  readonly download?: boolean;
  readonly part?: string;
  readonly threshold?: string;
  readonly out?: string;
  readonly size?: string;
  readonly images?: string;
  readonly dataSeed?: string;
  readonly json?: boolean;
};
type DataSet = DomainSpec["datasets"][number] & { readonly spec: DomainSpec };

const all: readonly DataSet[] = domains.flatMap((spec) => spec.datasets.map((dataset) => ({ ...dataset, spec })));

const megabytes = (bytes: number): string =>
  bytes < 1e5 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
const bytesOf = (files: readonly SourceFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

async function importsOf(spec: DomainSpec): Promise<DataSetImports | null> {
  return (await spec.imports?.()) ?? null;
}

async function describe(dataset: DataSet): Promise<DataSetRecord> {
  const { name, summary, spec, isImported } = dataset;
  const imports = isImported ? await importsOf(spec) : null;
  const source = imports?.sources.find((each) => each.name === name);
  const bytes = imports ? await sizeOf(keptFile(imports.fileOf(name))) : null;
  return {
    kind: "dataset",
    name,
    domain: spec.id,
    summary,
    owner: source?.owner ?? null,
    licence: source ? `${source.licence} (${source.licenceUrl})` : null,
    isHere: !imports || bytes !== null,
    bytes,
    downloadBytes: source ? bytesOf(source.parts[0]?.files ?? []) : null,
    count: null,
    out: null,
  };
}

function lineOf({ name, domain, summary, owner, licence, isHere, bytes, downloadBytes }: DataSetRecord): string {
  const head = `${name.padEnd(14)} ${domain.padEnd(9)}`;
  if (owner === null) return `${head} ${summary} Made by the lab.`;
  const where = isHere
    ? `here, ${megabytes(bytes ?? 0)}`
    : `not here; --download fetches ${megabytes(downloadBytes ?? 0)}`;
  return `${head} ${summary} By ${owner}, ${licence}; ${where}.`;
}

async function listAll(flags: Flags): Promise<void> {
  for (const dataset of all) {
    const record = await describe(dataset);
    await print(flags.json ? recordLine(record) : lineOf(record));
  }
}

function findDataSet(name: string): DataSet {
  const found = all.find((each) => each.name === name);
  if (!found) throw mistake(`NAME is "${name}"; allowed: ${all.map((each) => each.name).join(", ")}.`);
  return found;
}

/** The files at their owner's addresses, or at addresses that the person gave. */
async function fetchAll(
  imports: DataSetImports,
  files: readonly SourceFile[],
  signal: AbortSignal,
): Promise<NamedBytes[]> {
  const fetched: NamedBytes[] = [];
  for (const file of files) {
    const store = new PartFile(file.url);
    const { size } = await store.state();
    const about = file.bytes > 0 ? `about ${megabytes(file.bytes)}` : "of unknown size";
    const from = size > 0 ? `, going on after ${megabytes(size)}` : "";
    say(`${file.url}: ${about}${from}.`);
    const bar = createProgress(Math.max(file.bytes, 1), file.name);
    try {
      const onProgress = ({ received }: { received: number }) => bar.update(received, megabytes(received));
      fetched.push({ name: file.name, bytes: await imports.download(file, store, { onProgress, signal }) });
    } catch (error) {
      signal.throwIfAborted();
      const { code, message } = asLabError(error);
      if (code !== "download") throw error;
      const help = "Start again, or fetch it with a browser and give the file with --from.";
      throw new LabError("download", { message: `${message} ${help}`, help }, { url: file.url }, { cause: error });
    } finally {
      bar.finish();
    }
  }
  return fetched;
}

async function readGiven(paths: readonly string[]): Promise<NamedBytes[]> {
  const files: NamedBytes[] = [];
  for (const path of paths) {
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      const why =
        error.code === "ENOENT" ? "does not exist" : error.code === "EISDIR" ? "is a folder" : "cannot be read";
      throw badFile(`--from ${path} ${why}.`, { file: path }, error);
    });
    files.push({ name: basename(path), bytes });
  }
  return files;
}

const isAddress = (from: string): boolean => /^https?:\/\//.test(from);

/** The file's name at the end of an address. */
function nameIn(url: string): string {
  if (!URL.canParse(url)) throw mistake(`--from is "${url}", which is no address.`);
  const name = basename(new URL(url).pathname);
  try {
    return decodeURIComponent(name);
  } catch {
    // A per cent sign that stands for itself.
    return name;
  }
}

/** What is to be fetched: a part of the source, or the addresses among --from. */
function addresses(source: ImportSource, flags: Flags): readonly SourceFile[] {
  if (!flags.download) {
    return (flags.from ?? []).filter(isAddress).map((url) => ({ url, name: nameIn(url), bytes: 0 }));
  }
  const part = source.parts.find(({ id }) => id === (flags.part ?? source.parts[0]?.id));
  if (part) return part.files;
  const known = source.parts.map(({ id, title }) => `${id} (${title})`).join(", ");
  throw mistake(`--part is "${flags.part}"; allowed for ${source.name}: ${known}.`);
}

function checkFlags(source: ImportSource, flags: Flags): void {
  const given = flags.from?.length ?? 0;
  if (flags.download && given > 0) throw mistake("--from and --download are both given; leave one of them out.");
  if (!flags.download && given === 0) {
    const size = megabytes(bytesOf(source.parts[0]?.files ?? []));
    const choice = `give its files with --from, or --download (${size}, ${source.licence})`;
    throw mistake(`${source.name} is of others: ${choice}.`);
  }
  if (flags.part !== undefined && !flags.download) throw mistake("--part says what to download; add --download.");
}

/** Brings a data set of others here. Ctrl-C during a download keeps what has come. */
async function bring(dataset: DataSet, imports: DataSetImports, source: ImportSource, flags: Flags): Promise<void> {
  checkFlags(source, flags);
  const threshold = flags.threshold === undefined ? undefined : readPositive("--threshold", flags.threshold, 1);
  say(`${source.title} by ${source.owner}, licence ${source.licence}: ${source.licenceUrl}`);
  const wanted = addresses(source, flags);
  const given = await readGiven((flags.from ?? []).filter((each) => !isAddress(each)));
  const signal = wanted.length > 0 ? interruptSignal() : new AbortController().signal;
  try {
    const files = [...(await fetchAll(imports, wanted, signal)), ...given];
    const read = await imports.read(source.name, files, {
      areFirstParts: flags.download === true,
      onProgress: () => signal.throwIfAborted(),
      ...(threshold === undefined ? {} : { threshold }),
    });
    // What was downloaded is not needed again once it is written, nor where it cannot be read.
    const forget = () => Promise.all(wanted.map(({ url }) => new PartFile(url).remove()));
    if (!read.ok) {
      await forget();
      throw badFile(`${source.name}: ${read.message}`);
    }
    await keep(dataset, imports, read, flags);
    await forget();
  } catch (error) {
    if (!signal.aborted) throw error;
    say("Interrupted; what has come is kept. Start again to go on from there.");
    process.exitCode = EXIT.interrupted;
  }
}

/** Writes a set that was read and says so. */
async function keep(
  dataset: DataSet,
  imports: DataSetImports,
  read: Extract<ReadDataSet, { ok: true }>,
  flags: Flags,
): Promise<void> {
  const { name } = dataset;
  for (const note of read.notes) say(note);
  const out = flags.out ?? keptFile(imports.fileOf(name));
  await replaceFile(out, read.bytes);
  const record: DataSetRecord = { ...(await describe(dataset)), count: read.count, bytes: read.bytes.length, out };
  const use = flags.out === undefined ? ` Use it with --dataset ${name}.` : "";
  const text = `${name}: ${read.count} pictures in ${out} (${megabytes(read.bytes.length)}).${use}`;
  await print(flags.json ? recordLine(record) : text);
}

/** Writes a data set that the lab makes: PNG pictures in folders, or one packed file. */
async function write(dataset: DataSet, flags: Flags): Promise<void> {
  const { name, spec } = dataset;
  const imports = await importsOf(spec);
  if (!imports?.generate) throw mistake(`${name} is part of the lab; there is nothing to bring or to write.`);
  if (flags.out === undefined)
    throw mistake("--out is missing; give a folder for PNG pictures, or a file NAME.images.");
  const side = readCount("--size", flags.size ?? "105", 8, 1024);
  const count = readCount("--images", flags.images ?? "200", 1, 20_000);
  const seed = readCount("--data-seed", flags.dataSeed ?? "1", 0, 2 ** 32 - 1);
  const made = imports.generate(name, { count, seed, side });
  if (made === null) throw mistake(`${name} cannot be written; handwriting can.`);
  let bytes = 0;
  if (flags.out.endsWith(".images")) {
    bytes = made.packed.length;
    await replaceFile(flags.out, made.packed);
  } else {
    for (const { path, pixels } of made.pictures) {
      const png = pngOf(pixels, side);
      bytes += png.length;
      await replaceFile(join(flags.out, `${path}.png`), png);
    }
  }
  const record: DataSetRecord = { ...(await describe(dataset)), count, bytes, out: flags.out };
  const text = `${name}: ${count} pictures in ${flags.out} (${megabytes(bytes)}).`;
  await print(flags.json ? recordLine(record) : text);
}

/** Black ink on white, grey with 8 bits. */
function pngOf(pixels: Uint8Array, side: number): Uint8Array {
  const png = new PNG({ width: side, height: side });
  for (const [i, bit] of pixels.entries())
    png.data.fill(bit === 1 ? 0 : 255, 4 * i, 4 * i + 3).fill(255, 4 * i + 3, 4 * i + 4);
  return PNG.sync.write(png, { colorType: 0 });
}

/** Flags that only bring a set of others, and those that only write one of the lab's own. */
const BRINGING = ["from", "download", "part", "threshold"] as const;
const WRITING = ["size", "images", "dataSeed"] as const;

/** Refuses flags that would do nothing. */
function refuseIdle(flags: Flags, idle: readonly (keyof Flags)[], why: string): void {
  const extra = idle.find((flag) => flags[flag] !== undefined);
  if (extra === undefined) return;
  const written = extra.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw mistake(`--${written} is given, but ${why}; leave it out.`);
}

async function datasets(name: string | undefined, flags: Flags): Promise<void> {
  if (name === undefined) {
    refuseIdle(flags, [...BRINGING, ...WRITING, "out"], "NAME is missing");
    return listAll(flags);
  }
  const dataset = findDataSet(name);
  if (!dataset.isImported) {
    refuseIdle(flags, BRINGING, `${name} is made by the lab`);
    return write(dataset, flags);
  }
  refuseIdle(flags, WRITING, `${name} is of others`);
  const imports = await importsOf(dataset.spec);
  const source = imports?.sources.find((each) => each.name === name);
  if (!imports || !source) throw mistake(`${name} cannot be imported.`);
  return bring(dataset, imports, source, flags);
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

/** The `datasets` command. */
export function datasetsCommand(): Command {
  return new Command("datasets")
    .description("Data sets: lists them, brings those of others (from files or their owners), writes the lab's own.")
    .argument("[name]", "omniglot, mnist, kmnist, quickdraw; or handwriting, to be written with --out")
    .argument("[more...]", "further files of --from, as a shell makes of *.npy")
    .option("--from <file or address>", "files of the data set as their owner publishes them; may be repeated", collect)
    .option("--download", "fetch the files from their owner; started again, it goes on where it stopped")
    .option("--part <id>", "what to download: small (5 alphabets of omniglot), all")
    .option("--threshold <share>", "share of ink from which a pixel is ink; 0.2 for omniglot, 0.5 for the others")
    .option("--out <path>", "where to write instead of where runs look; a folder or NAME.images for handwriting")
    .option("--size <pixels>", "handwriting: side of the pictures; default 105")
    .option("--images <n>", "handwriting: how many; default 200")
    .option("--data-seed <n>", "handwriting: the seed that makes it; default 1")
    .option("--json", "one JSON record a data set")
    .action((name: string | undefined, more: readonly string[], flags: Flags) =>
      datasets(name, more.length === 0 ? flags : { ...flags, from: [...(flags.from ?? []), ...more] }),
    );
}

// The one place that touches undocumented API of tfjs' webgpu backend: own WGSL programs, arrays that stay on the GPU,
// raw read-backs, device loss and a fresh backend after it. tfjs is imported here and only when a device is opened.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { reportDeviceLost } from "../backend";
import { LabError } from "../errors";

/** Numbers on the GPU. Owned by whoever made it: free it, or it stays. */
export type GpuArray = TensorInfo & { readonly length: number };

/** A WGSL program. `key` names everything that is baked into `code`; every input and a uniform must be used in it. */
export type GpuProgram = {
  readonly key: string;
  /** Storage buffers in order; `result` is the output, and may be read too. */
  readonly inputs: readonly string[];
  /** WGSL of the extra uniforms, "batch: i32, rate: f32,", or "". */
  readonly uniforms: string;
  /** Has `fn main(index: i32)`; with `groups`, `fn main()` that sees `workgroupId` and `localId`. */
  readonly code: string;
  /** One workgroup per result instead of one invocation. */
  readonly isGrouped?: boolean;
  /** Invocations of each workgroup: WORKGROUP unless given, 256 at most. */
  readonly invocations?: number;
  /** `result` holds i32 words instead of f32: bits survive, which floats do not promise. */
  readonly isInteger?: boolean;
};

export type GpuNumber = { readonly type: "int32" | "float32"; readonly data: number[] };

/** Invocations of a workgroup in programs that do not name another number. */
export const WORKGROUP = 64;

/** A grouped program's number is workgroupId.y * GROUP_ROW + workgroupId.x; 65535 is the least limit of any device. */
export const GROUP_ROW = 32768;

/** An open device. All sessions of a worker share one; after a loss, openWebgpu gives a fresh one. */
export interface WebgpuSession {
  /** Null while the device is well. */
  readonly loss: LabError | null;
  upload(values: Float32Array | Int32Array): GpuArray;
  /** An array of f32 for programs to write; what stands in it before is anything. */
  allocate(count: number): GpuArray;
  /**
   * Runs a program over `count` results.
   *
   * @param target written in place if given (it must not be among the inputs); else a new array of `count` numbers
   */
  run(
    program: GpuProgram,
    inputs: readonly GpuArray[],
    numbers: readonly GpuNumber[],
    count: number,
    target?: GpuArray,
  ): GpuArray;
  /** @throws LabError("device-lost") if the device goes away first. */
  read(array: GpuArray): Promise<Float32Array>;
  /** The same words as unsigned integers. */
  readWords(array: GpuArray): Promise<Uint32Array>;
  free(array: GpuArray): void;
  /** Arrays that nobody has freed: for leak tests. */
  countArrays(): number;
}

/** Reads an array, once, and frees it. @throws LabError("device-lost") if the device goes away first. */
export async function readOnce(session: WebgpuSession, array: GpuArray): Promise<Float32Array> {
  try {
    return await session.read(array);
  } finally {
    session.free(array);
  }
}

/** Time that a busy machine is given to say that the device behind a failed read is lost, ms. */
const ANNOUNCEMENT_MS = 2000;

/**
 * The shape that tfjs is told of every input. Its pipelines differ with where inputs have the result's length or one of 1,
 * which no program here looks at: a step whose lengths happen to meet would compile again.
 */
const ANY_LENGTH = [-1];

let current: Promise<OpenSession> | null = null;

/**
 * The worker's device, opened on first use, and anew after a loss.
 *
 * @throws LabError("backend") if there is no adapter.
 */
export async function openWebgpu(): Promise<WebgpuSession> {
  current ??= openSession();
  const opening = current;
  // Callers that arrive while a device opens share it; the first to find it failed or lost clears the way.
  const clear = () => {
    if (current === opening) current = null;
  };
  const session = await opening.catch((error: unknown) => {
    clear();
    throw error;
  });
  if (session.loss === null) return session;
  clear();
  return openWebgpu();
}

/** Destroys the device, as a driver crash would. For tests of what happens then. */
export async function loseDevice(): Promise<void> {
  const open = await current;
  if (open === null) return;
  open.backend.device.destroy();
  await open.lost;
}

type Backend = import("@tensorflow/tfjs-backend-webgpu/dist/base").WebGPUBackend;

async function openSession(): Promise<OpenSession> {
  const [tf, { WebGPUBackend }] = await Promise.all([
    import("@tensorflow/tfjs-core"),
    import("@tensorflow/tfjs-backend-webgpu/dist/base"),
  ]);
  // tfjs registers a factory of its own that fails on a null adapter, and keeps a lost backend: replace it every time.
  if (tf.engine().registryFactory["webgpu"] !== undefined) tf.removeBackend("webgpu");
  const adapter = (await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" })) ?? null;
  if (adapter === null) {
    const help = "Choose auto, wasm or cpu as the backend.";
    throw new LabError("backend", { message: "webgpu has no adapter on this machine", help });
  }
  const device = await adapter.requestDevice({ requiredLimits: limitsOf(adapter) });
  const backend = new WebGPUBackend(device, adapter.info);
  tf.registerBackend("webgpu", () => backend, 3);
  if (!(await tf.setBackend("webgpu"))) {
    const help = "Choose auto, wasm or cpu as the backend.";
    throw new LabError("backend", { message: "tfjs cannot start its webgpu backend", help });
  }
  // Fewer, larger submissions: issue cost falls from about 48 to 33 microseconds a program.
  tf.env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", 64);
  return new OpenSession(backend);
}

/** The adapter's own limits where the defaults are small (as tfjs does). */
function limitsOf(adapter: GPUAdapter): Record<string, number> {
  const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension } = adapter.limits;
  return { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension };
}

class OpenSession implements WebgpuSession {
  readonly backend: Backend;
  readonly lost: Promise<LabError>;
  loss: LabError | null = null;
  private fault: LabError | null = null;

  constructor(backend: Backend) {
    this.backend = backend;
    // A program that does not compile, or an allocation that fails, is only announced: without this, reads give zeros.
    backend.device.addEventListener("uncapturederror", (event) => {
      this.fault ??= faultError((event as GPUUncapturedErrorEvent).error); // the listener's type is a plain Event
    });
    this.lost = backend.device.lost.then((info) => {
      this.loss = lossError(info);
      reportDeviceLost(this.loss);
      return this.loss;
    });
  }

  upload(values: Float32Array | Int32Array): GpuArray {
    this.requireDevice();
    // The copy leaves now: tfjs keeps a reference until a program runs, and the caller may reuse its array.
    const kind = values instanceof Int32Array ? "int32" : "float32";
    const info = this.backend.makeTensorInfo([values.length], kind, values.slice());
    return { ...info, length: values.length };
  }

  allocate(count: number): GpuArray {
    this.requireDevice();
    return { ...this.backend.makeTensorInfo([count], "float32"), length: count };
  }

  run(
    program: GpuProgram,
    inputs: readonly GpuArray[],
    numbers: readonly GpuNumber[],
    count: number,
    target?: GpuArray,
  ): GpuArray {
    this.requireDevice();
    const { key, code, isGrouped = false, isInteger = false, invocations = WORKGROUP } = program;
    const groups = Math.ceil(count / invocations);
    const info = this.backend.runWebGPUProgram(
      {
        // tfjs rewrites shaderKey and dispatch of the object it is given, so every run gets a new one.
        shaderKey: `lab_${key}`,
        variableNames: [...program.inputs],
        uniforms: program.uniforms,
        size: true,
        outputShape: [count],
        workgroupSize: [invocations, 1, 1],
        dispatchLayout: isGrouped ? { x: [], y: [0], z: [] } : { x: [0] },
        dispatch: isGrouped ? [Math.min(count, GROUP_ROW), Math.ceil(count / GROUP_ROW), 1] : [groups, 1, 1],
        getUserCode: () => code,
      },
      inputs.map((input) => ({ ...input, shape: ANY_LENGTH })),
      isInteger ? "int32" : "float32",
      numbers.map((number) => ({ ...number })),
      target,
    );
    return target ?? { ...info, length: count };
  }

  async read(array: GpuArray): Promise<Float32Array> {
    return new Float32Array(await this.readBytes(array), 0, array.length);
  }

  async readWords(array: GpuArray): Promise<Uint32Array> {
    return new Uint32Array(await this.readBytes(array), 0, array.length);
  }

  free(array: GpuArray): void {
    if (this.loss === null) this.backend.disposeData(array.dataId);
  }

  countArrays(): number {
    return this.backend.numDataIds();
  }

  /** Raw, because tfjs caches what was read and would hide later writes in place. */
  private async readBytes(array: GpuArray): Promise<ArrayBuffer> {
    this.requireDevice();
    // NOTE: an array is on the GPU once a program has written or read it; nothing else is ever read back.
    const { resource } = this.backend.tensorMap.get(array.dataId);
    // The cast: tfjs keeps textures there too, but makes none for arrays of numbers.
    const reading = this.backend.getBufferData(resource as GPUBuffer);
    const failed = Symbol("failed");
    const outcome = await Promise.race([reading.catch(() => failed), this.lost]);
    if (outcome instanceof LabError) throw outcome;
    if (this.fault === null && outcome instanceof ArrayBuffer) return outcome;
    // Reads fail, and commands are refused, before the loss behind them is announced: the loss is what happened.
    const loss = await this.lossSoon();
    if (loss !== null) throw loss;
    if (this.fault !== null) throw this.fault;
    return reading;
  }

  /** The loss if it is announced within ANNOUNCEMENT_MS, else null. */
  private lossSoon(): Promise<LabError | null> {
    const late = new Promise<null>((resolve) => setTimeout(resolve, ANNOUNCEMENT_MS, null));
    return Promise.race([this.lost, late]);
  }

  private requireDevice(): void {
    if (this.loss !== null) throw this.loss;
  }
}

function faultError(error: GPUError): LabError {
  const message = `the graphics device refused a command: ${error.message}`;
  return new LabError("backend", { message, help: "Choose wasm as the backend." });
}

function lossError(info: GPUDeviceLostInfo): LabError {
  const message = `graphics device lost: ${info.reason}${info.message === "" ? "" : `, ${info.message}`}`;
  const help = "Continue from the last good state on another backend, or try the graphics device again.";
  return new LabError("device-lost", { message, help }, { reason: info.reason });
}

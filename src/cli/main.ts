// The command line: `npm run -s lab -- COMMAND`. Builds the commands, runs one, and turns what it throws into one
// sentence on stderr and an exit code (0 good, 1 the run failed, 2 a mistake in arguments or input, 130 interrupted).

import { setFlagsFromString } from "node:v8";
import { Command, CommanderError } from "commander";
import { asLabError } from "../engine/errors";
import { benchCommand } from "./commands/bench";
import { datasetsCommand } from "./commands/datasets";
import { evaluateCommand } from "./commands/evaluate";
import { exportCommand } from "./commands/export";
import { inferCommand } from "./commands/infer";
import { listCommand } from "./commands/list";
import { sampleCommand } from "./commands/sample";
import { sweepCommand } from "./commands/sweep";
import { trainCommand } from "./commands/train";
import { EXIT, exitCodeOf, sentenceOf } from "./failures";
import { normaliseFlags } from "./flags";
import { say } from "./output";

const COMMANDS = [
  listCommand,
  trainCommand,
  inferCommand,
  evaluateCommand,
  sampleCommand,
  exportCommand,
  benchCommand,
  sweepCommand,
  datasetsCommand,
];

function createProgram(): Command {
  const program = new Command("lab")
    .description("Machines that learn programs, in a terminal. Every command takes --json for one JSON record a line.")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showHelpAfterError(false);
  for (const create of COMMANDS) {
    const command = create();
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    program.addCommand(command);
  }
  return program;
}

/** Commander's complaint as one sentence: "error: unknown option '--foo'" becomes "Unknown option --foo." */
function commanderSentence(error: CommanderError, program: Command): string {
  const names = program.commands.map((command) => command.name()).join(", ");
  if (error.code === "commander.help") return `COMMAND is missing; allowed: ${names}.`;
  const plain = error.message
    .replace(/^error: /, "")
    .replace(/'/g, "")
    .replace(/\s*\n\s*/g, " ")
    .trim();
  const sentence = `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
  if (error.code === "commander.unknownCommand") return `${sentence.replace(/ \(Did.*/, "")}; allowed: ${names}.`;
  return /[.?)]$/.test(sentence) ? sentence : `${sentence}.`;
}

function report(thrown: unknown, program: Command): number {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return EXIT.good;
    say(commanderSentence(thrown, program));
    return EXIT.mistake;
  }
  const error = asLabError(thrown);
  say(sentenceOf(error));
  if (process.env.LAB_DEBUG) say(error.cause instanceof Error ? String(error.cause.stack) : String(error.stack));
  return exitCodeOf(error);
}

/**
 * Runs one command; what it throws becomes a sentence on stderr.
 * @param argv the words after "lab"
 * @returns the exit code
 */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const program = createProgram();
  process.exitCode = EXIT.good;
  try {
    await program.parseAsync(normaliseFlags(argv), { from: "user" });
    return Number(process.exitCode);
  } catch (error) {
    return report(error, program);
  }
}

/** Runs one command and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<never> {
  // Node 20 compiles relaxed SIMD only when told so before the first module; later versions know it without.
  if (Number(process.versions.node.split(".")[0]) < 22) setFlagsFromString("--experimental-wasm-relaxed-simd");
  // A reader that closes the pipe (head, less) has seen enough: that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  process.exit(await runCommand(argv));
}

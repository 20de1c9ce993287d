import { Command } from "commander";
export function inferCommand(): Command {
  return new Command("infer");
}

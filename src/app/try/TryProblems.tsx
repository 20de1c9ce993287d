// What was wrong with the last input, each in one sentence, and the good rest on request.

import type { DomainSpec } from "../../engine/domain";
import { Button } from "../ui/Button";
import { useTry } from "./tryStore";
import { takeNew } from "./useTryInputs";

export type TryProblemsProps = {
  readonly spec: DomainSpec;
  /** Why the present input cannot be sent, or null. */
  readonly message: string | null;
};

export function TryProblems({ spec, message }: TryProblemsProps) {
  const { problems, rest, error } = useTry(spec.id);
  const said = [...problems, ...(error ? [`${capital(error.message)} ${error.help}`] : [])];
  if (said.length === 0 && message === null) return null;
  return (
    <div className="try-problems">
      {said.length > 0 ? (
        <div role="alert">
          {said.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : null}
      {message === null ? null : <p role="status">{message}</p>}
      {rest ? <Button onClick={() => takeNew(spec, rest.items)}>Use {rest.name}</Button> : null}
    </div>
  );
}

function capital(text: string): string {
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.?]$/.test(sentence) ? sentence : `${sentence}.`;
}

// Keys of a lesson: arrows go through its steps, Space does what the step waits for.

import { useEffect } from "react";
import { isTypingOrOperating, isUnderDialog } from "../commands/keyTargets";
import type { Lesson } from "./lessonSchema";
import { pressMain } from "./pressMain";
import { goTo } from "./StepArticle";

/** Installs the keys while the lesson is on screen; presenter mode has its own. */
export function useLessonKeys(lesson: Lesson, at: number): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isUnderDialog()) return;
      if (document.documentElement.dataset["presenter"] === "on" || isTypingOrOperating(event)) return;
      if (event.key === "ArrowRight" && at < lesson.steps.length) goTo(lesson.id, at + 1);
      else if (event.key === "ArrowLeft" && at > 1) goTo(lesson.id, at - 1);
      else if (event.key !== " " || !pressMain()) return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [lesson, at]);
}

// In presenter mode Next and Back walk through the steps of the lesson; a question is revealed before the next step.

import { useEffect } from "react";
import { usePresenter } from "../present/presenterStore";
import type { Lesson } from "./lessonSchema";
import { goTo } from "./StepArticle";

/** The lesson's steps as the presenter's deck while the lesson is on screen. */
export function useLessonDeck(lesson: Lesson, at: number): void {
  useEffect(() => {
    const count = lesson.steps.length;
    const jump = (index: number) => {
      if (index >= 0 && index < count) goTo(lesson.id, index + 1);
    };
    const next = () => {
      const reveal = document.querySelector<HTMLButtonElement>("[data-reveal]:not([aria-disabled])");
      if (reveal) reveal.click();
      else jump(at);
    };
    usePresenter.setState({ deck: { count, index: at - 1, next, back: () => jump(at - 2), jump } });
  }, [lesson, at]);
  useEffect(() => () => usePresenter.setState({ deck: null }), []);
}

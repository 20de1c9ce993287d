// Above the text: which lesson, its numbered steps, about how long it still takes.

import { PresentButton } from "../present/PresentButton";
import { toggleNotes, useLearn } from "./learnStore";
import type { Lesson } from "./lessonSchema";

/** `at` is the 1-based step on show. */
export function LessonBar({ lesson, at }: { readonly lesson: Lesson; readonly at: number }) {
  const notes = useLearn((learn) => learn.notes);
  const minutes = Math.max(1, Math.round(lesson.steps.slice(at - 1).reduce((sum, step) => sum + step.minutes, 0)));
  return (
    <div className="lesson-bar">
      <a className="lesson-name" href="#/learn" title={lesson.title}>
        Lesson {lesson.id}
      </a>
      <nav aria-label="Steps of the lesson">
        <ol className="lesson-steps">
          {lesson.steps.map((step, index) => (
            <li key={step.title}>
              <a
                href={`#/learn/${lesson.id}/${index + 1}`}
                aria-label={`Step ${index + 1}: ${step.title}`}
                title={step.title}
                aria-current={index + 1 === at ? "step" : undefined}
                data-done={index + 1 < at ? "" : undefined}
              >
                {index + 1}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <span className="lesson-left">
        about {minutes} {minutes === 1 ? "minute" : "minutes"} left
      </span>
      <button
        type="button"
        className="text-button"
        aria-pressed={notes}
        data-help="teacher-notes"
        onClick={() => toggleNotes()}
      >
        Teacher notes
      </button>
      <button type="button" className="text-button lesson-print" data-help="handout" onClick={() => window.print()}>
        Handout
      </button>
      <PresentButton />
    </div>
  );
}

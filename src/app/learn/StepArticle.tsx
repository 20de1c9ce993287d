// The text of a step: title, paragraphs, something to do, a question before the reveal, and the way on.

import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { LessonText } from "./LessonText";
import { useLearn } from "./learnStore";
import type { Lesson, LessonStep, LessonTask } from "./lessonSchema";
import { Predict } from "./Predict";

export type StepArticleProps = { readonly lesson: Lesson; readonly at: number; readonly step: LessonStep };

/** The reading column. Previous and Next stand at the same place in every step. */
export function StepArticle({ lesson, at, step }: StepArticleProps) {
  const notes = useLearn((learn) => learn.notes);
  return (
    <article className="lesson-article" aria-labelledby="lesson-title">
      <h1 id="lesson-title">{step.title}</h1>
      <p className="lesson-sentence">{step.sentence}</p>
      <div className="lesson-text">
        {step.text.map((paragraph) => (
          <p key={paragraph} className={/^\{\w+\}$/.test(paragraph) ? "lesson-formula" : undefined}>
            <LessonText text={paragraph} />
          </p>
        ))}
        {step.links?.map((link) => (
          <p key={link.href} className="lesson-way">
            <a href={link.href}>{link.text}</a>
          </p>
        ))}
        {step.task ? <TaskLine task={step.task} /> : null}
        {step.predict ? <Predict key={`${lesson.id}/${at}`} lesson={lesson.id} at={at} predict={step.predict} /> : null}
        {notes ? (
          <aside className="lesson-notes" aria-label="Teacher notes">
            <p>
              {step.notes} <small>About {step.minutes} min.</small>
            </p>
          </aside>
        ) : null}
      </div>
      <Ways lesson={lesson} at={at} isOpen={step.predict !== undefined} />
    </article>
  );
}

/** What to do, with a tick once it was done. */
function TaskLine({ task }: { readonly task: LessonTask }) {
  const isDone = useLearn((learn) => learn.isDone);
  return (
    <p className="lesson-task" data-task={isDone ? "done" : "open"}>
      <span className="lesson-tick">{isDone ? <Icon name="check" size={14} /> : null}</span>
      <span>
        <b>Do this.</b> {task.text}
        <span role="status" className="visually-hidden">
          {isDone ? "Done." : ""}
        </span>
      </span>
    </p>
  );
}

function Ways({ lesson, at, isOpen }: { readonly lesson: Lesson; readonly at: number; readonly isOpen: boolean }) {
  const isRevealed = useLearn((learn) => learn.isRevealed);
  const isDone = useLearn((learn) => learn.isDone);
  const step = lesson.steps[at - 1];
  const isLast = at === lesson.steps.length;
  const waits = (isOpen && !isRevealed) || (step?.task !== undefined && !isDone);
  return (
    <div className="lesson-ways">
      <Button
        large
        icon="back"
        aria-keyshortcuts="ArrowLeft"
        disabledReason={at === 1 ? "This is the first step." : null}
        onClick={() => goTo(lesson.id, at - 1)}
      >
        Previous
      </Button>
      <Button
        large
        kind={isOpen && !isRevealed ? "plain" : "primary"}
        aria-keyshortcuts="ArrowRight"
        onClick={() => (isLast ? goToLessons() : goTo(lesson.id, at + 1))}
      >
        {isLast ? "All lessons" : "Next"}
      </Button>
      {waits && !isLast ? (
        <button type="button" className="text-button" onClick={() => goTo(lesson.id, at + 1)}>
          Skip
        </button>
      ) : null}
    </div>
  );
}

/** Opens a step; the position is the address. */
export function goTo(lesson: string, step: number): void {
  window.location.hash = `#/learn/${lesson}/${step}`;
}

function goToLessons(): void {
  window.location.hash = "#/learn";
}

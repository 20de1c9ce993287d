// A lesson on paper: every step's text, questions and, where they are shown, the teacher's notes. No controls.

import { useLearn } from "./learnStore";
import type { Lesson, LessonStep } from "./lessonSchema";
import { plainText } from "./lessonText";

/** The whole lesson as text; on paper only. */
export function Handout({ lesson }: { readonly lesson: Lesson }) {
  const notes = useLearn((learn) => learn.notes);
  return (
    <div className="handout" aria-hidden="true">
      <p className="handout-title">
        Lesson {lesson.id}: {lesson.title}
      </p>
      {lesson.steps.map((step, index) => (
        <HandoutStep key={step.title} step={step} number={index + 1} notes={notes} />
      ))}
    </div>
  );
}

function HandoutStep({ step, number, notes }: { step: LessonStep; number: number; notes: boolean }) {
  return (
    <div className="handout-step">
      <p className="handout-head">
        {number}. {step.title}
      </p>
      {step.text.map((paragraph) => (
        <p key={paragraph}>{plainText(paragraph)}</p>
      ))}
      {step.task ? <p>Do this. {plainText(step.task.text)}</p> : null}
      {step.predict ? (
        <p>
          {step.predict.question} {step.predict.choices.map((choice) => `□ ${choice}`).join("   ")}
        </p>
      ) : null}
      {notes ? <p className="handout-note">Teacher: {step.notes}</p> : null}
    </div>
  );
}

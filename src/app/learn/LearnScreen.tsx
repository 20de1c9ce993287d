// Learn: the list of lessons.

import { PlainPage } from "../screens/PlainPage";
import { LESSONS, type LessonEntry } from "./catalogue";
import { useLearn } from "./learnStore";
import "./learn.css";

export function LearnScreen() {
  return (
    <PlainPage
      screen="learn"
      title="Learn"
      lead="Lessons of five to ten minutes: text beside a live workbench. Each asks you to predict one outcome and to explore."
    >
      <ol className="lesson-list">
        {LESSONS.map((lesson) => (
          <LessonRow key={lesson.id} lesson={lesson} />
        ))}
      </ol>
      <p className="note">
        Words are explained in the <a href="#/help">glossary</a>. Teachers: every step has notes, a lesson prints as a
        handout, and any workbench can become a link that leaves controls out.
      </p>
    </PlainPage>
  );
}

function LessonRow({ lesson }: { readonly lesson: LessonEntry }) {
  const left = useLearn((learn) => learn.places[lesson.id]);
  return (
    <li>
      <span className="lesson-list-number">{lesson.id}</span>
      <div>
        <h2>
          <a href={`#/learn/${lesson.id}`}>{lesson.title}</a>
        </h2>
        <p>{lesson.summary}</p>
        <small>{`About ${lesson.minutes} minutes.${left && left > 1 ? ` You left it at step ${left}.` : ""}`}</small>
      </div>
    </li>
  );
}

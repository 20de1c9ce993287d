// A lesson: text beside a live workbench. The step is in the address; entering one sets its scene, leaving takes it away.

import { useEffect, useRef, useState } from "react";
import { useLabEffects } from "../lab/useLabEffects";
import { NotFoundScreen } from "../screens/NotFoundScreen";
import "../styles/lab.css";
import { loadLesson } from "./catalogue";
import { Handout } from "./Handout";
import { LessonBar } from "./LessonBar";
import { keepPlace, useLearn } from "./learnStore";
import "./lesson.css";
import "./scene.css";
import "./print.css";
import type { Lesson, LessonStep } from "./lessonSchema";
import { SceneView } from "./SceneView";
import { StepArticle } from "./StepArticle";
import { enterScene, leaveScene } from "./scene";
import { useLessonDeck } from "./useLessonDeck";
import { useLessonKeys } from "./useLessonKeys";
import { useTask } from "./useTask";

export type LessonScreenProps = { readonly lesson: string; readonly step: number | null; readonly query: string };

/** `step` null or beyond the end opens the lesson where the person left it. */
export function LessonScreen({ lesson: id, step }: LessonScreenProps) {
  const [lesson, setLesson] = useState<Lesson | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    loadLesson(id)?.then(
      (loaded) => isCurrent && setLesson(loaded),
      (error: unknown) => isCurrent && setFailure(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [id]);
  const at = step !== null && lesson && step <= lesson.steps.length ? step : null;
  useEffect(() => {
    if (!lesson || at !== null) return;
    const left = useLearn.getState().places[id] ?? 1;
    window.location.replace(`#/learn/${id}/${Math.min(left, lesson.steps.length)}`);
  }, [lesson, at, id]);
  if (failure) throw failure;
  if (loadLesson(id) === null) return <NotFoundScreen />;
  const shown = at === null ? undefined : lesson?.steps[at - 1];
  if (!lesson || at === null || !shown) {
    return (
      <main id="main" tabIndex={-1} data-screen="lesson" className="lesson" aria-busy="true">
        <h1 className="visually-hidden">Opening the lesson</h1>
      </main>
    );
  }
  return <OpenLesson lesson={lesson} at={at} step={shown} />;
}

type OpenLessonProps = { readonly lesson: Lesson; readonly at: number; readonly step: LessonStep };

function OpenLesson({ lesson, at, step }: OpenLessonProps) {
  const keepsRun = useRef(false);
  useScene(lesson, at, step, keepsRun);
  useTask(step.task, step.scene);
  useLessonKeys(lesson, at);
  useLessonDeck(lesson, at);
  useLabEffects();
  return (
    <main id="main" tabIndex={-1} data-screen="lesson" data-lesson={lesson.id} data-lesson-step={at} className="lesson">
      <LessonBar lesson={lesson} at={at} />
      <div className="lesson-columns">
        <StepArticle lesson={lesson} at={at} step={step} />
        <SceneView
          scene={step.scene}
          onExplore={() => {
            keepsRun.current = true;
          }}
        />
      </div>
      <Handout lesson={lesson} />
    </main>
  );
}

function useScene(lesson: Lesson, at: number, step: LessonStep, keepsRun: { current: boolean }): void {
  useEffect(() => {
    keepPlace(lesson.id, at);
    void enterScene(step.scene);
    document.querySelector(".lesson-columns")?.scrollTo(0, 0);
  }, [lesson, at, step]);
  useEffect(() => () => leaveScene(keepsRun.current), [keepsRun]);
}

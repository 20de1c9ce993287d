// Notices that a person has done what a step asks for. The tick appears at once and stays while the step is on show.

import { useEffect } from "react";
import { useRuns } from "../stores/runStore";
import { useLearn } from "./learnStore";
import type { LessonScene, LessonTask } from "./lessonSchema";

/** Watches from the moment the scene stands. */
export function useTask(task: LessonTask | undefined, scene: LessonScene): void {
  const isReady = useLearn((learn) => learn.scene === "ready");
  useEffect(() => {
    if (!task || !isReady) return;
    const done = () => useLearn.setState({ isDone: true });
    const { when } = task;
    if (when.kind === "pressed") return onPressed(when.figure, done);
    if (when.kind === "explained") return onExplained(when.figure, when.atMost, done);
    const start = useRuns.getState();
    return useRuns.subscribe((state) => {
      if (holds(when, state, start, scene)) done();
    });
  }, [task, scene, isReady]);
}

type RunsState = ReturnType<typeof useRuns.getState>;
type StateTask = Exclude<LessonTask["when"], { readonly kind: "pressed" | "explained" }>;

function holds(when: StateTask, now: RunsState, start: RunsState, scene: LessonScene): boolean {
  const run = now.runs.find((candidate) => candidate.runId === now.viewed);
  switch (when.kind) {
    case "played":
      return now.playing;
    case "steps":
      return (run?.step ?? 0) >= scene.at + when.by;
    case "selected":
      return now.selected !== start.selected;
    case "program":
      return now.selectedProgram !== null && now.selectedProgram !== start.selectedProgram;
    case "stage":
      return run?.stage === when.name;
    case "phase":
      return run?.phase === when.name;
  }
}

function onPressed(figure: string, done: () => void): () => void {
  const listen = (event: Event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("button") && target.closest(`[data-picture="${figure}"]`)) done();
  };
  document.addEventListener("click", listen);
  return () => document.removeEventListener("click", listen);
}

/** The figure says in its sentence how many cells disagree. */
function onExplained(figure: string, atMost: number, done: () => void): () => void {
  const check = () => {
    const text = document.querySelector(`[data-picture="${figure}"] .wsl-figure-sentence`)?.textContent ?? "";
    const found = /: ([\d\s\u2009]+) of [\d\s\u2009]+ cells disagree/.exec(text)?.[1];
    if (found !== undefined && Number(found.replace(/\s/g, "")) <= atMost) done();
  };
  const observer = new MutationObserver(check);
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  return () => observer.disconnect();
}

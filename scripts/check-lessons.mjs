// Checks the lessons' content against everything it names; part of `npm run check`.
// Prints one line a problem and ends with code 1 if there is any.

import { tsImport } from "tsx/esm/api";

const from = (path) => tsImport(path, import.meta.url);
const { LESSONS, loadLesson } = await from("../src/app/learn/catalogue.ts");
const { lessonProblems } = await from("../src/app/learn/checkLesson.ts");
const { lessonTargets } = await from("../src/app/learn/lessonTargets.ts");

const targets = lessonTargets();
const problems = [];
let count = 0;
for (const entry of LESSONS) {
  const loading = loadLesson(entry.id);
  if (loading === null) {
    problems.push(`lesson ${entry.id}: the catalogue names it, but it has no text`);
    continue;
  }
  count += 1;
  const lesson = await loading;
  if (lesson.title !== entry.title) problems.push(`lesson ${entry.id}: the catalogue calls it "${entry.title}"`);
  problems.push(...lessonProblems(lesson, targets));
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
} else {
  console.log(`The references of ${count} lessons are right.`);
}

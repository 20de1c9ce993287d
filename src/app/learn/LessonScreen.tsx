// A lesson: text beside a live workbench.

import { NotFoundScreen } from "../screens/NotFoundScreen";

export type LessonScreenProps = { readonly lesson: string; readonly step: number | null; readonly query: string };

export function LessonScreen(_props: LessonScreenProps) {
  return <NotFoundScreen />;
}

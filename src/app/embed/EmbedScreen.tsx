// One picture with a play button, for frames on other pages.

import { NotFoundScreen } from "../screens/NotFoundScreen";

export type EmbedScreenProps = { readonly view: string; readonly query: string };

export function EmbedScreen(_props: EmbedScreenProps) {
  return <NotFoundScreen />;
}

// An address that leads nowhere: says so and offers the four doors.

import { Doors } from "./Doors";
import { PlainPage } from "./PlainPage";

export function NotFoundScreen() {
  return (
    <PlainPage
      screen="help"
      title="There is no page here"
      lead="The address may be mistyped, or it belongs to another version. These four pages exist:"
    >
      <Doors />
    </PlainPage>
  );
}

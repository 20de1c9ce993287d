// "A new version is ready": a quiet line in the header with the button that takes it. Nothing happens by itself.

import { reloadToUpdate, useOffline } from "./offline";
import "./offline.css";

const WORDS = { none: "", waiting: "A new version is ready.", taken: "Another tab has taken a new version." } as const;

/** Empty until there is something to say. */
export function UpdateNotice() {
  const update = useOffline((offline) => offline.update);
  return (
    <div className="update-notice" role="status">
      {update === "none" ? null : (
        <>
          <span>{WORDS[update]}</span>
          <button type="button" onClick={reloadToUpdate}>
            Reload
          </button>
        </>
      )}
    </div>
  );
}

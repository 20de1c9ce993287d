// What a teacher's link says to the class, above the workbench, and the way back to every control.

import { HIDEABLE } from "../../router/labLink";
import { useLayout } from "../../stores/layoutStore";
import "./teacher.css";

/** Nothing without a teacher's link. "Show all" is left out where the page is embedded. */
export function TeacherStrip({ embedded = false }: { readonly embedded?: boolean }) {
  const hidden = useLayout((layout) => layout.hidden);
  const note = useLayout((layout) => layout.note);
  if (hidden.length === 0 && !note) return null;
  const names = hidden.map((part) => HIDEABLE[part]).join(", ");
  return (
    <aside className="teacher-strip" aria-label="From the teacher">
      {note ? <p className="teacher-note">{note}</p> : <p className="teacher-hidden">Prepared view.</p>}
      {hidden.length > 0 && !embedded ? (
        <button
          type="button"
          className="text-button"
          data-help="teacher-link"
          title={`Left out by this link: ${names}`}
          onClick={() => useLayout.setState({ hidden: [] })}
        >
          Show all
        </button>
      ) : null}
    </aside>
  );
}

// The four doors: Watch, Learn, Try your own, Compare. On Home and wherever a way on is needed.

const DOORS = [
  {
    href: "#/lab/automata",
    title: "Watch",
    text: "Train on cellular automata or clusters. Pause anywhere, step by phase.",
  },
  { href: "#/learn", title: "Learn", text: "What wake, replay and fantasy are, with the workbench beside you." },
  { href: "#/try", title: "Try your own", text: "Drop a picture that may be an automaton. Get ranked rules back." },
  { href: "#/compare", title: "Compare", text: "Run several algorithms on the same data, on shared axes." },
] as const;

/** Links to the four screens, as a navigation of its own. */
export function Doors() {
  return (
    <nav className="doors" aria-label="Four doors">
      {DOORS.map((door) => (
        <a key={door.href} href={door.href}>
          <b>{door.title}</b>
          <span>{door.text}</span>
        </a>
      ))}
    </nav>
  );
}

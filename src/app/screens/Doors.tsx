// The four doors: Watch, Learn, Try your own, Compare. On Home and wherever a way on is needed.

import { catalogue } from "../../domains/catalogue";

const names = new Intl.ListFormat("en", { type: "disjunction" }).format(
  catalogue.map((domain) => domain.title.toLowerCase()),
);

const DOORS = [
  { href: "#/lab/automata", title: "Watch", text: `Train on ${names}. Pause anywhere, step by phase.` },
  { href: "#/learn", title: "Learn", text: "Short lessons with the workbench beside you. Predict first, then see." },
  {
    href: "#/try",
    title: "Try your own",
    text: "Draw or drop a picture, paste numbers or strings. Get ranked programs back.",
  },
  {
    href: "#/compare",
    title: "Compare",
    text: "Race algorithms on the same data, with exact answers as the reference.",
  },
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

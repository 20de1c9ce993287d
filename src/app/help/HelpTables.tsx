// The help page's lists: what each control does, and what each colour means.

import { COLOURS } from "./colours";
import { CONTROLS } from "./controls";
import "./help.css";

export function ControlTable() {
  return (
    <dl className="glossary control-list">
      {CONTROLS.map((entry) => (
        <div key={entry.id} id={`control-${entry.id}`}>
          <dt>{entry.title}</dt>
          <dd>{entry.text}</dd>
        </div>
      ))}
    </dl>
  );
}

export function ColourTable() {
  return (
    <dl className="colour-list">
      {COLOURS.map((entry) => (
        <div key={entry.token} data-colour-key={entry.token}>
          <dt>
            <i style={{ background: `var(${entry.token})` }} />
            {entry.name}
          </dt>
          <dd>{entry.text}</dd>
        </div>
      ))}
    </dl>
  );
}

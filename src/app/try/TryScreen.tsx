// Try your own: what can be brought today, and where.

import { PlainPage } from "../screens/PlainPage";

export function TryScreen(_props: { readonly domain: string | null; readonly query: string }) {
  return (
    <PlainPage
      screen="try"
      title="Try your own"
      lead="Bring a picture that may have grown by a rule, and get ranked rules back."
    >
      <ol className="steps">
        <li>
          <h2>Automata: your picture</h2>
          <p>
            Open the <a href="#/lab/automata">Automata workbench</a> and drop a PNG or JPEG anywhere on it, or press
            “Open your picture”. You see first what the model will see: size, threshold, direction of time. The picture
            joins the training data, and its rules appear in the memory table with their weights.
          </p>
        </li>
      </ol>
      <p>
        <a href="#/help/privacy">Runs on your device. Nothing is uploaded.</a>
      </p>
      <p className="note">Pasting and drawing, and a page that infers without training, will be here.</p>
    </PlainPage>
  );
}

// The page's entry: settings, styles, and the app into #root.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { keepOffline } from "./offline/offline";
import { applySettings } from "./stores/settingsStore";
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/shell.css";
import "./styles/page.css";
import "./styles/home.css";
import "./parts/parts.css";
import "./styles/targets.css";

applySettings();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
keepOffline();

// The transport: Reset, Play or Pause, Step, Phase step, Slow motion, Stop; where the run stands; Copy link.

import { countText } from "../../views/numberText";
import { PresentButton } from "../present/PresentButton";
import { playRefusal } from "../runs/runStatus";
import { openDialog } from "../stores/layoutStore";
import { useNotice } from "../stores/noticeStore";
import { useRuns, useViewed } from "../stores/runStore";
import { Button, IconButton } from "../ui/Button";
import { Dropdown } from "../ui/Choose";
import { Menu, MenuItem } from "../ui/Menu";
import { copyLink } from "./copyLink";
import { PhaseTrack } from "./PhaseTrack";
import { chooseSpeed, SPEEDS } from "./slowMotion";
import { useStepping } from "./stepping/steppingStore";
import { pause, play, reset, step, stop, toggleSlow } from "./workbench";

/** One bar above the columns; below 700 px it is fixed at the bottom. */
export function Transport() {
  const playing = useRuns((runs) => runs.playing);
  const slow = useRuns((runs) => runs.slow);
  const refusal = useRuns((runs) => playRefusal(runs.runs));
  const stopRefusal = useRuns((runs) =>
    runs.runs.some((run) => run.status === "running" || run.status === "paused") ? null : "Nothing is running.",
  );
  return (
    <section className="transport" data-part="transport" aria-label="Transport">
      <Button kind="quiet" icon="reset" aria-keyshortcuts="R" onClick={() => void reset()}>
        <span className="word">Reset</span>
      </Button>
      <Button
        kind="primary"
        className="play"
        icon={playing ? "pause" : "play"}
        aria-keyshortcuts="Space"
        disabledReason={playing ? null : refusal}
        onClick={() => void (playing ? pause() : play())}
      >
        {playing ? "Pause" : "Play"}
      </Button>
      {/* In slow motion a phone's bar has room for the speed instead; the menu has the step. */}
      <Button
        icon="step"
        {...(slow ? { className: "wide" } : {})}
        aria-keyshortcuts="N"
        disabledReason={refusal}
        onClick={() => void step("step")}
      >
        Step
      </Button>
      <Button
        icon="phase"
        className="wide"
        aria-keyshortcuts="Shift+N"
        disabledReason={refusal}
        onClick={() => void step("phase")}
      >
        <span className="word">Phase step</span>
      </Button>
      <Button icon="slow" aria-keyshortcuts="M" aria-pressed={slow} onClick={() => void toggleSlow()}>
        <span className="word">Slow motion</span>
      </Button>
      {slow ? <Speed /> : null}
      <Button kind="quiet" className="wide" icon="stop" disabledReason={stopRefusal} onClick={() => void stop()}>
        <span className="word">Stop</span>
      </Button>
      <NarrowMenu refusal={refusal} />
      <Phases />
      <NoticeLine />
      <Standing />
      <Button kind="quiet" className="wide spare" icon="link" title="Copy link" onClick={() => void copyLink()}>
        <span className="word">Copy link</span>
      </Button>
      <PresentButton />
      <IconButton icon="options" label="Options" className="options-button" onClick={() => openDialog("options")} />
    </section>
  );
}

function Speed() {
  const speed = useRuns((runs) => runs.speed);
  const mode = useStepping((stepping) => stepping.mode);
  const choices = SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }));
  return (
    <Dropdown
      label="Speed of slow motion"
      value={mode === "space" ? "space" : String(speed)}
      choices={[...choices, { value: "space", label: "on Space" }]}
      onChange={chooseSpeed}
    />
  );
}

function NarrowMenu({ refusal }: { readonly refusal: string | null }) {
  return (
    <Menu trigger={<IconButton icon="more" label="More commands" className="narrow" />}>
      <MenuItem disabled={refusal !== null} onSelect={() => void step("step")}>
        Step
      </MenuItem>
      <MenuItem disabled={refusal !== null} onSelect={() => void step("phase")}>
        Phase step
      </MenuItem>
      <MenuItem onSelect={() => void stop()}>Stop</MenuItem>
      <MenuItem onSelect={() => void copyLink()}>Copy link</MenuItem>
      <MenuItem onSelect={() => openDialog("options")}>Options</MenuItem>
    </Menu>
  );
}

/** The polite line: stays until the next. */
function NoticeLine() {
  const sentence = useNotice((notice) => notice.sentence);
  return (
    <p className="notice-line" role="status" title={sentence}>
      {sentence}
    </p>
  );
}

function Phases() {
  const phase = useRuns((state) => state.runs.find((run) => run.runId === state.viewed)?.phase ?? "none");
  return <PhaseTrack phase={phase} />;
}

function Standing() {
  const run = useViewed();
  if (!run) return <p className="standing" />;
  const isFailed = run.status === "failed";
  const limit = countText(Number(run.options["iterations"]));
  // Room for the largest step, so that nothing moves while it grows.
  const room = `calc(2.4em + ${String(run.options["iterations"]).length + 0.6}ch)`;
  return (
    <p className="standing number">
      {isFailed ? <span className="wide">stopped at </span> : null}
      <span className="standing-step" style={{ minWidth: room }}>
        step <b>{countText(run.step)}</b>
      </span>
      <span className="wide">
        {isFailed ? "" : ` of ${limit}`}
        <span className="epoch">epoch {countText(run.epoch)}</span>
      </span>
    </p>
  );
}

// Home: what the lab is in three sentences beside a recorded run that moves, the promises, the doors and the domains.

import { Doors } from "../screens/Doors";
import { Icon } from "../ui/Icon";
import { DomainRow } from "./DomainRow";
import { RecordedDemo } from "./RecordedDemo";
import "./home.css";

/** The first screen. It fetches no engine code. */
export function HomeScreen() {
  return (
    <main id="main" tabIndex={-1} data-screen="home" className="home">
      <section className="hero">
        <div>
          <h1>Watch a machine find the program behind the picture.</h1>
          <p className="hero-text">
            It guesses short programs, remembers the best for each observation, and learns from what it remembers.
            Asleep, it replays that memory and dreams up new data. You see every program, its weight, and why it stayed.
          </p>
          <div className="button-row">
            <a className="button primary large" href="#/lab/automata?v=1&play=1">
              <Icon name="play" />
              Watch it learn
            </a>
            <a className="button large" href="#/learn">
              Start with a lesson
            </a>
          </div>
          <p className="promise">
            <a href="#/help/privacy">Runs on your device. Nothing is uploaded.</a> You can’t break it.
          </p>
        </div>
        <RecordedDemo />
      </section>
      <Doors />
      <DomainRow />
    </main>
  );
}

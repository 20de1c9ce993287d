// Home: what the lab is in three sentences, the promise, and the doors.

import { domains } from "../../domains/list";
import { Doors } from "../screens/Doors";
import { Icon } from "../ui/Icon";
import { LoopDiagram } from "./LoopDiagram";

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
            <a className="button large" href="#/help/automata">
              What is an automaton
            </a>
          </div>
          <p className="promise">
            <a href="#/help/privacy">Runs on your device. Nothing is uploaded.</a> You can’t break it.
          </p>
        </div>
        <LoopDiagram />
      </section>
      <Doors />
      <section className="domain-list" aria-label="What can be learnt today">
        {domains.map((domain) => (
          <a key={domain.id} href={`#/lab/${domain.id}`}>
            <b>{domain.title}</b>
            <span>{domain.summary}</span>
          </a>
        ))}
      </section>
    </main>
  );
}

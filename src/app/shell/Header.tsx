// The one header: name, domains, screens, theme and motion. The same navigation landmark on every route.

import { catalogue } from "../../domains/catalogue";
import { UpdateNotice } from "../offline/UpdateNotice";
import type { Route } from "../router/route";
import { type MotionChoice, setMotion, setTheme, type Theme, useSettings } from "../stores/settingsStore";
import { IconButton } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Menu, MenuChoice, MenuLink } from "../ui/Menu";
import { Mark } from "./Mark";

const LINKS = [
  { screen: "learn", label: "Learn" },
  { screen: "compare", label: "Compare" },
  { screen: "try", label: "Try" },
  { screen: "runs", label: "Runs" },
  { screen: "help", label: "Help" },
] as const;

/** Header of all screens; below 700 px the links are in a menu. */
export function Header({ route }: { readonly route: Route }) {
  return (
    <header className="header">
      <a className="header-name" href="#/" aria-label="Wake-Sleep Lab, home">
        <Mark />
        Wake-Sleep Lab
      </a>
      <nav className="header-nav" aria-label="Main">
        <DomainMenu route={route} />
        {LINKS.map((link) => (
          <a
            key={link.screen}
            className="header-link wide"
            href={`#/${link.screen}`}
            aria-current={route.screen === link.screen ? "page" : undefined}
          >
            {link.label}
          </a>
        ))}
        <NarrowMenu route={route} />
      </nav>
      <div className="header-settings">
        <UpdateNotice />
        <ThemeMenu />
        <MotionMenu />
      </div>
    </header>
  );
}

function DomainMenu({ route }: { readonly route: Route }) {
  const current = route.screen === "lab" ? catalogue.find((domain) => domain.id === route.domain) : undefined;
  const trigger = (
    <button type="button" className="header-link wide" data-current={current ? "" : undefined}>
      {current?.title ?? "Domains"}
      <Icon name="down" size={14} />
    </button>
  );
  return (
    <Menu trigger={trigger} label="Domains">
      <DomainLinks current={current?.id} />
    </Menu>
  );
}

function DomainLinks({ current }: { readonly current: string | undefined }) {
  return catalogue.map((domain) => (
    <MenuLink key={domain.id} href={`#/lab/${domain.id}`} current={domain.id === current}>
      <span>
        {domain.title}
        <small>
          {domain.observationName.many} and the {domain.programName.many} behind them
        </small>
      </span>
    </MenuLink>
  ));
}

function NarrowMenu({ route }: { readonly route: Route }) {
  const current = route.screen === "lab" ? route.domain : undefined;
  return (
    <Menu trigger={<IconButton icon="menu" label="Menu" className="narrow" />} label="Pages">
      <DomainLinks current={current} />
      {LINKS.map((link) => (
        <MenuLink key={link.screen} href={`#/${link.screen}`} current={route.screen === link.screen}>
          {link.label}
        </MenuLink>
      ))}
    </Menu>
  );
}

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const MOTIONS: readonly { value: MotionChoice; label: string }[] = [
  { value: "system", label: "As the system" },
  { value: "reduce", label: "Reduced" },
  { value: "full", label: "Full" },
];

function ThemeMenu() {
  const theme = useSettings((settings) => settings.theme);
  return (
    <Menu trigger={<IconButton icon="sun" label={`Theme: ${theme}`} />} label="Theme">
      <MenuChoice label="Theme" value={theme} choices={THEMES} onChange={setTheme} />
    </Menu>
  );
}

function MotionMenu() {
  const motion = useSettings((settings) => settings.motion);
  return (
    <Menu trigger={<IconButton icon="motion" label={`Motion: ${motion}`} />} label="Motion">
      <MenuChoice label="Motion" value={motion} choices={MOTIONS} onChange={setMotion} />
    </Menu>
  );
}

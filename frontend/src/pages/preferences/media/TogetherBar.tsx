import { Button } from "@mantine/core";
import { IconLink, IconPlayerPlay } from "@tabler/icons-react";
import { type ReactNode, useContext, useState, useSyncExternalStore } from "react";
import { Kbd, type Shortcut, useShortcuts } from "@/ui";
import { TogetherContext } from "./context";
import classes from "./Material.module.css";
import { Together } from "./together";

const STEP_SECONDS = 2;
const keys = { together: "m", play: "u", back: ",", on: "." } as const;

/** A page whose videos and sounds can move as one, by keys once two of them are in view. */
export function PlayedTogether({ children }: { children: ReactNode }) {
  const [together] = useState(() => new Together());
  const { count } = useSyncExternalStore(together.subscribe, together.snapshot);
  useShortcuts(count > 1 ? shortcutsOf(together) : []);
  return <TogetherContext value={together}>{children}</TogetherContext>;
}

/** The same by hand; nothing while fewer than two are in view. */
export function TogetherBar() {
  const together = useContext(TogetherContext);
  return together === null ? null : <Bar together={together} />;
}

function Bar({ together }: { together: Together }) {
  const { count, isOn } = useSyncExternalStore(together.subscribe, together.snapshot);
  if (count < 2) return null;
  return (
    <div className={classes.bar} role="group" aria-label="All videos and sounds">
      <Button
        size="xs"
        variant={isOn ? "light" : "default"}
        aria-pressed={isOn}
        leftSection={<IconLink size={15} aria-hidden />}
        rightSection={<Kbd of="media.together" keys={keys.together} quiet />}
        onClick={together.toggle}
      >
        Move together
      </Button>
      <Button size="xs" variant="default" leftSection={<IconPlayerPlay size={15} aria-hidden />} rightSection={<Kbd of="media.play" keys={keys.play} quiet />} onClick={together.playOrPause}>
        Play or pause all
      </Button>
    </div>
  );
}

function shortcutsOf(together: Together): Shortcut[] {
  const group = "Video and sound";
  return [
    { id: "media.together", label: "What is done to one video or sound is done to all", keys: keys.together, group, run: together.toggle },
    { id: "media.play", label: "Play or pause all", keys: keys.play, group, run: together.playOrPause },
    { id: "media.back", label: `All back by ${STEP_SECONDS} seconds`, keys: keys.back, group, run: () => together.seekBy(-STEP_SECONDS) },
    { id: "media.on", label: `All on by ${STEP_SECONDS} seconds`, keys: keys.on, group, run: () => together.seekBy(STEP_SECONDS) },
  ];
}

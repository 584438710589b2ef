import { Button, Menu, Tooltip } from "@mantine/core";
import { IconCloudCheck, IconCloudOff, IconCloudUp, IconDots, IconPlayerSkipForward } from "@tabler/icons-react";
import { type RefObject, useSyncExternalStore } from "react";
import { Kbd } from "@/ui";
import type { ComparisonBundle } from "./bundle";
import { keys } from "./commands";
import classes from "./Desk.module.css";
import type { JudgmentSession, Saved } from "./session";

const savedWords: Readonly<Record<Saved, string>> = {
  saved: "Saved",
  saving: "Saving",
  here_only: "Kept on this machine; it will be sent when Concord can be reached",
  conflict: "Changed elsewhere",
  gone: "This pair was taken back",
};

/** Under which rules this pair is judged, and whether the work on it is safe. */
export function DeskHeader({
  heading,
  bundle,
  session,
  isComparingWords,
  onToggleWords,
  onSkip,
  onDecline,
}: {
  heading: RefObject<HTMLHeadingElement | null>;
  bundle: ComparisonBundle;
  session: JudgmentSession;
  isComparingWords: boolean;
  onToggleWords: () => void;
  onSkip: () => void;
  onDecline: () => void;
}) {
  const { saved } = useSyncExternalStore(session.subscribe, session.snapshot);
  const Icon = saved === "saved" ? IconCloudCheck : saved === "saving" ? IconCloudUp : IconCloudOff;
  return (
    <header className={classes.header}>
      <h1 ref={heading} className={classes.title} tabIndex={-1} data-page-title>
        Compare
      </h1>
      <span className={classes.fact}>{bundle.release.label}</span>
      {bundle.language !== "" && <span className={classes.fact}>{bundle.language}</span>}
      <span className={classes.grow} />
      <Tooltip label={savedWords[saved]}>
        <span className={classes.saved} data-state={saved} role="status">
          <Icon size={16} aria-hidden />
          <span>{saved === "here_only" ? "Kept here" : savedWords[saved]}</span>
        </span>
      </Tooltip>
      <Button
        variant={isComparingWords ? "light" : "default"}
        size="xs"
        aria-pressed={isComparingWords}
        rightSection={<Kbd keys={keys.words} quiet />}
        onClick={onToggleWords}
      >
        Differences
      </Button>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlayerSkipForward size={15} aria-hidden />}
        rightSection={<Kbd keys="s" quiet />}
        onClick={onSkip}
      >
        Skip
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" size="xs" aria-label="More for this pair" px={8}>
            <IconDots size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onDecline}>Decline this pair</Menu.Item>
          <Menu.Label>Declining needs no reason and counts in no figure.</Menu.Label>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

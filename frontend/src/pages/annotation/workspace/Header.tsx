import { Button, Menu, Tooltip } from "@mantine/core";
import { IconCloudCheck, IconCloudOff, IconCloudUp, IconDots, IconPlayerSkipForward } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useWorkspace } from "./context";
import type { Saved, TaskSession } from "./keeping/session";
import classes from "./Workspace.module.css";

const savedWords: Readonly<Record<Saved, string>> = {
  saved: "Saved",
  saving: "Saving",
  here_only: "Kept on this machine; it will be sent when Concord can be reached",
  conflict: "Changed elsewhere",
  gone: "This post was taken back",
};

/** Which post this is, under which rules, and whether the work on it is safe. */
export function Header({
  session,
  onSkip,
  onDecline,
}: {
  session: TaskSession;
  onSkip: () => void;
  onDecline: () => void;
}) {
  const { bundle } = useWorkspace();
  const { saved } = useSyncExternalStore(session.subscribe, session.snapshot);
  const Icon = saved === "saved" ? IconCloudCheck : saved === "saving" ? IconCloudUp : IconCloudOff;
  return (
    <header className={classes.header}>
      <h1 className={classes.title} tabIndex={-1} data-page-title>
        Label
        <span className={classes.postName}>{bundle.post.external_id}</span>
      </h1>
      <span className={classes.fact}>{bundle.release.label}</span>
      {bundle.post.language !== "" && <span className={classes.fact}>{bundle.post.language}</span>}
      {bundle.campaign !== null && <span className={classes.campaign}>Asked again: the rule changed</span>}
      <span className={classes.grow} />
      <Tooltip label={savedWords[saved]}>
        <span className={classes.saved} data-state={saved} role="status">
          <Icon size={16} aria-hidden />
          <span>{saved === "here_only" ? "Kept here" : savedWords[saved]}</span>
        </span>
      </Tooltip>
      <Button variant="default" size="xs" leftSection={<IconPlayerSkipForward size={15} aria-hidden />} onClick={onSkip}>
        Skip
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" size="xs" aria-label="More for this post" px={8}>
            <IconDots size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onDecline}>Decline this post</Menu.Item>
          <Menu.Label>Declining needs no reason and counts in no figure.</Menu.Label>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

import { Button, Menu } from "@mantine/core";
import { IconDots, IconPlayerSkipForward } from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "@/api/session";
import { SavedMark } from "@/work/keeping/SavedMark";
import { StopButton } from "@/work/protection/StopButton";
import { languageName } from "@/work/rule/wording";
import type { Beside } from "./BesideTask";
import { MakeGoldDialog } from "../gold/MakeGold";
import { useWorkspace } from "./context";
import { KeyOf } from "./keyHints";
import type { TaskSession } from "./keeping/session";
import { labelWords } from "./workWords";
import classes from "./Workspace.module.css";

/** Which post this is, under which rules, and whether the work on it is safe. */
export function Header({
  session,
  beside,
  onSkip,
  onDecline,
  onStop,
}: {
  session: TaskSession;
  beside: Beside;
  onSkip: () => void;
  onDecline: () => void;
  onStop: () => void;
}) {
  const { bundle } = useWorkspace();
  const [isMakingGold, setMakingGold] = useState(false);
  // One's own answer to ordinary work, looked at again: what is known of the post may begin with it.
  const own = bundle.onboarding === null ? bundle.submission?.document : undefined;
  const mayMakeGold = useMay(bundle.task.project_id, "quality.keep") && own !== undefined;
  return (
    <header className={classes.header}>
      <h1 className={classes.title} tabIndex={-1} data-page-title>
        Label
        <span className={classes.postName}>{bundle.post.external_id}</span>
      </h1>
      <span className={classes.fact}>{bundle.release.label}</span>
      {bundle.post.language !== "" && <span className={classes.fact}>{languageName(bundle.post.language)}</span>}
      {bundle.campaign !== null && <span className={classes.campaign}>Asked again: the rule changed</span>}
      {bundle.onboarding !== null && (
        <span className={classes.campaign}>
          Introduction: {bundle.onboarding.step} of {bundle.onboarding.of}
        </span>
      )}
      <span className={classes.grow} />
      <SavedMark session={session} thing={labelWords.thing} />
      <StopButton onStop={onStop} />
      <Button variant="default" size="xs" leftSection={<IconPlayerSkipForward size={15} aria-hidden />} rightSection={<KeyOf command="label.skip" />} onClick={onSkip}>
        Skip
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" size="xs" aria-label="More for this post" px={8}>
            <IconDots size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item rightSection={<KeyOf command="label.ask-expert" />} onClick={() => beside.write("question")}>
            Ask a policy expert
          </Menu.Item>
          <Menu.Item rightSection={<KeyOf command="label.comment" />} onClick={() => beside.write("comment")}>
            Comment on it
          </Menu.Item>
          {mayMakeGold && <Menu.Item onClick={() => setMakingGold(true)}>Make it gold, with my answer</Menu.Item>}
          <Menu.Divider />
          <Menu.Item rightSection={<KeyOf command="label.decline" />} onClick={onDecline}>
            Decline this post
          </Menu.Item>
          <Menu.Label>Declining needs no reason and counts in no figure.</Menu.Label>
          <Menu.Divider />
          <Menu.Item color="rust" rightSection={<KeyOf command="label.hide-post" />} onClick={beside.askToHide}>
            May be illegal to hold
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {mayMakeGold && (
        <MakeGoldDialog
          postId={bundle.post.id}
          releaseId={bundle.release.id}
          own={own}
          isOpen={isMakingGold}
          onClose={() => setMakingGold(false)}
        />
      )}
    </header>
  );
}

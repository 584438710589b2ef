import { Button, SegmentedControl } from "@mantine/core";
import { IconArchive, IconArrowBackUp, IconCheck, IconFiles, IconPencilPlus, IconRubberStamp, IconSend, IconTestPipe, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "@/api/session";
import { announce, AppLink, useConfirm, useShortcuts } from "@/ui";
import { bound } from "@/work/keyTables";
import { ApproveDialog, PublishDialog, RetireDialog } from "./ReleaseDialogs";
import { ReleaseStage } from "./ReleaseStage";
import classes from "./ReleaseBar.module.css";
import { releaseCommands } from "./releaseCommands";
import type { Release } from "./shapes";
import { useReleaseSteps } from "./useReleaseSteps";
import type { ClauseDesk } from "./writing/ClauseDesk";

export type ReleaseTab = "text" | "changes" | "impact";

const tabLabels: Readonly<Record<ReleaseTab, string>> = { text: "Text", changes: "Changes", impact: "Impact" };

/** What stands above a release: where it belongs, in which state it is, and its next step. */
export function ReleaseBar({
  release,
  desk,
  tabs,
  view,
  onView,
}: {
  release: Release;
  desk: ClauseDesk;
  tabs: readonly ReleaseTab[];
  view: ReleaseTab;
  onView: (tab: ReleaseTab) => void;
}) {
  const base = `/p/${release.policy.project_id}`;
  const name = release.number === null ? "Draft" : `Release ${release.number}`;
  return (
    <header className={classes.bar}>
      <div className={classes.words}>
        <nav aria-label="Where this page stands" className={classes.crumbs}>
          <AppLink to={`${base}/policies`}>Policies</AppLink>
          <span aria-hidden>/</span>
          <AppLink to={`${base}/policies/${release.policy.id}`}>{release.policy.title}</AppLink>
        </nav>
        <h1 className={classes.title} tabIndex={-1} data-page-title>
          {name}
          <ReleaseStage release={release} />
          {release.based_on !== null && release.number === null && (
            <span className={classes.origin}>
              from release {release.based_on.number}, by {release.created_by.display_name}
            </span>
          )}
        </h1>
      </div>
      {tabs.length > 1 && (
        <SegmentedControl
          aria-label="What to show of this release"
          size="sm"
          value={view}
          onChange={(value) => onView(value)}
          data={tabs.map((tab) => ({ value: tab, label: tabLabels[tab] }))}
        />
      )}
      <ReleaseSteps release={release} desk={desk} />
    </header>
  );
}

type Step = "submit" | "approve" | "publish" | "draft";

const stepLabels: Readonly<Record<Step, string>> = {
  submit: "Hand in for review",
  approve: "Review this draft",
  publish: "Publish",
  draft: "Draft from this release",
};

/** The step that the filled button takes, and the key with it. */
function nextStep(actions: Release["actions"]): Step | null {
  const order: readonly Step[] = ["publish", "approve", "submit", "draft"];
  return order.find((step) => actions[step]) ?? null;
}

function problemsLeft(count: number): string {
  return count === 0 ? "" : count === 1 ? "One more is listed beside the text." : `${count} more are listed beside the text.`;
}

/** The buttons of what may be done next. */
function ReleaseSteps({ release, desk }: { release: Release; desk: ClauseDesk }) {
  const steps = useReleaseSteps(release, desk);
  const [dialog, setDialog] = useState<"approve" | "publish" | "retire" | null>(null);
  const { actions } = release;
  const mayTry = useMay(release.policy.project_id, "judges.run");
  const [ask, confirmDialog] = useConfirm();
  const close = (): void => setDialog(null);
  const discard = (): void =>
    ask({
      title: "Discard this draft?",
      text: "Nobody sees it any more, its changes included. Releases and answers stay as they are.",
      confirm: "Discard the draft",
      isDangerous: true,
      onConfirm: () => steps.discard.mutate(),
    });
  const next = nextStep(actions);
  useShortcuts(
    bound(releaseCommands, next === null ? {} : { "release.step": { label: stepLabels[next], run: () => take(next) } }),
  );

  function take(step: Step): void {
    if (step === "approve" || step === "publish") setDialog(step);
    else if (step === "draft") steps.draft.mutate();
    else if (release.problems.length === 0) steps.submit.mutate();
    else announce(`Not yet: ${release.problems[0]?.sentence ?? ""} ${problemsLeft(release.problems.length - 1)}`.trim());
  }

  return (
    <div className={classes.steps}>
      <Button
        component={AppLink}
        variant="subtle"
        leftSection={<IconFiles size={16} aria-hidden />}
        to={`/p/${release.policy.project_id}/releases/${release.id}/renderings`}
      >
        Renderings
      </Button>
      {mayTry && (
        <Button
          component={AppLink}
          variant="subtle"
          leftSection={<IconTestPipe size={16} aria-hidden />}
          to={`/p/${release.policy.project_id}/policies/${release.policy.id}/bench?release=${release.id}`}
        >
          Test bench
        </Button>
      )}
      {actions.discard && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={16} aria-hidden />}
          loading={steps.discard.isPending}
          onClick={discard}
        >
          Discard
        </Button>
      )}
      {actions.withdraw && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          loading={steps.withdraw.isPending}
          onClick={() => steps.withdraw.mutate()}
        >
          Take back to write
        </Button>
      )}
      {actions.retire && (
        <Button variant="default" leftSection={<IconArchive size={16} aria-hidden />} onClick={() => setDialog("retire")}>
          Retire
        </Button>
      )}
      {actions.draft && (
        <Button
          leftSection={<IconPencilPlus size={16} aria-hidden />}
          loading={steps.draft.isPending}
          onClick={() => steps.draft.mutate()}
        >
          Draft from this
        </Button>
      )}
      {actions.submit && (
        <Button
          leftSection={<IconSend size={16} aria-hidden />}
          loading={steps.submit.isPending}
          disabled={release.problems.length > 0}
          title={release.problems.length > 0 ? "The list on the right says what is still missing." : undefined}
          onClick={() => steps.submit.mutate()}
        >
          Hand in for review
        </Button>
      )}
      {actions.approve && (
        <Button
          variant={actions.publish ? "default" : "filled"}
          leftSection={<IconCheck size={16} aria-hidden />}
          onClick={() => setDialog("approve")}
        >
          Review
        </Button>
      )}
      {actions.publish && (
        <Button leftSection={<IconRubberStamp size={16} aria-hidden />} onClick={() => setDialog("publish")}>
          Publish
        </Button>
      )}
      {confirmDialog}
      <ApproveDialog release={release} isOpen={dialog === "approve"} onClose={close} />
      <PublishDialog release={release} isOpen={dialog === "publish"} onClose={close} />
      <RetireDialog release={release} isOpen={dialog === "retire"} onClose={close} />
    </div>
  );
}

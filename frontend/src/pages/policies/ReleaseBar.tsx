import { Button, SegmentedControl } from "@mantine/core";
import { IconArchive, IconArrowBackUp, IconCheck, IconPencilPlus, IconRubberStamp, IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { AppLink, StatusBadge } from "@/ui";
import { ApproveDialog, PublishDialog, RetireDialog } from "./ReleaseDialogs";
import classes from "./ReleaseBar.module.css";
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
          <StatusBadge state={release.state} />
          {release.based_on !== null && release.number === null && (
            <span className={classes.origin}>from release {release.based_on.number}</span>
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

/** The buttons of what may be done next. */
function ReleaseSteps({ release, desk }: { release: Release; desk: ClauseDesk }) {
  const steps = useReleaseSteps(release, desk);
  const [dialog, setDialog] = useState<"approve" | "publish" | "retire" | null>(null);
  const { actions } = release;
  const close = (): void => setDialog(null);
  return (
    <div className={classes.steps}>
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
        <Button leftSection={<IconCheck size={16} aria-hidden />} onClick={() => setDialog("approve")}>
          Review
        </Button>
      )}
      {actions.publish && (
        <Button leftSection={<IconRubberStamp size={16} aria-hidden />} onClick={() => setDialog("publish")}>
          Publish
        </Button>
      )}
      <ApproveDialog release={release} isOpen={dialog === "approve"} onClose={close} />
      <PublishDialog release={release} isOpen={dialog === "publish"} onClose={close} />
      <RetireDialog release={release} isOpen={dialog === "retire"} onClose={close} />
    </div>
  );
}

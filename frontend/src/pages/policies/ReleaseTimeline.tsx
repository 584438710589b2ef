import { Button } from "@mantine/core";
import { IconFileDiff, IconPencilPlus } from "@tabler/icons-react";
import { AppLink, fullTime, Time } from "@/ui";
import { Prose } from "@/ui/Prose";
import { draftName, ReleaseStage } from "./ReleaseStage";
import classes from "./ReleaseTimeline.module.css";
import type { ReleaseBrief } from "./shapes";

/** Releases from the newest down: what is being written, what is in effect, what was. */
export function ReleaseTimeline({
  projectId,
  releases,
  currentId,
  onDraftFrom,
}: {
  projectId: string;
  releases: readonly ReleaseBrief[];
  currentId: string | null;
  onDraftFrom?: (release: ReleaseBrief) => void;
}) {
  return (
    <ol className={classes.line}>
      {releases.map((release) => (
        <li key={release.id} className={classes.stop} data-state={release.id === currentId ? "current" : release.state}>
          <span className={classes.dot} aria-hidden />
          <article className={classes.card}>
            <header className={classes.head}>
              <h2 className={classes.name}>
                <AppLink to={`/p/${projectId}/releases/${release.id}`}>
                  {release.number === null ? draftName(release) : `Release ${release.number}`}
                </AppLink>
              </h2>
              <ReleaseStage release={release} isInEffect={release.id === currentId} />
              <span className={classes.when}>{whenOf(release)}</span>
            </header>
            {release.notes !== "" && (
              <div className={classes.notes}>
                <Prose text={release.notes} size="small" />
              </div>
            )}
            {release.retired_reason !== "" && <p className={classes.reason}>Retired: {release.retired_reason}</p>}
            <footer className={classes.foot}>
              {release.based_on !== null && (
                <AppLink className={classes.compare} to={`/p/${projectId}/releases/${release.id}?view=changes`}>
                  <IconFileDiff size={15} aria-hidden />
                  What changed since release {release.based_on.number}
                </AppLink>
              )}
              {release.content_sha256 !== "" && (
                <span title={`SHA-256 of the text: ${release.content_sha256}`}>
                  SHA-256 <code>{release.content_sha256.slice(0, 12)}</code>
                </span>
              )}
              {release.number !== null && onDraftFrom !== undefined && (
                <Button
                  size="xs"
                  variant="subtle"
                  leftSection={<IconPencilPlus size={14} aria-hidden />}
                  onClick={() => onDraftFrom(release)}
                >
                  Start a new draft from release {release.number}
                </Button>
              )}
            </footer>
          </article>
        </li>
      ))}
    </ol>
  );
}

function whenOf(release: ReleaseBrief) {
  if (release.effective_at !== null) {
    return <>in effect from {fullTime(new Date(release.effective_at))}</>;
  }
  return (
    <>
      begun <Time at={release.created_at} />, last saved <Time at={release.updated_at} />
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { QueryView, useRouteParam, useShortcuts } from "@/ui";
import { ChangesView } from "./changes/ChangesView";
import { ImpactView } from "./changes/ImpactView";
import { releaseQuery } from "./queries";
import { ReleaseReading } from "./reading/ReleaseReading";
import { ReleaseBar, type ReleaseTab } from "./ReleaseBar";
import classes from "./ReleasePage.module.css";
import type { Release } from "./shapes";
import { ReleaseWriting } from "./writing/ReleaseWriting";
import { useClauseDesk } from "./writing/useClauseDesk";

export default function ReleasePage() {
  const query = useQuery(releaseQuery(useRouteParam("releaseId")));
  return (
    <div className={classes.frame}>
      <QueryView query={query}>{(release) => <ReleaseView key={release.id} release={release} />}</QueryView>
    </div>
  );
}

const tabs: readonly ReleaseTab[] = ["text", "changes", "impact"];

/** A release as text, as changes, as cost. The text of a draft is the editor. */
function ReleaseView({ release }: { release: Release }) {
  const navigate = useNavigate();
  const writing = useClauseDesk(release);
  const search: Record<string, unknown> = useSearch({ strict: false });
  const offered = tabs.filter((tab) => isOffered(tab, release));
  const view = offered.find((tab) => tab === search["view"]) ?? "text";
  const show = async (tab: ReleaseTab): Promise<void> => {
    await writing.desk.flush();
    await navigate({
      to: `/p/${release.policy.project_id}/releases/${release.id}`,
      search: tab === "text" ? {} : { view: tab },
      replace: true,
    });
  };
  useShortcuts(
    offered.map((tab, at) => ({
      id: `release.${tab}`,
      label: { text: "Show the text", changes: "Show the changes", impact: "Show the impact" }[tab],
      keys: `alt+${at + 1}`,
      whileTyping: true,
      run: () => void show(tab),
    })),
  );
  return (
    <>
      <ReleaseBar release={release} desk={writing.desk} tabs={offered} view={view} onView={(tab) => void show(tab)} />
      {view === "changes" && <ChangesView release={release} />}
      {view === "impact" && <ImpactView release={release} />}
      {view === "text" &&
        (release.actions.edit ? (
          <ReleaseWriting release={release} desk={writing.desk} entries={writing.entries} />
        ) : (
          <ReleaseReading release={release} />
        ))}
    </>
  );
}

function isOffered(tab: ReleaseTab, release: Release): boolean {
  if (tab === "text") return true;
  return release.based_on !== null && (tab === "changes" || release.actions.see_impact);
}

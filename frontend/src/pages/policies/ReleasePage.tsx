import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { QueryView, useRouteParam, useShortcuts } from "@/ui";
import { focusNext, useFocusKept } from "@/ui/focus";
import { bound } from "@/work/keyTables";
import { ChangesView } from "./changes/ChangesView";
import { ImpactView } from "./changes/ImpactView";
import { releaseQuery } from "./queries";
import { releaseCommands } from "./releaseCommands";
import { ReleaseReading } from "./reading/ReleaseReading";
import { ReleaseBar, type ReleaseTab } from "./ReleaseBar";
import classes from "./ReleasePage.module.css";
import type { Release } from "./shapes";
import { LeftPanel } from "./writing/LeftPanel";
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
  /** Chosen by key, a view has the focus: its arrows scroll, and Tab goes into it. */
  const goTo = (tab: ReleaseTab): void => {
    const at = `[data-view="${tab}"]`;
    const begin = () => document.querySelector<HTMLElement>(`${at} [data-landing]`) ?? document.querySelector<HTMLElement>(at);
    void (tab === view ? Promise.resolve() : show(tab)).then(() => focusNext(begin));
  };
  useShortcuts(
    bound(
      releaseCommands,
      Object.fromEntries(offered.map((tab) => [`release.${tab}`, () => goTo(tab)])),
    ),
  );
  // Handed in, approved, published: the button that was pressed is gone, and often the whole desk with it.
  useFocusKept(`${release.state} ${release.is_approved}`, () => document.querySelector<HTMLElement>("[data-page-title]"));
  return (
    <>
      <ReleaseBar release={release} desk={writing.desk} tabs={offered} view={view} onView={(tab) => void show(tab)} />
      {view === "changes" && <ChangesView release={release} />}
      {view === "impact" && <ImpactView release={release} />}
      {view === "text" &&
        (release.actions.edit ? (
          <ReleaseWriting release={release} desk={writing.desk} entries={writing.entries} />
        ) : (
          <div className={classes.reading}>
            <div className={classes.kept}>
              {[...writing.entries]
                .filter(([, entry]) => entry.phase === "left")
                .map(([key, entry]) => (
                  <LeftPanel key={key} release={release} clauseKey={key} entry={entry} desk={writing.desk} />
                ))}
            </div>
            <ReleaseReading release={release} />
          </div>
        ))}
    </>
  );
}

function isOffered(tab: ReleaseTab, release: Release): boolean {
  if (tab === "text") return true;
  return release.based_on !== null && (tab === "changes" || release.actions.see_impact);
}

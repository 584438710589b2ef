import { IconChartHistogram } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { AppLink, EmptyState, PageHeader, Panel, QueryView, Stacked, Time, useProjectId } from "@/ui";
import { OwnKnownPairs } from "@/pages/preferences/judging/OwnKnownPairs";
import { OwnGoldPanel, OwnPausePanel } from "../gold/OwnStanding";
import { ownResultsQuery, returnedQuery } from "./reading";
import { Results } from "./Results";
import classes from "./People.module.css";

/** `/p/:id/my-results`: a person's own results, and what a reviewer gave back to them. Nobody else's. */
export default function MyResultsPage() {
  const projectId = useProjectId();
  const results = useQuery(ownResultsQuery(projectId));
  return (
    <>
      <PageHeader title="My results" lead="Only you and those who review see this. It counts posts you have answered." />
      <Stacked>
        <OwnPausePanel projectId={projectId} />
        <Returned projectId={projectId} />
        <OwnGoldPanel projectId={projectId} />
        <OwnKnownPairs projectId={projectId} />
        <QueryView query={results}>
          {(data) =>
            data.results === null ? (
              <EmptyState icon={IconChartHistogram} title="No answers yet">
                Your results appear once you have answered posts that others answered, too.
              </EmptyState>
            ) : (
              <Results results={data.results} whose="You" />
            )
          }
        </QueryView>
      </Stacked>
    </>
  );
}

function Returned({ projectId }: { projectId: string }) {
  const returned = useQuery(returnedQuery(projectId));
  const rows = returned.data?.returned ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="Given back to you" note="A reviewer asks for a second look. Your new answer takes the place of the old one.">
      <ul className={classes.returned}>
        {rows.map((row) => (
          <li key={row.submission_id}>
            <AppLink to={`/p/${projectId}/${row.kind}?lease=${row.lease_id}`}>{row.subject ?? "A comparison"}</AppLink>{" "}
            <span className={classes.soft}>
              <Time at={row.returned_at} />
            </span>
            <p dir="auto">{row.comment}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import { PageHeader, QueryView, Stacked, StatusBadge, useProjectId, useRouteParam } from "@/ui";
import { PersonGoldPanel } from "../gold/PersonGold";
import { AsOf, Measuring } from "../measured/Measuring";
import { useMeasured } from "../measured/useMeasured";
import { annotatorRead } from "./reading";
import { Results } from "./Results";

/** `/p/:id/annotators/:pseudonym`: one person's reliability, speed, drift and confusion of grades. */
export default function AnnotatorPage() {
  const projectId = useProjectId();
  const pseudonym = useRouteParam("pseudonym");
  const annotator = useMeasured(annotatorRead(projectId, pseudonym));
  return (
    <>
      <PageHeader
        title={pseudonym}
        crumbs={[{ label: "Annotators", to: `/p/${projectId}/annotators` }]}
        badge={annotator.data?.person.is_simulated === true ? <StatusBadge state="simulated" /> : undefined}
      />
      <Stacked>
        <PersonGoldPanel projectId={projectId} pseudonym={pseudonym} />
        <QueryView query={annotator} loading={<Measuring label="Measuring" job={annotator.job} />}>
          {(data) => (
            <>
              <AsOf at={data.measured_at} measured={annotator} />
              <Results results={data} whose="This person" />
            </>
          )}
        </QueryView>
      </Stacked>
    </>
  );
}

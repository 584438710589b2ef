import { Button } from "@mantine/core";
import { IconMap2, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "@/api/session";
import { AppLink, EmptyState, isOver, PageHeader, plural, QueryView, Stacked, useProjectId } from "@/ui";
import { RunProgress } from "../RunState";
import { ClauseChoice } from "./ClauseChoice";
import { mapChoicesQuery, type PostMap, mapsQuery } from "./mapQueries";
import { StartMapDialog } from "./StartMapDialog";

/** `/p/:id/map`: the posts as an encoder sees them, those alike together, to choose from. */
export default function MapPage() {
  const projectId = useProjectId();
  const mayRun = useMay(projectId, "models.run");
  const [isStarting, setStarting] = useState(false);
  const maps = useQuery(mapsQuery(projectId));
  const newest = maps.data?.[0];
  const shown = maps.data?.find((map) => map.finished_at !== null);
  const isUnderWay = newest?.job != null && !isOver(newest.job.state);
  const actions = mayRun && shown !== undefined && (
    <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} disabled={isUnderWay} onClick={() => setStarting(true)}>
      Lay out anew
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Map"
        lead="Posts that look alike to the encoder lie together. Choose some to ask people about."
        crumbs={[{ label: "Rounds", to: `/p/${projectId}/rounds` }]}
        actions={actions}
      />
      <QueryView query={maps}>
        {() => (
          <Stacked>
            {newest !== undefined && newest !== shown && (
              <RunProgress run={newest} title="Laying out the map" refreshes={["maps", projectId]} />
            )}
            {shown !== undefined ? (
              <ClauseChoice key={shown.id} map={shown} />
            ) : (
              !isUnderWay && <NoMap projectId={projectId} mayRun={mayRun} failed={newest} onStart={() => setStarting(true)} />
            )}
          </Stacked>
        )}
      </QueryView>
      <StartMapDialog projectId={projectId} isOpen={isStarting} onClose={() => setStarting(false)} />
    </>
  );
}

/** What to do first: have posts encoded, or have the map laid out. */
function NoMap({
  projectId,
  mayRun,
  failed,
  onStart,
}: {
  projectId: string;
  mayRun: boolean;
  failed: PostMap | undefined;
  onStart: () => void;
}) {
  const choices = useQuery(mapChoicesQuery(projectId));
  return (
    <QueryView query={choices}>
      {({ encoded_posts: encoded, posts }) =>
        encoded < 2 ? (
          <EmptyState
            icon={IconMap2}
            title={posts === 0 ? "No posts yet" : "No posts are encoded yet"}
            actions={
              posts === 0 ? (
                <AppLink to={`/p/${projectId}/posts`}>Look at the posts</AppLink>
              ) : (
                <AppLink to={`/p/${projectId}/rounds`}>Look at the rounds</AppLink>
              )
            }
          >
            {posts === 0 ? "Once posts are brought in, a" : `None of the ${plural(posts, "post")} is encoded. A`} round or a noise scan encodes them; then they can be laid out here.
          </EmptyState>
        ) : (
          <EmptyState
            icon={IconMap2}
            title={failed === undefined ? "No map yet" : "The map was not laid out"}
            actions={mayRun ? <Button onClick={onStart}>Lay out the map</Button> : undefined}
          >
            {mayRun
              ? `${plural(encoded, "post is", "posts are")} encoded. A worker lays them out in a minute or so.`
              : "An engineer of the project has it laid out; then it stands here."}
          </EmptyState>
        )
      }
    </QueryView>
  );
}

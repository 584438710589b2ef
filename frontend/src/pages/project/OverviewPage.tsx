import { Button } from "@mantine/core";
import { IconPencil, IconTags } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { useMay, useMembership } from "@/api/session";
import { rolesSentence } from "@/app/shell/ProjectSwitcher";
import {
  AppLink,
  count,
  duration,
  EmptyState,
  Facts,
  Figures,
  PageHeader,
  Panel,
  PanelGrid,
  QueryView,
  Stacked,
  StatusBadge,
  Time,
  useProjectId,
  useShortcuts,
} from "@/ui";
import { DaySoFar } from "@/pages/home/DaySoFar";
import { ChangeProjectDialog } from "./ChangeProjectDialog";
import { ProgressPanel } from "./ProgressPanel";
import { TaskBars } from "./TaskBars";

type Overview = components["schemas"]["OverviewOutput"];

/** A project at a glance: how much is asked, answered, and what people had to look at for it. */
export default function OverviewPage() {
  const projectId = useProjectId();
  const membership = useMembership(projectId);
  const maySeeResults = useMay(projectId, "results.view");
  const overview = useQuery({
    queryKey: ["overview", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/overview/", { params: { path: { project_id: projectId } } })),
    enabled: maySeeResults,
    refetchInterval: 30_000,
  });
  const mayManage = useMay(projectId, "project.manage");
  const [isChanging, setChanging] = useState(false);
  useShortcuts([
    { id: "overview.change", label: "Change the project", keys: "e", enabled: mayManage, run: () => setChanging(true) },
  ]);
  if (membership === undefined) return null;
  const { project, roles } = membership;
  return (
    <>
      <PageHeader
        title={project.name}
        lead={project.description === "" ? undefined : project.description}
        badge={<StatusBadge state={project.state} />}
        actions={
          mayManage && (
            <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setChanging(true)}>
              Change the project
            </Button>
          )
        }
      />
      <Stacked>
        {maySeeResults ? (
          <QueryView query={overview}>{(data) => <OverviewBody overview={data} projectId={projectId} />}</QueryView>
        ) : (
          <DaySoFar />
        )}
        {!maySeeResults && (
          <EmptyState
            icon={IconTags}
            title="Your work is on the home page"
            actions={<AppLink to="/">Go to what waits for you</AppLink>}
          >
            The project's figures are open to reviewers, engineers, policy editors and managers.
          </EmptyState>
        )}
        <PanelGrid min="420px">
          <Panel title="This project">
            <Facts
              facts={[
                ["Organization", project.organization],
                ["Short name", <code key="slug">{project.slug}</code>],
                ["A task is held for", duration(project.lease_seconds * 1000)],
                ["Begun", <Time key="begun" at={project.created_at} />],
              ]}
            />
          </Panel>
          <Panel title="You in it">
            <Facts
              facts={[
                ["Roles", rolesSentence(roles)],
                ["Name in exports", <code key="pseudonym">{membership.pseudonym}</code>],
              ]}
            />
          </Panel>
        </PanelGrid>
      </Stacked>
      {mayManage && <ChangeProjectDialog project={project} isOpen={isChanging} onClose={() => setChanging(false)} />}
    </>
  );
}

function OverviewBody({ overview, projectId }: { overview: Overview; projectId: string }) {
  const { submissions } = overview;
  return (
    <>
      <Figures
        figures={[
          { label: "Posts", value: count(overview.posts) },
          {
            label: "Submissions",
            value: count(submissions.total),
            note: `${count(submissions.last_day)} in the last day`,
          },
          { label: "People who answered", value: count(submissions.people), note: `of ${count(overview.members)} members` },
          { label: "Time at work", value: duration(submissions.active_ms), note: "measured while pages were active" },
          {
            label: "Uncovered material",
            value: duration(overview.seconds_revealed * 1000),
            note: `of ${duration(overview.seconds_in_view * 1000)} in view`,
          },
        ]}
      />
      {submissions.simulated > 0 && (
        <p>
          <StatusBadge state="simulated" /> {count(submissions.simulated)} of the submissions come from simulated people.
        </p>
      )}
      {overview.tasks.length === 0 ? (
        <EmptyState title="No tasks yet" actions={<AppLink to={`/p/${projectId}/policies`}>Look at the policies</AppLink>}>
          Tasks ask people about posts under a release. Release a policy and import posts first.
        </EmptyState>
      ) : (
        <>
          <Panel title="Tasks" note="Every task by kind and state.">
            <TaskBars tasks={overview.tasks} />
          </Panel>
          <ProgressPanel projectId={projectId} />
        </>
      )}
    </>
  );
}

import { SegmentedControl } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { AppLink, EmptyState, PageHeader, Panel, QueryView, Stacked, useProjectId } from "@/ui";
import { AskForm, type Asked } from "./AskForm";
import classes from "./AskPage.module.css";

const kinds = [
  { value: "label", label: "Labels of posts" },
  { value: "compare", label: "Judgments of pairs" },
];

/** Where a manager or an engineer asks people for answers under a release. */
export default function AskPage() {
  const projectId = useProjectId();
  const mayAsk = useMay(projectId, "tasks.manage");
  const [kind, setKind] = useState<Asked>("label");
  const policies = useQuery({
    queryKey: ["policies", projectId, "for asking"],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/policies/", {
          params: { path: { project_id: projectId }, query: { page_size: 200 } },
        }),
      ),
    enabled: mayAsk,
  });
  return (
    <>
      <PageHeader
        title="Ask for answers"
        lead="Choose a release and what to ask about. Every task goes to as many people as you want answers, one person at a time."
      />
      {!mayAsk ? (
        <EmptyState title="This is for managers and engineers">
          Ask a manager of the project if you should be able to make tasks.
        </EmptyState>
      ) : (
        <QueryView query={policies}>
          {(page) => {
            const released = page.results.filter((policy) => policy.current !== null);
            if (released.length === 0) {
              return (
                <EmptyState
                  icon={IconBook2}
                  title="No policy is released yet"
                  actions={<AppLink to={`/p/${projectId}/policies`}>Look at the policies</AppLink>}
                >
                  People answer under a release, so that every answer cites the wording it was given under.
                </EmptyState>
              );
            }
            return (
              <Stacked>
                <SegmentedControl
                  className={classes.kinds}
                  aria-label="What to ask for"
                  data={kinds}
                  value={kind}
                  onChange={(value) => setKind(value === "compare" ? "compare" : "label")}
                />
                <Panel title={kind === "label" ? "Ask for labels" : "Ask for judgments"}>
                  <AskForm key={kind} kind={kind} projectId={projectId} policies={released} />
                </Panel>
              </Stacked>
            );
          }}
        </QueryView>
      )}
    </>
  );
}

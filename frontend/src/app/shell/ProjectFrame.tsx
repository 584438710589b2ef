import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { useMembership } from "@/api/session";
import { useProjectId } from "@/ui";
import { NotFoundPage } from "../faults";
import { rememberProject } from "./lastProject";

/** Everything under one project; a project that is not mine looks like one that is not there. */
export function ProjectFrame() {
  const projectId = useProjectId();
  const membership = useMembership(projectId);
  const isMine = membership !== undefined;
  useEffect(() => {
    if (isMine) rememberProject(projectId);
  }, [isMine, projectId]);
  if (!isMine) return <NotFoundPage />;
  return <Outlet />;
}

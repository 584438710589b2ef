import { Button } from "@mantine/core";
import { IconDoor, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useMe } from "@/api/session";
import { EmptyState, PageHeader, useShortcuts } from "@/ui";
import { DaySoFar } from "./DaySoFar";
import classes from "./HomePage.module.css";
import { NewProjectDialog } from "./NewProjectDialog";
import { ProjectCard } from "./ProjectCard";

/** What waits for this person, project by project, in the order of their roles. */
export default function HomePage() {
  const me = useMe();
  const mayBegin = me.memberships.some((membership) => membership.capabilities.includes("project.manage"));
  const [isBeginning, setBeginning] = useState(false);
  useShortcuts([
    { id: "home.new-project", label: "New project", keys: "n", enabled: mayBegin, run: () => setBeginning(true) },
  ]);
  return (
    <>
      <PageHeader
        title={greeting(new Date(), me.display_name)}
        lead={me.memberships.length === 0 ? undefined : "What waits for you, project by project."}
        actions={
          mayBegin && (
            <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setBeginning(true)}>
              New project
            </Button>
          )
        }
      />
      {me.memberships.some((membership) => membership.capabilities.includes("tasks.work")) && <DaySoFar />}
      {me.memberships.length === 0 ? (
        <EmptyState icon={IconDoor} title="You are not in a project yet">
          A project manager adds you by your e-mail address, {me.email}. Nothing else is needed from you.
        </EmptyState>
      ) : (
        <div className={classes.projects}>
          {me.memberships.map((membership) => (
            <ProjectCard key={membership.project.id} membership={membership} />
          ))}
        </div>
      )}
      <NewProjectDialog isOpen={isBeginning} onClose={() => setBeginning(false)} />
    </>
  );
}

function greeting(now: Date, name: string): string {
  const hour = now.getHours();
  const part = hour < 5 ? "Good evening" : hour < 12 ? "Good morning" : hour < 18 ? "Good afternoon" : "Good evening";
  return `${part}, ${name}`;
}

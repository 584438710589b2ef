import { IconDoor } from "@tabler/icons-react";
import { useMe } from "@/api/session";
import { EmptyState, PageHeader } from "@/ui";
import classes from "./HomePage.module.css";
import { ProjectCard } from "./ProjectCard";

/** What waits for this person, project by project, in the order of their roles. */
export default function HomePage() {
  const me = useMe();
  return (
    <>
      <PageHeader title={greeting(new Date(), me.display_name)} lead={leadFor(me.memberships.length)} />
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
    </>
  );
}

function greeting(now: Date, name: string): string {
  const hour = now.getHours();
  const part = hour < 5 ? "Good night" : hour < 12 ? "Good morning" : hour < 18 ? "Good afternoon" : "Good evening";
  return `${part}, ${name}`;
}

function leadFor(projects: number): string {
  return projects === 1 ? "This waits for you today." : "This waits for you today, project by project.";
}

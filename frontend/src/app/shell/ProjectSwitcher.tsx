import { Menu, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type Membership, roleLabels, useMe } from "@/api/session";
import classes from "./Rail.module.css";

/** Which project the rail is about; opens the others. */
export function ProjectSwitcher({ current, isNarrow }: { current: Membership; isNarrow: boolean }) {
  const { memberships } = useMe();
  const navigate = useNavigate();
  const { project } = current;
  return (
    <Menu width={260} position="right-start">
      <Menu.Target>
        <Tooltip label={project.name} position="right" disabled={!isNarrow}>
          <button type="button" className={classes.switcher}>
            <VisuallyHidden>{isNarrow ? `Change project: ${project.name}` : "Change project:"}</VisuallyHidden>
            <span className={classes.initials} aria-hidden>
              {initialsOf(project.name)}
            </span>
            <span className={classes.switcherWords}>
              <span className={classes.projectName}>{project.name}</span>
              <span className={classes.projectRoles}>{rolesSentence(current.roles)}</span>
            </span>
            <IconSelector size={15} className={classes.switcherSign} aria-hidden />
          </button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Your projects</Menu.Label>
        {memberships.map((membership) => (
          <Menu.Item
            key={membership.project.id}
            leftSection={
              <IconCheck size={15} aria-hidden visibility={membership.project.id === project.id ? "visible" : "hidden"} />
            }
            aria-current={membership.project.id === project.id || undefined}
            onClick={() => void navigate({ to: `/p/${membership.project.id}` })}
          >
            {membership.project.name}
            <span className={classes.menuNote}>{rolesSentence(membership.roles)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function rolesSentence(roles: readonly (keyof typeof roleLabels)[]): string {
  return roles
    .map((role) => roleLabels[role])
    .join(", ")
    .replace(/, (\w)/g, (_, letter: string) => `, ${letter.toLowerCase()}`);
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  return (words.length > 1 ? words.slice(0, 2).map((word) => word.slice(0, 1)).join("") : name.slice(0, 2)).toUpperCase();
}

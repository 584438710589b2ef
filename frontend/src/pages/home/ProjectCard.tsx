import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { Membership } from "@/api/session";
import { rolesSentence } from "@/app/shell/ProjectSwitcher";
import { AppLink, count, duration, StatusBadge } from "@/ui";
import { type Door, doorsFor } from "./doors";
import classes from "./ProjectCard.module.css";
import { useWaiting } from "./useWaiting";

/** One project on the home page: its name, my roles, and the doors to what waits. */
export function ProjectCard({ membership }: { membership: Membership }) {
  const { project, roles, capabilities } = membership;
  const works = capabilities.includes("tasks.work");
  const queue = useQuery({
    queryKey: ["queue", project.id],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/queue/", { params: { path: { project_id: project.id } } })),
    enabled: works,
    refetchInterval: 60_000,
  });
  const notes = useWaiting(membership);
  const seconds = queue.data?.exposure_seconds ?? 0;
  return (
    <section className={classes.card} aria-labelledby={`project-${project.id}`}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h2 id={`project-${project.id}`} className={classes.name}>
            <AppLink to={`/p/${project.id}`}>{project.name}</AppLink>
          </h2>
          <p className={classes.about}>
            {rolesSentence(roles)} at {project.organization}
          </p>
        </div>
        {project.state !== "active" && <StatusBadge state={project.state} />}
        {works && seconds > 0 && (
          <p className={classes.exposure}>
            <span>{duration(seconds * 1000)}</span> of uncovered material seen here
          </p>
        )}
      </header>
      <ul className={classes.doors}>
        {doorsFor(roles).map((door) => (
          <li key={door.key}>
            <DoorLink
              door={door}
              projectId={project.id}
              waiting={waitingFor(door, queue.data?.results)}
              note={notes[door.key]}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Waiting {
  readonly kind: string;
  readonly waiting: number;
  readonly more: boolean;
  readonly is_rounded?: boolean;
  readonly held: number;
}

function waitingFor(door: Door, rows: readonly Waiting[] | undefined): Waiting | undefined {
  return door.counts === undefined ? undefined : rows?.find((row) => row.kind === door.counts);
}

function DoorLink({
  door,
  projectId,
  waiting,
  note,
}: {
  door: Door;
  projectId: string;
  waiting: Waiting | undefined;
  note: string | undefined;
}) {
  const Icon = door.icon;
  return (
    <AppLink to={`/p/${projectId}/${door.path}`} className={classes.door}>
      <span className={classes.sign} aria-hidden>
        <Icon size={20} stroke={1.6} />
      </span>
      <span className={classes.doorWords}>
        <span className={classes.doorTitle}>{door.title}</span>
        <span className={classes.doorText}>{waiting === undefined ? (note ?? door.text) : waitingSentence(waiting)}</span>
      </span>
    </AppLink>
  );
}

function waitingSentence(waiting: Waiting): string {
  if (waiting.held > 0) {
    return waiting.waiting > 0 ? `${count(waiting.held)} begun, more waiting` : `${count(waiting.held)} begun, none waiting after it`;
  }
  if (waiting.waiting === 0) return "Nothing waits for you now";
  if (waiting.is_rounded === true && !waiting.more) return `About ${count(waiting.waiting)} wait for you`;
  return waiting.more ? `More than ${count(waiting.waiting)} wait for you` : `${count(waiting.waiting)} wait${waiting.waiting === 1 ? "s" : ""} for you`;
}

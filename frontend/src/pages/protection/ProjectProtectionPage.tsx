import { useQuery } from "@tanstack/react-query";
import { useMay, useMe } from "@/api/session";
import { count, decimal, duration, Figures, PageHeader, Panel, plural, QueryView, Stacked, useProjectId } from "@/ui";
import { projectExposureQuery, setProtectionQuery, wellnessQuery } from "@/work/protection/queries";
import type { CheckInRule, ProjectExposure } from "@/work/protection/shapes";
import { OrganizationForm } from "./project/OrganizationForm";
import { ProjectForm } from "./project/ProjectForm";
import classes from "./Protection.module.css";

/** What is done for the people who look at harmful posts here: covers, consent, limits, breaks, and whom to talk to. */
export default function ProjectProtectionPage() {
  const projectId = useProjectId();
  const set = useQuery(setProtectionQuery(projectId));
  const mayManage = useMay(projectId, "project.manage");
  const exposure = useQuery({ ...projectExposureQuery(projectId), enabled: mayManage });
  return (
    <div className={classes.wide}>
      <PageHeader title="Protection of people" lead="What is covered, who is asked first, how much a person is shown at most, and when they pause. People can ask for less for themselves, never for more." />
      <QueryView query={set}>
        {(found) => (
          <Stacked>
            <Wellness projectId={projectId} rule={found.organization.check_ins} />
            {exposure.data !== undefined && <Sums exposure={exposure.data} />}
            <ProjectForm projectId={projectId} set={found} />
            <OrganizationForm projectId={projectId} set={found} />
          </Stacked>
        )}
      </QueryView>
    </div>
  );
}

/** What the project's people have had in view together; never what one of them has. */
function Sums({ exposure: { people, seconds_day: day, seconds_week: week, severe_items_week: severe, too_few: tooFew } }: { exposure: ProjectExposure }) {
  return (
    <Panel title="What people had in view here">
      {tooFew || people === null ? (
        <p className={classes.note}>Figures stand here once ten people or more have worked in the project, so that they tell nothing about one of them.</p>
      ) : (
        <Figures
          figures={[
            { label: "Today", value: duration((day ?? 0) * 1000), note: plural(people, "person", "people") },
            { label: "This week", value: duration((week ?? 0) * 1000) },
            { label: "Severe this week", value: plural(severe ?? 0, "post") },
          ]}
        />
      )}
    </Panel>
  );
}

/** How people say they are, to those whom the organization named to them; to nobody else, managers as well. */
function Wellness({ projectId, rule }: { projectId: string; rule: CheckInRule }) {
  const { email } = useMe();
  const isReader = rule.is_on && rule.readers.some((one) => one.toLowerCase() === email.toLowerCase());
  const { data } = useQuery({ ...wellnessQuery(projectId), enabled: isReader });
  if (!isReader || data === undefined) return null;
  return (
    <Panel title="How people say they are" note="Over four weeks, in the whole organization. You see this because the organization names you to everybody it asks.">
      {data.too_few || data.people === null ? (
        <p className={classes.note}>Figures stand here once ten people or more have answered, so that they tell nothing about one of them.</p>
      ) : (
        <Figures
          figures={[
            { label: "Mean, from 1 bad to 5 very good", value: decimal(data.mood_mean ?? 0, 1) },
            { label: "People", value: count(data.people) },
            { label: "Answers", value: count(data.answers ?? 0) },
          ]}
        />
      )}
    </Panel>
  );
}

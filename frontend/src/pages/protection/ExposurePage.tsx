import { Button, Group } from "@mantine/core";
import { IconDownload, IconEyeOff, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "@/api/session";
import { announce, announceProblem, AppLink, count, duration, EmptyState, Figures, PageHeader, Panel, plural, QueryView, Segments, SeverityMark, Stacked, useConfirm } from "@/ui";
import { BudgetMeter } from "@/work/protection/BudgetMeter";
import { eraseExposure, exposureQuery, meterQuery, protectionQuery } from "@/work/protection/queries";
import type { Exposure, Meter } from "@/work/protection/shapes";
import { severityName } from "@/work/protection/words";
import { WhyItMatters } from "@/work/protection/WhyItMatters";
import { DayBars } from "./exposure/DayBars";
import { stretchesOf } from "./exposure/days";
import { OwnCheckIns } from "./exposure/OwnCheckIns";
import classes from "./Protection.module.css";

const spans = [
  { value: "7", label: "7 days" },
  { value: "28", label: "4 weeks" },
  { value: "91", label: "3 months" },
] as const;

/** What the person has had in view, by time, kind and severity, against what they are to see at most. */
export default function ExposurePage() {
  const [span, setSpan] = useState("28");
  const exposure = useQuery(exposureQuery(Number(span)));
  const meter = useQuery(meterQuery);
  return (
    <div className={classes.page}>
      <PageHeader
        title="What I have seen"
        lead="What you uncovered, and for how long. Only you can read this page; managers see sums over ten people or more, and nobody's own."
        actions={<AppLink to="/protection">What I am shown and how</AppLink>}
      />
      <Stacked>
        <div>
          <Segments aria-label="How far back" value={span} onChange={setSpan} data={[...spans]} />
        </div>
        {meter.data !== undefined && <Now meter={meter.data} />}
        <QueryView query={exposure}>{(found) => <Seen exposure={found} span={Number(span)} />}</QueryView>
        <WhyItMatters />
        <OwnCheckIns />
        <Panel title="Take it with you" note="Every look there is: when, which project and post, how, how long, how severe.">
          <Group gap="xs">
            {(["csv", "json"] as const).map((format) => (
              <Button key={format} component="a" href={`/api/me/exposure/export/?as=${format}`} download={`exposure.${format}`} variant="default" leftSection={<IconDownload size={15} aria-hidden />}>
                As {format.toUpperCase()}
              </Button>
            ))}
          </Group>
        </Panel>
        <Leaving />
      </Stacked>
    </div>
  );
}

function Now({ meter }: { meter: Meter }) {
  const nameOf = useCategoryNames();
  return (
    <Panel title="Now">
      <div className={classes.fields}>
        <Figures
          figures={[
            { label: "In this hour", value: duration(meter.seconds_hour * 1000) },
            { label: "Today", value: duration(meter.seconds_day * 1000), note: `in ${plural(meter.items_day, "post")}` },
            { label: "This week", value: duration(meter.seconds_week * 1000) },
            { label: "Severe today", value: plural(meter.severe_day, "post") },
          ]}
        />
        {meter.budgets.map((spent) => (
          <BudgetMeter key={`${spent.from} ${spent.per} ${spent.category} ${spent.severity_from} ${spent.unit}`} spent={spent} nameOf={nameOf} />
        ))}
      </div>
    </Panel>
  );
}

/** Kinds of harm as the organization calls them. */
function useCategoryNames(): (key: string) => string {
  const own = useQuery(protectionQuery);
  return (key) => own.data?.categories.find((one) => one.key === key)?.name ?? key;
}

function Seen({ exposure, span }: { exposure: Exposure; span: number }) {
  const nameOf = useCategoryNames();
  const { days, categories, projects, total } = exposure;
  if (total.items === 0) {
    return (
      <EmptyState icon={IconEyeOff} title="Nothing was uncovered in this time">
        What you uncover at work from now on stands here.
      </EmptyState>
    );
  }
  const stretches = stretchesOf(days, span, new Date().toISOString().slice(0, 10));
  return (
    <>
      <Panel title="Over time" note={`${duration(total.seconds * 1000)} in ${plural(total.items, "post")}, ${count(total.severe_items)} of them severe or worse.`}>
        <DayBars stretches={stretches} />
      </Panel>
      <Panel title="By kind and severity">
        <table className={classes.kinds}>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">Severity</th>
              <th scope="col">In view</th>
              <th scope="col">Posts</th>
            </tr>
          </thead>
          <tbody>
            {categories.map(({ key, severity, seconds, items }) => (
              <tr key={`${key} ${severity}`}>
                <th scope="row">{nameOf(key)}</th>
                <td>
                  <SeverityMark rank={severity} label={severityName(severity)} />
                </td>
                <td>{duration(seconds * 1000)}</td>
                <td>{items}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {projects.length > 1 && (
        <Panel title="By project">
          <ul className={classes.limits}>
            {projects.map(({ project_id: id, name, seconds, items }) => (
              <li key={id}>
                {name}: {duration(seconds * 1000)} in {plural(items, "post")}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

/** Erasing it all is for people who left. */
function Leaving() {
  const me = useMe();
  const queries = useQueryClient();
  const [ask, dialog] = useConfirm();
  const erase = useMutation({
    mutationFn: eraseExposure,
    onSuccess: async () => {
      announce("It is erased.");
      await Promise.all([["exposure"], ["meter"], ["check-ins"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    onError: announceProblem,
  });
  const isStillIn = me.memberships.length > 0;
  return (
    <Panel title="When you leave" note="Your limits are counted from these rows, so they can be erased when you are in no project any more.">
      <Button
        variant="default"
        color="rust"
        leftSection={<IconTrash size={15} aria-hidden />}
        disabled={isStillIn}
        loading={erase.isPending}
        onClick={() =>
          ask({
            title: "Erase what I have seen?",
            text: "All of it goes, for good, and what you said of how you are with it. Take a copy first if you may want one.",
            confirm: "Erase it",
            isDangerous: true,
            onConfirm: () => erase.mutate(),
          })
        }
      >
        Erase all of it
      </Button>
      {isStillIn && <p className={classes.note}>You are still in {plural(me.memberships.length, "project")}.</p>}
      {dialog}
    </Panel>
  );
}

import { IconMoon } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { AppLink, EmptyState, PageHeader, Panel, Stacked } from "@/ui";
import { BreakChoice } from "@/work/protection/BreakChoice";
import { DueCheckIn } from "@/work/protection/CheckIn";
import { protectionQuery } from "@/work/protection/queries";
import { SupportCard } from "@/work/protection/SupportCard";
import classes from "./Protection.module.css";

/** Where somebody lands who stopped: nothing to decide, nothing to explain. */
export default function RestPage() {
  const own = useQuery(protectionQuery);
  return (
    <div className={classes.page}>
      <PageHeader title="You have stopped" />
      <Stacked>
        <EmptyState icon={IconMoon} title="Nothing waits for you">
          Everything you held was given back to be done by others. No reason is needed, nothing was noted, and it counts in
          no figure about you. What you had not sent yet is gone.
        </EmptyState>
        <Panel title="If you want a break" note="Nothing is handed out to you until it is over. You can end it early.">
          <BreakChoice />
        </Panel>
        <DueCheckIn rule={own.data?.check_ins} />
        <SupportCard support={own.data?.support} />
        <p className={classes.ways}>
          <AppLink to="/">Home</AppLink>
          <AppLink to="/exposure">What I have seen</AppLink>
          <AppLink to="/protection">What I am shown and how</AppLink>
        </p>
      </Stacked>
    </div>
  );
}

import { Switch, TextInput, NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { useState } from "react";
import { ActionForm, announce, Panel, refusalOf } from "@/ui";
import { saveOrganizationSettings, setProtectionQuery } from "@/work/protection/queries";
import type { OrganizationSettings, SetProtection } from "@/work/protection/shapes";
import { BudgetRows } from "../limits/BudgetRows";
import { Minutes } from "../limits/Minutes";
import { SpacingFields } from "../limits/SpacingFields";
import classes from "../Protection.module.css";
import { Categories } from "./Categories";
import { CoverTable } from "./CoverTable";
import { SupportCards } from "./SupportCards";

/** What holds in every project of the organization, unless a project or a person asks for less. */
export function OrganizationForm({ projectId, set }: { projectId: string; set: SetProtection }) {
  const queries = useQueryClient();
  const [settings, setSettings] = useState(set.organization);
  const save = useMutation({
    mutationFn: () => saveOrganizationSettings(projectId, settings),
    onSuccess: async (saved) => {
      await showAnswer(queries, setProtectionQuery(projectId).queryKey, saved);
      announce("The organization's protection is saved. It holds in every project.");
    },
  });
  const change = (part: Partial<OrganizationSettings>): void => setSettings({ ...settings, ...part });
  const { check_ins: checks } = settings;
  return (
    <Panel
      title="The whole organization"
      note={set.may_change_organization ? "Holds in every project of the organization." : "Whoever manages every project of the organization can change this."}
    >
      <fieldset className={classes.plain} disabled={!set.may_change_organization}>
        <ActionForm action={save} refusal={refusalOf(save.error, [])} confirm="Save for the organization" isReady={set.may_change_organization}>
          <h3 className={classes.part}>Kinds of harm</h3>
          <Categories categories={settings.categories} onChange={(categories) => change({ categories })} />
          <h3 className={classes.part}>How posts arrive, by severity</h3>
          <CoverTable covers={settings.covers} categories={settings.categories} onChange={(covers) => change({ covers })} />
          <h3 className={classes.part}>Limits a person</h3>
          <BudgetRows budgets={settings.budgets} categories={settings.categories} onChange={(budgets) => change({ budgets })} />
          <h3 className={classes.part}>Breaks and spacing</h3>
          <div className={classes.inputs}>
            <Minutes label="A break after" value={settings.break_after_minutes} min={5} max={240} onKeep={(minutes) => change({ break_after_minutes: minutes })} />
            <Minutes label="Of" value={settings.break_minutes} min={1} max={60} onKeep={(minutes) => change({ break_minutes: minutes ?? settings.break_minutes })} />
          </div>
          <SpacingFields spacing={settings.spacing} onChange={(spacing) => change({ spacing })} />
          <h3 className={classes.part}>Whom to talk to</h3>
          <SupportCards cards={settings.support} onChange={(support) => change({ support })} />
          <h3 className={classes.part}>Check-ins</h3>
          <Switch label="Ask people now and then how they are. Only they can read their answers." checked={checks.is_on} onChange={(event) => change({ check_ins: { ...checks, is_on: event.currentTarget.checked } })} />
          {checks.is_on && (
            <div className={classes.inputs}>
              <NumberInput label="Every" suffix=" days" w={110} min={1} max={90} value={checks.every_days} onChange={(value) => change({ check_ins: { ...checks, every_days: typeof value === "number" ? value : checks.every_days } })} />
              <TextInput label="The question" miw={340} maxLength={300} value={checks.question} onChange={(event) => change({ check_ins: { ...checks, question: event.currentTarget.value } })} />
              <TextInput
                label="Who may read sums over ten people or more"
                description="E-mail addresses, with commas between them. People see who it is."
                miw={340}
                defaultValue={checks.readers.join(", ")}
                onBlur={(event) => change({ check_ins: { ...checks, readers: addressesIn(event.currentTarget.value) } })}
              />
            </div>
          )}
        </ActionForm>
      </fieldset>
    </Panel>
  );
}

function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}

import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { roleLabels, useMe } from "@/api/session";
import { AppLink, Facts, PageHeader, Panel, ShortcutList, Stacked } from "@/ui";
import { LanguagesRead } from "./LanguagesRead";
import { PasswordForm } from "./PasswordForm";
import classes from "./SettingsPage.module.css";

export default function SettingsPage() {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes.page}>
      <PageHeader title="Settings" />
      <Stacked>
        <Panel title="Appearance" note="Kept in this browser.">
          <SegmentedControl
            aria-label="Appearance"
            size="sm"
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={[
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
              { value: "auto", label: "As the system" },
            ]}
          />
        </Panel>
        <Panel title="You">
          <Facts
            facts={[
              ["Name", me.display_name],
              ["E-mail", me.email],
              ...me.memberships.map(
                (membership) =>
                  [
                    membership.project.name,
                    <span key={membership.project.id}>
                      {membership.roles.map((role) => roleLabels[role]).join(", ")}
                      <span className={classes.note}>
                        Leaves the project as <code>{membership.pseudonym}</code>, never by name.
                      </span>
                    </span>,
                  ] as const,
              ),
            ]}
          />
          <p className={classes.more}>
            <AppLink to="/tokens">Access tokens</AppLink> let scripts work in your name.
          </p>
        </Panel>
        <Panel title="Languages you read" note="You are handed posts, and responses to compare, in these. Until you say so, the first page of work asks you where it comes in several. What has no known language comes to everybody.">
          <LanguagesRead />
        </Panel>
        <Panel title="Password" note="For signing in with your e-mail address. At least twelve characters.">
          <PasswordForm />
        </Panel>
        <div id="shortcuts">
          <Panel title="Keyboard shortcuts" note="Live on this page. Press ? anywhere to see what that page adds.">
            <ShortcutList />
            <p className={classes.more}>
              <AppLink to="/keys">Keys</AppLink> lists every command; choose another key for any of them.
            </p>
          </Panel>
        </div>
      </Stacked>
    </div>
  );
}

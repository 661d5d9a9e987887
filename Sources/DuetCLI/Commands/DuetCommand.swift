package import ArgumentParser

/// `duet`: keeps a HubSpot portal and a Salesforce org in step.
package struct DuetCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "duet",
        abstract: "Keeps HubSpot and Salesforce in step, both ways, field by field.",
        discussion: """
            Begin with `duet connect` and `duet init`, look with `duet plan`, then `duet backfill contacts` for \
            the records that exist and `duet run` for everything after that.

            Exit codes: 0 done; 1 failed; 2 the plan has changes (--detailed-exitcode); 3 done, \
            but records wait; 64 wrong usage; 75 try again later; 78 configuration or credentials.
            """,
        version: "0.1.0",
        subcommands: [
            ConnectCommand.self, InitCommand.self, DoctorCommand.self, FieldsCommand.self,
            MappingCommand.self,
            PlanCommand.self,
            ApplyCommand.self,
            BackfillCommand.self,
            SyncCommand.self,
            RunCommand.self, PauseCommand.self, ResumeCommand.self, StatusCommand.self,
            CheckCommand.self, DeletesCommand.self,
            EraseCommand.self,
        ]
    )

    package init() {}
}

package import ArgumentParser
import SyncCore

/// `duet pause`: nothing is written until it ends; nothing is lost by it.
package struct PauseCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Write nothing for a while: of one mapping, or of all.",
        discussion: """
            A `duet run` that is running takes notice with its next pass. What changes meanwhile is not lost: of each record \
            the newest state goes over afterwards. Without a mapping neither CRM is even looked at.
            """
    )

    @Argument(help: "The mapping, such as contacts; everything without.")
    package var mapping: String?

    @Option(help: ArgumentHelp("When it ends by itself.", valueName: "2h|time"))
    package var until: String?

    @Option(help: "Why, for whoever looks at the status.")
    package var reason: String?

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try PauseRunner(CommandRunner(options: self.options)).run(self.mapping) {
            pauses,
            now throws(SyncError) in
            let pause = Pause(
                mapping: self.mapping,
                since: now,
                until: try self.until.map { text throws(SyncError) in
                    try PauseEnd.milliseconds(text, now: now)
                },
                reason: self.reason
            )
            pauses.begin(pause)
            return PauseText.line(pause)
        }
    }
}

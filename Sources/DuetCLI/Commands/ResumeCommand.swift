package import ArgumentParser
import SyncCore

/// `duet resume`: ends a pause.
package struct ResumeCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on after `duet pause`: with one mapping, or with all."
    )

    @Argument(help: "The mapping, such as contacts; everything without.")
    package var mapping: String?

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try PauseRunner(CommandRunner(options: self.options)).run(self.mapping) {
            pauses,
            now throws(SyncError) in
            guard pauses.end(self.mapping, at: now) else { return "Nothing was paused." }
            let rest = pauses.current(at: now).map(PauseText.line)
            return (["Goes on: \(self.mapping ?? "everything")."] + rest).joined(separator: "\n")
        }
    }
}

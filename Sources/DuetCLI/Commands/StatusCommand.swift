package import ArgumentParser
import SyncCore
import SyncRuntime
import SyncStore

/// `duet status`: what the store knows, without a call to either CRM.
package struct StatusCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is synced, what waits, what needs you and what it cost. No API call."
    )

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try await CommandRunner(options: self.options).withStore(isReading: true) {
            configuration,
            store in
            try await Reporting.status(configuration: configuration, store: store)
        }
    }
}

package import ArgumentParser
import Foundation
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
        let runner = CommandRunner(options: self.options)
        do {
            let configuration = try PairBuilder.load(self.options.config)
            let folder = (self.options.config as NSString).deletingLastPathComponent
            let path = PairBuilder.storePath(configuration, folder: folder)
            let store = try PairBuilder.openStore(path: path)
            defer { store.close() }
            let report = try await Reporting.status(configuration: configuration, store: store)
            runner.terminal.print(
                self.options.json ? report.json() : report.text(terminal: runner.terminal)
            )
        } catch {
            throw runner.failed(error)
        }
    }
}
